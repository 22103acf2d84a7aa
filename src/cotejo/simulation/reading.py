"""What can be read of an invented node's memory: the reading half of the Unit in memory.

1. A state is folded once for as long as nothing is added to its stream; so are its card and the terms it is found by.
2. What a restore does not take away (marks, key documents, what was destroyed) lies beside the tables.
"""

import hashlib
import random
from collections.abc import Sequence
from typing import Any

from cotejo.actions.unit import SLOTS_PER_PARTNER, Beside, Listed, Partner, Spoken, StatusHeld, Told
from cotejo.exchange.reconciling import Held
from cotejo.identity import CandidateSource
from cotejo.rules.acts import Entry, Millis, Stream, StreamKind, Timer, WithdrawalMark
from cotejo.rules.cases import Card, fold_of, state_of
from cotejo.simulation.destroyed import Destroyed
from cotejo.simulation.kept import Kept, MemoryDocuments, Trace, Waiting
from cotejo.simulation.lines import held, newest_told, spoken_of


class MemoryReading:
    """The memory of one invented node, as it is read."""

    def __init__(self, *, node: str, profile: str, register: CandidateSource, chance: random.Random) -> None:
        self.node = node
        self.world = "invented"
        self.profile = profile
        self.documents = MemoryDocuments()
        self.register = register
        self.marks: list[WithdrawalMark] = []
        self.checkpoints: dict[tuple[str, bool], bytes] = {}
        self.destroyed = Destroyed()
        self._chance = chance
        self._memory = Kept()
        self._marked: tuple[list[bytes], Millis] = ([], 0)
        self._marked_lines: dict[str, list[str]] = {}
        self._lines_lost = False
        self._key_documents: dict[str, list[str]] = {}
        self._made: dict[Stream, tuple[tuple[Entry, ...], Card, tuple[tuple[str, str], ...]]] = {}

    def token(self, local: str, request: str) -> str:
        return hashlib.sha256(f"{self.node}/{request}/{local}".encode()).hexdigest()[:32]

    def entries(self, stream: Stream) -> tuple[Entry, ...]:
        return self._memory.streams.get(stream, ())

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 - each kind has its own state type
        """Return the state of one stream."""
        return state_of(stream.kind, self._memory.streams.get(stream, ()))

    def _shown(self, stream: Stream) -> tuple[Card, tuple[tuple[str, str], ...]]:
        """Return a stream's card and the terms it is found by, made once for as long as nothing is added."""
        entries = self._memory.streams[stream]
        known = self._made.get(stream)
        if known is None or known[0] is not entries:
            fold, state = fold_of(stream.kind), self.state(stream)
            known = self._made[stream] = (entries, fold.card(state), tuple(fold.terms(state)))
        return known[1:]

    def lookup(self, index: str, term: str) -> tuple[Stream, ...]:
        return tuple(stream for stream in self._memory.streams if (index, term) in self._shown(stream)[1])

    def listed(self, kind: StreamKind, *, states: Sequence[str] = (), partner: str = "") -> tuple[Listed, ...]:
        lines = []
        for stream, entries in self._memory.streams.items():
            if stream.kind is not kind:
                continue
            card, _ = self._shown(stream)
            if (states and card.state not in states) or (partner and card.partner != partner):
                continue
            number = self._memory.numbers[stream]
            lines.append(Listed(stream=stream, number=number, card=card, version=len(entries), updated=entries[-1].at))
        return tuple(sorted(lines, key=lambda line: line.number))

    def partner(self, name: str) -> Partner | None:
        return self._memory.partners.get(name)

    def partners(self) -> tuple[Partner, ...]:
        return tuple(self._memory.partners.values())

    def status_held(self, partner: str) -> StatusHeld | None:
        return self._memory.status.get(partner)

    def beside(self, partner: str, request: str, *, status_list: str, since: Millis = 0) -> Beside:
        counted = ((whose, kind) == (partner, "request") and at >= since for whose, kind, at in self._memory.counted)
        return Beside(
            partner=self.partner(partner),
            floor=self._memory.floors.get((partner, request), 0),
            status=self.status_held(status_list),
            taken=sum(counted) if since else 0,
            high_water=self.high_water(),
        )

    def marked(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        return any(
            mark.origin == origin
            and ((request and mark.request == request) or (facts_token and mark.facts_token == facts_token))
            for mark in self.marks
        )

    def fresh_slots(self, partner: str, count: int) -> tuple[int, ...]:
        used = self._memory.slots[partner]
        if SLOTS_PER_PARTNER - len(used) < count:
            raise ValueError(f"no {count} unused status slots are left towards {partner}")
        fresh: list[int] = []
        while len(fresh) < count:
            slot = self._chance.randrange(SLOTS_PER_PARTNER)
            if slot not in used and slot not in fresh:
                fresh.append(slot)
        return tuple(fresh)

    def slots(self, partner: str) -> dict[int, int]:
        return dict(self._memory.slots[partner])

    def high_water(self) -> Millis:
        return max(self._memory.high_water, self._marked[1])

    def clock(self, started: Millis) -> Millis:
        return started

    def recovering(self) -> bool:
        marked, leaves = self._marked[0], self._memory.leaves
        return (leaves is not marked and leaves[: len(marked)] != marked) or self._lines_lost

    def _lines_behind(self) -> bool:
        """Say whether a line lacks what was marked of it: a backup may have lost nothing but messages."""
        lines = self._memory.link_leaves
        return lines is not self._marked_lines and any(
            lines.get(partner, [])[: len(leaves)] != leaves for partner, leaves in self._marked_lines.items()
        )

    def recovering_from(self) -> str:
        if not self.recovering():
            return ""
        lines = (leaf.encode() for _, leaves in sorted(self._marked_lines.items()) for leaf in leaves)
        return hashlib.sha256(b"".join((*self._marked[0], *lines))).hexdigest()[:32]

    def key_documents(self, partner: str) -> tuple[str, ...]:
        return tuple(self._key_documents.get(partner, ()))

    def forget_key_documents(self) -> None:
        """Lose what is kept of partners' key documents beside the tables: the whole home is as old as they are."""
        self._key_documents.clear()

    def newest_told(self, partner: str, kind: str, *, version: int = 0) -> Told | None:
        return newest_told(self._memory, partner, kind, version)

    def line_held(self, partner: str) -> Held:
        if partner not in self._memory.partners:
            raise KeyError(partner)
        return held(self._memory, partner)

    def receipt_of(self, partner: str, mid: str) -> tuple[str, bytes] | None:
        return self._memory.inbox.get((partner, mid))

    def spoken_of(self, request: str) -> tuple[Spoken, ...]:
        return spoken_of(self._memory, request)

    def waits(self, partner: str, request: str) -> bool:
        return any(
            each.partner == partner and each.send.request == request and not each.receipt
            for each in self._memory.outbox
        )

    def told_since(self, partner: str, kind: str, since: Millis) -> int:
        told = (each for each in self._memory.outbox if (each.partner, each.sealed.kind) == (partner, kind))
        return sum(1 for each in told if each.at >= since)

    @property
    def acts(self) -> int:
        """How many acts are stored."""
        return sum(len(entries) for entries in self._memory.streams.values())

    @property
    def outbox(self) -> tuple[Waiting, ...]:
        """All messages ever sealed, oldest first."""
        return tuple(self._memory.outbox)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """All reads and refusals, oldest first."""
        return tuple(self._memory.traces)

    @property
    def leaves(self) -> tuple[bytes, ...]:
        """The house log's leaves, in order."""
        return tuple(self._memory.leaves)

    @property
    def journal(self) -> tuple[Entry, ...]:
        """All acts in the order of their commits."""
        return tuple(self._memory.journal)

    def link_leaves(self, partner: str) -> tuple[str, ...]:
        """Return the link log towards one partner, in order."""
        return tuple(self._memory.link_leaves[partner])

    def due(self, now: Millis) -> tuple[Timer, ...]:
        """Timers whose moment has come."""
        return tuple(sorted((t for t in self._memory.timers.values() if t.at <= now), key=lambda t: t.at))
