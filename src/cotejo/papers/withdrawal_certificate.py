"""The certificate of a withdrawal: since when nobody may use a request, and whether every holder has swept (I7, F51).

1. It names no person, and no holder but the agency the request was addressed to: that one answers for whoever had a
   copy through it, and who that was is not told to the requesting agency (I6).
2. Before the sweep came it says so: the use is blocked, the end of it is not shown yet.
"""

from dataclasses import dataclass

from cotejo.papers.paper import Fact, Facts, Paper, Points, Section
from cotejo.rules.acts import Millis
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnRequest:
    """What a certificate is about; times in ms UTC. `swept_at` is 0 until the addressed agency's word is here."""

    request: str
    origin: str
    addressee: str
    reason: WithdrawalReason
    withdrawn_at: Millis
    swept_at: Millis


def withdrawal_certificate(
    withdrawn: WithdrawnRequest, *, node: str, reader: str, made_at: str, language: Language, invented: bool
) -> Paper:
    """Make the certificate. `made_at` is ISO with zone."""
    return Paper(
        title=Text("Certificate of withdrawal", "Certificado de retiro"),
        subtitle=Text(f"A request by {withdrawn.origin}", f"Una solicitud de {withdrawn.origin}"),
        sections=(_facts(withdrawn, language), _holders(withdrawn)),
        node=node,
        reader=reader,
        reference=withdrawn.request,
        made_at=made_at,
        invented=invented,
        language=language,
    )


def _facts(withdrawn: WithdrawnRequest, language: Language) -> Section:
    rows = (
        Fact(label=Text("Number of the request", "Número de la solicitud"), value=withdrawn.request),
        Fact(label=Text("Addressed to", "Dirigida a"), value=withdrawn.addressee),
        Fact(label=Text("Why", "Por qué"), value=words_of(withdrawn.reason).in_language(language)),
        Fact(label=Text("Withdrawn on", "Retirada el"), value=iso_day(withdrawn.withdrawn_at)),
        Fact(
            label=Text("Every holder has swept", "Todos los tenedores completaron el retiro"),
            value=iso_day(withdrawn.swept_at) if withdrawn.swept_at else _NOT_YET.in_language(language),
        ),
    )
    return Section(heading=Text("What was withdrawn", "Qué se retiró"), blocks=(Facts(rows=rows),))


def _holders(withdrawn: WithdrawnRequest) -> Section:
    spoken = _SAID if withdrawn.swept_at else _AWAITED
    return Section(
        heading=Text("Who may still use it", "Quién puede usarla todavía"),
        blocks=(Points(items=(_NOBODY, spoken, _NOT_NAMED, _NOT_BACK)),),
    )


_NOT_YET = Text("not shown yet", "aún no consta")
_NOBODY = Text(
    "Nobody. The request is never valid again, in every list this agency signs.",
    "Nadie. La solicitud no vuelve a estar vigente en ninguna lista que firma esta entidad.",
)
_SAID = Text(
    "The agency it was addressed to has said, for itself and for everybody who had a copy through it, that the request "
    "is blocked and out of use.",
    "La entidad a la que iba dirigida dijo, por sí y por quienes tuvieron copia por su medio, que la solicitud está "
    "bloqueada y fuera de uso.",
)
_AWAITED = Text(
    "The word of the agency it was addressed to, for itself and for everybody who had a copy through it, is awaited. "
    "If it does not come by the agreed date, the oversight bodies of both agencies are told.",
    "Se espera la palabra de la entidad a la que iba dirigida, por sí y por quienes tuvieron copia por su medio. Si no "
    "llega en la fecha acordada, se avisa a los órganos de supervisión de ambas entidades.",
)
_NOT_NAMED = Text(
    "Who had a copy is not told to the requesting agency. A court or the oversight body learns it from the agency "
    "addressed.",
    "A la entidad requirente no se le dice quién tuvo copia. Un tribunal o el órgano de supervisión lo sabe por la "
    "entidad a la que iba dirigida.",
)
_NOT_BACK = Text(
    "A mark without a name keeps the request from coming back, also after a backup is restored.",
    "Una marca sin nombre impide que la solicitud vuelva, también tras restaurar un respaldo.",
)
