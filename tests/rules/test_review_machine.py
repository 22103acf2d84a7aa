"""The life of a review under anybody's commands in any order, against a plain model of what must never be."""

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cotejo.rules.acts import Entry, Plan
from cotejo.rules.agreement import DAY, MINUTE, SECOND
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Officer, Who, may_join
from cotejo.rules.holds import HOLDS, Body, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.review import card
from cotejo.rules.review_acts import (
    CourtOrdersChecked,
    Decided,
    HandedOver,
    HoldLiftSigned,
    HoldPlaced,
    IdentityAnswered,
    NationalityRecorded,
    ProtectionChecked,
    SuspendedByOrigin,
    Withdrawn,
)
from cotejo.rules.review_commands import (
    CheckCourtOrders,
    CloseFollowUp,
    Decide,
    GiveAnswer,
    LiftHold,
    MarkOverdue,
    MarkSwept,
    OpenReview,
    PlaceHold,
    ReconfirmIdentity,
    RecordNationality,
    RecordProtectionCheck,
    RecordSearch,
    RedressLift,
    RedressSuspend,
    RegisterCourtOrder,
    ReviewCommand,
    TakeAfterHandover,
    TakeCorrection,
    TakeReinstatement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Overdue,
    Protection,
    ReviewState,
    Sameness,
    UniqueIdentifier,
)
from cotejo.rules.told import Answer, Change, Return, Sweep
from tests.builders.review import (
    ACT,
    ALBA,
    CLOCK,
    CUSTODY,
    DECIDER,
    EVERYBODY,
    FIRST,
    GUARD,
    HAND_OVER,
    INTAKE,
    LEGAL,
    NATIONALITY,
    PAPER,
    PROTECTION,
    REDRESS,
    REQUEST,
    SECOND_OFFICER,
    Desk,
    identity_answer,
    package,
    reviewing,
    status,
)

FINAL = FinalDecision(
    body=Body.ASYLUM_AUTHORITY,
    number="31",
    decided_on="2026-01-01",
    appeal_over_on="2026-03-01",
    counsel_told_on="2026-01-02",
    frees="sv",
)
NOTHING = RecordProtectionCheck(candidates=("c1",), result=Protection.NOTHING_REGISTERED)
STOP = RecordProtectionCheck(candidates=("c1",), result=Protection.STOP, ground=ProtectionGround.ASYLUM)
TO_DECISION: tuple[tuple[ReviewCommand, Who], ...] = (
    (OpenReview(), INTAKE),
    (RecordSearch(candidates=("c1",), set_aside=0, register_as_of="2026-01-01"), PROTECTION),
    (NOTHING, PROTECTION),
    (RecordNationality(found=Citizenship.NO_EVIDENCE, sources=("x",)), NATIONALITY),
    (identity_answer(), FIRST),
    (identity_answer(), SECOND_OFFICER),
    *reviewing(),
    (NOTHING, PROTECTION),
    (ACT, DECIDER),
)
TO_THE_END: tuple[tuple[ReviewCommand, Who], ...] = (
    (NOTHING, PROTECTION),
    (CheckCourtOrders(found=CourtOrders.NONE_IN_FORCE), GUARD),
    (ReconfirmIdentity(candidate="c1", identifier=UniqueIdentifier.DUI, document=""), FIRST),
    (HAND_OVER, CUSTODY),
    *((TakeAfterHandover(report=each, happened_at=1, place="x"), ALBA) for each in HandoverReport),
    (CloseFollowUp(reasons="x", document=PAPER), LEGAL),
)
STOPS: tuple[tuple[ReviewCommand, Who], ...] = (
    (STOP, PROTECTION),
    (RecordNationality(found=Citizenship.CLAIM, sources=()), NATIONALITY),
    (RegisterCourtOrder(court="District Court", number="9"), GUARD),
    (CheckCourtOrders(found=CourtOrders.IN_FORCE), GUARD),
    (RedressSuspend(), REDRESS),
    (identity_answer(Sameness.CANNOT_TELL), FIRST),
    (Decide(outcome=Outcome.NOT_ACT, reasons="No ground."), DECIDER),
    *((PlaceHold(kind=kind, grounds="x"), CUSTODY) for kind in HoldKind if kind is not HoldKind.PROTECTION),
)
EVERYTHING = (*TO_DECISION, *TO_THE_END, *STOPS, (RedressLift(), REDRESS))
STATES = list(ReviewState)


class ReviewLife(RuleBasedStateMachine):
    """Anybody asks for anything; a plain model beside it says what may never be so."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.paused: dict[int, tuple[HoldKind, list[Officer]]] = {}
        self.suspended = self.withdrawn = False
        self.status_bits = 1
        self.seen = 0

    @initialize(steps=st.integers(0, len(TO_DECISION) + len(TO_THE_END)))
    def arrive(self, steps: int) -> None:
        """Take the request in and go some way."""
        self.desk.take_in()
        self.learn()
        if steps:
            self.go_on_properly(steps)

    def ask(self, command: ReviewCommand, who: Who) -> None:
        """Ask, and compare what was accepted with what the model allows."""
        stopped = bool(self.paused) or self.suspended or self.withdrawn
        held = status(self.desk.now + MINUTE - SECOND, state=self.status_bits)
        plan = self.desk.do(command, who, status=held)
        if not isinstance(plan, Plan):
            return
        for new in plan.acts:
            acting = isinstance(new.act, HandedOver) or (
                isinstance(new.act, Decided) and new.act.outcome is Outcome.ACT
            )
            if acting or (isinstance(new.act, IdentityAnswered)):
                assert not stopped, "I4, I7, I12: nothing goes on while the case is stopped"
            if acting:
                assert self.status_bits == 1, "I5"
        assert all(isinstance(send.content, Answer | Sweep | Return) for send in plan.sends), "I6"
        returns = all(isinstance(send.content, Return) for send in plan.sends) and self.desk.state.handed_over
        assert not plan.sends or who is CLOCK or returns, "I6: nothing an officer does is sent, but a return"
        self.learn()

    def learn(self) -> None:
        """Read the new acts as the model understands them."""
        for entry in self.desk.entries[self.seen :]:
            self.hear(entry)
        self.seen = len(self.desk.entries)

    def hear(self, entry: Entry) -> None:
        """Keep the model's own account of what stops the case."""
        match entry.act:
            case HoldPlaced(kind=kind):
                self.paused[entry.version] = (kind, [])
            case ProtectionChecked(result=Protection.STOP):
                self.paused[entry.version] = (HoldKind.PROTECTION, [])
            case NationalityRecorded(found=Citizenship.CLAIM | Citizenship.EVIDENCE):
                self.paused[entry.version] = (HoldKind.CITIZENSHIP_CLAIM, [])
            case CourtOrdersChecked(found=CourtOrders.IN_FORCE):
                self.paused[entry.version] = (HoldKind.COURT_ORDER, [])
            case HoldLiftSigned(by=None) as lifted:
                assert self.paused.pop(lifted.hold)[0] is HoldKind.COMPLAINT
            case HoldLiftSigned() as signed if signed.by is not None and signed.hold in self.paused:
                self.sign(signed.hold, signed.by)
            case SuspendedByOrigin():
                self.suspended = True
            case Withdrawn():
                self.withdrawn = True
            case _:
                self.suspended = self.suspended and entry.act.code != "review.reinstated"

    def sign(self, hold: int, by: Officer) -> None:
        """End a hold in the model when two different people the kind names have signed."""
        kind, signed = self.paused[hold]
        signed.append(by)
        for one in signed:
            for other in signed:
                if one.id != other.id and sorted([one.duty, other.duty]) == sorted(HOLDS[kind].ended_by):
                    self.paused.pop(hold, None)

    @rule(steps=st.integers(1, len(TO_DECISION) + len(TO_THE_END)))
    def go_on_properly(self, steps: int) -> None:
        """Everybody does what the path asks, as far as it goes."""
        for command, who in (*TO_DECISION, *TO_THE_END)[:steps]:
            self.ask(command, who)

    @rule(what=st.sampled_from(EVERYTHING), who=st.sampled_from(EVERYBODY))
    def anybody_tries(self, what: tuple[ReviewCommand, Who], who: Who) -> None:
        """Anybody asks for anything."""
        self.ask(what[0], who)

    @rule(what=st.sampled_from(STOPS))
    def somebody_stops(self, what: tuple[ReviewCommand, Who]) -> None:
        """Whoever may stop it, does."""
        self.ask(*what)

    @rule(signers=st.lists(st.sampled_from(EVERYBODY), max_size=3), place=st.integers(0, 3))
    def somebody_signs_for_the_end(self, signers: Sequence[Who], place: int) -> None:
        """Anybody signs for the end of some hold."""
        holds = self.desk.state.holds
        if not holds:
            return
        hold = holds[place % len(holds)]
        for who in signers:
            decision = FINAL if hold.ground else None
            self.ask(LiftHold(hold=hold.id, reasons="x", document=PAPER, decision=decision), who)

    @rule(what=st.sampled_from(["correction", "suspension", "reinstatement", "withdrawal"]), rare=st.integers(0, 3))
    def the_origin_writes(self, what: str, rare: int) -> None:
        """Correct, suspend, reinstate or, seldom, withdraw at the origin."""
        assert self.desk.state.package is not None
        version = self.desk.state.package.version
        changes = (Change(field="birth", old="1", new="2"),)
        commands: dict[str, ReviewCommand] = {
            "correction": TakeCorrection(package=package(version=version + 1), changes=changes, reason="x"),
            "suspension": TakeSuspension(request=REQUEST, version=version),
            "reinstatement": TakeReinstatement(request=REQUEST, version=version),
            "withdrawal": TakeWithdrawal(request=REQUEST, version=version, reason="served", facts_token="f" * 64),
        }
        if what != "withdrawal" or rare == 0:
            self.ask(commands[what], ALBA)

    @rule(bits=st.sampled_from([1, 1, 1, 2, 3, 0]))
    def a_list_arrives(self, bits: int) -> None:
        """Let the origin's list say something else about the slot."""
        self.status_bits = bits

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        """Time passes and every due timer fires."""
        self.desk.now += days * DAY
        for kind, timer in list(self.desk.timers.items()):
            if timer.at <= self.desk.now:
                self.ask(self.due(kind), CLOCK)

    def due(self, kind: str) -> ReviewCommand:
        """Return what a timer asks for."""
        match kind:
            case "review.answer":
                return GiveAnswer(period=self.desk.state.next_answer)
            case "review.sweep":
                return MarkSwept()
            case _:
                what = {"handover.told": Overdue.COUNSEL_AND_FAMILY_TOLD}
                return MarkOverdue(what=what.get(kind) or Overdue(kind.split(".")[1]))

    @invariant()
    def pauses_are_the_models(self) -> None:
        """I4: the case is paused exactly by what the model still counts, and by doubt about identity."""
        bound = {hold.id for hold in self.desk.state.binding_holds}
        doubt = {hold.id for hold in self.desk.state.holds if hold.kind is HoldKind.IDENTITY_DOUBT}
        assert bound - doubt == set(self.paused) - doubt

    @invariant()
    def nobody_joined_two_duties(self) -> None:
        """I1: over everybody who acted but to stop."""
        roster = self.desk.state.roster
        assert all(a.id != b.id or may_join(a.duty, b.duty) for a in roster for b in roster)

    @invariant()
    def the_floor_is_at_least_the_version_in_hand(self) -> None:
        """I8."""
        package_in_hand = self.desk.state.package
        assert package_in_hand is None or self.desk.floor >= package_in_hand.version

    @invariant()
    def a_paused_case_shows_one_word(self) -> None:
        """No list tells why a case is paused (F44, I12)."""
        shown = card(self.desk.state)
        if self.desk.state.paused and shown.state not in ("withdrawn", "closed", "followed"):
            assert shown.state == "on_hold"
            assert {each.step for each in shown.waiting} == {"on_hold"}


ReviewLife.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestReviewLife = ReviewLife.TestCase
