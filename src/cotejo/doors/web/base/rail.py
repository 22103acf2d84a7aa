"""The left rail: entries by task, brought by the packages themselves.

A package adds entries with a module `rail.py` holding `ENTRIES: tuple[Entry, ...]`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Final, cast

from django.urls import reverse

from cotejo.doors.web import packages
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text


class Task(StrEnum):
    """The four parts of the rail, in this order (peers.md section 3)."""

    WORK = "work"
    RECORDS = "records"
    REQUESTS = "requests"
    OVERSIGHT = "oversight"


TASK_WORDS: Final = {
    Task.WORK: Text("Work", "Trabajo"),
    Task.RECORDS: Text("Records", "Registros"),
    Task.REQUESTS: Text("Requests", "Solicitudes"),
    Task.OVERSIGHT: Text("Oversight", "Supervisión"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of the rail. `view` is a URL name without arguments; shown to holders of any of `duties`.

    No `duties` means everybody who signed in.
    """

    task: Task
    label: Text
    view: str
    duties: frozenset[Duty] = frozenset()
    order: int = 100


ENTRIES = (Entry(task=Task.WORK, label=Text("Waiting for you", "Pendiente de usted"), view="base:work", order=0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as one page shows it."""

    label: Text
    address: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the rail as one page shows it."""

    label: Text
    links: tuple[Link, ...]


@cache
def all_entries() -> tuple[Entry, ...]:
    """Return every package's entries, by task and order."""
    brought = cast("list[tuple[Entry, ...]]", packages.brought("rail", "ENTRIES"))
    return tuple(sorted(chain(*brought), key=lambda entry: (list(Task).index(entry.task), entry.order, entry.label.en)))


def parts_for(held: Collection[str], path: str) -> list[Part]:
    """Return the rail of somebody who holds these duties, looking at the page at `path`."""
    shown = [entry for entry in all_entries() if not entry.duties or entry.duties & set(held)]
    addresses = {entry: reverse(entry.view) for entry in shown}
    under = [
        address for address in addresses.values() if path == address or (address != "/" and path.startswith(address))
    ]
    here = max(under, key=len, default="")
    parts = []
    for task in Task:
        links = tuple(
            Link(label=entry.label, address=addresses[entry], current=addresses[entry] == here)
            for entry in shown
            if entry.task is task
        )
        if links:
            parts.append(Part(label=TASK_WORDS[task], links=links))
    return parts
