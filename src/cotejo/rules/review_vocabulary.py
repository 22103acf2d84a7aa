"""The words of the receiver's closed lists, in both languages; `vocabulary.words_of` finds them.

1. Kinds of holds have their words in `holds.HOLDS`, beside who may see them.
2. Words of design section 12: "nothing registered", "stop", "on hold"; never hit, match, candidate, target.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from cotejo.rules.holds import HOLDS, Body, HoldKind, ProtectionGround
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Overdue,
    OwnLawBasis,
    Protection,
    QuestionCode,
    ReviewState,
    Risk,
    Sameness,
    UniqueIdentifier,
    Usability,
)
from cotejo.rules.words import Text

REVIEW_WORDS: Final[Mapping[type[StrEnum], Mapping[Any, Text]]] = {
    ReviewState: {
        ReviewState.NONE: Text("not here", "no consta"),
        ReviewState.RECEIVED: Text("received", "recibida"),
        ReviewState.OPEN: Text("under review", "en revisión"),
        ReviewState.DECIDED: Text("decided", "decidida"),
        ReviewState.FOLLOWED: Text("followed after a hand-over", "en seguimiento tras la entrega"),
        ReviewState.CLOSED: Text("closed", "cerrada"),
        ReviewState.ERASED: Text("erased", "suprimida"),
    },
    Usability: {
        Usability.USABLE: Text("usable", "utilizable"),
        Usability.SUSPENDED: Text("not usable", "no utilizable"),
        Usability.WITHDRAWN: Text("withdrawn", "retirada"),
    },
    QuestionCode: {
        QuestionCode.MISSING: Text("missing", "falta"),
        QuestionCode.UNCLEAR: Text("unclear", "no es claro"),
        QuestionCode.CONTRADICTION: Text("contradicts another field", "contradice otro campo"),
        QuestionCode.TRANSLATION: Text("translation needed", "requiere traducción"),
        QuestionCode.UNREADABLE_DOCUMENT: Text("document cannot be read", "documento ilegible"),
    },
    Protection: {
        Protection.NOTHING_REGISTERED: Text("nothing registered", "nada registrado"),
        Protection.STOP: Text("stop", "alto"),
    },
    Citizenship: {
        Citizenship.NO_EVIDENCE: Text("no evidence of citizenship here", "sin indicio de nacionalidad de este Estado"),
        Citizenship.CLAIM: Text("the person claims citizenship here", "la persona alega nacionalidad de este Estado"),
        Citizenship.EVIDENCE: Text(
            "there is evidence of citizenship here", "hay indicios de nacionalidad de este Estado"
        ),
    },
    Sameness: {
        Sameness.SAME: Text("the same person", "la misma persona"),
        Sameness.NOT_SAME: Text("not the same person", "no es la misma persona"),
        Sameness.CANNOT_TELL: Text("cannot tell", "no se puede saber"),
    },
    UniqueIdentifier: {
        UniqueIdentifier.DUI: Text("DUI number", "número de DUI"),
        UniqueIdentifier.PASSPORT: Text("passport number", "número de pasaporte"),
        UniqueIdentifier.CIVIL_REGISTRY: Text("civil registry entry", "partida del registro civil"),
        UniqueIdentifier.EXAMINER_REPORT: Text("examiner's report", "informe pericial"),
    },
    OwnLawBasis: {
        OwnLawBasis.REMOVAL_ORDER: Text("removal order", "orden de expulsión"),
        OwnLawBasis.EXTRADITION_ORDER: Text("extradition order", "resolución de extradición"),
        OwnLawBasis.TRANSFER_AGREEMENT: Text(
            "agreement to transfer a sentenced person", "acuerdo de traslado de persona condenada"
        ),
        OwnLawBasis.OWN_WARRANT: Text("own arrest warrant", "orden de captura propia"),
    },
    Risk: {
        Risk.NO_REAL_RISK: Text("no real risk found", "no se halló riesgo real"),
        Risk.REAL_RISK: Text("real risk", "riesgo real"),
    },
    CourtOrders: {
        CourtOrders.NONE_IN_FORCE: Text("no court order in force", "ninguna orden judicial vigente"),
        CourtOrders.IN_FORCE: Text("a court order is in force", "hay una orden judicial vigente"),
    },
    Outcome: {
        Outcome.ACT: Text("act", "actuar"),
        Outcome.NOT_ACT: Text("do not act", "no actuar"),
    },
    Overdue: {
        Overdue.ARRIVAL: Text("arrival", "llegada"),
        Overdue.BEFORE_JUDGE: Text("brought before a judge", "presentación ante autoridad judicial"),
        Overdue.COUNSEL_AND_FAMILY_TOLD: Text("counsel and family told", "aviso a la defensa y la familia"),
        Overdue.CUSTODY: Text("custody", "custodia"),
        Overdue.RETURN: Text("answer about the return", "respuesta sobre el regreso"),
        Overdue.CHARGES_DIFFER: Text("charges differ from those requested", "cargos distintos de los solicitados"),
    },
    ProtectionGround: {
        ProtectionGround.WITHHOLDING: Text("withholding of removal", "suspensión de la expulsión por riesgo"),
        ProtectionGround.TORTURE_CONVENTION: Text(
            "protection under the Convention against Torture", "protección de la Convención contra la Tortura"
        ),
        ProtectionGround.ASYLUM: Text("asylum or refugee status", "asilo o condición de refugiado"),
        ProtectionGround.VICTIM_STATUS: Text("status as a victim", "condición migratoria de víctima"),
        ProtectionGround.STAY: Text("stay ordered by a court", "suspensión ordenada por un tribunal"),
        ProtectionGround.PENDING_CLAIM: Text("pending claim", "solicitud pendiente"),
        ProtectionGround.MOTION_TO_REOPEN: Text("motion to reopen", "petición de reapertura"),
        ProtectionGround.STATED_FEAR: Text("stated fear of return", "temor expresado de volver"),
    },
    Body: {
        Body.IMMIGRATION_COURT: Text("immigration court", "tribunal de migración"),
        Body.ASYLUM_AUTHORITY: Text("asylum authority", "autoridad de asilo"),
        Body.VICTIM_AUTHORITY: Text("authority for victims", "autoridad de víctimas"),
        Body.COURT_THAT_STAYED: Text("the court that ordered the stay", "el tribunal que ordenó la suspensión"),
    },
    HoldKind: {kind: rule.title for kind, rule in HOLDS.items()},
}
