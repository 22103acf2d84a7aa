"""Dates as documents give them, read in favour of the person."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules.dates import (
    age_at_least,
    first_day,
    is_date,
    is_interval,
    iso_day,
    last_day,
    months_after,
    older_than_months,
    overlap,
)
from cotejo.rules.facts import Interval


@pytest.mark.parametrize("text", ["", "88", "1988-13", "1988-02-30", "02/03/1988", "marzo 1988", "1988-3-2", " 1988"])
def test_f16_anything_but_figures_from_the_year_down_is_no_date(text):
    assert not is_date(text)


def test_a_year_or_month_spans_all_its_days():
    assert (first_day("1988"), last_day("1988")) == (date(1988, 1, 1), date(1988, 12, 31))
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2024-02-03") == date(2024, 2, 3)


def test_an_interval_has_its_ends_in_order_and_may_be_open():
    assert is_interval(Interval(start="2024-05", end="2024"))
    assert is_interval(Interval(start="2024-05"))
    assert not is_interval(Interval(start="2024-05", end="2024-04"))
    assert overlap(Interval(start="2024-05"), Interval(start="2025", end="2025"))


def test_an_age_counts_from_the_last_day_a_birth_date_can_mean():
    assert age_at_least("2000", 18, date(2018, 12, 31))
    assert not age_at_least("2000", 18, date(2018, 12, 30))


def test_the_day_of_a_moment_is_its_day_in_utc():
    assert iso_day(1_795_780_800_000) == "2026-11-27"


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_going_forward_and_back_never_gains_a_day(day, months):
    back = months_after(months_after(day, months), -months)
    assert back <= day
    assert (back.year, back.month) == (day.year, day.month)


def test_two_years_are_not_yet_older_than_two_years():
    assert not older_than_months("2024-11-27", 24, date(2026, 11, 27))
    assert older_than_months("2024-11-26", 24, date(2026, 11, 27))
