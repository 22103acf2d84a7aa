"""One commit: everything a plan asks for, in one transaction, or nothing (I9).

1. Locks in one order (`cotejo.store.locks`), the house log last. What needs time (sealing, encrypting, lists) is done
   before the house log is locked.
2. A stream that moved since it was read, a message taken in before or out of line: `Conflict`, nothing written. What
   the plan was decided on is not read again where it still stands, under the lock.
3. What a message brought (documents, a status list) is kept in the transaction of its receipt, and so is our own word
   of why it had no effect. What moves a line without any act has a leaf in the house log as well: whoever restores a
   database that lost nothing but messages is noticed too.
4. What the plan destroys is gone before its acts are written, in the same transaction; the copy sealed for the
   oversight body is on the disk before.
5. Withdrawal marks reach their file at the very end, before the transaction commits; the high-water mark is raised
   after it has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from cotejo.actions.unit import Committed, Conflict, Taken
from cotejo.proof.commitments import commit as commitment_to
from cotejo.rules.acts import RULES_VERSION, Entry, Millis, Plan, Stream
from cotejo.rules.cases import History
from cotejo.rules.duties import Officer, Who, name_of
from cotejo.rules.figures import row_of_act, row_of_refusal
from cotejo.rules.purposes import Purpose
from cotejo.store import codec, lines, links, log, projections, signed_texts
from cotejo.store import rows as table
from cotejo.store.destroying import destroy, seal_copy
from cotejo.store.documents import PgDocuments
from cotejo.store.highwater import HighWater
from cotejo.store.locks import lock_partners, lock_streams
from cotejo.store.marks import Marks
from cotejo.store.models import Act as ActRow
from cotejo.store.models import Trace, VaultItem
from cotejo.store.queue import notify
from cotejo.store.reading import about_body, entries_of, standing_of
from cotejo.store.sealed_copies import SealedCopies
from cotejo.store.vault import OpenKey, UnitKeys, Vault, seal

REFUSAL: Final = "refusal"
MESSAGE: Final = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What a node writes with. `recovering` says whether what is sent must wait without a number."""

    using: str
    vault: Vault
    documents: PgDocuments
    copies: SealedCopies
    marks: Marks
    high_water: HighWater
    line: links.Line
    recovering: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who writes, for what purpose, when."""

    who: Who
    purpose: Purpose
    now: Millis

    @property
    def duty(self) -> str:
        """The duty an officer acts in; empty for a partner, the clock and the redress door."""
        return self.who.duty if isinstance(self.who, Officer) else ""


def write(
    plan: Plan, *, signed: Signed, taken: Taken | None, read: Mapping[Stream, tuple[Entry, ...]], hand: Hand
) -> Committed:
    """Commit one plan, decided on what was `read`.

    Raises `Conflict`, and `KeyError` for a partner that is not paired.
    """
    holding = bool(plan.sends) and hand.recovering()
    keys = UnitKeys(hand.vault, now=signed.now)
    with transaction.atomic(using=hand.using):
        lock_streams(_streams_of(plan), using=hand.using)
        histories = _unmoved(plan, read, keys, hand)
        _destroy(plan, histories, signed, keys, hand)
        _keep_documents(plan, taken, keys, hand)
        partners = lock_partners(_partners_of(plan, taken), using=hand.using)
        entries, rows = write_acts(plan, histories, signed, keys, hand)
        if taken and taken.refused:
            rows.append(trace(REFUSAL, subject=taken.subject, case="", codes=taken.refused, signed=signed))
        rows = rows or [_message(name, signed) for name in sorted(partners)]
        lines.repair(plan.repairs, partners, now=signed.now, using=hand.using)
        cases = {case: keys.of(case) for case in signed_texts.cases_of(plan.acts)}
        hand.line.send(plan.sends, partners, now=signed.now, holding=holding, cases=cases)
        receipt = hand.line.take_in(taken, partners, now=signed.now, cases=cases) if taken else b""
        for case, key in cases.items():
            of_case = [entry for entry in entries if entry.stream == case]
            signed_texts.keep_status(of_case, histories[case], key=key, using=hand.using)
        links.keep_effects(plan, now=signed.now, using=hand.using)
        close(rows, histories, signed, hand)
        write_marks(plan, signed, hand)
    return Committed(entries=entries, receipt=receipt)


def trace(what: str, *, subject: str, case: str, codes: tuple[str, ...], signed: Signed) -> Trace:
    """Return the row of a read, a refusal or the like, not yet written."""
    row = Trace(
        what=what,
        at=signed.now,
        by=name_of(signed.who),
        duty=signed.duty,
        purpose=signed.purpose,
        subject=subject,
        case=case,
        codes=list(codes),
        salt=log.new_salt(),
    )
    if what == REFUSAL:
        log.count_for(row, row_of_refusal(subject, codes, signed.now))
    return row


def _message(partner: str, signed: Signed) -> Trace:
    """Return the row of a line that moved without an act (rule 3)."""
    return trace(MESSAGE, subject=f"partner:{partner}", case="", codes=(), signed=signed)


def write_acts(
    plan: Plan, histories: dict[Stream, History], signed: Signed, keys: UnitKeys, hand: Hand
) -> tuple[tuple[Entry, ...], list[ActRow | Trace]]:
    """Seal the acts' bodies and return their entries and rows; `histories` grows by them."""
    entries: list[Entry] = []
    rows: list[ActRow | Trace] = []
    bodies: list[VaultItem] = []
    for new in plan.acts:
        earlier = histories[new.stream]
        entry = Entry(
            stream=new.stream,
            version=len(earlier) + 1,
            at=signed.now,
            by=name_of(signed.who),
            duty=signed.duty,
            rules=RULES_VERSION,
            act=new.act,
            purpose=signed.purpose,
        )
        body, row = _sealed(entry, keys.of(entry.stream))
        log.count_for(row, row_of_act(new.act, signed.now, earlier))
        histories[new.stream] = earlier.and_then(entry)
        entries.append(entry)
        bodies.append(body)
        rows.append(row)
    table.add(bodies, using=hand.using)
    return tuple(entries), rows


def close(rows: list[ActRow | Trace], histories: Mapping[Stream, History], signed: Signed, hand: Hand) -> None:
    """Write what lists read, then rows and leaves; the house log's lock is held from there to the end."""
    for stream in sorted(histories, key=str):
        projections.project(stream, histories[stream], using=hand.using)
    notify(using=hand.using)
    grown = log.grow_house(rows, now=signed.now, using=hand.using)
    if rows:
        transaction.on_commit(lambda: raise_high_water(grown, hand), using=hand.using)


def write_marks(plan: Plan, signed: Signed, hand: Hand) -> None:
    """Bring the plan's withdrawal marks to the disk."""
    hand.marks.add(plan.marks, now=signed.now)


def raise_high_water(grown: log.Grown, hand: Hand) -> None:
    """Mark outside the database how far the log has come."""
    hand.high_water.raise_to(grown, lambda size: log.root_at(size, using=hand.using))


def _streams_of(plan: Plan) -> set[Stream]:
    waiting = links.scheduling_streams(plan.sends)
    return {new.stream for new in plan.acts} | set(plan.expect) | waiting


def _partners_of(plan: Plan, taken: Taken | None) -> set[str]:
    spoken_to = {send.partner for send in plan.sends} | {repair.partner for repair in plan.repairs}
    return spoken_to | ({taken.incoming.partner} if taken else set())


def _unmoved(plan: Plan, read: Mapping[Stream, tuple[Entry, ...]], keys: UnitKeys, hand: Hand) -> dict[Stream, History]:
    """Return the histories of the streams the plan writes to, when none has moved."""
    written = dict.fromkeys(new.stream for new in plan.acts)
    standing = {stream: standing_of(stream, using=hand.using) for stream in dict.fromkeys([*written, *plan.expect])}
    if moved := [str(stream) for stream, version in plan.expect.items() if standing[stream].acts != version]:
        raise Conflict(f"moved: {', '.join(moved)}")
    histories = {}
    for stream in written:
        keys.saw(stream, standing[stream].key)
        known = read.get(stream, ())
        stands = standing[stream].is_of(known)
        histories[stream] = History.of(known) if stands else entries_of(stream, vault=hand.vault, using=hand.using)
    return histories


def _destroy(plan: Plan, histories: dict[Stream, History], signed: Signed, keys: UnitKeys, hand: Hand) -> None:
    """Destroy what the plan says, a sealed copy first; the histories then have no content."""
    for each in plan.destroys:
        seal_copy(
            each.stream,
            histories[each.stream],
            copies=hand.copies,
            documents=hand.documents,
            sealed_until=each.sealed_until,
            held=each.held,
        )
        destroy(each.stream, vault=hand.vault, documents=hand.documents, now=signed.now, using=hand.using)
        keys.forget(each.stream)
        histories[each.stream] = entries_of(each.stream, vault=hand.vault, using=hand.using)


def _keep_documents(plan: Plan, taken: Taken | None, keys: UnitKeys, hand: Hand) -> None:
    arrived = taken.documents if taken else {}
    for stream in dict.fromkeys(each.stream for each in plan.keeps):
        kept = [each.sha256 for each in plan.keeps if each.stream == stream and each.sha256 in arrived]
        if kept:
            hand.documents.put_with(*(arrived[sha256] for sha256 in kept), unit=stream, keys=keys)


def _sealed(entry: Entry, key: OpenKey) -> tuple[VaultItem, ActRow]:
    salt, body = log.new_salt(), codec.encode(entry.act)
    item = VaultItem(
        stream_kind=entry.stream.kind,
        stream_id=entry.stream.id,
        version=entry.version,
        sealed=seal(key.key, salt + body, about=about_body(entry.stream, entry.version)),
    )
    row = ActRow(
        stream_kind=entry.stream.kind,
        stream_id=entry.stream.id,
        version=entry.version,
        at=entry.at,
        by=entry.by,
        duty=entry.duty,
        purpose=entry.purpose,
        rules=entry.rules,
        code=entry.act.code,
        body_commitment=commitment_to(salt, body),
        key=key.id,
        salt=log.new_salt(),
    )
    return item, row
