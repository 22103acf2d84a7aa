"""Withdrawal marks: kept outside the database for ever, so that no restore brings a withdrawn request back (I7, F56).

1. A mark is on the disk before the transaction that needs it commits: a crash between the two leaves a mark too many,
   never one too few.
2. The file only grows. A whole line that cannot be read stops the node, at every look, rather than being skipped; while
   one thread reads the file the others wait, so that none goes by half of it.
3. A mark holds the origin's name, the request's random id and a keyed token of the facts; no name of a person.
4. It binds that origin alone: the same id or token under another origin's name is another's.
"""

import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from cotejo.proof import exact
from cotejo.rules.acts import Millis, WithdrawalMark
from cotejo.store.disk import add_line, whole_lines_after

_FIELDS = frozenset({"at", "facts", "origin", "request"})
_LARGEST_LINE = 1024


class Marks:
    """The file of one node; what was added to it is read when it has grown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._alone = threading.Lock()
        self._read_to = 0
        self._known: set[tuple[str, str, str]] = set()
        self._requests: set[tuple[str, str]] = set()
        self._facts: set[tuple[str, str]] = set()

    def add(self, marks: Iterable[WithdrawalMark], *, now: Millis) -> None:
        """Write marks down; one that is there already is not written twice."""
        for mark in marks:
            with self._alone:
                self._refresh()
                known = (mark.origin, mark.request, mark.facts_token) in self._known
            if not known:
                add_line(self._path, partial(_next_line, mark, now))

    def forbid(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        """Say whether a mark of this origin forbids its request or its facts."""
        named, meant = (origin, request), (origin, facts_token)
        with self._alone:
            self._refresh()
            return (bool(request) and named in self._requests) or (bool(facts_token) and meant in self._facts)

    def _refresh(self) -> None:
        """Read the lines that came since the last time; all of them when the file is shorter than it was."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size < self._read_to:
            self._read_to = 0
            for each in (self._known, self._requests, self._facts):
                each.clear()
        if size == self._read_to:
            return
        lines, read_to = whole_lines_after(self._path, self._read_to)
        marks = [*map(_key, lines)]
        self._read_to = read_to
        for origin, request, facts in marks:
            self._known.add((origin, request, facts))
            self._requests.add((origin, request))
            self._facts.add((origin, facts))


def _next_line(mark: WithdrawalMark, now: Millis, _last: bytes) -> bytes:
    return exact.to_bytes({"origin": mark.origin, "request": mark.request, "facts": mark.facts_token, "at": now})


def _key(line: bytes) -> tuple[str, str, str]:
    fields = exact.object_of(line, _FIELDS, at_most=_LARGEST_LINE)
    return str(fields["origin"]), str(fields["request"]), str(fields["facts"])
