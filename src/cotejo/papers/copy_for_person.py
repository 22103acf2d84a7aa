"""The copy for the person and counsel: what is alleged, by whom, on what, who has it, and how to contest it (F64).

1. What speaks for the person stands first, with it what is disputed and by whom.
2. Every allegation, evidence type, grade, date, category and recipient is named; withheld items are counted.
3. Handling codes do not hide anything from the person; what may be withheld is decided before this paper is made.
4. It says who answers, by when, and that contesting blocks the request.
5. The code printed on it opens, at the redress office alone, what this copy's request is about and, after a hand-over,
   where the person is. It is on this copy and nowhere else.
"""

import datetime as dt
from dataclasses import dataclass

from cotejo.papers import contents
from cotejo.papers.disputes import disputes
from cotejo.papers.paper import Fact, Facts, Paper, Points, Section
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.package import Package
from cotejo.rules.redress import ANSWER_WITHIN_WORKING_DAYS
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulation:
    """Who holds a copy, where a complaint is lodged, and this copy's own code."""

    recipients: tuple[str, ...]
    redress_address: str
    paper_code: str


def copy_for_person(
    package: Package,
    circulation: Circulation,
    *,
    node: str,
    reader: str,
    made_at: str,
    language: Language,
    invented: bool,
    disputed: tuple[Disputed, ...] = (),
) -> Paper:
    """Make the copy. `made_at` is ISO with zone; `reader` is the person or counsel it is handed to."""
    today = dt.datetime.fromisoformat(made_at).date()
    return Paper(
        title=Text("Copy for the person and counsel", "Traslado a la persona y su defensa"),
        subtitle=Text(
            f"Request by {package.origin} to {package.addressee}",
            f"Solicitud de {package.origin} a {package.addressee}",
        ),
        sections=(
            contents.for_the_person(package, language),
            *disputes(package, disputed, language),
            _what_this_is(package, language),
            contents.person(package.subject, language),
            contents.allegations(package, language),
            contents.court_acts(package, language),
            contents.claims(package, language, disputed),
            *contents.affiliations(package, language, as_of=today),
            contents.evidence(package, language),
            contents.grounds(package, language),
            _recipients(circulation),
            _contest(circulation),
        ),
        node=node,
        reader=reader,
        reference=f"{package.request} · v{package.version}",
        made_at=made_at,
        invented=invented,
        language=language,
    )


def _what_this_is(package: Package, language: Language) -> Section:
    return Section(
        heading=Text("What this is about", "De qué se trata"),
        blocks=(
            Facts(
                rows=(
                    Fact(label=Text("Legal route", "Vía legal"), value=words_of(package.route).in_language(language)),
                    Fact(label=Text("Court case", "Causa"), value=package.case_number),
                    Fact(
                        label=Text("Category, since", "Calidad, desde"),
                        value=f"{words_of(package.category).in_language(language)}, {package.category_since}",
                    ),
                )
            ),
        ),
    )


def _recipients(circulation: Circulation) -> Section:
    return Section(
        heading=Text("Who holds a copy", "Quién tiene copia"),
        blocks=(Points(items=tuple(Text(name, name) for name in circulation.recipients)),),
    )


def _contest(circulation: Circulation) -> Section:
    return Section(
        heading=Text("How to contest it", "Cómo impugnarlo"),
        blocks=(
            Facts(
                rows=(
                    Fact(
                        label=Text("Redress office", "Oficina de reparación"),
                        value=circulation.redress_address,
                    ),
                    Fact(label=Text("Code of this paper", "Código de este papel"), value=circulation.paper_code),
                )
            ),
            Points(
                items=(
                    Text(
                        "You, your family or your lawyer can complain there, on paper or online, with this code. You "
                        "need no account, and it costs nothing.",
                        "Usted, su familia o su defensa pueden quejarse ahí, en papel o en línea, con este código. No "
                        "necesita cuenta, y es gratis.",
                    ),
                    Text(
                        "A complaint makes the request unusable until it is answered.",
                        "La queja deja la solicitud no utilizable hasta que se responda.",
                    ),
                    Text(
                        f"The answer is due in {ANSWER_WITHIN_WORKING_DAYS} working days; in three days when the "
                        "person is held or was handed over.",
                        f"La respuesta se debe dar en {ANSWER_WITHIN_WORKING_DAYS} días hábiles; en tres días cuando "
                        "la persona está detenida o fue entregada.",
                    ),
                    Text(
                        "After a hand-over the same code says at that address where the person is. It stands on this "
                        "paper alone: keep it, and show it only to whom you trust.",
                        "Después de una entrega, el mismo código dice en esa dirección dónde está la persona. Solo "
                        "está en este papel: guárdelo y muéstrelo solo a quien usted confíe.",
                    ),
                    Text(
                        "You may correct what is wrong and add what speaks for you.",
                        "Puede corregir lo que esté mal y agregar lo que hable a su favor.",
                    ),
                )
            ),
        ),
    )
