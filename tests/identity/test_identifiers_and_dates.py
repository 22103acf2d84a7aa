"""Numbers and birth dates, their traps, and how two of them stand to each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity.comparison import compare
from cotejo.identity.dates import DateState, months_apart, read_date
from cotejo.identity.identifiers import (
    IdentifierState,
    dui_check_digit,
    read_dui,
    read_passport,
)
from cotejo.identity.levels import Field, Level
from cotejo.identity.record import PersonRecord

eight_digits = st.integers(90_000_000, 99_999_999).map(str)


def level_of(field: Field, **values: tuple[str, str]) -> Level:
    one, other = (PersonRecord(**{name: pair[side] for name, pair in values.items()}) for side in (0, 1))
    return compare(one, other).level(field)


@given(eight_digits)
@settings(max_examples=50, deadline=None)
def test_a_dui_with_its_check_digit_is_valid_with_or_without_hyphen(digits):
    number = f"{digits}{dui_check_digit(digits)}"
    assert read_dui(number).state is IdentifierState.VALID
    assert read_dui(f"{number[:8]}-{number[8]}").normal == number


@given(eight_digits, st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_a_dui_with_another_check_digit_is_badly_written(digits, shift):
    wrong = (dui_check_digit(digits) + shift) % 10
    assert read_dui(f"{digits}-{wrong}").state is IdentifierState.BADLY_WRITTEN


def test_a_dui_whose_sum_ends_in_nought_has_check_digit_nought_not_ten():
    digits = next(str(n) for n in range(90_000_000, 90_000_100) if dui_check_digit(str(n)) == 0)
    assert read_dui(f"{digits}-0").state is IdentifierState.VALID
    assert dui_check_digit("00000000") == 0


@pytest.mark.parametrize("text", ["00000000-0", "12345678", "900000090000", "90000000-X", "O0000000-9"])
def test_a_dui_that_fills_a_box_or_lost_a_digit_is_badly_written_and_kept(text):
    dui = read_dui(text)
    assert dui.state is IdentifierState.BADLY_WRITTEN
    assert dui.documented == text


@pytest.mark.parametrize("text", ["", "   ", "N/D", "no consta", "-"])
def test_a_number_that_is_not_told_is_absent(text):
    assert read_dui(text).state is IdentifierState.ABSENT
    assert read_passport(text).state is IdentifierState.ABSENT


@pytest.mark.parametrize(
    ("text", "normal", "state"),
    [
        ("a 90-000123", "A90000123", IdentifierState.VALID),
        ("900000123", "900000123", IdentifierState.VALID),
        ("00000000", "00000000", IdentifierState.BADLY_WRITTEN),
        ("A12", "A12", IdentifierState.BADLY_WRITTEN),
    ],
)
def test_passports_are_compared_in_capitals_without_separators(text, normal, state):
    passport = read_passport(text)
    assert (passport.normal, passport.state) == (normal, state)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("90000000-9", "900000009", Level.SAME),
        ("90000000-9", "90000001-7", Level.DIFFERS),
        ("90000000-9", "90000010-9", Level.ONE_DIGIT),
        ("90000000-9", "91234567-1", Level.BADLY_WRITTEN),
        ("90000000-1", "90000000-1", Level.SAME_BADLY_WRITTEN),
        ("90000000-9", "", Level.UNKNOWN),
    ],
)
def test_only_valid_numbers_agree_or_differ(one, other, level):
    assert level_of(Field.DUI, dui=(one, other)) is level
    assert level_of(Field.DUI, dui=(other, one)) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1990-05-12", "1990-05-12", Level.SAME),
        ("1990-05-12", "1990-12-05", Level.DAY_MONTH_SWAPPED),
        ("1990-05-12", "1990-05-17", Level.ONE_DIGIT),
        ("1990-05-12", "1990-05-27", Level.OTHER_DAY),
        ("1990-05-12", "1990-05-21", Level.ONE_DIGIT),
        ("1968-03-07", "1986-03-07", Level.ONE_DIGIT),
        ("1966-05-22", "1696-05-22", Level.ONE_DIGIT),
        ("1968-03-17", "1986-03-71", Level.A_GENERATION_APART),
        ("1990-05-12", "1991-05-12", Level.YEAR_OFF_BY_ONE),
        ("1999-05-12", "2000-05-12", Level.YEAR_OFF_BY_ONE),
        ("1990-05-12", "1980-05-12", Level.ONE_DIGIT),
        ("1990-05-12", "1990-01-01", Level.FIRST_OF_JANUARY),
        ("1990-05-12", "1990-08-30", Level.SAME_YEAR),
        ("1990-05-12", "1985-08-30", Level.DIFFERS),
        ("1990-05-12", "1972-08-30", Level.A_GENERATION_APART),
        ("1990-05-12", "1990-05-11", Level.DAY_OFF_BY_ONE),
        ("1990-05-12", "1990-08-12", Level.ONE_DIGIT),
        ("1990-05-12", "1990-11-12", Level.OTHER_MONTH),
        ("1990-05-12", "1983-05-12", Level.OTHER_YEAR),
        ("1990-05-13", "1990-13-05", Level.DAY_MONTH_SWAPPED),
        ("1990-05-12", "1990-12-00", Level.YEARS_DIFFER),
        ("1990-05-12", "1990-05", Level.TO_THE_MONTH),
        ("1990-05-12", "1990-06", Level.YEARS_DIFFER),
        ("1990-05-12", "1990", Level.TO_THE_YEAR),
        ("1990", "1991", Level.YEARS_OFF_BY_ONE),
        ("1990", "1993", Level.YEARS_NEAR),
        ("1990", "1995", Level.YEARS_DIFFER),
        ("1990", "1975-03", Level.A_GENERATION_APART),
        ("1990-05-12", "1990-05-32", Level.ONE_DIGIT),
        ("1990-05-12", "1990-05-45", Level.TO_THE_MONTH),
        ("1938-05-12", "1438-05-12", Level.ONE_DIGIT),
        ("1938-05-12", "1438-05-17", Level.IMPOSSIBLE),
        ("1990-01-01", "1990-01-01", Level.FIRST_OF_JANUARY),
        ("1990-05-12", "12/05/1990", Level.IMPOSSIBLE),
        ("1990-05-12", "", Level.UNKNOWN),
        ("1990-05-12", "desconocida", Level.UNKNOWN),
    ],
)
def test_two_birth_dates_stand_at_a_level(one, other, level):
    assert level_of(Field.BIRTH_DATE, dob=(one, other)) is level
    assert level_of(Field.BIRTH_DATE, dob=(other, one)) is level


@pytest.mark.parametrize("text", ["2999-01-01", "90-1-1", "mayo"])
def test_what_is_no_date_is_kept_as_documented_and_has_no_parts(text):
    born = read_date(text)
    assert born.state is DateState.IMPOSSIBLE
    assert (born.documented, born.year) == (text, 0)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1990-02-30", (1990, 2, 0)),
        ("1990-13-01", (1990, 1, 13)),
        ("1990-13-32", (1990, 0, 0)),
        ("1990-00-12", (1990, 0, 0)),
    ],
)
def test_a_date_no_calendar_has_keeps_the_parts_that_are_possible(text, parts):
    born = read_date(text)
    assert (born.documented, born.year, born.month, born.day) == (text, *parts)


@pytest.mark.parametrize(
    ("one", "other", "months"),
    [
        ("1990-05-12", "1991-07-13", 14),
        ("1991-07-11", "1990-05-12", 13),
        ("1990-05", "1991-05", 12),
        ("1990", "1991-05", None),
    ],
)
def test_months_between_two_births_are_whole_months(one, other, months):
    assert months_apart(read_date(one), read_date(other)) == months
