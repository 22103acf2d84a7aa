"""The words of the origin's closed lists, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.claims import ClaimState
from cotejo.rules.dossier_words import DeferralReason, DossierState, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.words import Text

ORIGIN_WORDS: Final[Mapping[type[StrEnum], Mapping[Any, Text]]] = {
    DossierState: {
        DossierState.DRAFT: Text("in preparation", "en preparación"),
        DossierState.CERTIFIED: Text("certified", "certificada"),
        DossierState.SENT: Text("sent", "enviada"),
        DossierState.SUSPENDED: Text("suspended", "suspendida"),
        DossierState.WITHDRAWN: Text("withdrawn", "retirada"),
        DossierState.ERASED: Text("erased", "suprimida"),
    },
    SuspensionCause: {
        SuspensionCause.REDRESS: Text("not usable", "no utilizable"),
        SuspensionCause.COURT_ORDER: Text("a court order", "una orden judicial"),
        SuspensionCause.EVIDENCE_DOUBT: Text("doubt about the evidence", "duda sobre la prueba"),
        SuspensionCause.UNRELIABLE_SOURCE: Text(
            "material of an officer or unit under review", "material de una persona o unidad bajo revisión"
        ),
        SuspensionCause.DISPUTED: Text("disputed by the person", "impugnada por la persona"),
        SuspensionCause.GATES: Text("a check no longer passes", "un control ya no se cumple"),
        SuspensionCause.OWN: Text("by decision of this agency", "por decisión de esta entidad"),
    },
    WithdrawalReason: {
        WithdrawalReason.WARRANT_RECALLED: Text(
            "the warrant was recalled", "la orden de captura fue dejada sin efecto"
        ),
        WithdrawalReason.ACQUITTED: Text(
            "the person was acquitted or discharged", "la persona fue absuelta o sobreseída"
        ),
        WithdrawalReason.NOT_THIS_PERSON: Text("it is not this person", "no es esta persona"),
        WithdrawalReason.COURT_ORDER: Text("a court ordered it", "lo ordenó un tribunal"),
        WithdrawalReason.NOT_SUPPORTED: Text("the evidence no longer supports it", "la prueba ya no la sostiene"),
        WithdrawalReason.SERVED: Text("the sentence was served", "la pena fue cumplida"),
        WithdrawalReason.NO_LONGER_NEEDED: Text("it is no longer needed", "ya no es necesaria"),
        WithdrawalReason.RETENTION_OVER: Text("its time to be kept is over", "venció su plazo de conservación"),
        WithdrawalReason.NOT_REVALIDATED: Text("it was not confirmed in time", "no fue confirmada a tiempo"),
        WithdrawalReason.AGREEMENT_OVER: Text("no agreement covers it any longer", "ya no la ampara ningún acuerdo"),
    },
    DeferralReason: {
        DeferralReason.FLIGHT: Text("the person would flee", "la persona se daría a la fuga"),
        DeferralReason.DANGER_TO_OTHERS: Text("others would be in danger", "otras personas correrían peligro"),
        DeferralReason.EVIDENCE_AT_RISK: Text("evidence would be lost", "se perdería prueba"),
    },
    HandoverReport: {
        HandoverReport.ARRIVAL: Text("arrival", "llegada"),
        HandoverReport.BEFORE_JUDGE: Text("brought before a judge", "presentación ante un tribunal"),
        HandoverReport.CUSTODY: Text("custody", "custodia"),
        HandoverReport.COUNSEL_AND_FAMILY_TOLD: Text("counsel and family told", "aviso a la defensa y la familia"),
        HandoverReport.JUDGMENT: Text("judgment", "sentencia"),
    },
    ClaimState: {
        ClaimState.DRAFT: Text("to be checked", "por verificar"),
        ClaimState.CHECKED: Text("checked against the document", "cotejada con el documento"),
        ClaimState.RETURNED: Text("returned", "devuelta"),
        ClaimState.WITHDRAWN: Text("withdrawn", "retirada"),
    },
    IncidentKind: {
        IncidentKind.HOMICIDE: Text("homicide", "homicidio"),
        IncidentKind.EXTORTION: Text("extortion", "extorsión"),
        IncidentKind.DISAPPEARANCE: Text("disappearance", "desaparición"),
        IncidentKind.FORCED_DISPLACEMENT: Text("forced displacement", "desplazamiento forzado"),
        IncidentKind.RECRUITMENT: Text("recruitment", "reclutamiento"),
        IncidentKind.WEAPONS: Text("weapons", "armas"),
        IncidentKind.DRUGS: Text("drugs", "drogas"),
    },
    Trend: {
        Trend.UP: Text("more than a year before", "más que un año antes"),
        Trend.DOWN: Text("fewer than a year before", "menos que un año antes"),
        Trend.STEADY: Text("as a year before", "como un año antes"),
        Trend.NOT_KNOWN: Text("not known", "se desconoce"),
    },
}
