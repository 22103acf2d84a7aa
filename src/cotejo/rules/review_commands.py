"""What officers, partners, the clock and the redress door ask of a review. `review_decide` says what is accepted.

`review` is the local id, 32 hex digits, and never leaves. Documents are named by hex SHA-256 and are kept here first.
"""

from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute, TakeDispute
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.holds import FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.onward import PassOn, TakePassedOn
from cotejo.rules.package import Package
from cotejo.rules.returning import AskReturn, CloseReturn, TakeReturnAnswer
from cotejo.rules.review_acts import MarkAnswer
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Overdue,
    OwnLawBasis,
    Protection,
    QuestionCode,
    Risk,
    Sameness,
    UniqueIdentifier,
)
from cotejo.rules.told import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Take in a sealed request. Partner.

    `arrived`: the hashes of the documents that came whole with it; `letter` the hash of the signed letter, when it is
    to be kept so that it can be passed on, and `cited` that of the agreement the letter cites.
    """

    review: str
    package: Package
    arrived: frozenset[str] = frozenset()
    letter: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCorrection:
    """Take in a corrected version with the differences named (F53). Partner. `arrived` and on as in `TakeIn`."""

    package: Package
    changes: tuple[Change, ...]
    reason: str
    arrived: frozenset[str] = frozenset()
    letter: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSupplement:
    """Take in the answers to our questions. Partner. `arrived` and on as in `TakeIn`."""

    package: Package
    answers: tuple[tuple[str, str], ...]
    arrived: frozenset[str] = frozenset()
    letter: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSuspension:
    """The origin suspends its request. Partner."""

    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReinstatement:
    """The origin makes its request usable again. Partner."""

    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeWithdrawal:
    """The origin withdraws its request, by message or signed file. Partner.

    `review` is the case it is about, or a new id when there is none. `facts_token` is the keyed token of the
    request's facts. For a request that was never taken in the mark is kept all the same, so that it cannot come
    later.
    """

    request: str
    version: int
    reason: str
    facts_token: str
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeErasure:
    """The origin demands that everything about its request is erased. Partner. `facts_token` as in `TakeWithdrawal`."""

    request: str
    version: int
    basis: ErasureBasis
    facts_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRetention:
    """The computed time to keep the request is over, or what an erasure waited for (F57). Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSwept:
    """The agreed sweep moment has come. Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAnswer:
    """An agreed answer date has come. Clock."""

    period: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestions:
    """Ask the origin about fields of its package, once, before any register is touched. Intake."""

    asked: tuple[tuple[QuestionCode, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReview:
    """Intake is complete: begin. Intake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSearch:
    """Record the possible same persons of the own register. Protection.

    Tokens excluded before for this request are left out again (F32). `register_as_of` is the register's ISO day.
    """

    candidates: tuple[str, ...]
    set_aside: int
    register_as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProtectionCheck:
    """Record the protection check of every candidate (F44). Protection.

    With `stop`: `ground`, and `feared`, the country the person is protected from.
    """

    candidates: tuple[str, ...]
    result: Protection
    ground: ProtectionGround | None = None
    feared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNationality:
    """Record the mandatory nationality check (F28). Nationality. `sources` are the registers looked into."""

    found: Citizenship
    sources: tuple[str, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Pause the case (`HOLDS` says who may; the redress door places `complaint`)."""

    kind: HoldKind
    grounds: str
    ground: ProtectionGround | None = None
    feared: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCourtOrder:
    """A court order or stay freezes the case at once, at any hour (F47). Duty officer. The document may follow."""

    court: str
    number: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold:
    """Sign for ending a hold. `HOLDS` says who; two people, the same `decision` or `document` (I4).

    `hold` is the version of the act that placed it.
    """

    hold: int
    reasons: str
    document: str
    decision: FinalDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressSuspend:
    """Block the case. Redress door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressLift:
    """End the block of the redress door. Redress door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIdentity:
    """Answer about one candidate, sealed from the other officer (I3). Identity.

    `resolutions` explain each difference in writing, as (difference, explanation). `same` names the verified unique
    identifier that agrees (F26); `document` is the examiner's report where that is the identifier.
    """

    candidate: str
    answer: Sameness
    reasons: str
    resolutions: tuple[tuple[str, str], ...] = ()
    identifier: UniqueIdentifier | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOwnLawOrder:
    """Record the order of this country's own law and the agency's own evidence (F49). Legal."""

    basis: OwnLawBasis
    issued_by: str
    number: str
    issued_on: str
    final: bool
    document: str
    own_evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLegalReview:
    """Record the legal review. Legal.

    `answers` hold one written answer to every mark of `review_law.legal_marks`. Where the removal route pursues a
    prosecution or sentence, the person was told as well (F38).
    """

    route_lawful: bool
    answers: tuple[MarkAnswer, ...]
    reasons: str
    person_told_of_route: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRiskAssessment:
    """Record the individual risk at the destination (F48). Risk assessor from outside the unit."""

    found: Risk
    sources: tuple[tuple[str, str], ...]
    statement_document: str
    with_counsel: bool
    with_interpreter: bool
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopyServed:
    """Record that the copy was served and the person heard, with counsel and interpreter. Legal or custody."""

    version: int
    served_on: str
    languages: tuple[str, ...]
    document: str
    counsel: str
    interpreter: str
    heard_on: str
    statement_document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Decide, with reasons. Deciding officer, who held no other duty in this case (I1)."""

    outcome: Outcome
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconfirmIdentity:
    """Confirm again, after the decision, that it is this person. Identity."""

    candidate: str
    identifier: UniqueIdentifier
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCourtOrders:
    """Look for court orders once more, after the decision. Duty officer."""

    found: CourtOrders
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHandover:
    """Record a hand-over to the country `to`, after a court heard the person. Custody."""

    to: str
    place: str
    court: str
    court_heard_on: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAfterHandover:
    """Take in a report of the sender after a hand-over (F73). Partner."""

    report: HandoverReport
    happened_at: Millis
    place: str
    court: str = ""
    charges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOverdue:
    """The term of a report after a hand-over is over. Clock."""

    what: Overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFollowUp:
    """The judgment is known: nothing is left to follow. Legal."""

    reasons: str
    document: str


PartnerCommand = (
    TakeIn
    | TakeCorrection
    | TakeSupplement
    | TakeSuspension
    | TakeReinstatement
    | TakeWithdrawal
    | TakeErasure
    | TakeAfterHandover
    | TakeReturnAnswer
    | TakePassedOn
    | TakeDispute
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountDates:
    """Another agreement took its turn: things may be kept for a shorter time, and answers be due sooner. Clock."""


ClockCommand = MarkSwept | GiveAnswer | MarkOverdue | EndRetention | RecountDates
BeginningCommand = AskQuestions | OpenReview | RecordSearch | RecordProtectionCheck
HoldCommand = PlaceHold | RegisterCourtOrder | LiftHold | RedressSuspend | RedressLift
ReviewingCommand = (
    RecordNationality
    | AnswerIdentity
    | RecordOwnLawOrder
    | RecordLegalReview
    | RecordRiskAssessment
    | RecordCopyServed
    | PassOn
    | RecordSignedDispute
    | SendSignedDispute
)
DecisionCommand = (
    Decide | ReconfirmIdentity | CheckCourtOrders | RecordHandover | AskReturn | CloseReturn | CloseFollowUp
)
ReviewCommand = PartnerCommand | ClockCommand | BeginningCommand | HoldCommand | ReviewingCommand | DecisionCommand
