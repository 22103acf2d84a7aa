"""The Unit in memory: the same behaviour as the one on PostgreSQL, for the simulation and for quick tests.

1. `commit` checks everything first and then writes everything; a planted crash leaves nothing half done.
2. Times only come in as arguments; chance comes from the seeded generator given at the start.
3. Withdrawal marks, the high-water mark, the list of destroyed keys and the copies sealed for the oversight body lie
   outside what a backup holds; a memory behind its mark is recovering.
4. The contract tests of `tests/store` hold this and the PostgreSQL Unit to one behaviour.
"""

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from cotejo.actions.unit import (
    NOTHING_READ,
    Committed,
    Conflict,
    Incoming,
    OutOfLine,
    Partner,
    Post,
    Taken,
)
from cotejo.identity import CandidateSource
from cotejo.proof import records
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import (
    RULES_VERSION,
    Entry,
    Millis,
    Plan,
    Reason,
    Send,
    Stream,
)
from cotejo.rules.agreement import HOUR
from cotejo.rules.cases import History
from cotejo.rules.duties import Officer, Who, name_of
from cotejo.simulation.destroyed import without_content
from cotejo.simulation.kept import Kept, Trace, Waiting
from cotejo.simulation.lines import heard, key_document_of, repair
from cotejo.simulation.reading import MemoryReading


class Crash(Exception):  # noqa: N818 - it is what happened
    """A planted crash of a node's process."""


class MemoryUnit(MemoryReading):
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
        super().__init__(node=node, profile=profile, register=register, chance=chance)
        self.post = post
        self._crash_before = crash_before

    # Writing

    def pair(self, partner: Partner) -> None:
        """Keep a partner as paired, or its agreements or key document."""
        self._memory.partners[partner.name] = partner

    def commit(
        self,
        plan: Plan,
        *,
        who: Who,
        purpose: str,
        now: Millis,
        taken: Taken | None = None,
        read: Mapping[Stream, tuple[Entry, ...]] = NOTHING_READ,
    ) -> Committed:
        del read  # nothing has to be opened again here
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
            if recovering or send.at > now or not self.post.can_seal(memory.partners[send.partner], now=now):
                memory.held_back.append(send if send.at else replace(send, at=now))
            else:
                self._send_waiting(memory, send.partner, now)
                self._queue(memory, send, now)
        receipt = self._take(memory, taken, who=who, purpose=purpose, now=now) if taken else b""
        for timer in plan.timers:
            memory.timers[(timer.kind, timer.stream)] = timer
        for key in plan.drop_timers:
            memory.timers.pop(key, None)
        for slot in plan.slots:
            if slot.fresh and slot.slot in memory.slots[slot.partner]:
                raise Conflict("another version has this status slot meanwhile")
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
            memory.streams[new.stream] = History.of(earlier).and_then(entry)
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
        sealed = sum(self._send_waiting(memory, name, now) for name in memory.partners)
        self._crash_before("messages")
        self._memory = memory
        return sealed

    def _send_waiting(self, memory: Kept, partner: str, now: Millis) -> int:
        waiting = [send for send in memory.held_back if send.partner == partner and send.at <= now]
        if not waiting or not self.post.can_seal(memory.partners[partner], now=now):
            return 0
        memory.held_back = [send for send in memory.held_back if send not in waiting]
        put_off = []
        for send in sorted(waiting, key=lambda send: send.at):
            try:
                self._queue(memory, send, now)
            except ProofError:  # it fits no message, and keeps nothing else back
                put_off.append(replace(send, at=now + HOUR))
        memory.held_back += put_off
        return len(waiting) - len(put_off)

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
