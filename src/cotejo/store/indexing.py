"""The register's index on the disk: made from the rows, named in the database, taken away with them.

1. A generation is made under the register's lock and holds from the commit that names it. Whatever a crash leaves is
   named by nobody and swept away under the same lock.
2. It is made again when it is missing or damaged, when it hides a removed row, or when much is followed beside it.
3. The files hold as numbers what the rows hold sealed: they stand under the home, for this account only, in no backup,
   and no generation outlives the commit that removed one of its rows by more than its sweeping.
"""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from django.db import transaction

from cotejo.identity import PersonRecord
from cotejo.identity.index import MERGED_FROM, Damaged, LiveIndex, Progress, build, open_generation, remove, silent
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.store.disk import FILE_MODE, Places
from cotejo.store.keys import EpochKeys
from cotejo.store.locks import lock_streams
from cotejo.store.models import RegisterGone, RegisterRow, RegisterState
from cotejo.store.sealed_rows import open_row
from cotejo.store.vault import Vault

REGISTER: Final = Stream(StreamKind.REGISTER, "0" * 32)
DAMAGED: Final = ".damaged"


class Remade(Protocol):
    """An index on the disk that is made again from its rows."""

    def wanting(self) -> bool:
        """Say whether it must be made again."""
        ...

    def rebuild(self, *, progress: Progress = silent) -> int:
        """Make it again. Return how many rows it has. Raises `OSError`."""
        ...


class Indexing:
    """The generations of one node's register."""

    def __init__(self, places: Places, *, using: str) -> None:
        self._home = places.index
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)

    def folder(self, name: str) -> Path:
        """Return where a generation stands."""
        return self._home / name

    def make(self, *, change: Millis, progress: Progress = silent) -> str:
        """Make a generation of the rows as this transaction sees them and return its name.

        The caller holds the register's lock and names it in the same transaction.
        """
        name = secrets.token_hex(16)
        build(self.folder(name), self._people(progress), indexed=change)
        return name

    def rebuild(self, *, progress: Progress = silent) -> int:
        """Make the index again from the rows. Return how many rows it has; 0 when there is no copy."""
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            state = RegisterState.objects.using(self._using).first()
            if state is None:
                return 0
            state.generation = self.make(change=state.change, progress=progress)
            state.indexed = state.change
            state.save(using=self._using, update_fields=["generation", "indexed"])
            RegisterGone.objects.using(self._using).filter(change__lte=state.change).delete()
            rows = RegisterRow.objects.using(self._using).count()
        self.sweep()
        return rows

    def wanting(self) -> bool:
        """Say whether the index must be made again (rule 2), without reading it whole."""
        state = RegisterState.objects.using(self._using).first()
        if state is None:
            return False
        rows = RegisterRow.objects.using(self._using)
        if state.generation:
            folder = self.folder(state.generation)
            if not folder.is_dir() or folder.with_suffix(DAMAGED).exists():
                return True
            hidden = RegisterGone.objects.using(self._using).filter(change__gt=state.indexed).exists()
            return hidden or rows.filter(change__gt=state.indexed)[MERGED_FROM:].exists()
        return rows.all()[MERGED_FROM:].exists()

    def opened(self, name: str) -> LiveIndex:
        """Check a generation and map it. Raises `Damaged`, which is noted for whoever makes it again, and `OSError`."""
        try:
            return LiveIndex(open_generation(self.folder(name)))
        except Damaged:
            self.folder(name).with_suffix(DAMAGED).touch(mode=FILE_MODE)
            raise

    def sweep(self) -> None:
        """Take away every generation the database does not name, and whatever a crash left of one."""
        if not self._home.is_dir():
            return
        with transaction.atomic(using=self._using):
            lock_streams([REGISTER], using=self._using)
            state = RegisterState.objects.using(self._using).first()
            current = state.generation if state is not None else ""
            for left in self._home.iterdir():
                if left.name == current:
                    continue
                if left.is_dir():
                    remove(left)
                elif left.stem != current:
                    left.unlink(missing_ok=True)

    def _people(self, progress: Progress) -> Iterator[PersonRecord]:
        rows = RegisterRow.objects.using(self._using)
        total = rows.count()
        opened = self._vault.keys_of(*rows.order_by().values_list("key", flat=True).distinct())
        for done, row in enumerate(rows.order_by().iterator(chunk_size=5_000), start=1):
            if row.key in opened:
                yield open_row(row, opened)
            if done % 5_000 == 0 or done == total:
                progress(done, total)
