"""Birth dates as documented, and how two of them stand to each other.

1. `YYYY-MM-DD`, `YYYY-MM` and `YYYY` are understood. Anything else, and a date no calendar has, is kept as documented
   and compared as unknown.
2. Two dates are compared as far as both go: a year alone can agree only to the year.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cotejo.identity.levels import Level
from cotejo.identity.names import known

# No living person of any register was born before; no register of this century holds later years.
EARLIEST_YEAR: Final = 1850
LATEST_YEAR: Final = 2099
_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateState(StrEnum):
    """How far a documented birth date goes."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDate:
    """A birth date as documented; parts that are not known are 0."""

    documented: str
    state: DateState
    year: int = 0
    month: int = 0
    day: int = 0


@lru_cache(maxsize=65_536)
def read_date(documented: str) -> BirthDate:
    """Read a documented birth date. Never raises: what cannot be a date is `IMPOSSIBLE`."""
    written = _WRITTEN.fullmatch(documented.strip())
    if not written:
        state = DateState.IMPOSSIBLE if known(documented) else DateState.UNKNOWN
        return BirthDate(documented=documented, state=state)
    year, month, day = (int(part or 0) for part in written.groups())
    try:
        date(year, month if written[2] else 1, day if written[3] else 1)
    except ValueError:
        year = 0
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return BirthDate(documented=documented, state=DateState.IMPOSSIBLE)
    state = DateState.DAY if day else DateState.MONTH if month else DateState.YEAR
    return BirthDate(documented=documented, state=state, year=year, month=month, day=day)


def compare_dates(one: BirthDate, other: BirthDate) -> Level:
    """Return how two birth dates stand to each other; symmetric."""
    if DateState.IMPOSSIBLE in {one.state, other.state}:
        return Level.IMPOSSIBLE
    if not (one.year and other.year):
        return Level.UNKNOWN
    if one.day and other.day:
        return _compare_days(one, other)
    if one.month and other.month and one.month != other.month:
        return Level.SAME_YEAR if one.year == other.year else Level.DIFFERS
    if one.year == other.year:
        return Level.TO_THE_MONTH if one.month and other.month else Level.TO_THE_YEAR
    return Level.YEAR_OFF_BY_ONE if abs(one.year - other.year) == 1 else Level.DIFFERS


def _compare_days(one: BirthDate, other: BirthDate) -> Level:
    first, second = (one.year, one.month, one.day), (other.year, other.month, other.day)
    if first == second:
        return Level.SAME
    if first == (other.year, other.day, other.month):
        return Level.DAY_MONTH_SWAPPED
    if one.year == other.year and (1, 1) in {first[1:], second[1:]}:
        return Level.FIRST_OF_JANUARY
    if first[1:] == second[1:] and abs(one.year - other.year) == 1:
        return Level.YEAR_OFF_BY_ONE
    if _digits_apart(first, second) == 1:
        return Level.ONE_DIGIT
    if first[:2] == second[:2]:
        return Level.OTHER_DAY
    return Level.SAME_YEAR if one.year == other.year else Level.DIFFERS


def _digits_apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    pairs = zip("{:04}{:02}{:02}".format(*one), "{:04}{:02}{:02}".format(*other), strict=True)
    return sum(a != b for a, b in pairs)


def months_apart(one: BirthDate, other: BirthDate) -> int | None:
    """Return the whole months between two births known to the month, else None."""
    if not (one.month and other.month):
        return None
    months = abs((one.year - other.year) * 12 + one.month - other.month)
    first, second = sorted((one, other), key=lambda birth: (birth.year, birth.month, birth.day))
    return months - 1 if months and first.day and 0 < second.day < first.day else months
