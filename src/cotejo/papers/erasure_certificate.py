"""The certificate that a request was erased: what kinds of things are gone, since when, by which rule (I11, F59).

1. It names no person and nothing of what was held: the number of the request, the agencies, the rule.
2. It says what stays and for whom: one sealed copy, for the person, counsel, a court and the oversight body, until
   when; and the mark that keeps the request from coming back.
"""

from dataclasses import dataclass

from cotejo.papers.paper import Fact, Facts, Paper, Points, Section, Sentence
from cotejo.rules.acts import Millis
from cotejo.rules.dates import iso_day
from cotejo.rules.erasure_words import EVERYTHING, ErasureBasis
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedRequest:
    """What a certificate is about. `holders` are the nodes that erased it, each with the moment; times in ms UTC."""

    request: str
    origin: str
    basis: ErasureBasis
    holders: tuple[tuple[str, Millis], ...]
    sealed_until: Millis


def erasure_certificate(
    erased: ErasedRequest, *, node: str, reader: str, made_at: str, language: Language, invented: bool
) -> Paper:
    """Make the certificate. `made_at` is ISO with zone."""
    return Paper(
        title=Text("Certificate of erasure", "Certificado de supresión"),
        subtitle=Text(f"A request by {erased.origin}", f"Una solicitud de {erased.origin}"),
        sections=(_rule(erased, language), _gone(), _what_stays(erased)),
        node=node,
        reader=reader,
        reference=erased.request,
        made_at=made_at,
        invented=invented,
        language=language,
    )


def _rule(erased: ErasedRequest, language: Language) -> Section:
    facts = [
        Fact(label=Text("Number of the request", "Número de la solicitud"), value=erased.request),
        Fact(label=Text("By which rule", "Por qué regla"), value=words_of(erased.basis).in_language(language)),
    ]
    where, since = Text("Erased at {holder}", "Suprimida en {holder}"), Text("at the latest on", "a más tardar el")
    facts += [
        Fact(label=where.say(holder=holder), value=f"{since.in_language(language)} {iso_day(at)}")
        for holder, at in erased.holders
    ]
    return Section(
        heading=Text("What was erased, and why", "Qué se suprimió y por qué"), blocks=(Facts(rows=tuple(facts)),)
    )


def _gone() -> Section:
    return Section(
        heading=Text("What is gone", "Qué ya no existe"),
        blocks=(Points(items=tuple(words_of(each) for each in EVERYTHING)),),
    )


def _what_stays(erased: ErasedRequest) -> Section:
    until = iso_day(erased.sealed_until)
    return Section(
        heading=Text("What stays, and for whom", "Qué permanece y para quién"),
        blocks=(
            Points(
                items=(
                    Text(
                        f"One sealed copy until {until}, so that whoever was wronged can sue, and longer where a "
                        "complaint or a court so requires. The oversight body alone has the key. It opens the copy for "
                        "the person, counsel or a court.",
                        f"Una copia sellada hasta el {until}, para que quien fue perjudicado pueda demandar, y por más "
                        "tiempo si una queja o un tribunal lo requiere. Solo el órgano de supervisión tiene la clave. "
                        "La abre para la persona, su defensa o un tribunal.",
                    ),
                    Text(
                        "A mark with the number of the request, without a name, so that it does not come back.",
                        "Una marca con el número de la solicitud, sin nombre, para que no vuelva.",
                    ),
                    Text(
                        "The log: that something was done and when, without what it said.",
                        "El registro: que algo se hizo y cuándo, sin lo que decía.",
                    ),
                )
            ),
            Sentence(
                text=Text(
                    "This certificate says what the agencies' machines did. It cannot speak for papers that were "
                    "printed before.",
                    "Este certificado dice lo que hicieron las máquinas de las entidades. No puede responder por "
                    "papeles impresos antes.",
                )
            ),
        ),
    )
