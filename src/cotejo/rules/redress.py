"""The redress office's clock, and when its door into the house says `suspend` or `lift` (I12, I13).

1. A complaint blocks from the moment it is lodged and until the last open complaint about the request is closed.
2. Whoever is held or handed over is answered within three days, everybody else within thirty *(default; only shorter)*.
3. Overdue is told to the oversight body; it lifts nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY

ANSWER_WITHIN: Final[Millis] = 30 * DAY
ANSWER_IN_CUSTODY_WITHIN: Final[Millis] = 3 * DAY


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
    """One complaint: when it was lodged, whether the person is in custody, and when it was closed (0: open)."""

    lodged_at: Millis
    in_custody: bool
    closed_at: Millis = 0

    @property
    def due(self) -> Millis:
        """Until when the office answers."""
        return self.lodged_at + (ANSWER_IN_CUSTODY_WITHIN if self.in_custody else ANSWER_WITHIN)

    def state(self, now: Millis) -> ClockState:
        """Return how the clock stands at this moment."""
        if self.closed_at:
            return ClockState.CLOSED
        return ClockState.OVERDUE if now >= self.due else ClockState.RUNNING


def signal_after(open_before: int, open_after: int) -> Signal | None:
    """Return what the door says when the number of open complaints about one request changes."""
    if open_after and not open_before:
        return Signal.SUSPEND
    return Signal.LIFT if open_before and not open_after else None
