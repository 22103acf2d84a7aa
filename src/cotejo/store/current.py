"""Which memory the ways in work on: set once when a node (or a test) is put together, read by pages, API and redress.

The ways in may not put a node together themselves; that is the `node` room's work.
"""

from cotejo.store.unit import PgUnit

_held: list[PgUnit] = []


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
