"""The levels at which two fields can stand to each other, and the verdict each one carries.

1. Levels, not similarities: each says in words what was seen, and has its own weight in the model.
2. "Same first given name, other second given name" is a difference: brothers are named so.
3. Every level has a small number (`CODES`), 0 for unknown, so that millions of pairs fit in an array.
"""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """A field that is compared."""

    GIVEN = "given"
    FIRST_SURNAME = "first_surname"
    SECOND_SURNAME = "second_surname"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    DUI = "dui"
    PASSPORT = "passport"
    FATHER = "father"
    MOTHER = "mother"


# Of a pair as a whole: how its names had to be read, and whether one bears the name the other gives for a parent.
READING: Final = "reading"
PARENT_NAMED: Final = "parent_named"
COLUMNS_OF_LEVELS: Final[tuple[str, ...]] = (*Field, READING, PARENT_NAMED)
# Columns of weights: a parent of people who bear that parent's surname anyway tells less.
FATHER_OF_SAME_SURNAME: Final = "father_of_same_surname"
MOTHER_OF_SAME_SURNAME: Final = "mother_of_same_surname"
COLUMNS_OF_WEIGHTS: Final[tuple[str, ...]] = (*COLUMNS_OF_LEVELS, FATHER_OF_SAME_SURNAME, MOTHER_OF_SAME_SURNAME)


class Verdict(StrEnum):
    """What an officer reads first: differences, then what is close, then what is not known, then agreement."""

    DIFFER = "differ"
    CLOSE = "close"
    UNKNOWN = "unknown"
    AGREE = "agree"


class Level(StrEnum):
    """How two values of one field stand to each other. The order is the order of `CODES`."""

    UNKNOWN = "unknown"
    SAME = "same"
    AS_FAR_AS_DOCUMENTED = "as_far_as_documented"
    GIVEN_AND_SURNAME = "given_and_surname"
    COMMON_GIVEN_AND_SURNAME = "common_given_and_surname"
    SPELLING = "spelling"
    RESEMBLES = "resembles"
    OTHER_ORDER = "other_order"
    NICKNAME = "nickname"
    ONE_OF_THE_GIVEN = "one_of_the_given"
    OTHER_FIRST_GIVEN = "other_first_given"
    OTHER_SECOND_GIVEN = "other_second_given"
    IN_OTHER_PLACE = "in_other_place"
    MARRIED_NAME = "married_name"
    PARTLY = "partly"
    TO_THE_MONTH = "to_the_month"
    TO_THE_YEAR = "to_the_year"
    DAY_OFF_BY_ONE = "day_off_by_one"
    DAY_MONTH_SWAPPED = "day_month_swapped"
    FIRST_OF_JANUARY = "first_of_january"
    ONE_DIGIT = "one_digit"
    OTHER_DAY = "other_day"
    OTHER_MONTH = "other_month"
    OTHER_YEAR = "other_year"
    YEAR_OFF_BY_ONE = "year_off_by_one"
    YEARS_OFF_BY_ONE = "years_off_by_one"
    YEARS_NEAR = "years_near"
    SAME_YEAR = "same_year"
    YEARS_DIFFER = "years_differ"
    SAME_BADLY_WRITTEN = "same_badly_written"
    DIFFERS = "differs"
    A_GENERATION_APART = "a_generation_apart"
    BADLY_WRITTEN = "badly_written"
    IMPOSSIBLE = "impossible"


CODES: Final = {level: code for code, level in enumerate(Level)}
LEVELS: Final = tuple(Level)

_DIFFERENCES: Final = frozenset(
    {
        Level.DIFFERS,
        Level.A_GENERATION_APART,
        Level.OTHER_FIRST_GIVEN,
        Level.OTHER_SECOND_GIVEN,
        Level.SAME_YEAR,
        Level.YEARS_DIFFER,
    }
)
_UNKNOWNS: Final = frozenset({Level.UNKNOWN, Level.BADLY_WRITTEN, Level.IMPOSSIBLE})


_VERDICTS: Final = {
    level: Verdict.AGREE
    if level is Level.SAME
    else Verdict.DIFFER
    if level in _DIFFERENCES
    else Verdict.UNKNOWN
    if level in _UNKNOWNS
    else Verdict.CLOSE
    for level in Level
}


def verdict_of(level: Level) -> Verdict:
    """Return what a level means for the reader."""
    return _VERDICTS[level]
