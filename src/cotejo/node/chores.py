"""What a node does every hour, each piece bounded: what is looked at grows with no case, message or document.

1. Where there may be more than one look reads, the next hour goes on from where this one ended.
2. Nothing here decides about a case; what these pieces take away, nobody can need or open any more.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from cotejo.node.assembly import Node
from cotejo.node.expiring import warn
from cotejo.node.keys import certificate_end
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR
from cotejo.store.sealed_parts import drop_parts

EVERY: Final[Millis] = HOUR


class Chores:
    """The hourly pieces of work of one node; used by its only worker."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._parts_after = 0
        self.next_at: Millis = 0

    def due(self, now: Millis) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield what is to be done now: its name for the operator, and how it is done."""
        if now < self.next_at:
            return
        node, last = self._node, self.next_at - EVERY
        self.next_at = now + EVERY
        yield "what ends soon", partial(self._warn, now, last)
        yield "old parts", partial(node.parts.drop_old, now)
        yield "sealed parts", partial(self._drop_parts, now)
        yield "files that no document names", partial(node.unit.documents.sweep, now)
        yield "the keys of the week", partial(node.unit.rewrap_keys, now=now)
        yield "sealed copies", partial(node.unit.sealed_copies.remove_old, now=now)

    def _warn(self, now: Millis, last: Millis) -> None:
        ends = certificate_end(self._node.home)
        warn(self._node.keys, self._node.unit.partners(), certificate=ends, now=now, last=last)

    def _drop_parts(self, now: Millis) -> None:
        self._parts_after = drop_parts(now=now, after=self._parts_after).after
