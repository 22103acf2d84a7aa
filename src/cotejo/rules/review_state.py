"""What the receiver's case is: its fields, and what follows from them about pausing, agreement and who may see what.

1. The kinds of holds, the candidates and the sealed answers are shown only to whom the law names (I3, F44, I12).
2. Identity is agreed only when two officers call one candidate the same person and everybody else is excluded (I3).
3. "On hold" is one word for every cause.
"""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.disputing import DisputeSigned, DisputeTold
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.holds import HOLDS, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.package import Package
from cotejo.rules.returning import NOBODY_RETURNS, Returning
from cotejo.rules.review_acts import (
    CopyServed,
    CourtOrdersChecked,
    Decided,
    ErasureAsked,
    HandedOver,
    IdentityAnswered,
    IdentityReconfirmed,
    LegallyReviewed,
    NationalityRecorded,
    OwnLawRecorded,
    ProtectionChecked,
    ReviewErased,
    RiskAssessed,
    Searched,
)
from cotejo.rules.review_words import (
    Overdue,
    Protection,
    ReviewState,
    Sameness,
    Usability,
)

T = TypeVar("T")
BOTH: Final = 2


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A step that was done, and when."""

    act: T
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One person's signature for ending a hold, and on what they signed."""

    by: Officer
    document: str
    decision: FinalDecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold: its id is the version of the act that placed it. `freed` are the countries a final decision freed."""

    id: int
    kind: HoldKind
    since: Millis
    grounds: str = ""
    ground: ProtectionGround | None = None
    feared: str = ""
    documents: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    freed: tuple[str, ...] = ()
    ended: bool = False

    def binds(self, destination: str) -> bool:
        """Say whether the case still pauses for this destination; an unknown destination always does."""
        return not self.ended and (not destination or destination not in self.freed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the sender owes after a hand-over. `due` 0 means nothing more is owed."""

    what: Overdue
    due: Millis
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The state of one received request. `version` counts the acts of its stream.

    `taken_at` is when the request came, `received_at` when the version in hand did. `through` are its terms when it
    came through another agency, which is then the `partner`. `noted` is a withdrawn request that is not here. `to_send`
    is what the person signed and protection has not yet let leave.
    """

    id: str = ""
    version: int = 0
    state: ReviewState = ReviewState.NONE
    partner: str = ""
    destination: str = ""
    package: Package | None = None
    taken_at: Millis = 0
    received_at: Millis = 0
    origin_suspended: bool = False
    withdrawn_at: Millis = 0
    withdrawn_version: int = 0
    noted: str = ""
    swept: bool = False
    through: Agreement | None = None
    passed_to: tuple[str, ...] = ()
    action_reported: bool = False
    sweep_missed_at: Millis = 0
    sweep_missed: tuple[str, ...] = ()
    next_answer: int = 0
    asked: tuple[tuple[str, str], ...] = ()
    supplemented: bool = False
    register_touched: bool = False
    opened_at: Millis = 0
    search: Done[Searched] | None = None
    excluded: tuple[str, ...] = ()
    protection: Done[ProtectionChecked] | None = None
    nationality: Done[NationalityRecorded] | None = None
    holds: tuple[Hold, ...] = ()
    answers: tuple[Done[IdentityAnswered], ...] = ()
    own_law: Done[OwnLawRecorded] | None = None
    disputes: tuple[Done[DisputeTold] | Done[DisputeSigned], ...] = ()
    to_send: Done[DisputeSigned] | None = None
    legal: Done[LegallyReviewed] | None = None
    risk: Done[RiskAssessed] | None = None
    served: Done[CopyServed] | None = None
    decision: Done[Decided] | None = None
    reconfirmed: Done[IdentityReconfirmed] | None = None
    court_orders: Done[CourtOrdersChecked] | None = None
    handed_over: Done[HandedOver] | None = None
    reports: tuple[Report, ...] = ()
    returning: Returning = NOBODY_RETURNS
    erasure_asked: Done[ErasureAsked] | None = None
    erased: Done[ReviewErased] | None = None
    judged: bool = False
    followed_up: bool = False
    roster: tuple[Officer, ...] = ()

    @property
    def stream(self) -> Stream:
        """The line of acts of this case."""
        return Stream(StreamKind.REVIEW, self.id)

    @property
    def request(self) -> str:
        """The request id both sides know."""
        return self.package.request if self.package else self.noted

    @property
    def usability(self) -> Usability:
        """One word for every cause (I12)."""
        if self.withdrawn_at:
            return Usability.WITHDRAWN
        return Usability.SUSPENDED if self.origin_suspended or self.complained_of else Usability.USABLE

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """What is disputed of the version in hand, by the origin's word or the person's signature, oldest first."""
        held = {(each.id, each.version) for each in self.package.claims} if self.package else set()
        return tuple(each.act.stated for each in self.disputes if held & set(each.act.stated.claims))

    @property
    def complained_of(self) -> bool:
        """Say whether the redress office blocks this case."""
        return any(hold.kind is HoldKind.COMPLAINT and not hold.ended for hold in self.holds)

    @property
    def binding_holds(self) -> tuple[Hold, ...]:
        """The holds that pause this case now."""
        return tuple(hold for hold in self.holds if hold.binds(self.destination))

    @property
    def paused(self) -> bool:
        """Say whether the case pauses, whatever the cause."""
        return bool(self.binding_holds) or self.usability is not Usability.USABLE

    @property
    def candidates(self) -> tuple[str, ...]:
        """The possible same persons still to be looked at or agreed."""
        found = self.search.act.candidates if self.search else ()
        return tuple(each for each in found if each not in self.excluded)

    @property
    def to_protect(self) -> tuple[str, ...]:
        """Everybody a protection check must cover: all whom the search did not contradict, shown or not (F44).

        Once two officers agreed who it is, and that nobody else shown is, the check is about that person.
        """
        if self.search is None or self.agreed is not None:
            return self.candidates
        further = (each for each in self.search.act.further if each not in self.excluded)
        return (*self.candidates, *further)

    @property
    def missing_reports(self) -> tuple[Overdue, ...]:
        """The reports after a hand-over whose delay is recorded; different charges wait at the partner instead."""
        return tuple(each.what for each in self.reports if each.overdue and each.what is not Overdue.CHARGES_DIFFER)

    def answers_on(self, candidate: str) -> tuple[Done[IdentityAnswered], ...]:
        """Return the answers about one candidate, both or one or none."""
        return tuple(each for each in self.answers if each.act.candidate == candidate)

    @property
    def agreed(self) -> tuple[str, Millis] | None:
        """The candidate both officers called the same person, everybody else excluded, and when; else `None` (I3)."""
        if len(self.candidates) != 1:
            return None
        given = self.answers_on(self.candidates[0])
        if len(given) < BOTH or any(each.act.answer is not Sameness.SAME for each in given):
            return None
        return self.candidates[0], max(each.at for each in given)

    def answers_visible_to(self, officer: Officer) -> tuple[IdentityAnswered, ...]:
        """Return what this officer may see: their own answers, and the others' once both are sealed (I3)."""
        return tuple(
            each.act
            for each in self.answers
            if each.act.by.id == officer.id or len(self.answers_on(each.act.candidate)) >= BOTH
        )

    def shows_candidates_to(self, duty: Duty) -> bool:
        """Say whether a duty may see candidates: nobody but protection before nothing was found registered (F44)."""
        if duty is Duty.PROTECTION:
            return True
        check = self.protection
        return (
            check is not None
            and check.act.result is Protection.NOTHING_REGISTERED
            and set(self.to_protect) <= set(check.act.candidates)
            and not self.paused
        )

    def candidates_visible_to(self, duty: Duty) -> tuple[str, ...]:
        """Return the candidates a duty may see now."""
        return self.candidates if self.shows_candidates_to(duty) else ()

    def holds_visible_to(self, duty: Duty) -> tuple[Hold, ...]:
        """Return the holds whose kind this duty may see; everybody else reads "on hold"."""
        return tuple(hold for hold in self.holds if duty in HOLDS[hold.kind].seen_by)


START: Final = Review()
