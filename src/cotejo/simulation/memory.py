"""The Unit in memory: the same behaviour as the one on PostgreSQL, for the simulation and for quick tests.

1. `commit` checks everything first and then writes everything; a planted crash leaves nothing half done.
2. Times only come in as arguments; chance comes from the seeded generator given at the start.
3. Withdrawal marks, the high-water mark, the list of destroyed keys and the copies sealed for the oversight body lie
   outside what a backup holds; a memory behind its mark is recovering.
4. The contract tests of `tests/store` hold this and the PostgreSQL Unit to one behaviour.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cotejo.actions.unit import (
    SLOTS_PER_PARTNER,
    Committed,
    Conflict,
    Incoming,
    Listed,
    OutOfLine,
    Partner,
    Post,
    Spoken,
    StatusHeld,
    Taken,
    Told,
)
from cotejo.exchange.reconciling import Held
from cotejo.identity import CandidateSource
from cotejo.proof import records
from cotejo.rules.acts import (
    RULES_VERSION,
    Entry,
    Millis,
    Plan,
    Reason,
    Send,
    Stream,
    StreamKind,
    Timer,
    WithdrawalMark,
)
from cotejo.rules.cases import fold_of, state_of
from cotejo.rules.duties import Officer, Who, name_of
from cotejo.simulation.destroyed import Destroyed, without_content
from cotejo.simulation.kept import Kept, MemoryDocuments, Trace, Waiting
from cotejo.simulation.lines import heard, held, key_document_of, newest_told, repair, spoken_of


class Crash(Exception):  # noqa: N818 - it is what happened
    """A planted crash of a node's process."""


class MemoryUnit:
    """One invented node's memory. `crash_before` is called with a step's name and may raise to plant a crash."""

    def __init__(
        self,
        *,
        node: str,
        profile: str,
        post: Post,
        register: CandidateSource,
        chance: random.Random,
        crash_before: Callable[[str], None] = lambda _step: None,
    ) -> None:
        self.node = node
        self.world = "invented"
        self.profile = profile
        self.documents = MemoryDocuments()
        self.register = register
        self.marks: list[WithdrawalMark] = []
        self.checkpoints: dict[tuple[str, bool], bytes] = {}
        self.post = post
        self._chance = chance
        self._crash_before = crash_before
        self._memory = Kept()
        self._marked: tuple[list[bytes], Millis] = ([], 0)
        self._marked_lines: dict[str, list[str]] = {}
        self._lines_lost = False
        self._key_documents: dict[str, list[str]] = {}
        self.destroyed = Destroyed()
        self._folded: dict[Stream, tuple[tuple[Entry, ...], Any]] = {}

    def token(self, local: str, request: str) -> str:
        return hashlib.sha256(f"{self.node}/{request}/{local}".encode()).hexdigest()[:32]

    # Reading

    def entries(self, stream: Stream) -> tuple[Entry, ...]:
        return self._memory.streams.get(stream, ())

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 - each kind has its own state type
        """Return the state of one stream, folded once for as long as nothing is added."""
        entries = self._memory.streams.get(stream, ())
        known = self._folded.get(stream)
        if known is None or known[0] is not entries:
            known = self._folded[stream] = (entries, state_of(stream.kind, entries))
        return known[1]

    def lookup(self, index: str, term: str) -> tuple[Stream, ...]:
        return tuple(
            stream for stream in self._memory.streams if (index, term) in fold_of(stream.kind).terms(self.state(stream))
        )

    def listed(self, kind: StreamKind, *, states: Sequence[str] = (), partner: str = "") -> tuple[Listed, ...]:
        lines = []
        for stream, entries in self._memory.streams.items():
            if stream.kind is not kind:
                continue
            card = fold_of(kind).card(self.state(stream))
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

    def floor(self, origin: str, request: str) -> int:
        return self._memory.floors.get((origin, request), 0)

    def marked(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        return any(
            mark.origin == origin
            and ((request and mark.request == request) or (facts_token and mark.facts_token == facts_token))
            for mark in self.marks
        )

    def fresh_slots(self, partner: str, count: int) -> tuple[int, ...]:
        used = self._memory.slots[partner]
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

    def taken_since(self, partner: str, kind: str, since: Millis) -> int:
        return sum(1 for whose, what, at in self._memory.counted if (whose, what) == (partner, kind) and at >= since)

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

    # Writing

    def pair(self, partner: Partner) -> None:
        """Keep a partner as paired, or its new agreement or key document."""
        self._memory.partners[partner.name] = partner

    def commit(self, plan: Plan, *, who: Who, purpose: str, now: Millis, taken: Taken | None = None) -> Committed:
        before = self._memory
        memory = before.to_write_on()
        for stream, version in plan.expect.items():
            if len(before.streams.get(stream, ())) != version:
                raise Conflict(f"{stream} moved")
        self.destroyed.begin(memory.streams, plan.destroys)
        entries = tuple(self._append(memory, plan, who=who, purpose=purpose, now=now))
        self._crash_before("messages")
        repair(memory, plan.repairs, now)
        recovering = self.recovering()
        for send in plan.sends:
            if recovering or send.at > now:
                memory.held_back.append(send)
            else:
                self._queue(memory, send, now)
        receipt = self._take(memory, taken, who=who, purpose=purpose, now=now) if taken else b""
        for timer in plan.timers:
            memory.timers[(timer.kind, timer.stream)] = timer
        for key in plan.drop_timers:
            memory.timers.pop(key, None)
        for slot in plan.slots:
            memory.slots[slot.partner][slot.slot] = slot.state
        for floor in plan.floors:
            place = (floor.origin, floor.request)
            memory.floors[place] = max(floor.version, memory.floors.get(place, 0))
        memory.high_water = max(memory.high_water, now)
        self._crash_before("commit")
        self._keep_outside(before, plan, taken)
        self._crash_before("marked")
        self._memory = memory
        if not recovering:
            self._marked, self._marked_lines = (memory.leaves, memory.high_water), memory.link_leaves
        self._crash_before("answer")
        return Committed(entries=entries, receipt=receipt)

    def _keep_outside(self, before: Kept, plan: Plan, taken: Taken | None) -> None:
        """Keep what no restore takes away: marks, documents, what was destroyed, partners' key documents."""
        self.marks.extend(mark for mark in plan.marks if mark not in self.marks)
        arrived = taken.documents if taken else {}
        for each in plan.keeps:
            if each.sha256 in arrived:
                self.documents.put(arrived[each.sha256], unit=each.stream)
        self.destroyed.keep(before.streams, plan.destroys, self.documents)
        for new in plan.acts:
            if document := key_document_of(new.act):
                self._key_documents.setdefault(new.stream.id, []).append(document)

    def _append(self, memory: Kept, plan: Plan, *, who: Who, purpose: str, now: Millis) -> list[Entry]:
        made = []
        for new in plan.acts:
            self._crash_before("act")
            earlier = memory.streams.get(new.stream, ())
            entry = Entry(
                stream=new.stream,
                version=len(earlier) + 1,
                at=now,
                by=name_of(who),
                duty=who.duty if isinstance(who, Officer) else "",
                rules=RULES_VERSION,
                act=new.act,
                purpose=purpose,
            )
            memory.streams[new.stream] = (*earlier, entry)
            memory.numbers.setdefault(new.stream, 1 + sum(s.kind is new.stream.kind for s in memory.numbers))
            memory.journal.append(entry)
            memory.leaves.append(leaf_of(entry))
            made.append(entry)
        return made

    def _queue(self, memory: Kept, send: Send, now: Millis) -> None:
        partner = memory.partners[send.partner]
        seq = partner.sequence_out + 1
        sealed = self.post.seal(partner=partner, seq=seq, prev=partner.last_out, send=send, now=now)
        memory.partners[send.partner] = replace(partner, sequence_out=seq, last_out=sealed.sha256)
        memory.outbox.append(Waiting(partner=send.partner, seq=seq, sealed=sealed, send=send, at=send.at or now))
        memory.link_leaves[send.partner].append(sealed.commitment)

    def _take(self, memory: Kept, taken: Taken, *, who: Who, purpose: str, now: Millis) -> bytes:
        incoming: Incoming = taken.incoming
        partner = memory.partners[incoming.partner]
        if (incoming.partner, incoming.mid) in memory.inbox:
            raise OutOfLine("this message was taken in before")
        if incoming.seq != partner.sequence_in + 1 or incoming.prev != partner.last_in:
            raise OutOfLine("this message is not the next of its line")
        partner = replace(partner, key_document=taken.key_document or partner.key_document)
        memory.partners[incoming.partner] = replace(partner, sequence_in=incoming.seq, last_in=incoming.sha256)
        receipt = self.receipt_for(taken, now, partner=partner)
        memory.inbox[(incoming.partner, incoming.mid)] = (incoming.sha256, receipt)
        before = memory.taken.get(incoming.partner, ())
        memory.taken[incoming.partner] = (*before, heard(incoming, taken.outcome))
        memory.heard_at[(incoming.partner, incoming.mid)] = now
        memory.link_leaves[incoming.partner].append(incoming.commitment)
        if taken.outcome == "taken":
            memory.counted.append((incoming.partner, incoming.kind, now))
        if taken.status is not None:
            held = memory.status.get(taken.status.partner)
            memory.status[taken.status.partner] = max(held or taken.status, taken.status, key=lambda each: each.number)
        if taken.refused:
            memory.traces.append(
                Trace(
                    what="refusal",
                    by=name_of(who),
                    purpose=purpose,
                    subject=taken.subject,
                    case="",
                    codes=taken.refused,
                    at=now,
                )
            )
        return receipt

    def receipt_for(self, taken: Taken, now: Millis, *, partner: Partner | None = None) -> bytes:
        """Seal the receipt of one message."""
        partner = partner or self._memory.partners[taken.incoming.partner]
        return self.post.seal_receipt(
            partner=partner, incoming=taken.incoming, outcome=taken.outcome, gaps=taken.gaps, now=now
        ).body

    def send_scheduled(self, *, now: Millis) -> int:
        """Give what waited for its moment, or for the end of a recovery, its place in the line. Return how many."""
        memory = self._memory.to_write_on()
        waiting = [send for send in memory.held_back if send.at <= now]
        memory.held_back = [send for send in memory.held_back if send.at > now]
        for send in sorted(waiting, key=lambda send: send.at):
            self._queue(memory, send, now)
        self._memory = memory
        return len(waiting)

    def keep_receipt(
        self, *, partner: str, mid: str, outcome: str, gaps: tuple[str, ...], now: Millis, signed: bytes = b""
    ) -> None:
        del gaps, now, signed
        self._crash_before("receipt")
        for waiting in self._memory.outbox:
            if waiting.partner == partner and waiting.sealed.mid == mid:
                waiting.receipt = outcome.encode()

    def keep_checkpoint(self, partner: str, *, outgoing: bool, note: bytes) -> None:
        self.checkpoints[(partner, outgoing)] = note

    def checkpoint_held(self, partner: str, *, outgoing: bool) -> bytes:
        return self.checkpoints.get((partner, outgoing), b"")

    def note_read(self, *, who: Who, purpose: str, subject: str, case: str, now: Millis) -> None:
        self._memory.traces.append(
            Trace(what="read", by=name_of(who), purpose=purpose, subject=subject, case=case, codes=(), at=now)
        )

    def note_refusal(self, *, who: Who, purpose: str, subject: str, reasons: tuple[Reason, ...], now: Millis) -> None:
        codes = tuple(reason.code for reason in reasons)
        self._memory.traces.append(
            Trace(what="refusal", by=name_of(who), purpose=purpose, subject=subject, case="", codes=codes, at=now)
        )

    def erase(self, stream: Stream) -> None:
        """Destroy every body of a stream; its acts stay, without content."""
        entries = self._memory.streams[stream]
        self._memory.streams[stream] = without_content(entries)
        self.destroyed.forget(stream, len(entries))
        self.documents.erase(stream)

    # What lies outside: backups and what outlives them

    def backup(self) -> Kept:
        """Return a copy of everything a backup of the database holds."""
        return self._memory.backup()

    def restore(self, backup: Kept) -> None:
        """Put an older copy in the place of the tables; marks stay, and the node is recovering if it lost anything."""
        self._memory = backup.backup()
        self.destroyed.apply(self._memory.streams)
        self._lines_lost = self._lines_lost or self._lines_behind()

    def recovered(self, *, now: Millis) -> None:
        """End the recovery: what is there now is what there is."""
        self._marked = (self._memory.leaves, max(now, self._marked[1]))
        self._marked_lines, self._lines_lost = self._memory.link_leaves, False


def leaf_of(entry: Entry) -> bytes:
    """Return the leaf of one act."""
    return hashlib.sha256(records.encode(entry.act)).digest()
