"""Birth dates as documented.

1. `YYYY-MM-DD`, `YYYY-MM` and `YYYY` are understood; `00` stands for a part that is not known.
2. A date no calendar has keeps the parts that are possible: `1990-02-30` tells a year and a month, `1990-13-05` a day
   and a month that changed places. It stays marked as impossible.
3. Anything else is kept as documented and compared as unknown.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

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
    if not year:
        return BirthDate(documented=documented, state=DateState.UNKNOWN)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return BirthDate(documented=documented, state=DateState.IMPOSSIBLE)
    if not month:
        day = 0
    state = DateState.DAY if day else DateState.MONTH if month else DateState.YEAR
    if not _exists(year, month or 1, day or 1):
        state = DateState.IMPOSSIBLE
        month, day = _possible(year, month, day)
    return BirthDate(documented=documented, state=state, year=year, month=month, day=day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _possible(year: int, month: int, day: int) -> tuple[int, int]:
    """Return month and day as far as an impossible date tells them."""
    if day and _exists(year, day, month):
        return day, month
    return (month if _exists(year, month, 1) else 0), 0


def months_apart(one: BirthDate, other: BirthDate) -> int | None:
    """Return the whole months between two births known to the month, else None."""
    if not (one.month and other.month):
        return None
    months = abs((one.year - other.year) * 12 + one.month - other.month)
    first, second = sorted((one, other), key=lambda birth: (birth.year, birth.month, birth.day))
    return months - 1 if months and first.day and 0 < second.day < first.day else months
