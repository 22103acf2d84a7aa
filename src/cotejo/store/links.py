"""The line to each partner inside a commit: numbers, messages, receipts, floors, slots, due moments.

1. A message gets its number in the line when it is sealed, under the lock of its partner's row.
2. What is to be told at a later moment waits sealed with the vault and gets its number then: sealed now, it would hold
   up everything after it.
3. A receipt is made once, in the transaction of the effect it confirms, and stands for ever (I8).
4. While the node recovers from a restore it does not know its numbers: nothing gets one. Nor does what cannot be sealed
   because the partner's key document has expired: officers' acts go on, and what they say waits for the next document.
5. What waited for its moment, or for a key, gets its number before anybody's next word to that partner.
6. What then cannot be sealed, because it fits no message, keeps nothing else back: it waits apart, named each hour.
"""

import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final

from django.db import connections, transaction

from cotejo.actions.unit import Conflict, OutOfLine, Partner, Post, StatusHeld, Taken
from cotejo.exchange.agreements import read_terms
from cotejo.exchange.messages import kind_of, read_content
from cotejo.proof import records
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Plan, Send, Stream, StreamKind
from cotejo.rules.agreement import HOUR, Agreement
from cotejo.store import log, signed_texts
from cotejo.store import rows as table
from cotejo.store.models import Due, Inbox, Outbox, PartnerRow, Scheduled, SealedPart, Slot
from cotejo.store.signed_texts import Text, What
from cotejo.store.vault import OpenKey, Vault, open_sealed, seal

LOG: Final = logging.getLogger("cotejo.line")
REFUSED: Final = "refused"
NO_CASES: Final[Mapping[Stream, OpenKey]] = MappingProxyType({})
_KIND: Final = re.compile("[a-z_]+")
_MOVED: Final = "ON CONFLICT (kind, stream_kind, stream_id) DO UPDATE SET at = EXCLUDED.at, taken_until = 0"
_SLOT: Final = "ON CONFLICT (partner, slot) DO UPDATE SET state = EXCLUDED.state, at = EXCLUDED.at"

_FLOOR: Final = """
INSERT INTO store_floor (origin, request, version, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (origin, request) DO UPDATE
   SET at = EXCLUDED.at, version = GREATEST(store_floor.version, EXCLUDED.version)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A `Send` as it waits for its moment: the kind and exact bytes of its content, and the rest of it."""

    partner: str
    kind: str
    content: str
    request: str
    version: int
    documents: tuple[str, ...]
    at: Millis


@lru_cache(maxsize=128)
def _agreements(rows: bytes) -> tuple[Agreement, ...]:
    return tuple(map(read_terms, rows.split(b"\n")))


def agreements_row(agreements: Iterable[Agreement]) -> bytes:
    """Return the agreements of a pairing as its row holds them: the exact bytes of each on a line."""
    return b"\n".join(map(records.encode, agreements))


def partner_of(row: PartnerRow) -> Partner:
    """Return a partner as the actions see it."""
    return Partner(
        name=row.name,
        agreements=_agreements(bytes(row.agreement)),
        key_document=row.key_document,
        sequence_in=row.sequence_in,
        sequence_out=row.sequence_out,
        last_in=row.last_in,
        last_out=row.last_out,
        paused=row.paused,
    )


def scheduling_streams(sends: Iterable[Send]) -> set[Stream]:
    """Return the erasable units under whose keys sends wait that cannot go at once."""
    return {_unit_of(send.partner) for send in sends}


class Line:
    """Writes a node's messages with its post room."""

    def __init__(self, *, post: Post, vault: Vault, using: str) -> None:
        self._post = post
        self._vault = vault
        self._using = using

    def send(
        self,
        sends: Iterable[Send],
        partners: Mapping[str, PartnerRow],
        *,
        now: Millis,
        holding: bool = False,
        cases: Mapping[Stream, OpenKey] = NO_CASES,
    ) -> None:
        """Seal what is due, keep what is for later, or everything while `holding` (rule 4).

        The caller holds the partners' rows and the locks of `cases`, under whose keys signed texts are kept.
        """
        for send in sends:
            row = partners[send.partner]
            if holding or send.at > now or not self._post.can_seal(partner_of(row), now=now):
                self._keep_for_later(send, now)
            else:
                self.send_waiting(row, now=now)
                self._seal(send, row, now, cases)

    def send_waiting(self, row: PartnerRow, *, now: Millis) -> int:
        """Give a partner's sends whose moment has come their places in the line. Return how many (rule 5).

        The caller holds the partner's row.
        """
        waiting = Scheduled.objects.using(self._using).filter(partner=row.name, at__lte=now).order_by("at", "id")
        if not waiting or not self._post.can_seal(partner_of(row), now=now):
            return 0
        sealed = 0
        for each in waiting:
            try:
                self._seal(self.open_later(each), row, now, NO_CASES)
            except ProofError as error:
                _put_off(each, error, now, self._using)
            else:
                each.delete()
                sealed += 1
        return sealed

    def take_in(
        self,
        taken: Taken,
        partners: Mapping[str, PartnerRow],
        *,
        now: Millis,
        cases: Mapping[Stream, OpenKey] = NO_CASES,
    ) -> bytes:
        """Write a message down as taken in and return its sealed receipt. Raises `OutOfLine`."""
        incoming = taken.incoming
        row = partners[incoming.partner]
        if incoming.seq != row.sequence_in + 1 or incoming.prev != row.last_in:
            raise OutOfLine("this message is not the next of its line")
        if taken.status is not None:
            keep_status(taken.status, now=now, using=self._using)
            signed_texts.keep_newest(taken.status, using=self._using)
        followed = ("key_document",) if taken.key_document else ()
        row.key_document = taken.key_document or row.key_document
        receipt = self._post.seal_receipt(
            partner=partner_of(row), incoming=incoming, outcome=taken.outcome, gaps=taken.gaps, now=now
        )
        row.sequence_in, row.last_in, row.updated = incoming.seq, incoming.sha256, now
        table.change(row, "sequence_in", "last_in", "updated", *followed, using=self._using)
        kept = Inbox(
            partner=row.name,
            mid=incoming.mid,
            seq=incoming.seq,
            kind=incoming.kind,
            request=incoming.request,
            version=incoming.version,
            sha256=incoming.sha256,
            commitment=incoming.commitment,
            outcome=taken.outcome,
            receipt=receipt.body,
            at=now,
        )
        if not table.add([kept], using=self._using, more=table.ON_CONFLICT_NOTHING):
            raise OutOfLine("this message was taken in before")
        log.grow_link(
            row.name, commitment=incoming.commitment, mid=incoming.mid, outgoing=False, now=now, using=self._using
        )
        if taken.outcome == REFUSED:
            transaction.on_commit(partial(_say_refused, taken), using=self._using)
        case = signed_texts.case_of(incoming.request, row.name, cases, using=self._using)
        if case is not None:
            message = Text(what=What.MESSAGE, partner=row.name, ours=False, number=incoming.seq, signed=incoming.signed)
            answer = Text(what=What.RECEIPT, partner=row.name, ours=True, number=incoming.seq, signed=receipt.signed)
            signed_texts.keep(case, message, answer, key=cases[case], using=self._using)
        return receipt.body

    def open_later(self, row: Scheduled) -> Send:
        """Return what waited for its moment."""
        key = self._vault.keys_of(row.key)[row.key]
        later = records.decode(open_sealed(key.key, bytes(row.sealed), about=f"later:{row.token}"), Later)
        return Send(
            partner=later.partner,
            content=read_content(later.kind, later.content),
            request=later.request,
            version=later.version,
            documents=later.documents,
            at=later.at,
        )

    def _seal(self, send: Send, row: PartnerRow, now: Millis, cases: Mapping[Stream, OpenKey]) -> None:
        seq = row.sequence_out + 1
        sealed = self._post.seal(partner=partner_of(row), seq=seq, prev=row.last_out, send=send, now=now)
        row.sequence_out, row.last_out, row.updated = seq, sealed.sha256, now
        table.change(row, "sequence_out", "last_out", "updated", using=self._using)
        waits = Outbox(
            partner=row.name,
            seq=seq,
            mid=sealed.mid,
            kind=sealed.kind,
            request=send.request,
            version=send.version,
            body=sealed.body,
            sha256=sealed.sha256,
            commitment=sealed.commitment,
            queued_at=now,
            at=send.at or now,
            next_try=now,
        )
        parts = [
            SealedPart(partner=row.name, mid=sealed.mid, place=place, name=name, body=body)
            for place, (name, body) in enumerate(sealed.parts)
        ]
        table.add([waits], using=self._using)
        table.add(parts, using=self._using)
        log.grow_link(row.name, commitment=sealed.commitment, mid=sealed.mid, outgoing=True, now=now, using=self._using)
        case = signed_texts.case_of(send.request, row.name, cases, using=self._using)
        if case is not None:
            text = Text(what=What.MESSAGE, partner=row.name, ours=True, number=seq, signed=sealed.signed)
            signed_texts.keep(case, text, key=cases[case], using=self._using)

    def _keep_for_later(self, send: Send, now: Millis) -> None:
        key, token = self._vault.key_for_sealing(_unit_of(send.partner), now=now), secrets.token_hex(16)
        at = send.at or now
        later = Later(
            partner=send.partner,
            kind=kind_of(send.content),
            content=records.encode(send.content).decode(),
            request=send.request,
            version=send.version,
            documents=send.documents,
            at=at,
        )
        sealed = seal(key.key, records.encode(later), about=f"later:{token}")
        Scheduled.objects.using(self._using).create(partner=send.partner, at=at, key=key.id, token=token, sealed=sealed)


def _put_off(waiting: Scheduled, error: ProofError, now: Millis, using: str) -> None:
    """Let what cannot be sealed wait an hour more, and tell the operator each time (rule 6)."""
    waiting.at = now + HOUR
    waiting.save(using=using, update_fields=["at"])
    facts = {"partner": waiting.partner, "why": error.reason.code}
    LOG.error("what waited for its moment cannot be sealed; it is tried again in an hour", extra={"facts": facts})


def keep_status(held: StatusHeld, *, now: Millis, using: str) -> None:
    """Keep a partner's status list, unless a newer one is held."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_status_held (partner, number, issued, expires, bits, received_at)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (partner) DO UPDATE SET number = EXCLUDED.number,"
            " issued = EXCLUDED.issued, expires = EXCLUDED.expires, bits = EXCLUDED.bits,"
            " received_at = EXCLUDED.received_at WHERE EXCLUDED.number > store_status_held.number",
            [held.partner, held.number, held.issued, held.expires, held.bits, now],
        )


def keep_effects(plan: Plan, *, now: Millis, using: str) -> None:
    """Write a plan's due moments, status slots and floors. A floor only ever rises.

    Raises `Conflict` for a fresh slot that is none any more.
    """
    for timer in plan.timers:
        due = Due(kind=timer.kind, stream_kind=timer.stream.kind, stream_id=timer.stream.id, at=timer.at)
        table.add([due], using=using, more=_MOVED)
    for kind, stream in plan.drop_timers:
        Due.objects.using(using).filter(kind=kind, stream_kind=stream.kind, stream_id=stream.id).delete()
    for slot in plan.slots:
        kept = Slot(partner=slot.partner, slot=slot.slot, state=slot.state, at=now)
        if not table.add([kept], using=using, more=table.ON_CONFLICT_NOTHING if slot.fresh else _SLOT):
            raise Conflict("another version has this status slot meanwhile")
    for floor in plan.floors:
        table.done(_FLOOR, floor.origin, floor.request, floor.version, now, using=using)


def _say_refused(taken: Taken) -> None:
    """Tell the operator that a message took its place without effect, by the codes its sender heard."""
    said = taken.incoming
    kind = said.kind if _KIND.fullmatch(said.kind) else ""
    facts = {"partner": said.partner, "seq": said.seq, "kind": kind, "codes": list(taken.gaps)}
    LOG.warning("a message took its place and was refused", extra={"facts": facts})


def _unit_of(partner: str) -> Stream:
    return Stream(StreamKind.PARTNER, partner)
