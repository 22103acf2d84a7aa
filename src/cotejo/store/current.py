"""Which memory the ways in work on: set once when a node (or a test) is put together, read by pages, API and redress.

The ways in may not put a node together themselves; that is the `node` room's work.
"""

from typing import Protocol

from cotejo.rules.acts import Millis, Refused
from cotejo.rules.disclosure import Published
from cotejo.rules.duties import Officer
from cotejo.rules.figures import Figure
from cotejo.store.unit import PgUnit


class FiguresOfNode(Protocol):
    """The public figures of this process's node; the node's keys stay with it."""

    def looked_at(self, first: str, last: str, *, now: Millis) -> tuple[tuple[Figure, Published], ...] | Refused:
        """Return what a release of this period (first and last month) would say."""
        ...

    def release(self, who: Officer, first: str, last: str, *, now: Millis) -> bytes | Refused:
        """Return the release file of this period, and note that it leaves."""
        ...


_held: list[PgUnit] = []
_figures: list[FiguresOfNode] = []


class NoNode(RuntimeError):  # noqa: N818 - it says what is missing
    """No node was put together in this process."""


def use(unit: PgUnit) -> None:
    """Let every way in of this process work on this memory."""
    _held[:] = [unit]


def unit() -> PgUnit:
    """Return the memory of this process's node. Raises `NoNode`."""
    if not _held:
        raise NoNode("put a node together first (cotejo.node.assembly)")
    return _held[0]


def use_figures(figures: FiguresOfNode) -> None:
    """Let every way in of this process release this node's figures."""
    _figures[:] = [figures]


def figures() -> FiguresOfNode:
    """Return the figures of this process's node. Raises `NoNode`."""
    if not _figures:
        raise NoNode("put a node together first (cotejo.node.assembly)")
    return _figures[0]
