"""Gates about what the person is said to have done.

1. At least one act, each with offence article, class, date and place, and words that say what was done (F04).
2. Where membership is itself the offence, a dated and placed act of this person is quoted with the page from a judgment
   or charge that is attached (design section 2).
3. Offences below the threshold and private, family, administrative or cultural matters are refused (F35).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.dates import is_interval
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Category, EvidenceKind, Route
from cotejo.rules.gates.judicial import bases
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.labels import fold_text, only_asserts_belonging
from cotejo.rules.package import AllegedAct
from cotejo.rules.profiles.offences import EXCLUDED, MEMBERSHIP, OFFENCE_WORDS
from cotejo.rules.words import Text

_RECORD: Final = Duty.RECORDER

_THIS_CHARGE_ALONE: Final = Text("This charge alone cannot be sent.", "Este cargo por sí solo no puede enviarse.")
_QUOTE_AN_ACT: Final = Text(
    "It says what the person is said to be, not what the person did. Quote, with the page, at least one dated and "
    "placed act of this person from the judgment or the charge.",
    "Dice lo que se afirma que la persona es, no lo que hizo. Cite, con la página, al menos un hecho de esta persona "
    "con fecha y lugar, tomado de la sentencia o de la acusación.",
)


def alleged(reading: Reading) -> Gate:
    """F04: a named act with article, date and place."""
    title = Text("What the person is said to have done", "Qué se atribuye a la persona")
    return gate("alleged", title, _alleged_gaps(reading), rows=("F04",))


def _alleged_gaps(reading: Reading) -> Iterator[Reason]:
    if not reading.package.alleged:
        yield lacks(
            "alleged.none",
            Text("No act of this person is named.", "No se nombra ningún hecho de esta persona."),
            Text(
                "Name at least one act with its offence article, date and place.",
                "Nombre al menos un hecho con su artículo, fecha y lugar.",
            ),
            _RECORD,
            rows=("F04",),
        )
    for n, each in numbered(reading.package.alleged):
        if not each.offence_article or each.offence_class not in OFFENCE_WORDS:
            yield lacks(
                "alleged.no_offence",
                Text("Act {n} has no offence article or class.", "El hecho {n} no tiene artículo o clase de delito."),
                Text("Take the article from the charge.", "Tome el artículo de la acusación."),
                _RECORD,
                rows=("F04",),
                n=n,
            )
        if not is_interval(each.interval) or not each.place:
            yield lacks(
                "alleged.no_date_or_place",
                Text("Act {n} has no date or no place.", "El hecho {n} no tiene fecha o no tiene lugar."),
                Text("Take both from the charge.", "Tome ambos de la acusación."),
                _RECORD,
                rows=("F04",),
                n=n,
            )
        if only_asserts_belonging(each.description):
            yield lacks(
                "alleged.only_membership_words",
                Text(
                    "Act {n} only says that the person belongs, is linked or associated; it describes no act.",
                    "El hecho {n} solo afirma pertenencia, vínculo o asociación; no describe un hecho.",
                ),
                Text("Write what the person did, when and where.", "Escriba qué hizo la persona, cuándo y dónde."),
                _RECORD,
                rows=("F04",),
                n=n,
            )


def is_membership(reading: Reading, act: AllegedAct) -> bool:
    """Say whether belonging is itself the offence: by class, by article of the origin's law, or as declared."""
    article = fold_text(act.offence_article)
    known = any(each == article or article.startswith(f"{each} ") for each in reading.origin_law.membership_articles)
    return act.membership_only or act.offence_class == MEMBERSHIP or known


def membership(reading: Reading) -> Gate:
    """Design section 2: a membership charge needs a quoted act."""
    gaps = [
        lacks(
            "membership.this_charge_alone", _THIS_CHARGE_ALONE, _QUOTE_AN_ACT, _RECORD, rows=("F04",), field=f"act {n}"
        )
        for n, each in numbered(reading.package.alleged)
        if is_membership(reading, each) and not _quotes_an_act(reading, each)
    ]
    title = Text("An act, not only membership", "Un hecho, no solo pertenencia")
    return gate("membership", title, gaps, rows=("F04",))


def _quotes_an_act(reading: Reading, act: AllegedAct) -> bool:
    source = reading.court_act_of(act.quote_document)
    return (
        source is not None
        and source.kind in (EvidenceKind.JUDGMENT, EvidenceKind.CHARGE)
        and reading.documents_here(act.quote_document)
        and bool(act.quote_page and act.place)
        and is_interval(act.interval)
        and act.interval.start.count("-") > 0
        and not only_asserts_belonging(act.quote)
    )


def threshold(reading: Reading) -> Gate:
    """F35: serious ordinary crime only."""
    title = Text("Serious enough", "Gravedad suficiente")
    return gate("threshold", title, _threshold_gaps(reading), rows=("F35",))


def _threshold_gaps(reading: Reading) -> Iterator[Reason]:
    package, law = reading.package, reading.origin_law
    if any(each.offence_class in EXCLUDED for each in package.alleged):
        yield lacks(
            "threshold.excluded_class",
            Text(
                "Family, private, administrative and cultural matters cannot be sent.",
                "Los asuntos de familia, privados, administrativos y culturales no pueden enviarse.",
            ),
            Text("Use the proper civil channel.", "Use la vía civil correspondiente."),
            Duty.CERTIFIER,
            rows=("F35",),
        )
    months, least = (
        ([each.remaining_months for each in bases(package)], law.remaining_months)
        if package.category is Category.CONVICTED
        else ([each.max_penalty_months for each in bases(package)], law.accused_months)
    )
    if max(months, default=0) < least:
        yield lacks(
            "threshold.too_light",
            Text(
                "The maximum penalty is under {accused} months, or under {remaining} months of the sentence remain.",
                "La pena máxima es menor de {accused} meses, o quedan menos de {remaining} meses de condena.",
            ),
            Text(
                "Record penalty and remaining sentence from the judgment or warrant.",
                "Registre la pena y el resto de la condena según la sentencia o la orden.",
            ),
            _RECORD,
            Duty.CERTIFIER,
            rows=("F35",),
            accused=law.accused_months,
            remaining=law.remaining_months,
        )
    if package.route is Route.TRANSFER and package.category is not Category.CONVICTED:
        yield lacks(
            "threshold.transfer_needs_sentence",
            Text(
                "A transfer of a sentenced person needs a final sentence.",
                "El traslado de una persona condenada exige sentencia firme.",
            ),
            Text("Choose another route or wait for the sentence.", "Elija otra vía o espere la sentencia."),
            Duty.CERTIFIER,
            rows=("F38",),
        )
