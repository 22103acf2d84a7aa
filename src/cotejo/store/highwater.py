"""How far this node had come, written outside the database, so that a restored backup is noticed (design section 8).

1. After each commit a line `{at, root, size}` is added to the file `highwater` and brought to the disk.
2. A line is added only when the log that is there now continues the log of the last line. A database that is behind,
   or has gone another way, never moves the mark: the node stays RECOVERING until `accept` is called, once marks are
   applied and every partner has restored the floors.
3. The last line counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cotejo.proof import exact
from cotejo.proof.tilelog import EMPTY_ROOT
from cotejo.rules.acts import Millis
from cotejo.store.disk import add_line, last_line
from cotejo.store.log import Grown

RootAt = Callable[[int], bytes | None]
_FIELDS = frozenset({"at", "root", "size"})
_LARGEST_LINE = 256
NAME_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far the node had come: leaves in the house log, its root there, the highest time."""

    size: int = 0
    root: bytes = EMPTY_ROOT
    at: Millis = 0

    def line(self) -> bytes:
        """Return the mark as its line."""
        return exact.to_bytes({"size": self.size, "root": self.root.hex(), "at": self.at})

    def is_continued(self, size_now: int, root_at: RootAt) -> bool:
        """Say whether a log that has so many leaves and these roots continues what was marked."""
        return self.size <= size_now and root_at(self.size) == self.root


class HighWater:
    """The file of one node."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._agreed: Mark | None = None

    def last(self) -> Mark:
        """Return the newest mark."""
        return _mark_in(last_line(self._path))

    def behind(self, size_now: Callable[[], int], root_at: RootAt) -> bool:
        """Say whether a database whose log has `size_now()` leaves does not continue what was marked (rule 2).

        The mark is read first: a commit raises it after the log has grown, so another process's commit in between
        never looks like a restored backup.
        """
        mark = self.last()
        if mark == self._agreed:
            return False
        if not mark.is_continued(size_now(), root_at):
            return True
        self._agreed = mark
        return False

    def name(self) -> str:
        """Return a name of the newest mark, 32 hex digits."""
        return exact.sha256(self.last().line()).hex()[:NAME_LENGTH]

    def doubt(self) -> None:
        """Put the node into RECOVERING by an operator's word: a mark that no log continues."""
        add_line(self._path, lambda last: Mark(root=bytes(exact.DIGEST_SIZE), at=_mark_in(last).at).line())

    def raise_to(self, grown: Grown, root_at: RootAt) -> None:
        """Mark what a commit reached, unless the log there does not continue the mark."""

        def next_line(last: bytes) -> bytes | None:
            mark = _mark_in(last)
            if mark.size >= grown.size:
                return None
            there = grown.root_before if mark.size == grown.before else root_at(mark.size)
            self._agreed = None
            if there != mark.root:
                return None
            self._agreed = Mark(size=grown.size, root=grown.root, at=max(grown.at, mark.at))
            return self._agreed.line()

        add_line(self._path, next_line)

    def accept(self, *, size: int, root: bytes, at: Millis) -> None:
        """End RECOVERING: what the database holds now is where the node goes on from."""
        add_line(self._path, lambda last: Mark(size=size, root=root, at=max(at, _mark_in(last).at)).line())


@lru_cache(maxsize=8)
def _mark_in(line: bytes) -> Mark:
    if not line:
        return Mark()
    fields = exact.object_of(line, _FIELDS, at_most=_LARGEST_LINE)
    match fields:
        case {"size": int(size), "root": str(root), "at": int(at)}:
            return Mark(size=size, root=exact.from_hex(root, size=exact.DIGEST_SIZE), at=at)
    raise ValueError(f"the last line of the high-water file cannot be read: {line!r}")
