"""Documents: ciphertext files in the home, found by a keyed token of the hash of their plain bytes.

1. A document is sealed under the key of one erasable unit; the same document kept for two units is two files.
2. The file is on the disk before the row that names it is written. A crash between, or a transaction that does not
   commit, leaves a file nobody can open, which `sweep` takes away.
3. What came with a partner's message is kept in the transaction that takes the message in, or never (I11).
4. Erasing a unit removes its files and destroys their key.
5. Keeping a document alone is given no time; a key made for it belongs to the week of the newest commit.
"""

import hashlib
import secrets
from functools import partial
from pathlib import Path
from typing import Final

from django.db import models, transaction

from cotejo.rules.acts import Millis, Stream
from cotejo.rules.agreement import HOUR
from cotejo.store import rows as table
from cotejo.store.disk import Places, make_folder, remove, write_all_new
from cotejo.store.keys import EpochKeys, token, token_maker
from cotejo.store.locks import lock_streams
from cotejo.store.log import newest_time
from cotejo.store.models import DocumentFile
from cotejo.store.vault import NotOpened, OpenKey, UnitKeys, Vault, open_sealed, seal

_KEYS: Final = """
SELECT key.id FROM store_document_file AS file JOIN store_unit_key AS key ON key.id = file.key AND key.destroyed_at = 0
 WHERE file.token = %s"""
_KEYS_OF_UNIT: Final = f"{_KEYS} AND file.stream_kind = %s AND file.stream_id = %s"
FOLDER_NAME: Final = 2
"""A file lies in the folder of the first so many letters of its name."""
FILES_A_SWEEP: Final = 5_000
"""After how many files a sweep looks into no further folder."""


class PgDocuments:
    """The documents of one node (`cotejo.actions.unit.Documents`)."""

    def __init__(self, places: Places, *, using: str = "default") -> None:
        self._places = places
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)
        self._swept = ""

    def put(self, content: bytes, *, unit: Stream) -> str:
        """Keep a document under the key of one erasable unit and return the hex SHA-256 of its plain bytes."""
        with transaction.atomic(using=self._using):
            lock_streams([unit], using=self._using)
            keys = UnitKeys(self._vault, now=newest_time(using=self._using))
            return self.put_with(content, unit=unit, keys=keys)[0]

    def put_with(self, *contents: bytes, unit: Stream, keys: UnitKeys) -> tuple[str, ...]:
        """Keep documents inside the caller's transaction, which holds the unit's lock. Return their hashes."""
        hashes = tuple(hashlib.sha256(each).hexdigest() for each in contents)
        token_of = token_maker(self._places.keys)
        tokens = {sha256: token_of("document", sha256) for sha256 in hashes}
        kept = "token = ANY(%s) AND stream_kind = %s AND stream_id = %s"
        here: set[bytes] = set()
        if not keys.has_none(unit):
            known = table.found(DocumentFile, kept, [*tokens.values()], unit.kind, unit.id, using=self._using)
            here = {bytes(each.token) for each in known}
        new = {sha256: each for sha256, each in zip(hashes, contents, strict=True) if tokens[sha256] not in here}
        if new:
            key = keys.of(unit)
            rows = [
                DocumentFile(
                    token=tokens[sha256],
                    stream_kind=unit.kind,
                    stream_id=unit.id,
                    key=key.id,
                    file=secrets.token_hex(16),
                    size=len(each),
                )
                for sha256, each in new.items()
            ]
            write_all_new(self._sealed(row.file, each, key) for row, each in zip(rows, new.values(), strict=True))
            table.add(rows, using=self._using)
        return hashes

    def _sealed(self, name: str, content: bytes, key: OpenKey) -> tuple[Path, bytes]:
        """Return a document's file, its folder made."""
        path = self._path(name)
        make_folder(path.parent)
        return path, seal(key.key, content, about=_about(name))

    def get(self, sha256: str) -> bytes:
        """Return the plain bytes. Raises `KeyError` when the document is not here or was erased."""
        for row in self._rows(sha256):
            content = self._opened(row)
            if content is not None and hashlib.sha256(content).hexdigest() == sha256:
                return content
        raise KeyError(sha256)

    def has(self, sha256: str, *, unit: Stream | None = None) -> bool:
        """Say whether the document is here; with `unit`, whether it is kept for this one."""
        query, about = (_KEYS, ()) if unit is None else (_KEYS_OF_UNIT, (unit.kind, unit.id))
        keys = table.fetched(query, self._token(sha256), *about, using=self._using)
        return any(key not in self._vault.destroyed.known() for (key,) in keys)

    def contents(self, unit: Stream) -> dict[str, bytes]:
        """Return the plain bytes of everything kept for a unit, by hex SHA-256; what cannot be opened is left out."""
        rows = DocumentFile.objects.using(self._using).filter(stream_kind=unit.kind, stream_id=unit.id)
        opened = (self._opened(row) for row in rows.order_by("id"))
        return {hashlib.sha256(content).hexdigest(): content for content in opened if content is not None}

    def erase(self, unit: Stream) -> None:
        """Forget the documents of a unit; the files go once the transaction has committed."""
        rows = DocumentFile.objects.using(self._using).filter(stream_kind=unit.kind, stream_id=unit.id)
        files = list(rows.values_list("file", flat=True))
        rows.delete()
        for name in files:
            transaction.on_commit(partial(remove, self._path(name)), using=self._using)

    def sweep(self, now: Millis, *, most: int = FILES_A_SWEEP) -> int:
        """Take away files of an hour ago and more that no row names (rule 2). Return how many.

        Folders are looked at from where the last sweep ended, until `most` files were seen.
        """
        old: list[Path] = []
        seen = 0
        for folder in self._folders_from_last():
            files = [each for each in folder.iterdir() if each.is_file()]
            old += [each for each in files if each.stat().st_mtime * 1000 < now - HOUR]
            self._swept = folder.name
            seen += len(files)
            if seen >= most:
                break
        rows = DocumentFile.objects.using(self._using).filter(file__in=[each.name for each in old]) if old else ()
        named = {row.file for row in rows}
        unnamed = [path for path in old if path.name not in named]
        for path in unnamed:
            remove(path)
        return len(unnamed)

    def _folders_from_last(self) -> list[Path]:
        every = (path for path in self._places.documents.iterdir() if len(path.name) == FOLDER_NAME and path.is_dir())
        return sorted(every, key=lambda each: (each.name <= self._swept, each.name))

    def _opened(self, row: DocumentFile) -> bytes | None:
        key = self._vault.keys_of(row.key).get(row.key)
        if key is None:
            return None
        try:
            return open_sealed(key.key, self._path(row.file).read_bytes(), about=_about(row.file))
        except (FileNotFoundError, NotOpened):
            return None

    def _of(self, sha256: str, unit: Stream) -> "models.QuerySet[DocumentFile]":
        return self._rows(sha256).filter(stream_kind=unit.kind, stream_id=unit.id)

    def _rows(self, sha256: str) -> "models.QuerySet[DocumentFile]":
        return DocumentFile.objects.using(self._using).filter(token=self._token(sha256)).order_by("id")

    def _token(self, sha256: str) -> bytes:
        return token(self._places.keys, "document", sha256)

    def _path(self, name: str) -> Path:
        return self._places.documents / name[:FOLDER_NAME] / name


def _about(name: str) -> str:
    return f"document:{name}"
