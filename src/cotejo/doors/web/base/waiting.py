"""What waits for the person who signed in: the first page of the day, brought by the packages themselves.

A package adds to it with a module `desk.py` holding `waiting_for(officer: Officer) -> Iterable[Line]`. "Each waiting
case says for whom and since when" (design section 3).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from cotejo.doors.web import packages
from cotejo.rules.acts import Millis
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.people import Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits: what, where to do it, for which duty, since when and until when (0: no term)."""

    label: Text
    address: str
    step: Text
    duty: Duty
    since: Millis
    due: Millis = 0


def lines_for(officer: Officer) -> list[Line]:
    """Return everything that waits for this person's duties, terms first, then the longest wait."""
    brought = cast("list[Callable[[Officer], Iterable[Line]]]", packages.brought("desk", "waiting_for"))
    found = [line for waiting_for in brought for line in waiting_for(officer)]
    return sorted(found, key=lambda line: (line.due == 0, line.due, line.since))
