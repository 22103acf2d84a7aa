"""Received requests when another agreement takes its turn: what it leaves out stops at once, times are counted anew."""

import pytest

from cotejo.rules.acts import Plan
from cotejo.rules.agreement import DAY
from cotejo.rules.answers import answer_period
from cotejo.rules.facts import DataClass, Route
from cotejo.rules.retention import retention_end
from cotejo.rules.review_commands import OpenReview, RecountDates, TakeWithdrawal
from cotejo.rules.succession import following
from tests.builders.review import ALBA, CLOCK, INTAKE, REQUEST, Desk, agreement, package

RECOUNT = RecountDates()


def under(desk: Desk, **changes: object) -> Desk:
    """Let terms that follow the desk's take their turn."""
    desk.terms = following(desk.terms, desk.now - DAY, desk.now + 300 * DAY, **{"hash": "f" * 64, **changes})
    return desk


def test_f19_a_request_goes_on_under_the_next_agreement() -> None:
    desk = under(Desk().take_in())
    assert isinstance(desk.do(OpenReview(), INTAKE), Plan)


@pytest.mark.parametrize(
    "changes",
    [
        {"routes": tuple(each for each in Route if each is not package().route)},
        {"data": (DataClass.BULLETIN,)},
        {"purposes": ("another",)},
        {"replaces": ("c" * 64,)},
    ],
)
def test_f19_what_the_next_agreement_leaves_out_stops_here_before_its_origin_says_a_word(
    changes: dict[str, object],
) -> None:
    desk = under(Desk().take_in(), **changes)
    assert "agreement.not_active" in desk.refused(OpenReview(), INTAKE)


def test_f57_the_time_to_keep_a_request_is_counted_anew_under_the_next_agreement() -> None:
    desk = under(Desk().take_in(), kept_months=6)
    assert desk.state.package is not None
    desk.must(RECOUNT, CLOCK)
    at = desk.timers["review.retention"].at
    assert at == retention_end(desk.state.package, desk.terms, desk.now)
    assert at < retention_end(desk.state.package, agreement(), desk.now)
    assert "who.not_yours" in desk.refused(RECOUNT, INTAKE)


def test_i6_the_next_answer_is_due_on_the_dates_of_the_next_agreement_whatever_happened_here() -> None:
    desk = under(Desk().take_in(), answer_every=agreement().answer_every // 4)
    desk.must(RECOUNT, CLOCK)
    due = answer_period(desk.terms, desk.state.next_answer).at
    assert desk.timers["review.answer"].at == due
    assert desk.now < due < answer_period(agreement(), desk.state.next_answer).at


def test_a_withdrawn_request_has_its_own_times_and_what_is_not_here_has_none() -> None:
    desk = Desk().take_in()
    desk.must(TakeWithdrawal(review=desk.state.id, request=REQUEST, version=1, reason="x", facts_token="0" * 32), ALBA)
    assert under(desk, kept_months=6).must(RECOUNT, CLOCK) == Plan()
    assert Desk().refused(RECOUNT, CLOCK)
