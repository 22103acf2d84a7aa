"""What a node tells each partner by itself: its status list, what it holds of the line, a checkpoint of it.

1. A status list is pushed every cadence or a little sooner, by chance, never later. What is held of the line is told at
   the agreement's sweep times (F55), a signed checkpoint of it every hour.
2. One that still waits to be sent is not followed by another.
3. While nothing can be sealed for a partner nothing is made for it, and no moment comes: its next key document does,
   and the commit that keeps it wakes the worker.
"""

import logging
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from cotejo.actions.confirm import EVERY as CHECKPOINT_EVERY
from cotejo.actions.confirm import KIND as CHECKPOINT
from cotejo.actions.confirm import state_checkpoint
from cotejo.actions.post import is_sealable
from cotejo.actions.reconcile import KIND as STATEMENT
from cotejo.actions.reconcile import next_statement, state_lines
from cotejo.actions.status import KIND as STATUS_LIST
from cotejo.actions.status import cadence, push_status
from cotejo.actions.unit import Partner, Unit
from cotejo.exchange.keyring import OwnKeys
from cotejo.rules.acts import Millis, Refused
from cotejo.store import queue

LOG: Final = logging.getLogger("cotejo.worker")
NEVER: Final[Millis] = 2**62
SOONEST: Final = 0.7
"""A status list is pushed after between so much of a cadence and the whole of it."""

_Piece = tuple[Millis, str, Callable[[Partner, Millis], None]]
"""When something is told next, its name for the operator, and how it is told."""


class Telling:
    """Tells the partners of one node; used by its only worker."""

    def __init__(self, unit: Unit, own: OwnKeys) -> None:
        self._unit = unit
        self._own = own
        self._push_at: dict[str, tuple[Millis, Millis]] = {}
        self._checkpoints_asked: set[str] = set()

    def next_at(self, partner: Partner, now: Millis) -> Millis:
        """Return when something is to be told to a partner next."""
        return min((at for at, _, _ in self._pieces(partner, now)), default=NEVER)

    def due(self, partner: Partner, now: Millis) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield what is to be told to a partner now: its name for the operator, and how it is told."""
        for at, what, tell in self._pieces(partner, now):
            if at <= now:
                yield what, partial(tell, partner, now)

    def hurry(self) -> None:
        """Have a checkpoint of every line signed on the next occasion."""
        self._checkpoints_asked |= {each.name for each in self._unit.partners()}

    def _pieces(self, partner: Partner, now: Millis) -> tuple[_Piece, ...]:
        if not partner.terms(now).active_at(now) or not is_sealable(partner, now=now):
            return ()
        return (
            (self._next_push(partner, now), "a status list", self._push_status),
            (self._next_statement(partner, now), "what is held of the line", self._state_lines),
            (self._next_checkpoint(partner), "a checkpoint of the line", self._state_checkpoint),
        )

    def _push_status(self, partner: Partner, now: Millis) -> None:
        done = push_status(self._unit, partner, own=self._own, now=now)
        if isinstance(done, Refused):
            facts = {"partner": partner.name, "why": done.reasons[0].text.en}
            LOG.error("no status list goes out; set this machine's clock right", extra={"facts": facts})

    def _state_lines(self, partner: Partner, now: Millis) -> None:
        state_lines(self._unit, partner, now=now)

    def _state_checkpoint(self, partner: Partner, now: Millis) -> None:
        self._checkpoints_asked.discard(partner.name)
        state_checkpoint(self._unit, partner, own=self._own, now=now)

    def _next_push(self, partner: Partner, now: Millis) -> Millis:
        newest = queue.newest_sent(partner.name, STATUS_LIST)
        if newest is None:
            return 0
        made, waits = newest
        if waits:
            return NEVER
        known = self._push_at.get(partner.name)
        if known is None or known[0] != made:
            share = random.uniform(SOONEST, 1.0)  # noqa: S311 - spreads messages, guards nothing
            known = self._push_at[partner.name] = (made, made + int(cadence(partner.terms(now)) * share))
        return known[1]

    @staticmethod
    def _next_statement(partner: Partner, now: Millis) -> Millis:
        made, waits = queue.newest_sent(partner.name, STATEMENT) or (0, False)
        return NEVER if waits else next_statement(partner, made, now)

    def _next_checkpoint(self, partner: Partner) -> Millis:
        made, waits = queue.newest_sent(partner.name, CHECKPOINT) or (-CHECKPOINT_EVERY, False)
        if waits:
            return NEVER
        return 0 if partner.name in self._checkpoints_asked else made + CHECKPOINT_EVERY
