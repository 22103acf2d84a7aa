"""Invariants at the receiver, over histories nobody wrote by hand."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotejo.rules.acts import Plan, Refused
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.duties import Duty, Officer, Who, may_join
from cotejo.rules.holds import HOLDS, Body, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.receipts import gaps_of
from cotejo.rules.review_acts import HoldPlaced
from cotejo.rules.review_commands import (
    AskQuestions,
    CheckCourtOrders,
    Decide,
    GiveAnswer,
    LiftHold,
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
    TakeCorrection,
    TakeReinstatement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_gates import review_gates
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Protection,
    QuestionCode,
    Sameness,
    UniqueIdentifier,
)
from cotejo.rules.told import Answer, Answered, Change
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
    REVIEW,
    SECOND_OFFICER,
    Desk,
    identity_answer,
    officer,
    package,
    reviewing,
    status,
)
from tests.builders.wire import NOW, agreement

FINAL = FinalDecision(
    body=Body.IMMIGRATION_COURT,
    number="31",
    decided_on="2026-01-01",
    appeal_over_on="2026-03-01",
    counsel_told_on="2026-01-02",
    frees="sv",
)
CHANGES = (Change(field="subject.birth", old="1990", new="1991"),)

INSIDE: tuple[tuple[ReviewCommand, Who], ...] = (
    (OpenReview(), INTAKE),
    (RecordSearch(candidates=("c1",), set_aside=0, register_as_of="2026-01-01"), PROTECTION),
    (RecordSearch(candidates=(), set_aside=0, register_as_of="2026-01-01"), PROTECTION),
    (RecordProtectionCheck(candidates=("c1",), result=Protection.NOTHING_REGISTERED), PROTECTION),
    (RecordProtectionCheck(candidates=("c1",), result=Protection.STOP, ground=ProtectionGround.ASYLUM), PROTECTION),
    (RecordNationality(found=Citizenship.NO_EVIDENCE, sources=("x",)), NATIONALITY),
    (RecordNationality(found=Citizenship.CLAIM, sources=()), NATIONALITY),
    (PlaceHold(kind=HoldKind.JUVENILE, grounds="Seventeen."), CUSTODY),
    (RegisterCourtOrder(court="District Court", number="9"), GUARD),
    (RedressSuspend(), REDRESS),
    (RedressLift(), REDRESS),
    (identity_answer(), FIRST),
    (identity_answer(), SECOND_OFFICER),
    (identity_answer(Sameness.NOT_SAME), FIRST),
    (identity_answer(Sameness.CANNOT_TELL), SECOND_OFFICER),
    *reviewing(),
    (ACT, DECIDER),
    (Decide(outcome=Outcome.NOT_ACT, reasons="No ground."), DECIDER),
    (CheckCourtOrders(found=CourtOrders.IN_FORCE), GUARD),
    (ReconfirmIdentity(candidate="c1", identifier=UniqueIdentifier.DUI, document=""), FIRST),
)
"""What a house may do without anybody outside learning of it."""

SOUND: tuple[tuple[ReviewCommand, Who], ...] = (
    INSIDE[0],
    INSIDE[1],
    INSIDE[3],
    INSIDE[5],
    INSIDE[11],
    INSIDE[12],
    *reviewing(),
    INSIDE[3],
    (ACT, DECIDER),
)

FROM_OUTSIDE = st.sampled_from(["nothing", "correction", "old", "suspension", "reinstatement", "withdrawal"])


def of_the_origin(what: str, version: int) -> ReviewCommand | None:
    """Return a message of the origin at this point of its own numbering."""
    match what:
        case "correction":
            return TakeCorrection(package=package(version=version + 1), changes=CHANGES, reason="x")
        case "old":
            return TakeCorrection(package=package(version=max(1, version - 1)), changes=CHANGES, reason="x")
        case "suspension":
            return TakeSuspension(request=REQUEST, version=version)
        case "reinstatement":
            return TakeReinstatement(request=REQUEST, version=version)
        case "withdrawal":
            return TakeWithdrawal(request=REQUEST, version=version, reason="acquitted", facts_token="f" * 64)
        case _:
            return None


def seen_outside(messages: list[str], inside: list[list[tuple[ReviewCommand, Who]]]) -> list[object]:
    """Play one history, a quarter of a day a step, and return all that the origin could observe: receipts and sends."""
    desk = Desk(terms=agreement(answer_every=DAY, sweep_every=6 * HOUR))
    observed: list[object] = []
    desk.take_in()
    desk.must(AskQuestions(asked=((QuestionCode.MISSING, "notice"),)), INTAKE)
    version = 1
    for step, what in enumerate(messages):
        desk.now = NOW + (step + 1) * 6 * HOUR
        message = of_the_origin(what, version)
        if message is not None:
            decided = desk.do(message, ALBA)
            observed.append(gaps_of(message, decided) if isinstance(decided, Refused) else "taken")
            version += what == "correction" and isinstance(decided, Plan)
        for command, who in inside[step % len(inside)] if inside else ():
            desk.do(command, who)
        desk.now = NOW + (step + 2) * 6 * HOUR - HOUR
        for kind, timer in sorted(desk.timers.items()):
            if timer.at <= desk.now:
                due = MarkSwept() if kind == "review.sweep" else GiveAnswer(period=desk.state.next_answer)
                desk.do(due, CLOCK)
    return [*observed, *desk.sends]


HISTORIES = st.lists(st.lists(st.sampled_from(INSIDE), max_size=8), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(messages=st.lists(FROM_OUTSIDE, min_size=9, max_size=16), inside=HISTORIES)
@example(messages=["nothing", *["correction"] * 4, *["nothing"] * 10], inside=[[*INSIDE[:2], *INSIDE[7:10]]])
@example(messages=["nothing"] * 12, inside=[list(SOUND), [INSIDE[4]], [INSIDE[9]]])
def test_i6_what_the_origin_observes_is_a_function_of_what_it_sent(
    messages: list[str], inside: list[list[tuple[ReviewCommand, Who]]]
) -> None:
    alone = seen_outside(messages, [])
    assert alone == seen_outside(messages, inside)
    assert alone == seen_outside(messages, [list(SOUND)])


def test_i6_the_compared_histories_do_hold_and_decide() -> None:
    quiet = ["nothing"] * 12
    sends = seen_outside(quiet, [list(SOUND), [INSIDE[4], INSIDE[9]]])
    answers = [send.content for send in sends if hasattr(send, "content") and isinstance(send.content, Answer)]
    assert len(answers) > 1
    assert {answer.answered for answer in answers} == {Answered.NO_ACTION}
    desk = Desk().take_in()
    for command, who in SOUND:
        desk.must(command, who)
    assert desk.state.decision is not None


def test_i6_answers_keep_their_dates_when_the_clock_is_late_and_report_only_what_was_done_by_then() -> None:
    desk = Desk().decided().last_looks()
    first = desk.timers["review.answer"].at
    desk.now = first + 3 * HOUR
    late = desk.state
    desk.last_looks().must(HAND_OVER, CUSTODY)
    plan = desk.must(GiveAnswer(period=late.next_answer), CLOCK)
    assert plan.sends[0].at == first
    assert plan.sends[0].content == Answer(request=REQUEST, period=late.next_answer, answered=Answered.NO_ACTION)
    desk.now = desk.timers["review.answer"].at
    following = desk.must(GiveAnswer(period=desk.state.next_answer), CLOCK)
    content = following.sends[0].content
    assert isinstance(content, Answer)
    assert content.answered is Answered.ACTION_REPORTED


PEOPLE = st.sampled_from(["ana", "bea", "cruz", "duna"])
OFFICERS = st.builds(officer, st.sampled_from(list(Duty)), PEOPLE)


@settings(max_examples=60, deadline=None)
@given(officers=st.lists(OFFICERS, min_size=len(SOUND), max_size=len(SOUND)), swaps=st.sets(st.integers(0, 10)))
def test_i1_nobody_holds_two_duties_in_one_case_unless_the_table_says_so(
    officers: list[Officer], swaps: set[int]
) -> None:
    desk = Desk().take_in()
    for place, (command, sound) in enumerate(SOUND):
        if place in swaps and isinstance(sound, Officer):
            desk.do(command, replace(officers[place], duty=sound.duty))
            desk.do(command, officers[place])
        desk.do(command, sound)
    acted = [entry.act.by for entry in desk.entries if isinstance(getattr(entry.act, "by", None), Officer)]
    for one in acted:
        for other in acted:
            assert one.id != other.id or may_join(one.duty, other.duty)


def test_i1_each_duty_of_a_sound_case_is_refused_to_whoever_acted_in_another() -> None:
    desk = Desk().ready()
    for acted in desk.state.roster:
        same_person = replace(DECIDER, id=acted.id)
        assert "duty.joined" in desk.refused(ACT, same_person)


ANSWERS = st.lists(
    st.tuples(st.sampled_from([FIRST, SECOND_OFFICER]), st.sampled_from(list(Sameness)), st.sampled_from(["c1", "c2"])),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(answers=ANSWERS)
def test_i3_identity_is_agreed_only_by_two_people_about_one_candidate_with_nobody_left(
    answers: list[tuple[Officer, Sameness, str]],
) -> None:
    desk = Desk().take_in().open().search("c1", "c2")
    desk.compared = (*desk.compared, replace(desk.compared[0], candidate="c2"))
    said: dict[tuple[str, str], Sameness] = {}
    for who, says, candidate in answers:
        if isinstance(desk.do(identity_answer(says, candidate), who), Plan):
            said[who.id, candidate] = says
    full = {candidate: [said.get((who.id, candidate)) for who in (FIRST, SECOND_OFFICER)] for candidate in ("c1", "c2")}
    same = [candidate for candidate, both in full.items() if both == [Sameness.SAME] * 2]
    others = [both for candidate, both in full.items() if candidate not in same]
    expected = len(same) == 1 and all(both == [Sameness.NOT_SAME] * 2 for both in others)
    assert (desk.state.agreed is not None) == expected


@settings(max_examples=30, deadline=None)
@given(says=st.sampled_from(list(Sameness)))
def test_i3_an_answer_is_sealed_from_the_other_officer_until_both_are_given(says: Sameness) -> None:
    desk = Desk().take_in().open().search()
    before = desk.state, desk.facts()
    desk.answer(FIRST, says)
    assert desk.state.answers_visible_to(SECOND_OFFICER) == ()
    assert desk.state.answers_visible_to(LEGAL) == ()
    assert len(desk.state.answers_visible_to(FIRST)) == 1
    assert desk.state.binding_holds == before[0].binding_holds
    assert desk.state.state == before[0].state
    desk.answer(SECOND_OFFICER)
    assert len(desk.state.answers_visible_to(SECOND_OFFICER)) == 2


def test_i3_the_gates_do_not_show_the_first_answer() -> None:
    desk = Desk().take_in().open().search()
    facts = desk.facts()
    before = review_gates(desk.state, facts, Duty.IDENTITY, desk.now)
    desk.answer(FIRST)
    assert review_gates(desk.state, facts, Duty.IDENTITY, desk.now) == before


KINDS = st.sampled_from([kind for kind in HoldKind if kind is not HoldKind.COMPLAINT])
SIGNERS = st.lists(st.sampled_from([who for who in EVERYBODY if isinstance(who, Officer)]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(kind=KINDS, signers=SIGNERS, noise=st.lists(st.sampled_from(INSIDE), max_size=6))
def test_i4_a_hold_ends_only_by_the_signatures_of_those_its_kind_names(
    kind: HoldKind, signers: list[Officer], noise: list[tuple[ReviewCommand, Who]]
) -> None:
    desk = Desk().take_in().open()
    ground = ProtectionGround.WITHHOLDING if kind is HoldKind.PROTECTION else None
    desk.must(PlaceHold(kind=kind, grounds="x", ground=ground), CUSTODY)
    hold = desk.state.holds[0].id
    asked = LiftHold(hold=hold, reasons="x", document=PAPER, decision=FINAL if ground else None)
    for who in signers:
        desk.do(asked, who)
    for command, who in noise:
        desk.do(command, who)
    named = HOLDS[kind].ended_by
    ended = any(
        {one.duty, other.duty} == set(named) and [one.duty, other.duty].count(named[0]) == named.count(named[0])
        for place, one in enumerate(signers)
        for other in signers[place + 1 :]
        if one.id != other.id
    )
    still = any(each.id == hold for each in desk.state.binding_holds)
    assert still == (not ended)


@settings(max_examples=40, deadline=None)
@given(tries=st.lists(st.tuples(st.sampled_from(INSIDE), st.sampled_from(EVERYBODY)), max_size=12))
def test_i12_a_complaint_ends_only_through_the_redress_door(
    tries: list[tuple[tuple[ReviewCommand, Who], Who]],
) -> None:
    desk = Desk().ready()
    plan = desk.must(RedressSuspend(), REDRESS)
    assert plan.sends == ()
    hold = desk.state.holds[0].id
    for (command, sound), who in tries:
        for asked in (command, LiftHold(hold=hold, reasons="x", document=PAPER), RedressLift()):
            if who is not REDRESS:
                desk.do(asked, who)
        if sound is not REDRESS:
            desk.do(command, sound)
    assert any(each.id == hold for each in desk.state.binding_holds)
    assert desk.state.decision is None or desk.state.decision.act.outcome is Outcome.NOT_ACT
    desk.must(RedressLift(), REDRESS)
    assert not any(each.kind is HoldKind.COMPLAINT for each in desk.state.binding_holds)


def test_i12_officers_see_a_complaint_as_any_other_pause() -> None:
    blocked, held = Desk().ready(), Desk().ready()
    blocked.must(RedressSuspend(), REDRESS)
    held.must(PlaceHold(kind=HoldKind.HUMANITARIAN, grounds="x"), LEGAL)
    assert blocked.refused(ACT, DECIDER) == held.refused(ACT, DECIDER) == ("case.on_hold",)
    for duty in Duty:
        if duty is not Duty.REDRESS:
            assert all(each.kind is not HoldKind.COMPLAINT for each in blocked.state.holds_visible_to(duty))


@settings(max_examples=60, deadline=None)
@given(messages=st.lists(FROM_OUTSIDE, max_size=14))
def test_i8_the_floor_and_the_version_in_hand_never_go_down(messages: list[str]) -> None:
    desk = Desk().take_in(version=4)
    floor, version = desk.floor, 4
    for what in messages:
        message = of_the_origin(what, version)
        plan = desk.do(message, ALBA) if message is not None else None
        assert desk.state.package is not None
        if isinstance(plan, Plan):
            assert all(each.version >= floor for each in plan.floors)
        assert desk.state.package.version >= version
        floor, version = desk.floor, desk.state.package.version
        assert floor >= version


@settings(max_examples=60, deadline=None)
@given(age=st.integers(0, 20 * MINUTE), lasts=st.integers(MINUTE, DAY), bits=st.integers(0, 3), back=st.booleans())
def test_i5_a_decision_stands_on_a_status_valid_at_that_instant(age: int, lasts: int, bits: int, back: bool) -> None:
    desk = Desk().ready()
    desk.now += 15 * MINUTE
    moment = desk.now + MINUTE
    held = status(moment - age, state=bits, lasts=lasts)
    high = moment + 1 if back else moment
    accepted = isinstance(desk.do(ACT, DECIDER, status=held, high_water=high), Plan)
    agreed = desk.state.agreed
    assert agreed is not None
    fresh = moment + desk.terms.skew < held.issued + min(lasts, 10 * MINUTE)
    assert accepted == (fresh and bits == 1 and not back and held.issued > agreed[1])


def test_stopping_joins_no_duty_and_is_never_refused_for_having_acted() -> None:
    desk = Desk().ready()
    for acted in desk.state.roster:
        desk.must(PlaceHold(kind=HoldKind.EVIDENCE_CHALLENGE, grounds="x"), replace(CUSTODY, id=acted.id))
    assert all(not isinstance(entry.act, HoldPlaced) or entry.act.by not in desk.state.roster for entry in desk.entries)
    assert desk.state.id == REVIEW
