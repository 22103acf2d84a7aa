"""Which keys were destroyed, written outside the database: a restored backup brings none of them back (I11).

1. The file `keys/destroyed` only grows: one line a key, by its id. A key it names opens nothing, whatever a table says.
2. It is written after the erasure has committed. Should a crash come between, the next start completes it from the
   table (`agree`), before anything can be restored.
3. A table that still has such a key is older than the erasure: `agree` says which units are to be erased again.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from cotejo.proof import exact
from cotejo.rules.acts import Millis
from cotejo.store.disk import add_line, make_folder, whole_lines

_FIELDS: Final = frozenset({"at", "key"})
_LARGEST_LINE: Final = 256


class DestroyedKeys:
    """The file of one node; read again when it has grown."""

    def __init__(self, keys: Path) -> None:
        self._path = keys / "destroyed"
        self._read_size = 0
        self._known: frozenset[str] = frozenset()

    def known(self) -> frozenset[str]:
        """Return the ids of all keys that were destroyed."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size != self._read_size:
            self._known = frozenset(map(_key, whole_lines(self._path)))
            self._read_size = size
        return self._known

    def add(self, ids: Iterable[str], *, now: Millis) -> None:
        """Write down destroyed keys; one that is there already is not written twice."""
        for id_ in sorted(set(ids) - self.known()):
            make_folder(self._path.parent)
            add_line(self._path, partial(_next_line, id_, now))


def _next_line(id_: str, now: Millis, _last: bytes) -> bytes:
    return exact.to_bytes({"at": now, "key": id_})


def _key(line: bytes) -> str:
    return str(exact.object_of(line, _FIELDS, at_most=_LARGEST_LINE)["key"])
