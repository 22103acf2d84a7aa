"""The small words of a file: dates with their uncertainty, kinds of evidence, grades, categories, routes.

1. Barred grounds (tattoo, dress, sign, neighbourhood, kinship, nationality, association, social media) are absent from
   every list here: what has no word cannot be evidence (F05; design section 2).
2. Grades stay in the scale in which they were given; nothing converts or adds them (failures.md 2.6).
3. Dates are EDTF text `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an interval has both ends.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From and to, each `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; one day has both ends equal; `to` empty means still open."""

    start: str
    end: str = ""


class Category(StrEnum):
    """What the person is in this case; exactly one, dated (F12)."""

    CONVICTED = "convicted"
    ACCUSED = "accused"
    SUSPECT = "suspect"
    VICTIM = "victim"
    WITNESS = "witness"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """The closed list of evidence kinds (failures.md 2.5)."""

    JUDGMENT = "judgment"
    WARRANT = "warrant"
    CHARGE = "charge"
    OFFICIAL_RECORD = "official_record"
    SWORN_STATEMENT = "sworn_statement"
    UNSWORN_STATEMENT = "unsworn_statement"
    FORENSIC_REPORT = "forensic_report"
    DOCUMENT = "document"
    RECORDING = "recording"


COURT_KINDS: Final = frozenset({EvidenceKind.JUDGMENT, EvidenceKind.WARRANT, EvidenceKind.CHARGE})
STATEMENT_KINDS: Final = frozenset(
    {EvidenceKind.SWORN_STATEMENT, EvidenceKind.UNSWORN_STATEMENT, EvidenceKind.RECORDING}
)
JUDICIAL_OR_OFFICIAL: Final = COURT_KINDS | {EvidenceKind.OFFICIAL_RECORD}


class StatementType(StrEnum):
    """Fact, assessment or hearsay are kept apart (F10)."""

    FACT = "fact"
    ASSESSMENT = "assessment"
    HEARSAY = "hearsay"


class Coercion(StrEnum):
    """Whether a statement may have been forced (F15)."""

    NONE_ALLEGED = "none_alleged"
    ALLEGED = "alleged"
    UNKNOWN = "unknown"


class Favours(StrEnum):
    """Which way an item speaks."""

    AGAINST = "against"
    FOR = "for"
    NEUTRAL = "neutral"


class Scale(StrEnum):
    """The grading scale an item was graded in; shown with its name, never converted (failures.md 2.6)."""

    EUROPOL_4X4 = "4x4"
    UK_3X5X2 = "3x5x2"
    UK_5X5X5 = "5x5x5"
    ADMIRALTY = "admiralty"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Source and information grade as given, in their own scale."""

    scale: Scale
    source: str = ""
    information: str = ""


class Handling(StrEnum):
    """Europol handling codes."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class DataClass(StrEnum):
    """The kinds of data an agreement may cover (F19): files on one person, court records asked for, bulletins."""

    REQUEST = "request"
    COURT_RECORD = "court_record"
    BULLETIN = "bulletin"


class Route(StrEnum):
    """The legal route a request names (F38)."""

    EXTRADITION = "extradition"
    TRANSFER = "transfer"
    REMOVAL_INFORMATION = "removal_information"
    INFORMATION_ONLY = "information_only"


class Sex(StrEnum):
    """As documented."""

    F = "F"
    M = "M"
    X = "X"
    UNKNOWN = ""


class AffiliationBasis(StrEnum):
    """The closed list of bases on which affiliation may be recorded at all (design section 2)."""

    FINAL_JUDGMENT = "final_judgment"
    TESTED_TESTIMONY = "tested_testimony"
    OWN_STATEMENT_WITH_COUNSEL = "own_statement_with_counsel"
    SEIZED_DOCUMENT = "seized_document"


class Ground(StrEnum):
    """Refusal grounds every request answers yes or no, with a document (F42; UNMT 3 and 4)."""

    POLITICAL = "political"
    PERSECUTION = "persecution"
    MILITARY = "military"
    PRIOR_JUDGMENT = "prior_judgment"
    LAPSE_OR_AMNESTY = "lapse_or_amnesty"
    TORTURE_OR_UNFAIR = "torture_or_unfair"
    IN_ABSENCE = "in_absence"
    DEATH_PENALTY = "death_penalty"
    SPECIAL_COURT = "special_court"


class GroundAnswer(StrEnum):
    """`UNKNOWN` blocks sending (F42)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Undertaking(StrEnum):
    """What the sender signs to (UNMT 14; VCCR 36; F39)."""

    NAMED_ROUTE_ONLY = "named_route_only"
    SPECIALITY = "speciality"
    NO_ONWARD_SURRENDER = "no_onward_surrender"
    FAIR_TRIAL = "fair_trial"
    CONSULAR_AND_MONITOR_ACCESS = "consular_and_monitor_access"
    REPORTS_AFTER_HANDOVER = "reports_after_handover"
