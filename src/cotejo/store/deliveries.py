"""Deliveries of the agency's register: read in batches, put in place in one transaction, all or nothing.

1. A delivery is read into a table of its own, each batch with how far it came: what was read before a crash is not read
   again, and no search sees any of it.
2. In one transaction its rows take the place of those with the same id. A row that is the same as before is not
   touched; the same delivery again changes nothing but the day the copy speaks of.
3. Rows a delivery lacks stay, unless the operator says that it is complete: then they are removed, and what is left is
   sealed anew, so that the keys of removed rows are destroyed with them (I11).
4. The first row with an id counts; a later one is a problem of its own line.
5. The signed reason, the day and the person stand in the state of the copy.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import connections, transaction

from cotejo.identity import PersonRecord
from cotejo.identity.index import MERGED_FROM, Progress, silent
from cotejo.proof import records
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.store.disk import Places
from cotejo.store.indexing import REGISTER, Indexing
from cotejo.store.keys import EpochKeys, token_maker
from cotejo.store.locks import lock_streams
from cotejo.store.models import RegisterGone, RegisterImport, RegisterIncoming, RegisterRow, RegisterState, UnitKey
from cotejo.store.sealed_rows import sealed_row
from cotejo.store.vault import Vault

BATCH: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs for a copy, why (a code), and as of when it speaks."""

    by: str
    reason: str
    as_of: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a delivery did: `rows` are in the copy now; `missing` were not in the delivery; `removed` is all or none."""

    rows: int
    new: int
    changed: int
    missing: int
    removed: int


class Deliveries:
    """How the register copy of one node is brought up to date."""

    def __init__(self, places: Places, indexing: Indexing, *, using: str) -> None:
        self._places = places
        self._indexing = indexing
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)

    def mapping(self) -> dict[str, str]:
        """Return the column names of the last delivery, to be used again."""
        last = RegisterImport.objects.using(self._using).first()
        return dict(last.mapping) if last else {}

    def begin(self, source: str, mapping: dict[str, str], *, now: Millis) -> RegisterImport:
        """Begin to read a delivery, or go on with the same one where it was left; another one's rows are dropped."""
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            last = RegisterImport.objects.using(self._using).first()
            if last is not None and last.source == source and not last.finished:
                return last
            self._drop(last, now=now)
            begun = RegisterImport(id=1, delivery=secrets.token_hex(16), source=source, mapping=mapping)
            begun.save(using=self._using)
            return begun

    def add(self, begun: RegisterImport, batch: Sequence[tuple[int, PersonRecord]], *, now: Millis) -> dict[int, int]:
        """Keep a batch of rows, each with its line, and how far `begun` came, on the disk when this returns.

        `begun` counts the batch as good already; rows whose id was there before are counted over. Return for each of
        their lines the line that has the id.
        """
        found_by = token_maker(self._places.keys)
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            key = self._vault.key_for_sealing(_unit(begun.delivery), now=now)
            first: dict[str, tuple[int, bytes]] = {}
            again: dict[int, str] = {}
            for line, person in batch:
                if person.id in first:
                    again[line] = person.id
                else:
                    first[person.id] = (line, records.encode(person))
            values = (
                list(first),
                [key.id] * len(first),
                [sealed_row(plain, id_, key) for id_, (_line, plain) in first.items()],
                [found_by("register.row", plain.decode()) for _line, plain in first.values()],
                [line for line, _plain in first.values()],
            )
            with connections[self._using].cursor() as cursor:
                cursor.execute(_ADD, values)
                added = {id_ for (id_,) in cursor.fetchall()}
            again |= {line: id_ for id_, (line, _plain) in first.items() if id_ not in added}
            known = RegisterIncoming.objects.using(self._using).filter(id__in=set(again.values()))
            lines = dict(known.values_list("id", "line"))
            begun.good -= len(again)
            begun.bad += len(again)
            begun.save(using=self._using)
        return {line: lines[id_] for line, id_ in sorted(again.items())}

    def finish(
        self,
        begun: RegisterImport,
        *,
        signature: Signature,
        remove_missing: bool,
        now: Millis,
        progress: Progress = silent,
    ) -> Delivered:
        """Put what was read in its place, with an index that holds for it, in one transaction."""
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            state = RegisterState.objects.using(self._using).first() or RegisterState(id=1)
            change = max(state.change + 1, now)
            done = self._put(change, remove_missing=remove_missing)
            state.as_of, state.imported_at, state.imported_by = signature.as_of, now, signature.by
            state.reason = signature.reason
            if done.new or done.changed or done.removed:
                state.change = change
            followed = RegisterRow.objects.using(self._using).filter(change__gt=state.indexed)
            if (done.removed and state.generation) or followed[MERGED_FROM:].exists():
                state.generation, state.indexed = self._indexing.make(change=change, progress=progress), change
                RegisterGone.objects.using(self._using).all().delete()
            state.save(using=self._using)
            RegisterIncoming.objects.using(self._using).all().delete()
            self._destroy_unused_keys(now=now)
            begun.finished = True
            begun.save(using=self._using)
        self._indexing.sweep()
        return done

    def whole(
        self, people: Iterable[PersonRecord], *, signature: Signature, remove_missing: bool, now: Millis
    ) -> Delivered:
        """Read a delivery that is at hand and put it in place."""
        begun = self.begin(secrets.token_hex(32), {}, now=now)
        waiting = enumerate(people, start=1)
        while batch := list(islice(waiting, BATCH)):
            self.add(begun, batch, now=now)
        return self.finish(begun, signature=signature, remove_missing=remove_missing, now=now)

    def abandon(self, begun: RegisterImport, *, now: Millis) -> None:
        """Drop what was read of a delivery; its mapping is not kept."""
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            self._drop(begun, now=now)

    def forget(self, *, now: Millis) -> None:
        """Erase the copy: rows, keys, index and what was read of a delivery (I11)."""
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            for kind in (RegisterRow, RegisterGone, RegisterIncoming, RegisterImport, RegisterState):
                kind.objects.using(self._using).all().delete()
            self._destroy_unused_keys(now=now)
        self._indexing.sweep()

    def _put(self, change: Millis, *, remove_missing: bool) -> Delivered:
        with connections[self._using].cursor() as cursor:
            cursor.execute(_COUNT)
            new, changed, missing = cursor.fetchone()
            removed = missing if remove_missing else 0
            if removed:
                cursor.execute(_NOTE_GONE, [change])
                cursor.execute(_REMOVE)
            # Rule 3: with removals every row that is left gets the new seal, so that no older key is needed.
            cursor.execute(_PUT.format(where="" if removed else _WHERE_OTHER), [change])
            cursor.execute(_BACK_AGAIN)
            cursor.execute("SELECT count(*) FROM store_register_row")
            (rows,) = cursor.fetchone()
        return Delivered(rows=rows, new=new, changed=changed, missing=missing, removed=removed)

    def _drop(self, last: RegisterImport | None, *, now: Millis) -> None:
        RegisterIncoming.objects.using(self._using).all().delete()
        if last is not None:
            last.delete(using=self._using)
            self._destroy_unused_keys(now=now)

    def _destroy_unused_keys(self, *, now: Millis) -> None:
        used = RegisterRow.objects.using(self._using).order_by().values_list("key", flat=True).distinct()
        living = UnitKey.objects.using(self._using).filter(stream_kind=StreamKind.REGISTER, destroyed_at=0)
        for row in living.exclude(id__in=list(used)):
            self._vault.destroy(_unit(row.stream_id), now=now)


def _unit(delivery: str) -> Stream:
    return Stream(StreamKind.REGISTER, delivery)


_ADD: Final = """
INSERT INTO store_register_incoming (id, key, sealed, digest, line)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bigint[])
ON CONFLICT (id) DO NOTHING RETURNING id
"""
_COUNT: Final = """
SELECT count(*) FILTER (WHERE r.id IS NULL), count(*) FILTER (WHERE r.digest <> i.digest),
       count(*) FILTER (WHERE i.id IS NULL)
FROM store_register_row r FULL JOIN store_register_incoming i USING (id)
"""
_NOTE_GONE: Final = """
INSERT INTO store_register_gone (id, change) SELECT r.id, %s FROM store_register_row r
WHERE NOT EXISTS (SELECT FROM store_register_incoming i WHERE i.id = r.id)
ON CONFLICT (id) DO UPDATE SET change = EXCLUDED.change
"""
_REMOVE: Final = """
DELETE FROM store_register_row r WHERE NOT EXISTS (SELECT FROM store_register_incoming i WHERE i.id = r.id)
"""
_PUT: Final = """
INSERT INTO store_register_row AS r (id, key, sealed, digest, change)
SELECT id, key, sealed, digest, %s FROM store_register_incoming
ON CONFLICT (id) DO UPDATE SET key = EXCLUDED.key, sealed = EXCLUDED.sealed, digest = EXCLUDED.digest,
  change = CASE WHEN r.digest = EXCLUDED.digest THEN r.change ELSE EXCLUDED.change END
{where}
"""
_WHERE_OTHER: Final = "WHERE r.digest <> EXCLUDED.digest"
_BACK_AGAIN: Final = """
DELETE FROM store_register_gone g USING store_register_row r WHERE g.id = r.id
"""
