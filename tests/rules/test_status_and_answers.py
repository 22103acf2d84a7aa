"""Whether a status is valid at an instant, and when answers and sweeps go out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules.agreement import DAY, HOUR, MINUTE, Lifetimes
from cotejo.rules.answers import answer_period, first_answer, sweep_time
from cotejo.rules.status import ActClass, valid_now, vigency
from tests.builders.review import SLOT, status
from tests.builders.wire import NOW, agreement

TERMS = Lifetimes()


def codes(
    *,
    issued: int = NOW,
    lasts: int = DAY,
    bits: int = 1,
    now: int = NOW + 1,
    skew: int = 0,
    high_water: int = 0,
    version: int = 2,
    floor: int = 2,
    act_class: ActClass = ActClass.GRAVE,
) -> tuple[str, ...]:
    held = status(issued, state=bits, lasts=lasts)
    return tuple(each.code for each in valid_now(held, SLOT, version, floor, TERMS, act_class, now, skew, high_water))


def test_i5_a_list_of_this_instant_is_valid() -> None:
    assert codes() == ()


@pytest.mark.parametrize(
    ("act_class", "lifetime"),
    [(ActClass.READING, DAY), (ActClass.ADMINISTRATIVE, HOUR), (ActClass.GRAVE, 10 * MINUTE)],
)
def test_i5_the_receiver_shortens_a_list_to_the_lifetime_of_the_act(act_class: ActClass, lifetime: int) -> None:
    assert codes(act_class=act_class, now=NOW + lifetime - 1) == ()
    assert codes(act_class=act_class, now=NOW + lifetime) == ("status.not_fresh",)
    assert codes(act_class=act_class, now=NOW + lifetime - 1, skew=1) == ("status.not_fresh",)
    assert vigency(status(NOW, lasts=7 * DAY), TERMS, act_class).until == NOW + lifetime


def test_f52_a_list_that_ends_earlier_ends_earlier() -> None:
    assert codes(lasts=MINUTE, now=NOW + MINUTE - 1) == ()
    assert codes(lasts=MINUTE, now=NOW + MINUTE) == ("status.not_fresh",)


def test_every_reason_is_named_at_once_and_silence_is_not_valid() -> None:
    assert codes(bits=3, now=NOW + DAY, floor=3, high_water=NOW + 2 * DAY) == (
        "status.clock_went_back",
        "status.below_floor",
        "status.not_fresh",
        "status.never_again",
    )
    assert [each.code for each in valid_now(None, SLOT, 1, 0, TERMS, ActClass.READING, NOW, 0, 0)] == ["status.none"]
    assert codes(issued=NOW + HOUR, skew=MINUTE) == ("status.from_the_future",)


@settings(max_examples=50, deadline=None)
@given(age=st.integers(-HOUR, 2 * DAY), skew=st.integers(0, 5 * MINUTE), lasts=st.integers(0, 2 * DAY))
def test_i5_nothing_is_valid_at_or_after_its_end_less_the_skew(age: int, skew: int, lasts: int) -> None:
    now = NOW + age
    valid = codes(now=now, skew=skew, lasts=lasts) == ()
    assert valid == (-skew <= age and now + skew < NOW + min(lasts, 10 * MINUTE))


@settings(max_examples=50, deadline=None)
@given(one=st.integers(0, 90 * DAY), other=st.integers(0, 90 * DAY), number=st.integers(0, 20))
def test_i6_answer_dates_are_the_same_for_every_request(one: int, other: int, number: int) -> None:
    terms = agreement(answer_every=7 * DAY)
    first, second = (first_answer(terms, terms.valid_from + taken) for taken in (one, other))
    assert (first.at - second.at) % terms.answer_every == 0
    for taken, period in ((one, first), (other, second)):
        assert terms.answer_every < period.at - (terms.valid_from + taken) <= 2 * terms.answer_every
    assert answer_period(terms, number + 1).at - answer_period(terms, number).at == terms.answer_every


@settings(max_examples=50, deadline=None)
@given(after=st.integers(0, 3 * DAY))
def test_i7_a_sweep_is_reported_on_an_agreed_date_with_a_whole_period_before_it(after: int) -> None:
    terms = agreement(sweep_every=HOUR)
    moment = sweep_time(terms, terms.valid_from + after)
    assert (moment - terms.valid_from) % HOUR == 0
    assert HOUR < moment - (terms.valid_from + after) <= 2 * HOUR
