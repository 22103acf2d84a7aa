"""The redress office's clock, and when its door into the house says `suspend` or `lift` (I12, I13).

1. A complaint blocks from the moment it is lodged and until the last open complaint about the request is closed.
2. The answer is due when 20 working days are over; whoever is held or handed over is answered within three days (F65;
   *default, only shorter*). Saturdays and Sundays do not count; holidays do, which is shorter.
3. Overdue is told to the oversight body; it lifts nothing. Nothing stops the clock but the answer (F66).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import day_of

ANSWER_WITHIN_WORKING_DAYS: Final = 20
"""Working days: LPDP (Decreto 144/2024), catalogue row F65."""
ANSWER_IN_CUSTODY_WITHIN: Final[Millis] = 3 * DAY
_SATURDAY: Final = 5


class Signal(StrEnum):
    """The two words of the door."""

    SUSPEND = "suspend"
    LIFT = "lift"


class ClockState(StrEnum):
    """What a complainant and the oversight body read of a complaint's clock."""

    RUNNING = "running"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintClock:
    """One complaint: when it was lodged, whether the person is in custody, and when it was answered (0: open)."""

    lodged_at: Millis
    in_custody: bool
    closed_at: Millis = 0

    @property
    def due(self) -> Millis:
        """Until when the office answers."""
        usual = after_working_days(self.lodged_at, ANSWER_WITHIN_WORKING_DAYS)
        return min(usual, self.lodged_at + ANSWER_IN_CUSTODY_WITHIN) if self.in_custody else usual

    def state(self, now: Millis) -> ClockState:
        """Return how the clock stands at this moment."""
        if self.closed_at:
            return ClockState.CLOSED
        return ClockState.OVERDUE if now >= self.due else ClockState.RUNNING


def after_working_days(moment: Millis, days: int) -> Millis:
    """Return the end (UTC) of the working day that is so many working days after the day of a moment."""
    day = day_of(moment)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    return int(end.timestamp()) * 1000


def signal_after(open_before: int, open_after: int) -> Signal | None:
    """Return what the door says when the number of open complaints about one request changes."""
    if open_after and not open_before:
        return Signal.SUSPEND
    return Signal.LIFT if open_before and not open_after else None
