"""Both directions of the line to a partner as this database keeps them, and mending them (F55).

1. What is kept of a line is read as of one moment: floors only move with a message that is taken in.
2. A message of ours that a restore lost takes its place in the line again, marked `restored`: with its leaf, without
   its bytes. Its number is never used for another (I8).
3. A message of the partner that was lost on both sides counts as taken in.
4. A partner that was restored gets again what it lacks, in order, byte for byte.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cotejo.actions.unit import Conflict
from cotejo.exchange.reconciling import Held
from cotejo.rules.acts import Millis
from cotejo.rules.line import LineMessage, LineRepair
from cotejo.store import log
from cotejo.store.models import Floor, Inbox, Outbox, PartnerRow
from cotejo.store.queue import RECEIPTED, RESTORED, WAITING

_FIELDS: Final = ("seq", "mid", "kind", "request", "version", "sha256", "commitment", "outcome")


def held(partner: str, *, using: str) -> Held:
    """Return all that is kept of the line to a partner (rule 1)."""
    taken = Inbox.objects.using(using).filter(partner=partner).order_by("seq")
    while True:
        heard = tuple(_message(row) for row in taken.values_list(*_FIELDS))
        floors = dict(Floor.objects.using(using).filter(origin=partner).values_list("request", "version"))
        if taken.count() == len(heard):
            break
    rows = Outbox.objects.using(using).filter(partner=partner).order_by("seq").values_list(*_FIELDS, "state")
    told = tuple(_message((*row[:-2], row[-2] if row[-1] != WAITING else "")) for row in rows)
    restored = Outbox.objects.using(using).filter(partner=partner, state=RESTORED).values_list("seq", flat=True)
    return Held(told=told, heard=heard, floors=floors, closed=frozenset(restored))


def repair(repairs: Iterable[LineRepair], partners: Mapping[str, PartnerRow], *, now: Millis, using: str) -> None:
    """Mend the lines of partners whose rows the caller holds. Raises `Conflict` when one has moved."""
    for each in repairs:
        row = partners[each.partner]
        for lost in each.lost:
            _close_gap(row, lost, now, using)
        for passed in each.passed:
            _pass(row, passed, now, using)
        if each.again_after >= 0:
            sent = Outbox.objects.using(using).filter(partner=row.name, seq__gt=each.again_after, state=RECEIPTED)
            sent.update(state=WAITING, next_try=now, tries=0, outcome="")


def _close_gap(row: PartnerRow, lost: LineMessage, now: Millis, using: str) -> None:
    if lost.seq != row.sequence_out + 1:
        raise Conflict("the line has moved")
    row.sequence_out, row.last_out, row.updated = lost.seq, lost.sha256, now
    row.save(using=using, update_fields=["sequence_out", "last_out", "updated"])
    Outbox.objects.using(using).create(
        partner=row.name,
        seq=lost.seq,
        mid=lost.mid,
        kind=lost.kind,
        request=lost.request,
        version=lost.version,
        body=b"",
        sha256=lost.sha256,
        commitment=lost.commitment,
        queued_at=now,
        at=now,
        state=RESTORED,
        next_try=now,
        outcome=lost.outcome,
        receipted_at=now,
    )
    log.grow_link(row.name, commitment=lost.commitment, mid=lost.mid, outgoing=True, now=now, using=using)


def _pass(row: PartnerRow, message: LineMessage, now: Millis, using: str) -> None:
    """Count a message that nobody has any more as taken in."""
    if message.seq != row.sequence_in + 1:
        raise Conflict("the line has moved")
    row.sequence_in, row.last_in, row.updated = message.seq, message.sha256, now
    row.save(using=using, update_fields=["sequence_in", "last_in", "updated"])
    Inbox.objects.using(using).create(
        partner=row.name,
        seq=message.seq,
        mid=message.mid,
        kind=message.kind,
        request=message.request,
        version=message.version,
        sha256=message.sha256,
        commitment=message.commitment,
        outcome=message.outcome,
        receipt=b"",
        at=now,
    )
    log.grow_link(row.name, commitment=message.commitment, mid=message.mid, outgoing=False, now=now, using=using)


def _message(row: tuple[int, str, str, str, int, str, str, str]) -> LineMessage:
    return LineMessage(**dict(zip(_FIELDS, row, strict=True)))  # type: ignore[arg-type] # the columns, in their order
