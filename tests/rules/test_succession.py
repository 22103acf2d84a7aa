"""What an agreement must be to follow another one, and what dates and requests become of it (F19, F62)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules import succession
from cotejo.rules.agreement import CAPS, DAY, HOUR, Agreement, HandoverTerms, RenewableAgreement, first_form, in_turn
from cotejo.rules.answers import answer_period, first_answer, sweep_time
from cotejo.rules.facts import DataClass, Handling, Route
from cotejo.rules.succession import (
    CLOSING_LASTS,
    MOST,
    against_following,
    covers_package,
    is_closing,
    leaves_at,
    leaving,
    next_change,
    shortest_closing,
)
from tests.builders.sound import sound_package
from tests.builders.wire import NOW, agreement

EARLIER = agreement()


def following(earlier: Agreement = EARLIER, *, begins: int = NOW + DAY, **changes: object) -> RenewableAgreement:
    """Return terms that follow others soundly, but for what is changed."""
    return succession.following(earlier, begins, begins + 365 * DAY, **{"hash": "b" * 64, **changes})


def codes(terms: RenewableAgreement, earlier: Agreement = EARLIER) -> set[str]:
    """Return why terms do not follow an agreement."""
    return {each.code for each in against_following(earlier, terms)}


def test_terms_that_go_on_where_the_earlier_ones_stood_follow_them() -> None:
    assert codes(following()) == set()
    once_more = following(following(), begins=NOW + 9 * DAY, hash="c" * 64)
    assert once_more.replaces == ("b" * 64, "a" * 64)
    assert codes(once_more, following()) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": ("alba", "cobre")}, "agreement.parties"),
        ({"profiles": ("us", "sv")}, "agreement.parties"),
        ({"replaces": ()}, "agreement.other_earlier"),
        ({"replaces": ("c" * 64,)}, "agreement.other_earlier"),
        ({"valid_from": EARLIER.valid_from}, "agreement.not_after"),
        ({"valid_until": NOW}, "agreement.not_after"),
        ({"sweep_every": EARLIER.sweep_every + 1}, "agreement.put_off"),
        ({"answer_every": EARLIER.answer_every + 1}, "agreement.put_off"),
        ({"dates_from": NOW + 1}, "agreement.other_dates"),
        ({"first_date": 3}, "agreement.other_dates"),
        ({"handover": HandoverTerms(arrival=2 * DAY)}, "agreement.too_loose"),
        ({"kept_months": 61}, "agreement.too_loose"),
        ({"kept_months": 0}, "agreement.too_loose"),
        ({"sealed_months": 601}, "agreement.too_loose"),
        ({"routes": (), "data": (), "valid_until": NOW + 2 * DAY}, "agreement.too_short"),
    ],
)
def test_f62_whatever_is_not_sound_about_terms_is_named(changes: dict[str, object], code: str) -> None:
    assert code in codes(following(**changes))


def test_f62_a_line_of_agreements_is_no_longer_than_a_message_can_tell() -> None:
    many = replace(following(), replaces=tuple(f"{n:064x}" for n in range(MOST)))
    assert "agreement.too_many" in codes(following(many, begins=NOW + 9 * DAY), many)


def test_the_parties_may_be_named_in_the_other_order_with_their_laws() -> None:
    turned = following(parties=EARLIER.parties[::-1], profiles=EARLIER.profiles[::-1])
    assert codes(turned) == set()


@settings(max_examples=60, deadline=None)
@given(
    every=st.integers(HOUR, 30 * DAY),
    percent=st.integers(3, 100),
    begins=st.integers(1, 400 * DAY),
    taken=st.integers(0, 400 * DAY),
)
def test_i6_answer_dates_go_on_with_the_next_number_and_come_no_later(
    every: int, percent: int, begins: int, taken: int
) -> None:
    earlier = replace(EARLIER, answer_every=every)
    terms = following(earlier, begins=earlier.valid_from + begins, answer_every=every * percent // 100)
    promised = first_answer(earlier, earlier.valid_from + min(taken, begins))
    now_due = answer_period(terms, promised.number)
    assert now_due.at <= max(promised.at, terms.valid_from), "what was due before is overdue, not put off"
    if promised.number > terms.first_date:
        assert terms.valid_from < now_due.at <= promised.at, "none falls due at once, none is put off"
    last, next_one = (answer_period(terms, terms.first_date + n).at for n in (0, 1))
    before, after = (answer_period(earlier, terms.first_date + n).at for n in (0, 1))
    assert before <= last <= terms.valid_from < next_one <= after
    later = first_answer(terms, terms.valid_from + taken)
    assert later.number > terms.first_date
    assert terms.answer_every < later.at - (terms.valid_from + taken) <= 2 * terms.answer_every


@settings(max_examples=40, deadline=None)
@given(shorter=st.integers(1, 20), after=st.integers(0, 50 * DAY))
def test_i7_a_sweep_under_the_next_agreement_comes_no_later_than_under_the_one_before(shorter: int, after: int) -> None:
    terms = following(sweep_every=EARLIER.sweep_every // shorter)
    withdrawn = terms.valid_from + after
    assert withdrawn + terms.sweep_every < sweep_time(terms, withdrawn) <= withdrawn + 2 * EARLIER.sweep_every


def test_f19_a_request_stands_under_the_next_agreement_as_far_as_that_covers_it() -> None:
    sent = replace(sound_package(), agreement=EARLIER.hash)
    assert covers_package(EARLIER, sent)
    assert covers_package(following(), sent)
    other_routes = tuple(each for each in Route if each is not sent.route)
    used = {each.handling for each in sent.evidence}
    for dropped in (
        {"routes": other_routes},
        {"purposes": ("another",)},
        {"data": (DataClass.BULLETIN, DataClass.COURT_RECORD)},
        {"handling": tuple(each for each in Handling if each not in used)},
        {"replaces": ("c" * 64,)},
    ):
        assert not covers_package(following(**dropped), sent), dropped


def test_each_agreement_takes_its_turn_at_its_own_first_moment() -> None:
    terms = following()
    both = (EARLIER, terms)
    assert in_turn(both, NOW) is EARLIER
    assert in_turn(both, terms.valid_from - 1) is EARLIER
    assert in_turn(both, terms.valid_from) is terms
    assert in_turn(both, EARLIER.valid_from - 1) is EARLIER, "before the first has begun it is the first"


def test_f19_the_last_agreement_is_left_in_time_for_its_sweeps_to_be_told() -> None:
    before_the_end = EARLIER.valid_until - 3 * EARLIER.sweep_every
    assert leaves_at(EARLIER) == before_the_end
    assert not leaving((EARLIER,), before_the_end - 1)
    assert leaving((EARLIER,), before_the_end)
    assert not leaving((EARLIER, following()), before_the_end), "another follows"


def test_the_worker_wakes_when_an_agreement_begins_and_when_the_last_one_is_left() -> None:
    terms = following()
    both = (EARLIER, terms)
    assert next_change(both, NOW) == terms.valid_from
    assert next_change(both, terms.valid_from) == leaves_at(terms)
    assert next_change((EARLIER,), NOW) == leaves_at(EARLIER)
    assert next_change(both, terms.valid_until) is None


def test_f19_terms_without_routes_and_data_are_the_end_and_last_until_all_is_erased() -> None:
    end = following(routes=(), data=())
    assert is_closing(end)
    assert leaving((EARLIER, end), end.valid_from)
    assert not leaving((EARLIER, end), end.valid_from - 1)
    shortest = shortest_closing(EARLIER)
    assert shortest > CLOSING_LASTS
    assert codes(replace(end, valid_until=end.valid_from + shortest)) == set()
    assert codes(replace(end, valid_until=end.valid_from + shortest - 1)) == {"agreement.too_short"}


def test_the_first_form_covers_all_that_the_second_one_names_and_holds_none_of_it() -> None:
    terms = following()
    assert first_form(terms).hash == terms.hash
    assert type(first_form(terms)) is Agreement
    assert (CAPS.data, CAPS.handling, CAPS.replaces) == (tuple(DataClass), tuple(Handling), ())
