"""Dates as documents give them: a year, a month or a day, and what can be said with certainty about them.

1. A date is EDTF text `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is refused, month names included (F16).
2. A doubtful date is read in favour of the person: an age is the lowest it can be, a limit the earliest.
3. The day of a moment is its day in UTC.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.facts import Interval

_FORM: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SECOND: Final = 1000
_MONTHS: Final = 12


def first_day(text: str) -> date:
    """Return the earliest day the text can mean. Raises `ValueError` for anything but `YYYY[-MM[-DD]]`."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"not a date: {text!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    return date(int(year), int(month or 1), int(day or 1))


def last_day(text: str) -> date:
    """Return the latest day the text can mean. Raises `ValueError` like `first_day`."""
    start = first_day(text)
    match text.count("-"):
        case 0:
            return date(start.year, _MONTHS, 31)
        case 1:
            return date(start.year, start.month, monthrange(start.year, start.month)[1])
        case _:
            return start


def is_date(text: str) -> bool:
    """Say whether the text is a date this house can read."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def is_interval(interval: Interval) -> bool:
    """Say whether both ends are dates and in order; an empty end is still open."""
    if not is_date(interval.start) or (interval.end and not is_date(interval.end)):
        return False
    return not interval.end or first_day(interval.start) <= last_day(interval.end)


def span(interval: Interval) -> tuple[date, date]:
    """Return the earliest and latest day of an interval. Raises `ValueError` when it is none."""
    return first_day(interval.start), last_day(interval.end) if interval.end else date.max


def overlap(one: Interval, other: Interval) -> bool:
    """Say whether two readable intervals can share a day."""
    (one_from, one_to), (other_from, other_to) = span(one), span(other)
    return one_from <= other_to and other_from <= one_to


def day_of(now: Millis) -> date:
    """Return the UTC day of a moment."""
    return datetime.fromtimestamp(now // _SECOND, UTC).date()


def iso_day(now: Millis) -> str:
    """Return the UTC day of a moment as `YYYY-MM-DD`."""
    return day_of(now).isoformat()


def start_of_month(now: Millis) -> Millis:
    """Return the first moment of the UTC month of a moment."""
    first = day_of(now).replace(day=1)
    return int(datetime(first.year, first.month, 1, tzinfo=UTC).timestamp()) * _SECOND


def months_after(day: date, months: int) -> date:
    """Return the day some months later (or earlier), the last of the month where it is shorter.

    Beyond the calendar it is the calendar's own first or last day.
    """
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(count, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_at_least(birth: str, years: int, on: date) -> bool:
    """Say whether the person is certainly this old on that day: a year alone counts from its last day."""
    return months_after(last_day(birth), years * _MONTHS) <= on


def older_than_months(text: str, months: int, today: date) -> bool:
    """Say whether the latest day a date can mean lies more than so many months back."""
    return months_after(last_day(text), months) < today
