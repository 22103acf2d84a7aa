"""What one invented node keeps: its tables as one record, its documents, and a copy of them at one moment.

1. A commit works on a copy and puts it in the place of the old one: nothing is ever half written.
2. A backup is such a copy. What lies outside the database (withdrawal marks, high-water mark, what was destroyed and
   the copies sealed of it) is in no backup.
"""

import copy
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self

from cotejo.actions.unit import Partner, Sealed, StatusHeld
from cotejo.rules.acts import Entry, Millis, Send, Stream, Timer
from cotejo.rules.line import LineMessage


@dataclass(slots=True)
class Waiting:
    """A sealed message in the outbox and how it fared; `receipt` is the outcome the partner's receipt named."""

    partner: str
    seq: int
    sealed: Sealed
    send: Send
    at: Millis
    receipt: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A read or a refusal as it was written down (I10)."""

    what: str
    by: str
    purpose: str
    subject: str
    case: str
    codes: tuple[str, ...]
    at: Millis


@dataclass(slots=True)
class Kept:
    """The tables of one node. `journal` holds all acts in the order of their commits, as `leaves` does.

    `held_back` is what is to be sent later, or was to be sent while the node recovered; it has no number yet.
    `heard_at` says when a partner's message was taken in; `counted` are the messages receipted as taken: whose, of
    which kind, when.
    """

    streams: dict[Stream, tuple[Entry, ...]] = field(default_factory=dict)
    numbers: dict[Stream, int] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    outbox: list[Waiting] = field(default_factory=list)
    inbox: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    taken: dict[str, tuple[LineMessage, ...]] = field(default_factory=dict)
    heard_at: dict[tuple[str, str], Millis] = field(default_factory=dict)
    counted: list[tuple[str, str, Millis]] = field(default_factory=list)
    held_back: list[Send] = field(default_factory=list)
    link_leaves: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    journal: list[Entry] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    timers: dict[tuple[str, Stream], Timer] = field(default_factory=dict)
    floors: dict[tuple[str, str], int] = field(default_factory=dict)
    slots: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    status: dict[str, StatusHeld] = field(default_factory=dict)
    high_water: Millis = 0

    def to_write_on(self) -> Self:
        """Return a copy whose tables can be written to while these stay as they are."""
        made = copy.copy(self)
        for name in ("streams", "numbers", "partners", "inbox", "taken", "heard_at", "timers", "floors", "status"):
            setattr(made, name, dict(getattr(self, name)))
        for name in ("outbox", "held_back", "counted", "journal", "leaves", "traces"):
            setattr(made, name, list(getattr(self, name)))
        made.slots = defaultdict(dict, {name: dict(slots) for name, slots in self.slots.items()})
        made.link_leaves = defaultdict(list, {name: list(leaves) for name, leaves in self.link_leaves.items()})
        return made

    def backup(self) -> Self:
        """Return a copy that nothing written later changes."""
        made = self.to_write_on()
        made.outbox = [copy.copy(waiting) for waiting in self.outbox]
        return made


class MemoryDocuments:
    """Documents in a dictionary, by the hash of their plain bytes; each for the units it is kept for."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._units: dict[str, set[Stream]] = defaultdict(set)

    def put(self, content: bytes, *, unit: Stream) -> str:
        name = hashlib.sha256(content).hexdigest()
        self._kept[name] = content
        self._units[name].add(unit)
        return name

    def get(self, sha256: str) -> bytes:
        return self._kept[sha256]

    def has(self, sha256: str, *, unit: Stream | None = None) -> bool:
        return sha256 in self._kept and (unit is None or unit in self._units[sha256])

    def erase(self, unit: Stream) -> None:
        """Forget what is kept for this unit alone."""
        for name in [each for each, units in self._units.items() if unit in units]:
            self._units[name].discard(unit)
            if not self._units[name]:
                del self._units[name], self._kept[name]
