"""Passing a request on and holding one that was passed on, as the law alone decides it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotejo.exchange.messages import read_content
from cotejo.proof import records
from cotejo.rules.acts import Plan, Send
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.answers import sweep_date, sweep_time
from cotejo.rules.facts import Handling
from cotejo.rules.holds import HoldKind
from cotejo.rules.onward import Behind, PassOn, TakenThroughRenewed, TakePassedOn, recipients_of
from cotejo.rules.review_acts import Corrected
from cotejo.rules.review_commands import (
    AskQuestions,
    GiveAnswer,
    MarkSwept,
    PlaceHold,
    TakeCorrection,
    TakeReinstatement,
    TakeSupplement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_words import QuestionCode
from cotejo.rules.succession import following
from cotejo.rules.told import Answered, Change, PassedOn, PassedOnRenewed, Reinstatement, Suspension, Sweep
from tests.builders.review import (
    ALBA,
    CLOCK,
    CUSTODY,
    HAND_OVER,
    INTAKE,
    LEGAL,
    NOW,
    REQUEST,
    REVIEW,
    Desk,
    package,
)
from tests.builders.sound import warrant_item
from tests.builders.wire import agreement

TERMS = agreement(standing_recipients=("cobre", "delta"), sweep_every=6 * HOUR, answer_every=DAY)
LINE = agreement("boreal", "cobre", sweep_every=2 * HOUR)
LINES = (("cobre", LINE), ("delta", replace(LINE, parties=("boreal", "delta"))))
LETTER = Behind(letter="e" * 64, kind="request", lines=LINES)
HELD = replace(LETTER, holders=("cobre", "delta"))
BOTH = PassOn(recipients=("cobre", "delta"))
ONE = PassOn(recipients=("cobre",))
CHANGES = (Change(field="withheld", old="0", new="1"),)


def opened() -> Desk:
    """Return a case under the terms that name two standing recipients, begun."""
    return Desk(terms=TERMS).take_in().open()


def with_copies() -> Desk:
    """Return a case of which both recipients have a copy."""
    desk = opened()
    desk.must(BOTH, LEGAL, behind=LETTER)
    return desk


def copied() -> Desk:
    """Return the desk of a recipient: Alba passes on what Cresta asks of it."""
    terms = agreement("cresta", "alba", standing_recipients=("boreal",), sweep_every=6 * HOUR)
    desk = Desk(terms=terms)
    said = package(origin="cresta", addressee="alba")
    desk.must(TakePassedOn(review=REVIEW, package=said, terms=terms, letter="e" * 64), ALBA, line=LINE)
    return desk


def test_i6_a_copy_goes_to_all_standing_recipients_at_once_or_to_none() -> None:
    desk = opened()
    assert desk.refused(ONE, LEGAL, behind=LETTER) == ("onward.not_all",)
    plan = desk.must(BOTH, LEGAL, behind=LETTER)
    assert [(each.partner, each.request, each.version) for each in plan.sends] == [
        ("cobre", REQUEST, 1),
        ("delta", REQUEST, 1),
    ]
    assert all(isinstance(each.content, PassedOn) and each.at > desk.now for each in plan.sends)
    assert desk.refused(BOTH, LEGAL, behind=HELD) == ("onward.already",)


def test_i6_once_an_action_is_reported_one_of_them_may_be_chosen() -> None:
    desk = Desk(terms=TERMS).handed_over()
    desk.now += 2 * DAY
    desk.must(GiveAnswer(period=desk.state.next_answer), CLOCK)
    while not desk.state.action_reported:
        desk.now += DAY
        desk.must(GiveAnswer(period=desk.state.next_answer), CLOCK)
    assert desk.sends[-1].content.answered is Answered.ACTION_REPORTED  # type: ignore[attr-defined]
    desk.must(ONE, LEGAL, behind=LETTER)
    assert desk.state.passed_to == ("cobre",)


def test_f54_nothing_is_passed_on_that_asks_for_leave_first() -> None:
    asking = tuple(replace(warrant_item(), handling=each) for each in (Handling.H0, Handling.H2))
    desk = Desk(terms=TERMS).take_in(evidence=asking).open()
    assert desk.refused(BOTH, LEGAL, behind=LETTER) == ("onward.handling",)
    free = Desk(terms=TERMS).take_in(evidence=asking[:1]).open()
    free.must(BOTH, LEGAL, behind=LETTER)


def test_f54_a_version_that_asks_for_leave_suspends_the_older_copies() -> None:
    asking = (replace(warrant_item(), handling=Handling.H3),)
    for letter, evidence, told in (("f" * 64, (), PassedOn), ("f" * 64, asking, Suspension), ("", (), Suspension)):
        desk = with_copies()
        said = TakeCorrection(package=package(version=2, evidence=evidence), changes=CHANGES, reason="x", letter=letter)
        plan = desk.must(said, ALBA, behind=HELD)
        assert [type(each.content) for each in plan.sends] == [told, told]
        if evidence:
            sound = TakeCorrection(package=package(version=3), changes=CHANGES, reason="x", letter="f" * 64)
            plan = desk.must(sound, ALBA, behind=HELD)
            assert [type(each.content) for each in plan.sends] == [PassedOn, PassedOn, Reinstatement, Reinstatement]


@pytest.mark.parametrize("where", ["in force", "cited"])
def test_f19_a_new_version_goes_to_no_holder_whom_the_agreement_leaves_out_by_now(where: str) -> None:
    desk, one = with_copies(), replace(TERMS, standing_recipients=("cobre",))
    facts: dict[str, Any] = {"behind": replace(HELD, terms=TERMS), "agreement": one}
    if where == "cited":
        facts = {"behind": replace(HELD, terms=one)}
    said = TakeCorrection(package=package(version=2), changes=CHANGES, reason="x", letter="f" * 64)
    plan = desk.must(said, ALBA, **facts)
    assert [(each.partner, type(each.content)) for each in plan.sends] == [("cobre", PassedOn), ("delta", Suspension)]


def test_f54_a_holder_of_one_of_two_requests_under_one_id_is_stopped_and_never_freed() -> None:
    held = replace(HELD, doubtful=frozenset({"delta"}))
    desk = with_copies()
    stopped = desk.must(TakeSuspension(request=REQUEST, version=1), ALBA, behind=held)
    assert [each.partner for each in stopped.sends] == ["cobre", "delta"]
    freed = desk.must(TakeReinstatement(request=REQUEST, version=1), ALBA, behind=held)
    assert [each.partner for each in freed.sends] == ["cobre"]
    said = TakeCorrection(package=package(version=2), changes=CHANGES, reason="x", letter="f" * 64)
    told = desk.must(said, ALBA, behind=held).sends
    assert [(each.partner, type(each.content)) for each in told] == [("cobre", PassedOn), ("delta", Suspension)]


def test_i4_a_paused_case_is_not_passed_on() -> None:
    desk = opened()
    desk.must(PlaceHold(kind=HoldKind.HUMANITARIAN, grounds="Ill."), CUSTODY)
    assert desk.refused(BOTH, LEGAL, behind=LETTER) == ("case.on_hold",)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"valid_until": NOW - DAY}, "onward.not_paired"),
        ({"purposes": ()}, "onward.other_terms"),
        ({"routes": ()}, "onward.other_terms"),
        ({"sweep_every": 2 * HOUR + 1}, "onward.slow_sweep"),
    ],
)
def test_f54_a_recipient_whose_agreement_is_over_or_does_not_serve_gets_nothing(line: Any, code: str) -> None:
    lines = (("cobre", replace(LINE, **line)), LINES[1])
    assert opened().refused(BOTH, LEGAL, behind=replace(LETTER, lines=lines)) == (code,)


def test_f73_nobody_is_handed_over_on_a_copy_and_nothing_is_asked_or_answered_on_it() -> None:
    desk = copied()
    ask = AskQuestions(asked=((QuestionCode.MISSING, "notice"),))
    assert "onward.for_the_addressed" in desk.refused(ask, INTAKE, line=LINE)
    assert "onward.for_the_addressed" in desk.refused(HAND_OVER, CUSTODY, line=LINE)
    assert not [each for each in desk.timers if each == "review.answer"]
    assert "clock.not_due" in desk.refused(GiveAnswer(period=0), CLOCK, line=LINE)


def test_i6_a_direct_request_under_the_id_of_a_copy_changes_neither() -> None:
    desk = copied()
    before = desk.state
    for command in (
        TakeCorrection(package=package(version=2), changes=CHANGES, reason="x"),
        TakeSupplement(package=package(version=3), answers=()),
    ):
        plan = desk.do(command, ALBA, agreement=agreement())
        assert isinstance(plan, Plan)
        assert plan.acts == ()
    assert desk.state == before
    direct = Desk().take_in()
    terms = agreement("cresta", "alba", standing_recipients=("boreal",), sweep_every=6 * HOUR)
    said = package(version=2, origin="cresta", addressee="alba")
    command = TakePassedOn(review=REVIEW, package=said, terms=terms, letter="e" * 64)
    assert direct.must(command, ALBA, line=LINE, agreement=terms).acts == ()


@settings(max_examples=40, deadline=None)
@given(arrives=st.integers(0, 3 * DAY), late=st.integers(0, 2 * HOUR), every=st.integers(1, 2 * HOUR))
@example(arrives=6 * HOUR - 1, late=HOUR, every=HOUR)
def test_i7_who_sweeps_three_times_as_often_is_heard_before_ones_own_sweep_is_due(
    arrives: int, late: int, every: int
) -> None:
    """A recipient that hears of the withdrawal up to a third of a period late still reports in time."""
    at = TERMS.valid_from + arrives
    line = replace(LINE, sweep_every=every)
    assert sweep_time(line, at + min(late, TERMS.sweep_every - 2 * every - 1)) < sweep_time(TERMS, at)


@settings(max_examples=30, deadline=None)
@given(said=st.lists(st.sampled_from(("cobre", "delta")), max_size=4), holders=st.sampled_from((0, 1, 2)))
def test_i7_the_sweep_goes_out_exactly_when_every_holder_has_swept(said: list[str], holders: int) -> None:
    desk = with_copies() if holders else opened()
    held = replace(LETTER, holders=("cobre", "delta")[:holders])
    taken = TakeWithdrawal(request=REQUEST, version=1, reason="acquitted", facts_token="f" * 64, review=REVIEW)
    desk.must(taken, ALBA, behind=held)
    at = sweep_time(TERMS, desk.state.withdrawn_at)
    desk.now = at - 1
    desk.must(MarkSwept(), CLOCK, behind=replace(held, swept=frozenset(said)))
    complete = set(held.holders) <= set(said)
    sweeps: list[Send] = [each for each in desk.sends if isinstance(each.content, Sweep)]
    assert bool(sweeps) is complete
    assert desk.state.swept is complete
    if complete:
        assert sweeps[0].at == at
        return
    assert set(desk.state.sweep_missed) == set(held.holders) - set(said)
    again = desk.timers["review.sweep"].at
    assert again == sweep_date(TERMS, desk.now)
    desk.now = again
    desk.must(MarkSwept(), CLOCK, behind=replace(held, swept=frozenset(held.holders)))
    late = [each for each in desk.sends if isinstance(each.content, Sweep)]
    assert [each.at for each in late] == [again]


def test_the_recipients_are_those_the_agreement_names_and_neither_party() -> None:
    assert recipients_of(agreement(standing_recipients=("delta", "alba", "cobre", "boreal"))) == ("cobre", "delta")


def test_f54_terms_of_the_second_form_are_passed_on_as_the_letter_cites_them_and_kept_whole() -> None:
    first = following(TERMS, TERMS.valid_from + DAY, TERMS.valid_until, hash="b" * 64)
    desk = opened()
    plan = desk.must(BOTH, LEGAL, behind=replace(LETTER, terms=first))
    for each in plan.sends:
        assert isinstance(each.content, PassedOnRenewed)
        assert each.content.terms == first, "those in turn by now may be others"
        assert read_content("request", records.encode(each.content).decode()) == each.content
    terms = following(
        agreement("cresta", "alba", standing_recipients=("boreal",), sweep_every=6 * HOUR), NOW - DAY, NOW + 9 * DAY
    )
    there = Desk(terms=replace(terms, hash="c" * 64))
    said = package(origin="cresta", addressee="alba", agreement="c" * 64)
    taking = TakePassedOn(review=REVIEW, package=said, terms=there.terms, letter="e" * 64)
    [new] = there.must(taking, ALBA, line=LINE).acts
    assert isinstance(new.act, TakenThroughRenewed)
    assert records.decode(records.encode(new.act), TakenThroughRenewed) == new.act
    assert there.state.through == there.terms


def test_f19_a_copy_goes_on_under_the_terms_its_newest_letter_cites() -> None:
    named = {"standing_recipients": ("boreal",), "sweep_every": 6 * HOUR, "valid_until": NOW + 9 * DAY}
    first = agreement("cresta", "alba", **named)
    there = Desk(terms=first)
    cited = package(origin="cresta", addressee="alba", agreement=first.hash)
    taking = TakePassedOn(review=REVIEW, package=cited, terms=first, letter="e" * 64)
    there.must(taking, ALBA, line=LINE)
    newer = following(first, NOW + DAY, NOW + 300 * DAY, hash="c" * 64)
    there.now, there.terms = newer.valid_from, newer
    corrected = replace(taking, package=replace(cited, version=2, agreement=newer.hash), terms=newer, letter="f" * 64)
    there.must(corrected, ALBA, line=LINE)
    assert there.state.through == newer
    again = replace(corrected, package=replace(corrected.package, version=3), letter="d" * 64)
    [only] = there.must(again, ALBA, line=LINE).acts
    assert isinstance(only.act, Corrected), "the terms are noted once"
