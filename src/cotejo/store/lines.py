"""Both directions of the line to a partner as this database keeps them, and mending them (F55).

1. What is kept of a line is read as of one moment: floors only move with a message that is taken in.
2. A message of ours that a restore lost takes its place in the line again, marked `restored`: with its leaf, without
   its bytes. Its number is never used for another (I8).
3. A message of the partner that was lost on both sides counts as taken in.
4. A partner that was restored gets again what it lacks, in order, byte for byte.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cotejo.actions.unit import Beside, Conflict, Spoken, StatusHeld, Told
from cotejo.exchange.reconciling import Held
from cotejo.rules.acts import Millis
from cotejo.rules.line import LineMessage, LineRepair
from cotejo.store import log
from cotejo.store import rows as table
from cotejo.store.directions import KeptDirection, forget_after
from cotejo.store.links import partner_of
from cotejo.store.locks import UNREAD
from cotejo.store.models import Floor, Inbox, Outbox, PartnerRow
from cotejo.store.queue import RECEIPTED, RESTORED, WAITING

_SPOKEN: Final = """
SELECT partner, TRUE, kind, version, sha256, queued_at, CASE state WHEN 'waiting' THEN '' ELSE outcome END, id
  FROM store_outbox WHERE request = %s
UNION ALL
SELECT partner, FALSE, kind, version, sha256, at, outcome, id FROM store_inbox WHERE request = %s
 ORDER BY 2 DESC, 6, 8"""

_PARTNER: Final = table.names_of(PartnerRow, without=UNREAD)
_BESIDE: Final = f"""
SELECT COALESCE(floor.version, 0), COALESCE(head.at, 0),
       CASE WHEN %s THEN (SELECT COUNT(*) FROM store_inbox
                           WHERE partner = %s AND kind = 'request' AND outcome = 'taken' AND at >= %s) ELSE 0 END,
       status.number, status.issued, status.expires, status.bits,
       {", ".join(f"partner.{name}" for name in _PARTNER)}
  FROM (SELECT) AS one
  LEFT JOIN store_partner AS partner ON partner.name = %s
  LEFT JOIN store_floor AS floor ON floor.origin = %s AND floor.request = %s
  LEFT JOIN store_log_head AS head ON head.name = %s
  LEFT JOIN store_status_held AS status ON status.partner = %s"""  # noqa: S608 - no word of it comes from outside


def beside(partner: str, request: str, *, status_list: str, since: Millis, marked: Millis, using: str) -> Beside:
    """Return what is kept of a request beside its acts; `marked` is the time of the high-water mark."""
    params = (since > 0, partner, since, partner, partner, request, log.HOUSE, status_list)
    ((floor, newest, taken, number, issued, expires, bits, *row),) = table.fetched(_BESIDE, *params, using=using)
    known = partner_of(PartnerRow.from_db(using, _PARTNER, row)) if row[0] is not None else None
    status = None
    if number is not None:
        status = StatusHeld(partner=status_list, number=number, issued=issued, expires=expires, bits=bytes(bits))
    return Beside(partner=known, floor=floor, status=status, taken=taken, high_water=max(newest, marked))


def held(partner: str, *, using: str) -> Held:
    """Return what is kept of the line to a partner, read as far as asked (rule 1). Raises `KeyError` for a stranger."""
    while True:
        row = _numbers(partner, using)
        floors = dict(Floor.objects.using(using).filter(origin=partner).values_list("request", "version"))
        if _numbers(partner, using)[0] == row[0]:
            break
    heard, told = (
        KeptDirection(partner, outgoing=outgoing, size=size, using=using)
        for outgoing, size in zip((False, True), row, strict=True)
    )
    return Held(told=told, heard=heard, floors=floors)


def _numbers(partner: str, using: str) -> tuple[int, int]:
    row = PartnerRow.objects.using(using).filter(name=partner).values_list("sequence_in", "sequence_out").first()
    if row is None:
        raise KeyError(partner)
    return row


def newest_told(partner: str, kind: str, *, version: int = 0, using: str) -> Told | None:
    """Return the newest message of a kind, and of a version if one is named, in the line to a partner."""
    rows = Outbox.objects.using(using).filter(partner=partner, kind=kind, **({"version": version} if version else {}))
    row = rows.order_by("-seq").first()
    return None if row is None else Told(at=row.queued_at, outcome="" if row.state == WAITING else row.outcome)


def spoken_of(request: str, *, using: str) -> tuple[Spoken, ...]:
    """Return what was said about a request on any line, ours first, each side in the order of its moments."""
    fields = ("partner", "outgoing", "kind", "version", "sha256", "at", "outcome")
    rows = table.fetched(_SPOKEN, request, request, using=using)
    return tuple(Spoken(**dict(zip(fields, row, strict=False))) for row in rows)


def waits(partner: str, request: str, *, using: str) -> bool:
    """Say whether a message of ours about this still waits for its receipt."""
    return Outbox.objects.using(using).filter(partner=partner, request=request, state=WAITING).exists()


def repair(repairs: Iterable[LineRepair], partners: Mapping[str, PartnerRow], *, now: Millis, using: str) -> None:
    """Mend the lines of partners whose rows the caller holds. Raises `Conflict` when one has moved."""
    for each in repairs:
        row = partners[each.partner]
        for lost in each.lost:
            _close_gap(row, lost, now, using)
        for passed in each.passed:
            _pass(row, passed, now, using)
        if each.key_document:
            row.key_document, row.updated = each.key_document, now
            row.save(using=using, update_fields=["key_document", "updated"])
        if each.again_after >= 0:
            sent = Outbox.objects.using(using).filter(partner=row.name, seq__gt=each.again_after, state=RECEIPTED)
            sent.update(state=WAITING, next_try=now, tries=0, outcome="")
            forget_after(row.name, each.again_after, using=using)


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
