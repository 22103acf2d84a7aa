"""The Unit on PostgreSQL: one node's memory as the actions see it (`cotejo.actions.unit`).

1. Reading needs no transaction; `commit` is one, and so is each written-down read or refusal (I9, I10).
2. A purpose outside the closed list is refused before anything is read or written.
3. Erasing a unit destroys its key and its sealed bodies, documents, search names and look-up terms; its acts stay,
   without content, under their leaves (I11).
"""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db import transaction

from cotejo.actions.unit import (
    NOTHING_READ,
    SLOTS_PER_PARTNER,
    Beside,
    Committed,
    Listed,
    Partner,
    Post,
    Spoken,
    StatusHeld,
    Taken,
    Told,
)
from cotejo.exchange.reconciling import Held
from cotejo.identity import Model
from cotejo.rules.acts import Entry, Millis, Plan, Reason, Stream, StreamKind
from cotejo.rules.cases import Card, Waiting
from cotejo.rules.duties import Clockwork, Duty, Who
from cotejo.rules.purposes import Purpose
from cotejo.store import lines, linkfiles, links, log, partner_keys, projections, signed_texts, writing
from cotejo.store import rows as table
from cotejo.store.destroying import destroy, living_again
from cotejo.store.disk import Places
from cotejo.store.documents import PgDocuments
from cotejo.store.highwater import HighWater
from cotejo.store.keys import EpochKeys, token
from cotejo.store.locks import UNREAD, lock_partners, lock_streams
from cotejo.store.marks import Marks
from cotejo.store.models import (
    CardRow,
    Inbox,
    Outbox,
    PartnerRow,
    Scheduled,
    Slot,
    StatusRow,
    Term,
)
from cotejo.store.queue import RECEIPTED, WAITING, notify
from cotejo.store.reading import StandingHistories, entries_of
from cotejo.store.register import IndexedRegister, PgRegister
from cotejo.store.sealed_copies import SealedCopies
from cotejo.store.vault import Vault
from cotejo.store.writing import Signed

SLOTS_DRAWN: Final = 32
"""How many slots are drawn for each one wanted, before all that are used are read."""


class PgUnit:
    """One node's memory. `places` is its home, `post` seals with its keys, `using` names Django's connection.

    `register` is the agency's own; without one it is the imported copy (`register_copy`), whose rows `model` weighs.
    """

    def __init__(
        self,
        *,
        node: str,
        world: str,
        profile: str,
        places: Places,
        post: Post,
        using: str = "default",
        model: Model | None = None,
        register: IndexedRegister | None = None,
    ) -> None:
        self.node = node
        self.world = world
        self.profile = profile
        self.documents = PgDocuments(places, using=using)
        self.register_copy = PgRegister(places, using=using, model=model)
        self.register: IndexedRegister = register or self.register_copy
        self._places = places
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)
        self._partners = StandingHistories(vault=self._vault, using=using)
        self.sealed_copies = SealedCopies(places.sealed_copies, places.keys, node=node)
        self._marks = Marks(places.withdrawal_marks)
        self._high_water = HighWater(places.highwater)
        self._line = links.Line(post=post, vault=self._vault, using=using)
        self._hand = writing.Hand(
            using=using,
            vault=self._vault,
            documents=self.documents,
            copies=self.sealed_copies,
            marks=self._marks,
            high_water=self._high_water,
            line=self._line,
            recovering=self.recovering,
        )

    # Reading

    def token(self, local: str, request: str) -> str:
        return token(self._places.keys, "outside", f"{request}\0{local}").hex()

    def entries(self, stream: Stream) -> tuple[Entry, ...]:
        if stream.kind is StreamKind.PARTNER:
            return self._partners.entries(stream)
        return entries_of(stream, vault=self._vault, using=self._using)

    def lookup(self, index: str, term: str) -> tuple[Stream, ...]:
        known = table.found(Term, "index = %s AND term = %s ORDER BY id", index, term, using=self._using)
        return tuple(Stream(StreamKind(each.stream_kind), each.stream_id) for each in known)

    def listed(self, kind: StreamKind, *, states: Sequence[str] = (), partner: str = "") -> tuple[Listed, ...]:
        rows = CardRow.objects.using(self._using).filter(stream_kind=kind)
        if states:
            rows = rows.filter(state__in=states)
        if partner:
            rows = rows.filter(partner=partner)
        return tuple(_listed(row) for row in rows.prefetch_related("waiting").order_by("number"))

    def search(self, kind: StreamKind, text: str, *, limit: int) -> tuple[Stream, ...]:
        """Return streams of a kind with a name word beginning with each word of `text`; the caller notes it."""
        return projections.search(kind, text, limit=limit, using=self._using)

    def partner(self, name: str) -> Partner | None:
        rows = table.found(PartnerRow, "name = %s", name, using=self._using, without=UNREAD)
        return links.partner_of(rows[0]) if rows else None

    def partners(self) -> tuple[Partner, ...]:
        rows = table.found(PartnerRow, "TRUE ORDER BY name", using=self._using, without=UNREAD)
        return tuple(map(links.partner_of, rows))

    def status_held(self, partner: str) -> StatusHeld | None:
        row = table.first(StatusRow, "partner = %s", partner, using=self._using)
        if row is None:
            return None
        return StatusHeld(
            partner=partner, number=row.number, issued=row.issued, expires=row.expires, bits=bytes(row.bits)
        )

    def beside(self, partner: str, request: str, *, status_list: str, since: Millis = 0) -> Beside:
        marked = self._high_water.last().at
        return lines.beside(partner, request, status_list=status_list, since=since, marked=marked, using=self._using)

    def marked(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        return self._marks.forbid(origin=origin, request=request, facts_token=facts_token)

    def fresh_slots(self, partner: str, count: int) -> tuple[int, ...]:
        drawn = {secrets.randbelow(SLOTS_PER_PARTNER) for _ in range(SLOTS_DRAWN * count)}
        query = "SELECT slot FROM store_slot WHERE partner = %s AND slot = ANY(%s)"
        taken = table.fetched(query, partner, list(drawn), using=self._using)
        unused = list(drawn - {slot for (slot,) in taken})
        if len(unused) < count:  # nearly all are used: the few that are left are looked for
            unused = list(set(range(SLOTS_PER_PARTNER)) - self.slots(partner).keys())
        if len(unused) < count:
            raise ValueError(f"no {count} unused status slots are left towards {partner}")
        return tuple(secrets.SystemRandom().sample(unused, count))

    def slots(self, partner: str) -> dict[int, int]:
        return dict(Slot.objects.using(self._using).filter(partner=partner).values_list("slot", "state"))

    def high_water(self) -> Millis:
        return max(log.newest_time(using=self._using), self._high_water.last().at)

    def clock(self, started: Millis) -> Millis:
        return max(started, time.time_ns() // 1_000_000)

    def recovering(self) -> bool:
        return self._high_water.behind(lambda: log.house_size(using=self._using), self._root_at)

    def recovering_from(self) -> str:
        return self._high_water.name() if self.recovering() else ""

    def key_documents(self, partner: str) -> tuple[str, ...]:
        return partner_keys.known(self._places, partner)

    def newest_told(self, partner: str, kind: str, *, version: int = 0) -> Told | None:
        return lines.newest_told(partner, kind, version=version, using=self._using)

    def line_held(self, partner: str) -> Held:
        return lines.held(partner, using=self._using)

    def receipt_of(self, partner: str, mid: str) -> tuple[str, bytes] | None:
        row = table.first(Inbox, "partner = %s AND mid = %s", partner, mid, using=self._using)
        return None if row is None else (row.sha256, bytes(row.receipt))

    def spoken_of(self, request: str) -> tuple[Spoken, ...]:
        return lines.spoken_of(request, using=self._using)

    def waits(self, partner: str, request: str) -> bool:
        return lines.waits(partner, request, using=self._using)

    def told_since(self, partner: str, kind: str, since: Millis) -> int:
        told = "partner = %s AND kind = %s AND queued_at >= %s"
        return table.counted(Outbox, told, partner, kind, since, using=self._using)

    def texts_of(self, case: Stream) -> tuple[signed_texts.Text, ...]:
        """Return the signed texts kept of a case, for whoever may take them out."""
        return signed_texts.texts_of(case, vault=self._vault, using=self._using)

    # Writing

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
        signed = Signed(who=who, purpose=Purpose(purpose), now=now)
        for new in plan.acts:
            partner_keys.keep(self._places, new.stream.id, new.act)
        return writing.write(plan, signed=signed, taken=taken, read=read, hand=self._hand)

    def keep_receipt(
        self, *, partner: str, mid: str, outcome: str, gaps: tuple[str, ...], now: Millis, signed: bytes = b""
    ) -> None:
        with transaction.atomic(using=self._using):
            waiting = Outbox.objects.using(self._using).filter(partner=partner, mid=mid, state=WAITING)
            message = waiting.first()
            if waiting.update(state=RECEIPTED, outcome=outcome, gaps=list(gaps), receipted_at=now):
                notify(using=self._using)
            if message is not None:
                signed_texts.keep_receipt(message, signed, vault=self._vault, now=now, using=self._using)

    def keep_checkpoint(self, partner: str, *, outgoing: bool, note: bytes) -> None:
        held = self.line_held(partner)
        messages = held.told if outgoing else held.heard
        linkfiles.keep_checkpoint(self._places, partner, messages, outgoing=outgoing, note=note)

    def checkpoint_held(self, partner: str, *, outgoing: bool) -> bytes:
        return linkfiles.checkpoint_held(self._places, partner, outgoing=outgoing)

    def note_read(self, *, who: Who, purpose: str, subject: str, case: str, now: Millis) -> None:
        self.note("read", who=who, purpose=purpose, subject=subject, case=case, now=now)

    def note_refusal(self, *, who: Who, purpose: str, subject: str, reasons: tuple[Reason, ...], now: Millis) -> None:
        codes = tuple(reason.code for reason in reasons)
        self.note("refusal", who=who, purpose=purpose, subject=subject, codes=codes, now=now)

    def note(
        self,
        what: str,
        *,
        who: Who,
        purpose: str,
        subject: str,
        now: Millis,
        case: str = "",
        codes: tuple[str, ...] = (),
    ) -> None:
        """Write down a read, a refusal, a search or an export (I10). `subject` is an id or a keyed token."""
        signed = Signed(who=who, purpose=Purpose(purpose), now=now)
        row = writing.trace(what, subject=subject, case=case, codes=codes, signed=signed)
        with transaction.atomic(using=self._using):
            writing.close([row], {}, signed, self._hand)

    def pair(self, partner: Partner, *, agreement_signed: bytes = b"", now: Millis) -> None:
        """Keep a partner as paired, or its agreements, key document or pause; its line goes on where it was."""
        with transaction.atomic(using=self._using):
            terms = {
                "agreement": links.agreements_row(partner.agreements),
                "agreement_signed": agreement_signed,
                "key_document": partner.key_document,
                "paused": partner.paused,
                "updated": now,
            }
            line = {
                "sequence_in": partner.sequence_in,
                "sequence_out": partner.sequence_out,
                "last_in": partner.last_in,
                "last_out": partner.last_out,
            }
            PartnerRow.objects.using(self._using).update_or_create(
                name=partner.name, defaults=terms, create_defaults=terms | line
            )

    def send_scheduled(self, *, now: Millis, partner: str = "") -> int:
        """Give what waited for its moment its place in the line (of one partner, or of all). Return how many."""
        due = Scheduled.objects.using(self._using).filter(at__lte=now).order_by("at", "id")
        if partner:
            due = due.filter(partner=partner)
        sealed = 0
        for name in due.order_by("partner").values_list("partner", flat=True).distinct():
            with transaction.atomic(using=self._using):
                partners = lock_partners([name], using=self._using)
                given = self._line.send_waiting(partners[name], now=now)
                sealed += given
                if given:
                    notify(using=self._using)
        return sealed

    def erase(self, unit: Stream, *, who: Who, purpose: str, now: Millis) -> None:
        """Destroy the key and the content of a unit (rule 3) and write it down."""
        signed = Signed(who=who, purpose=Purpose(purpose), now=now)
        row = writing.trace("erasure", subject=str(unit), case="", codes=(), signed=signed)
        with transaction.atomic(using=self._using):
            lock_streams([unit], using=self._using)
            if unit.kind is StreamKind.REGISTER:
                self.register_copy.deliveries.forget(now=now)
            destroy(unit, vault=self._vault, documents=self.documents, now=now, using=self._using)
            erased = entries_of(unit, vault=self._vault, using=self._using)
            writing.close([row], {unit: erased}, signed, self._hand)

    def destroy_again(self, *, now: Millis) -> int:
        """Erase again what was erased and a restored backup brought back. Return how many units."""
        again = living_again(self._vault, using=self._using)
        for unit in again:
            self.erase(unit, who=Clockwork(), purpose=Purpose.RETENTION, now=now)
        return len(again)

    def rebuild_names(self, *, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
        """Make the search names again from the vault when a crash emptied them. Return the streams read."""
        if projections.names_whole(using=self._using):
            return 0
        return projections.rebuild_names(self.entries, using=self._using, progress=progress)

    def rewrap_keys(self, *, now: Millis) -> int:
        """Wrap all living keys with this week's key and destroy older weeks' files. Return how many moved."""
        return self._vault.rewrap(now=now)

    def write_tiles(self) -> int:
        """Write the house log's tiles after commits. Return the size of the log they show."""
        return log.write_tiles(log.tiles_folder(self._places), using=self._using)

    def house_head(self) -> tuple[int, bytes]:
        """Return size and root of the house log, for a checkpoint."""
        return log.head(log.HOUSE, using=self._using)

    def house_checkpoint(self) -> bytes:
        """Return the newest signed checkpoint of the house log; empty when there is none yet."""
        path = log.tiles_folder(self._places) / log.CHECKPOINT
        return path.read_bytes() if path.exists() else b""

    def link_head(self, partner: str) -> tuple[int, bytes]:
        """Return size and root of the log of a link, for a checkpoint."""
        return log.head(log.link_name(partner), using=self._using)

    def recovered(self, *, now: Millis) -> None:
        """End RECOVERING: marks are applied and every partner has restored the floors (design section 8)."""
        size, root = self.house_head()
        name = self._high_water.name()
        log.put_aside(log.tiles_folder(self._places), as_name=name)
        for partner in PartnerRow.objects.using(self._using).order_by("name").values_list("name", flat=True):
            linkfiles.put_aside(self._places, partner, self.line_held(partner), as_name=name)
        self._high_water.accept(size=size, root=root, at=now)
        self.send_scheduled(now=now)  # what was held back is said before anybody's next word
        with transaction.atomic(using=self._using):
            notify(using=self._using)

    def doubt(self) -> None:
        """Put the node into RECOVERING by an operator's word: its database may be older than it looks."""
        self._high_water.doubt()

    def _root_at(self, size: int) -> bytes | None:
        return log.root_at(size, using=self._using)


def _listed(row: CardRow) -> Listed:
    waiting = sorted(row.waiting.all(), key=lambda each: each.pk)
    card = Card(
        state=row.state,
        partner=row.partner,
        route=row.route,
        parent=row.parent,
        facets=tuple(row.facets),
        waiting=tuple(
            Waiting(duty=Duty(each.duty), step=each.step, since=each.since, due=each.due) for each in waiting
        ),
    )
    return Listed(
        stream=Stream(StreamKind(row.stream_kind), row.stream_id),
        number=row.number,
        card=card,
        version=row.version,
        updated=row.updated,
    )
