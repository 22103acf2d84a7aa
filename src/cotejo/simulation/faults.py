"""Three planted faults, each in the place where a careless implementation would have it: to show that they are found.

1. `no_version_floor`: the holder forgets which versions it already had (I8).
2. `receipt_before_commit`: the receipt leaves although the commit did not happen (X3).
3. `tolerance_for_the_holder`: a status list is taken as younger than it is (I5).
"""

from dataclasses import replace
from typing import Final

from cotejo.actions.unit import Committed, StatusHeld, Taken
from cotejo.rules.acts import Entry, Millis, Plan, Stream
from cotejo.rules.agreement import MINUTE
from cotejo.rules.duties import Who
from cotejo.rules.review_acts import Corrected, TakenIn
from cotejo.simulation.memory import Crash, MemoryUnit

KINDNESS: Final = 30 * MINUTE


class WithoutFloor(MemoryUnit):
    """Remembers no floor, nor which version it holds."""

    def entries(self, stream: Stream) -> tuple[Entry, ...]:
        return tuple(
            replace(entry, act=replace(entry.act, package=replace(entry.act.package, version=0)))
            if isinstance(entry.act, TakenIn | Corrected)
            else entry
            for entry in super().entries(stream)
        )

    def floor(self, origin: str, request: str) -> int:
        del origin, request
        return 0


class AnswersFirst(MemoryUnit):
    """Answers a message even when the commit crashed."""

    def commit(self, plan: Plan, *, who: Who, purpose: str, now: Millis, taken: Taken | None = None) -> Committed:
        try:
            return super().commit(plan, who=who, purpose=purpose, now=now, taken=taken)
        except Crash:
            if taken is None:
                raise
            return Committed(entries=(), receipt=self.receipt_for(taken, now))


class KindToTheHolder(MemoryUnit):
    """Takes the status list for younger than it is."""

    def status_held(self, partner: str) -> StatusHeld | None:
        held = super().status_held(partner)
        if held is None:
            return None
        issued = min(held.issued + KINDNESS, max(held.issued, self.high_water()))
        return replace(held, issued=issued, expires=issued + (held.expires - held.issued))


FAULTS: Final[dict[str, type[MemoryUnit]]] = {
    "no_version_floor": WithoutFloor,
    "receipt_before_commit": AnswersFirst,
    "tolerance_for_the_holder": KindToTheHolder,
}
