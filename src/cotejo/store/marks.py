"""Withdrawal marks: kept outside the database for ever, so that no restore brings a withdrawn request back (I7, F56).

1. A mark is on the disk before the transaction that needs it commits: a crash between the two leaves a mark too many,
   never one too few.
2. The file only grows. A whole line that cannot be read stops the node rather than being skipped.
3. A mark holds the origin's name, the request's random id and a keyed token of the facts; no name of a person.
4. It binds that origin alone: the same id or token under another origin's name is another's.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from cotejo.proof import exact
from cotejo.rules.acts import Millis, WithdrawalMark
from cotejo.store.disk import add_line, whole_lines

_FIELDS = frozenset({"at", "facts", "origin", "request"})
_LARGEST_LINE = 1024


class Marks:
    """The file of one node; read again when it has grown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_size = -1
        self._known: frozenset[tuple[str, str, str]] = frozenset()

    def add(self, marks: Iterable[WithdrawalMark], *, now: Millis) -> None:
        """Write marks down; one that is there already is not written twice."""
        for mark in marks:
            self._refresh()
            if (mark.origin, mark.request, mark.facts_token) not in self._known:
                add_line(self._path, partial(_next_line, mark, now))

    def forbid(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        """Say whether a mark of this origin forbids its request or its facts."""
        self._refresh()
        return any(
            origin == whose and ((request and request == marked) or (facts_token and facts_token == facts))
            for whose, marked, facts in self._known
        )

    def _refresh(self) -> None:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size == self._read_size:
            return
        self._known = frozenset(map(_key, whole_lines(self._path)))
        self._read_size = size


def _next_line(mark: WithdrawalMark, now: Millis, _last: bytes) -> bytes:
    return exact.to_bytes({"origin": mark.origin, "request": mark.request, "facts": mark.facts_token, "at": now})


def _key(line: bytes) -> tuple[str, str, str]:
    fields = exact.object_of(line, _FIELDS, at_most=_LARGEST_LINE)
    return str(fields["origin"]), str(fields["request"]), str(fields["facts"])
