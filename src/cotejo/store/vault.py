"""The vault: what acts say, sealed, one key for each unit that is erased as a whole (I11).

1. AES-256-GCM; what an item is about (its stream and version, its use) is bound to it, so items cannot change places.
2. A unit's key stands in the database wrapped by the key of a week, whose file is outside (`cotejo.store.keys`).
3. Erasing destroys the unit's wrapped key and its items; a later act of the same unit gets a new key. A key that was
   destroyed opens nothing, even when a restored table has it again (`cotejo.store.destroyed`).
4. A nonce is 12 random bytes; a unit's key seals far fewer than 2**32 items (NIST SP 800-38D, section 8.3).
"""

import os
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from cotejo.rules.acts import Millis, Stream
from cotejo.store import rows as table
from cotejo.store.destroyed import DestroyedKeys
from cotejo.store.keys import KEY_SIZE, EpochKeys
from cotejo.store.models import UnitKey

NONCE_SIZE: Final = 12
WEEKS_LOCK: Final = 0x636F_7465_6A6E


class NotOpened(Exception):  # noqa: N818 - says what was found
    """A sealed item was altered or belongs elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenKey:
    """A unit's key, unwrapped; does not print itself."""

    id: str
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WrappedKey:
    """A unit's living key as the database holds it."""

    id: str
    epoch: int
    wrapped: bytes


class Vault:
    """Seals and opens with the keys of units."""

    def __init__(self, epochs: EpochKeys, *, using: str) -> None:
        self.destroyed = DestroyedKeys(epochs.keys)
        self._epochs = epochs
        self._using = using

    def key_for_sealing(self, unit: Stream, *, now: Millis) -> OpenKey:
        """Return the living key of a unit, made when there is none. The caller holds the unit's lock."""
        living = "stream_kind = %s AND stream_id = %s AND destroyed_at = 0"
        row = table.first(UnitKey, living, unit.kind, unit.id, using=self._using)
        wrapped = None if row is None else WrappedKey(id=row.id, epoch=row.epoch, wrapped=bytes(row.wrapped))
        return self.opened_or_made(unit, wrapped, now=now)

    def opened_or_made(self, unit: Stream, living: "WrappedKey | None", *, now: Millis) -> OpenKey:
        """Return a unit's living key, as it was just read, or a new one. The caller holds the unit's lock."""
        if living is not None and living.id not in self.destroyed.known():
            return self.unwrapped(living.id, epoch=living.epoch, wrapped=living.wrapped)
        if living is not None:
            self.destroy(unit, now=now)
        made = OpenKey(id=secrets.token_hex(16), key=os.urandom(KEY_SIZE))
        epoch = self._epochs.epoch_of(now)
        self._hold_weeks(shared=True)
        row = UnitKey(
            id=made.id,
            stream_kind=unit.kind,
            stream_id=unit.id,
            epoch=epoch,
            wrapped=seal(self._epochs.key_to_wrap(epoch), made.key, about=_about_key(made.id)),
            made_at=now,
        )
        table.add([row], using=self._using)
        return made

    def keys_of(self, *ids: str) -> dict[str, OpenKey]:
        """Return those of these keys that are not destroyed, by their ids."""
        left = list(set(ids) - self.destroyed.known())
        rows = table.found(UnitKey, "id = ANY(%s) AND destroyed_at = 0", left, using=self._using)
        return {row.id: self.unwrap(row) for row in rows}

    def destroy(self, unit: Stream, *, now: Millis) -> tuple[str, ...]:
        """Destroy every key of a unit. Return their ids, which the caller has written down once this is committed."""
        living = UnitKey.objects.using(self._using).filter(stream_kind=unit.kind, stream_id=unit.id, destroyed_at=0)
        gone = tuple(living.values_list("id", flat=True))
        living.update(wrapped=b"", destroyed_at=now)
        return gone

    def rewrap(self, *, now: Millis) -> int:
        """Wrap all living keys with this week's key, then remove the older weeks' files. Return how many moved."""
        current = self._epochs.epoch_of(now)
        with transaction.atomic(using=self._using):
            self._hold_weeks(shared=False)
            older = UnitKey.objects.using(self._using).select_for_update().filter(epoch__lt=current, destroyed_at=0)
            moved = 0
            for row in older.order_by("id").iterator():
                kept = self.unwrap(row)
                row.epoch = current
                row.wrapped = seal(self._epochs.key_to_wrap(current), kept.key, about=_about_key(row.id))
                row.save(using=self._using, update_fields=["epoch", "wrapped"])
                moved += 1
        with transaction.atomic(using=self._using):
            self._hold_weeks(shared=False)
            for epoch in self._epochs.known():
                still_used = UnitKey.objects.using(self._using).filter(epoch=epoch, destroyed_at=0).exists()
                if epoch < current and not still_used:
                    self._epochs.destroy(epoch)
        return moved

    def _hold_weeks(self, *, shared: bool) -> None:
        """Keep weeks' files from being removed while a key is being wrapped with one."""
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        table.fetched(f"SELECT {lock}(%s)", WEEKS_LOCK, using=self._using)

    def unwrap(self, row: UnitKey) -> OpenKey:
        """Return the living key in a row. Raises `KeyFileMissing`, and `NotOpened` when the row was altered."""
        return self.unwrapped(row.id, epoch=row.epoch, wrapped=bytes(row.wrapped))

    def unwrapped(self, id_: str, *, epoch: int, wrapped: bytes) -> OpenKey:
        """Return a living key by its id, week and wrapped bytes. Raises as `unwrap` does."""
        return OpenKey(id=id_, key=open_sealed(self._epochs.key(epoch), wrapped, about=_about_key(id_)))


class UnitKeys:
    """The living keys of the units that one transaction writes to, each opened or made once.

    Whoever asks holds the lock of the unit.
    """

    def __init__(self, vault: Vault, *, now: Millis) -> None:
        self._vault = vault
        self._now = now
        self._without: set[Stream] = set()
        self._open: dict[Stream, OpenKey] = {}

    def saw(self, unit: Stream, living: WrappedKey | None) -> None:
        """Hear what was read of a unit's key under its lock; it is opened before its week's file can go."""
        if living is None:
            self._without.add(unit)
        else:
            self._open[unit] = self._vault.opened_or_made(unit, living, now=self._now)

    def has_none(self, unit: Stream) -> bool:
        """Say whether a unit is known to have no living key, so that nothing can be kept for it."""
        return unit in self._without and unit not in self._open

    def forget(self, unit: Stream) -> None:
        """Hear that a unit's key was destroyed."""
        self._open.pop(unit, None)

    def of(self, unit: Stream) -> OpenKey:
        """Return a unit's living key."""
        if unit not in self._open and unit in self._without:
            self._open[unit] = self._vault.opened_or_made(unit, None, now=self._now)
        elif unit not in self._open:
            self._open[unit] = self._vault.key_for_sealing(unit, now=self._now)
        return self._open[unit]


def seal(key: bytes, plain: bytes, *, about: str) -> bytes:
    """Seal bytes under a key, bound to what they are about."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def open_sealed(key: bytes, sealed: bytes, *, about: str) -> bytes:
    """Open what `seal` made. Raises `NotOpened`."""
    if len(sealed) <= NONCE_SIZE:
        raise NotOpened(f"{about} is not there")
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], about.encode())
    except InvalidTag as problem:
        raise NotOpened(f"{about} does not open") from problem


def _about_key(key_id: str) -> str:
    return f"unit-key:{key_id}"
