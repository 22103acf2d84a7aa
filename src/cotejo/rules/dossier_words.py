"""The closed lists a dossier chooses from, with their words in both languages where a screen shows them.

1. Every suspension travels as the same code, whatever its cause (I12); the cause stays in this house.
2. The reason of a withdrawal is a word of this list, never free text.
3. Telling the person may be put off only for a reason of this list, countersigned by the oversight body (F63).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cotejo.rules.words import Text


class DossierState(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    CERTIFIED = "certified"
    SENT = "sent"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class SuspensionCause(StrEnum):
    """Why a request is suspended. Each cause is lifted by its own side; the request is usable again after the last."""

    REDRESS = "redress"
    COURT_ORDER = "court_order"
    EVIDENCE_DOUBT = "evidence_doubt"
    UNRELIABLE_SOURCE = "unreliable_source"
    GATES = "gates"
    OWN = "own"


class WithdrawalReason(StrEnum):
    """Why a request is withdrawn for good."""

    WARRANT_RECALLED = "warrant_recalled"
    ACQUITTED = "acquitted"
    NOT_THIS_PERSON = "not_this_person"
    COURT_ORDER = "court_order"
    NOT_SUPPORTED = "not_supported"
    SERVED = "served"
    NO_LONGER_NEEDED = "no_longer_needed"


class DeferralReason(StrEnum):
    """Why the person is not told yet."""

    FLIGHT = "flight"
    DANGER_TO_OTHERS = "danger_to_others"
    EVIDENCE_AT_RISK = "evidence_at_risk"


class HandoverReport(StrEnum):
    """What the sender reports after a hand-over (F73)."""

    ARRIVAL = "arrival"
    BEFORE_JUDGE = "before_judge"
    CUSTODY = "custody"
    COUNSEL_AND_FAMILY_TOLD = "counsel_and_family_told"
    JUDGMENT = "judgment"


WITHDRAWAL_WORDS: Final[Mapping[WithdrawalReason, Text]] = {
    WithdrawalReason.WARRANT_RECALLED: Text("the warrant was recalled", "la orden de captura fue dejada sin efecto"),
    WithdrawalReason.ACQUITTED: Text("the person was acquitted or discharged", "la persona fue absuelta o sobreseída"),
    WithdrawalReason.NOT_THIS_PERSON: Text("it is not this person", "no es esta persona"),
    WithdrawalReason.COURT_ORDER: Text("a court ordered it", "lo ordenó un tribunal"),
    WithdrawalReason.NOT_SUPPORTED: Text("the evidence no longer supports it", "la prueba ya no la sostiene"),
    WithdrawalReason.SERVED: Text("the sentence was served", "la pena fue cumplida"),
    WithdrawalReason.NO_LONGER_NEEDED: Text("it is no longer needed", "ya no es necesaria"),
}

DEFERRAL_WORDS: Final[Mapping[DeferralReason, Text]] = {
    DeferralReason.FLIGHT: Text("the person would flee", "la persona se daría a la fuga"),
    DeferralReason.DANGER_TO_OTHERS: Text("others would be in danger", "otras personas correrían peligro"),
    DeferralReason.EVIDENCE_AT_RISK: Text("evidence would be lost", "se perdería prueba"),
}

SUSPENSION_WORDS: Final[Mapping[SuspensionCause, Text]] = {
    SuspensionCause.REDRESS: Text("not usable", "no utilizable"),
    SuspensionCause.COURT_ORDER: Text("a court order", "una orden judicial"),
    SuspensionCause.EVIDENCE_DOUBT: Text("doubt about the evidence", "duda sobre la prueba"),
    SuspensionCause.UNRELIABLE_SOURCE: Text(
        "material of an officer or unit under review", "material de una persona o unidad bajo revisión"
    ),
    SuspensionCause.GATES: Text("a check no longer passes", "un control ya no se cumple"),
    SuspensionCause.OWN: Text("by decision of this agency", "por decisión de esta entidad"),
}
