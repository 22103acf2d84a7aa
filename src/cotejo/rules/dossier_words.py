"""The closed lists a dossier chooses from; their words are in `origin_vocabulary`.

1. Every suspension travels as the same code, whatever its cause (I12); the cause stays in this house.
2. The reason of a withdrawal is a word of this list, never free text.
3. Telling the person may be put off only for a reason of this list, countersigned by the oversight body (F63).
"""

from enum import StrEnum


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
    DISPUTED = "disputed"
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
    RETENTION_OVER = "retention_over"
    NOT_REVALIDATED = "not_revalidated"
    AGREEMENT_OVER = "agreement_over"


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
