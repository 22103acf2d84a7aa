"""The closed lists a review chooses from."""

from enum import StrEnum


class ReviewState(StrEnum):
    """Where the receiver's case stands."""

    NONE = "none"
    RECEIVED = "received"
    OPEN = "open"
    DECIDED = "decided"
    FOLLOWED = "followed"
    CLOSED = "closed"
    ERASED = "erased"


class Usability(StrEnum):
    """Whether the request may be used at all; one word for every cause of suspension (I12)."""

    USABLE = "usable"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class QuestionCode(StrEnum):
    """What can be asked about a field of the package, once, before anything touches a register."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    CONTRADICTION = "contradiction"
    TRANSLATION = "translation"
    UNREADABLE_DOCUMENT = "unreadable_document"


class Protection(StrEnum):
    """The two answers of a protection check (design section 12)."""

    NOTHING_REGISTERED = "nothing_registered"
    STOP = "stop"


class Citizenship(StrEnum):
    """What the nationality officer found. Anything but `no_evidence` places a hold (F28)."""

    NO_EVIDENCE = "no_evidence"
    CLAIM = "claim"
    EVIDENCE = "evidence"


class Sameness(StrEnum):
    """What an identity officer answers about one possible same person."""

    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"


class UniqueIdentifier(StrEnum):
    """What can single a person out; name and birth date never do (F26)."""

    DUI = "dui"
    PASSPORT = "passport"
    CIVIL_REGISTRY = "civil_registry"
    EXAMINER_REPORT = "examiner_report"


class OwnLawBasis(StrEnum):
    """On which order of this country's own law the agency could act; a request never is one."""

    REMOVAL_ORDER = "removal_order"
    EXTRADITION_ORDER = "extradition_order"
    TRANSFER_AGREEMENT = "transfer_agreement"
    OWN_WARRANT = "own_warrant"


class Risk(StrEnum):
    """What the risk assessor found about the destination (F48)."""

    NO_REAL_RISK = "no_real_risk"
    REAL_RISK = "real_risk"


class CourtOrders(StrEnum):
    """What the last look for court orders found before a hand-over (F47)."""

    NONE_IN_FORCE = "none_in_force"
    IN_FORCE = "in_force"


class Outcome(StrEnum):
    """What the deciding officer decided."""

    ACT = "act"
    NOT_ACT = "not_act"


class Overdue(StrEnum):
    """Why a report after a hand-over pauses its sender (F73)."""

    ARRIVAL = "arrival"
    BEFORE_JUDGE = "before_judge"
    COUNSEL_AND_FAMILY_TOLD = "counsel_and_family_told"
    CUSTODY = "custody"
    CHARGES_DIFFER = "charges_differ"
    RETURN = "return"
