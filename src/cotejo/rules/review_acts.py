"""What was accepted about a received request. Bodies live in the vault; codes are stored in the clear.

1. A protection check has one code for both its answers, and every hold has one code, so that the clear columns do not
   show what only the protection officer may know (F44).
2. A hold is named by the version of the act that placed it.
3. `candidate` is the keyed token of an entry in the agency's own register, never its number or name.
4. `documents` and `document` are hex SHA-256 of documents kept here.
"""

from dataclasses import dataclass

from cotejo.rules.acts import Act, Millis, act
from cotejo.rules.agreement import HandoverTerms
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Officer
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.holds import FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.package import Package
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
from cotejo.rules.told import Answered, Change


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAnswer:
    """The legal reviewer's written answer to one mark; `mark` is its code (see `rules.gates.legal_review`)."""

    mark: str
    may_go_on: bool
    reasons: str


@act("review.taken")
class TakenIn(Act):
    """A sealed request was taken in. `destination` is the country of the origin, `from_partner` its node.

    `first_answer` numbers the agreed date of the first periodic answer.
    """

    review: str
    from_partner: str
    destination: str
    first_answer: int
    package: Package


@act("review.corrected")
class Corrected(Act):
    """A new version replaced the old; every step opens again."""

    package: Package
    changes: tuple[Change, ...]
    reason: str


@act("review.supplemented")
class Supplemented(Act):
    """Our questions were answered with a new version."""

    package: Package
    answers: tuple[tuple[str, str], ...]


@act("review.suspended")
class SuspendedByOrigin(Act):
    """The origin suspended its request."""

    version: int


@act("review.reinstated")
class ReinstatedByOrigin(Act):
    """The origin made its request usable again."""

    version: int


@act("review.withdrawn")
class Withdrawn(Act):
    """The origin withdrew its request; own use is blocked from this act on (I7: applied)."""

    version: int
    reason: str


@act("review.swept")
class Swept(Act):
    """At the agreed moment: the withdrawal reached every holder behind this node (I7)."""

    version: int


@act("review.erasure_asked")
class ErasureAsked(Act):
    """The case is to be erased when the follow-up of its hand-over is over; `demanded`: the origin awaits our word."""

    version: int
    basis: ErasureBasis
    demanded: bool


@act("review.erased")
class ReviewErased(Act):
    """Everything before this act is gone, but for the copy that is sealed until `sealed_until` (I11)."""

    review: str
    partner: str
    request: str
    basis: ErasureBasis
    sealed_until: Millis


@act("review.answered")
class PeriodicallyAnswered(Act):
    """The blunt answer of one agreed date was given."""

    period: int
    answered: Answered


@act("review.questions_asked")
class QuestionsAsked(Act):
    """Questions about the package alone, each as (code, field)."""

    asked: tuple[tuple[QuestionCode, str], ...]
    by: Officer


@act("review.opened")
class ReviewOpened(Act):
    """Intake is complete; from here registers may be looked into."""

    by: Officer


@act("review.searched")
class Searched(Act):
    """Possible same persons in the own register, recall first; `set_aside` counts those the register search dropped.

    `further` are all others that were compared and not contradicted: too many for officers to compare one by one, and
    none of them left out of the protection check. `model` is the version of the model that weighed them, and
    `model_digest` the SHA-256 of its file, in hex.
    """

    candidates: tuple[str, ...]
    further: tuple[str, ...]
    set_aside: int
    register_as_of: str
    model: str
    model_digest: str
    by: Officer


@act("review.protection_checked")
class ProtectionChecked(Act):
    """The protection register was looked into for these candidates. `ground` and `feared` only with `stop`."""

    candidates: tuple[str, ...]
    result: Protection
    ground: ProtectionGround | None
    feared: str
    by: Officer


@act("review.nationality_recorded")
class NationalityRecorded(Act):
    """The mandatory nationality check (F28)."""

    found: Citizenship
    sources: tuple[str, ...]
    documents: tuple[str, ...]
    by: Officer


@act("review.hold_placed")
class HoldPlaced(Act):
    """The case pauses. `by` is empty for the redress door."""

    kind: HoldKind
    grounds: str
    ground: ProtectionGround | None
    feared: str
    documents: tuple[str, ...]
    by: Officer | None


@act("review.hold_lift_signed")
class HoldLiftSigned(Act):
    """One of the signatures needed to end a hold; `complete` when it was the last (I4)."""

    hold: int
    decision: FinalDecision | None
    document: str
    reasons: str
    complete: bool
    by: Officer | None


@act("review.identity_answered")
class IdentityAnswered(Act):
    """One officer's sealed answer about one candidate. `resolutions` are (difference, how it is explained)."""

    candidate: str
    answer: Sameness
    reasons: str
    identifier: UniqueIdentifier | None
    document: str
    differences: tuple[str, ...]
    resolutions: tuple[tuple[str, str], ...]
    by: Officer


@act("review.own_law_recorded")
class OwnLawRecorded(Act):
    """The order of this country's own law on which alone the agency could act, and its own evidence (F49)."""

    basis: OwnLawBasis
    issued_by: str
    number: str
    issued_on: str
    final: bool
    document: str
    own_evidence: tuple[str, ...]
    by: Officer


@act("review.legally_reviewed")
class LegallyReviewed(Act):
    """Whether the route is lawful, and an answer to every mark that opens legal review (F15, F38, F42)."""

    route_lawful: bool
    answers: tuple[MarkAnswer, ...]
    person_told_of_route: bool
    reasons: str
    by: Officer


@act("review.risk_assessed")
class RiskAssessed(Act):
    """Individual risk at the destination; `sources` are (title, date) of country sources (F48)."""

    found: Risk
    sources: tuple[tuple[str, str], ...]
    statement_document: str
    with_counsel: bool
    with_interpreter: bool
    reasons: str
    by: Officer


@act("review.copy_served")
class CopyServed(Act):
    """The copy for the person and counsel was served and the person heard (F49, F64)."""

    version: int
    served_on: str
    languages: tuple[str, ...]
    document: str
    counsel: str
    interpreter: str
    heard_on: str
    statement_document: str
    by: Officer


@act("review.decided")
class Decided(Act):
    """A person decided, with reasons. `status_issued` is the list the decision stood on (I5)."""

    outcome: Outcome
    reasons: str
    status_issued: Millis
    by: Officer


@act("review.identity_reconfirmed")
class IdentityReconfirmed(Act):
    """At the hand-over an identity officer confirms again that it is this person (failures.md 2.3, step 11)."""

    candidate: str
    identifier: UniqueIdentifier
    document: str
    by: Officer


@act("review.court_orders_checked")
class CourtOrdersChecked(Act):
    """The last look for court orders before a hand-over (F47). `in_force` places a hold."""

    found: CourtOrders
    documents: tuple[str, ...]
    by: Officer


@act("review.handed_over")
class HandedOver(Act):
    """The person was handed over after a court had heard them; from the next date on the answer reports an action."""

    to: str
    place: str
    court: str
    court_heard_on: str
    document: str
    terms: HandoverTerms
    by: Officer


@act("review.after_handover_told")
class AfterHandoverTold(Act):
    """A report of the sender after a hand-over; `extra_charges` were not in the request (F73)."""

    report: HandoverReport
    happened_at: Millis
    place: str
    court: str
    charges: tuple[str, ...]
    extra_charges: tuple[str, ...]


@act("review.after_handover_overdue")
class AfterHandoverOverdue(Act):
    """A report after a hand-over did not come in time."""

    what: Overdue
    due: Millis


@act("review.closed")
class FollowUpClosed(Act):
    """After the judgment nothing is left to follow."""

    reasons: str
    document: str
    by: Officer
