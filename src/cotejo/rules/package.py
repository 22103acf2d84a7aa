"""What one request says: everything about one person that travels, and nothing else.

1. A package concerns one person and one case (F18); it has no place for a list, a score or a label (F06, F17).
2. Sender and receiver evaluate the same gates on the same package; no flag in it is trusted (I2).
3. No local id travels: officers appear as tokens, one a person and request, so that the receiver can see that the
   signers differ (I1) without learning who they are; other people appear as role tokens (`victim-1`, F22).
4. Documents travel as sealed chunks named by hash; the package carries each document's plain hash (F01).
"""

from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.duties import Duty
from cotejo.rules.facts import (
    AffiliationBasis,
    Category,
    Coercion,
    EvidenceKind,
    Favours,
    Grade,
    Ground,
    GroundAnswer,
    Handling,
    Interval,
    Route,
    Sex,
    StatementType,
    Undertaking,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A document number of the person and the document that shows it. `kind`: `dui`, `passport`, `civil_registry`."""

    kind: str
    value: str
    issued_by: str
    verified: bool
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in its parts and exactly as documented (F30)."""

    documented: str
    given: str
    first_surname: str
    second_surname: str = ""
    married_name: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The one person. `birth` is EDTF text or empty; descriptors serve to exclude only."""

    names: tuple[Name, ...]
    birth: str
    sex: Sex
    birth_place: str
    nationality: str
    nationality_basis: str
    identifiers: tuple[Identifier, ...]
    father: str = ""
    mother: str = ""
    stature_cm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegedAct:
    """One act of this person: offence, when and where (F04). `quote` and `quote_page` come from judgment or charge."""

    id: str
    description: str
    offence_article: str
    offence_class: str
    interval: Interval
    place: str
    membership_only: bool
    quote: str = ""
    quote_document: str = ""
    quote_page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtAct:
    """A judicial act and how it came about (design section 2, "Checked is not true")."""

    id: str
    kind: EvidenceKind
    court: str
    number: str
    date: str
    document: str
    offence_text: str
    penalty: str
    max_penalty_months: int
    collective: bool
    accused_count: int
    judge_named: bool
    counsel_present: bool
    emergency_rules: bool
    passage_about_person: str = ""
    outcome: str = ""
    pending_confirmed_on: str = ""
    final: bool = False
    remaining_months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfStatement:
    """What makes a self-admission checkable (F03)."""

    verbatim: str
    language: str
    date: str
    place: str
    recording_or_signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A human translation beside the original text (F16)."""

    language: str
    text: str
    translator: str
    by_machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One item of evidence (failures.md 2.5). `origin` is a token for the source; `derived_from` other ids."""

    id: str
    kind: EvidenceKind
    favours: Favours
    statement_type: StatementType
    speaks_to: tuple[str, ...]
    interval: Interval
    place: str
    obtained_on: str
    origin: str
    anonymous: bool
    derived_from: tuple[str, ...]
    how_obtained: str
    coercion: Coercion
    grade: Grade
    document: str
    document_place: str
    language: str
    handling: Handling
    challenged: bool = False
    assessor: str = ""
    underlying: tuple[str, ...] = ()
    self_statement: SelfStatement | None = None
    translation: Translation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedClaim:
    """One checked statement. `recorder` and `checker` are tokens; `checked_on` and office are shown, not believed."""

    id: str
    version: int
    statement_type: StatementType
    statement: str
    speaks_to: tuple[str, ...]
    interval: Interval
    place: str
    as_of: str
    evidence: tuple[str, ...]
    recorder: str
    recorder_unit: str
    checker: str
    checker_unit: str
    checked_on: str
    quoted_label_from: str = ""
    recorder_chain: str = ""
    checker_chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A named person's answer to why an alleged act and a whereabouts record do not exclude each other (F11)."""

    alleged: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the person was recorded to be. `kind`: `custody`, `exit`, `entry`, `hospital`, `death`.

    A stay abroad is an `exit` with the interval of the absence. It speaks for the person (F11).
    """

    id: str
    kind: str
    interval: Interval
    place: str
    document: str
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A dated claim of affiliation on a closed basis. Opens no gate, is no search facet (design section 2)."""

    group: str
    role_in_source: str
    start: str
    end: str
    ended: bool
    basis: AffiliationBasis
    document: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundStatement:
    """A refusal ground answered, with its document (F42)."""

    ground: Ground
    answer: GroundAnswer
    document: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That the person was told, or why not yet (F63). A deferral is countersigned and lapses."""

    given_on: str = ""
    languages: tuple[str, ...] = ()
    deferred_because: str = ""
    countersigned_by: str = ""
    lapses_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFor:
    """The certifier's signed sentence: I searched the file for what speaks for this person."""

    attached: tuple[str, ...]
    none_found: bool
    searched_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed in which duty: a token, the office and the time."""

    duty: Duty
    token: str
    office: str
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDocument:
    """A cited document as it travels: hex SHA-256 and size of its plain bytes, names of its sealed parts in order."""

    sha256: str
    size: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The complete request about one person, as it is sealed and as the receiver reads it.

    `documents` is filled when the request is sealed. `slot` is the status slot of this version.
    """

    request: str
    version: int
    origin: str
    addressee: str
    agreement: str
    purpose: str
    route: Route
    case_number: str
    category: Category
    category_since: str
    subject: Subject
    alleged: tuple[AllegedAct, ...]
    court_acts: tuple[CourtAct, ...]
    claims: tuple[PackagedClaim, ...]
    evidence: tuple[EvidenceItem, ...]
    affiliations: tuple[Affiliation, ...]
    grounds: tuple[GroundStatement, ...]
    undertakings: tuple[Undertaking, ...]
    search_for: SearchFor | None
    notice: Notice | None
    signers: tuple[Signer, ...]
    withheld: int
    made_on: str
    slot: int = -1
    documents: tuple[SealedDocument, ...] = ()
    whereabouts: tuple[Whereabouts, ...] = ()
