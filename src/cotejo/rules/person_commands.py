"""What officers ask of a person file. `person_decide` says whether it is accepted.

Ids (person, claim, evidence, alleged act, court act, whereabouts) are 32 hex digits chosen by whoever asks. Recording
something under an id that exists replaces it, and every checked claim that leans on it must be checked again.
"""

from dataclasses import dataclass

from cotejo.rules.claims import ClaimBody
from cotejo.rules.facts import Category
from cotejo.rules.package import Affiliation, AllegedAct, CourtAct, EvidenceItem, Subject, Whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPerson:
    """Begin a file. Recorder. `category_since` is a day; identifiers begin unverified."""

    person: str
    subject: Subject
    category: Category
    category_since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribePerson:
    """Replace what is known about names, birth, parents and documents. Recorder. Verified numbers stay verified."""

    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyIdentifier:
    """Say: I held this number beside its document. Checker, independent of the recorder; the document must be here."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCategory:
    """Change what the person is in this case, from a day on (F12). Recorder."""

    category: Category
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWhereabouts:
    """Record custody, absence abroad, hospital or death (F11). Recorder."""

    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainWhereabouts:
    """Say why an alleged act and a whereabouts record do not exclude each other (F11). Checker."""

    whereabouts: str
    alleged: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCourtAct:
    """Record a judicial act and how it came about. Recorder."""

    court_act: CourtAct


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAlleged:
    """Record one alleged act: offence, when, where (F04). Recorder."""

    alleged: AllegedAct


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvidence:
    """Record one item of evidence (failures.md 2.5). Recorder."""

    item: EvidenceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClaim:
    """Write a claim, or change one: either way a new version that nobody has checked. Recorder."""

    claim: str
    body: ClaimBody


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckClaim:
    """Say: I held this version beside its document. Checker, independent of every recorder it rests on (I1)."""

    claim: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnClaim:
    """Give a claim back with a reason. Checker."""

    claim: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawClaim:
    """Take a claim back for good. Recorder, checker or certifier."""

    claim: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAffiliation:
    """Record a dated affiliation on one of the closed bases. Recorder. It opens no gate."""

    affiliation: Affiliation


PersonCommand = (
    OpenPerson
    | DescribePerson
    | VerifyIdentifier
    | SetCategory
    | RecordWhereabouts
    | ExplainWhereabouts
    | RecordCourtAct
    | RecordAlleged
    | RecordEvidence
    | RecordClaim
    | CheckClaim
    | ReturnClaim
    | WithdrawClaim
    | RecordAffiliation
)
