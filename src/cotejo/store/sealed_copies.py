"""Copies of what was erased, sealed for the oversight body: what a wronged person needs to sue (I11).

1. A copy holds the acts and documents of one unit, sealed with a key whose private half this node does not keep. No
   page, search or command of the node opens one; the oversight body does, for the person, counsel or a court.
2. Copies are files outside the database, on the disk before the erasure commits: restoring a backup neither loses one
   nor makes one older. A crash before the commit leaves a copy too many, which the next attempt writes over.
3. The first line says in the clear which unit, until when it is kept and whether it is held; nothing of a person.
4. A copy whose time is over is removed, unless it is held: a complaint or a court stood against the erasure, or stands
   against the removal.
"""

import base64
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cotejo.proof import exact
from cotejo.proof.sealing import OpeningKey, SealingKey, Suite, open_sealed, seal
from cotejo.rules.acts import Entry, Millis, Stream, StreamKind
from cotejo.store import codec
from cotejo.store.disk import make_folder, remove, write_new, write_over
from cotejo.store.keys import KeyFileMissing

ADDRESSEE: Final = "oversight"
SUITE: Final = Suite.MLKEM768_X25519
SEED_SIZE: Final = 32
_FIELDS: Final = frozenset({"held", "id", "kind", "node", "sealed_until"})
COPIES_A_LOOK: Final = 5_000
"""How many copies one look opens."""
_LARGEST_LINE: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCopy:
    """One copy as the node sees it: of which unit, until when it is kept, whether it is held (I11)."""

    node: str
    stream: Stream
    sealed_until: Millis
    held: bool
    sealed: bytes

    def file(self) -> bytes:
        """Return the copy as its file holds it."""
        line = exact.to_bytes(
            {
                "held": self.held,
                "id": self.stream.id,
                "kind": self.stream.kind.value,
                "node": self.node,
                "sealed_until": self.sealed_until,
            }
        )
        return line + b"\n" + self.sealed


def read_copy(file: bytes) -> SealedCopy:
    """Read a copy's file. Raises `ProofError` or `ValueError` when it is none."""
    line, _, sealed = file.partition(b"\n")
    said: dict[str, Any] = dict(exact.object_of(line, _FIELDS, at_most=_LARGEST_LINE))
    return SealedCopy(
        node=said["node"],
        stream=Stream(StreamKind(said["kind"]), said["id"]),
        sealed_until=said["sealed_until"],
        held=said["held"],
        sealed=sealed,
    )


def open_copy(copy: SealedCopy, seed: bytes) -> dict[str, Any]:
    """Open a copy with the oversight body's key, given as its 32 secret bytes. Raises `ProofError`."""
    key = OpeningKey.from_seed(seed, SUITE)
    content = open_sealed(copy.sealed, keys={key.key_id: key}, issuer=copy.node, addressee=ADDRESSEE)
    opened: dict[str, Any] = json.loads(content)
    return opened


def make_oversight_key(keys: Path, handed: Path, seed: bytes) -> None:
    """Make the key of the oversight body: its public half for this node, its private half to be handed over, once.

    `handed` is where the private half waits to be taken away; the node never reads it.
    """
    if public_key(keys).exists():
        return
    make_folder(handed.parent)
    with suppress(FileExistsError):
        write_new(handed, seed.hex().encode() + b"\n")
    private = OpeningKey.from_seed(read_seed(handed.read_text()), SUITE)
    with suppress(FileExistsError):
        write_new(public_key(keys), private.sealing.public)


def read_seed(text: str) -> bytes:
    """Read the oversight body's key as its file spells it. Raises `ValueError`."""
    seed = bytes.fromhex(text.strip())
    if len(seed) != SEED_SIZE:
        raise ValueError(f"{len(seed)} bytes are no key")
    return seed


def public_key(keys: Path) -> Path:
    """Return where the oversight body's public key is, or would be."""
    return keys / "oversight"


class SealedCopies:
    """The copies of one node, in one folder."""

    def __init__(self, folder: Path, keys: Path, *, node: str) -> None:
        self._folder = folder
        self._keys = keys
        self._node = node
        self._looked = ""

    def keep(
        self,
        stream: Stream,
        entries: tuple[Entry, ...],
        documents: Mapping[str, bytes],
        *,
        sealed_until: Millis,
        held: bool,
    ) -> None:
        """Seal what a unit holds, and bring it to the disk. Raises `KeyFileMissing` without the oversight's key."""
        try:
            to = SealingKey(suite=SUITE, public=public_key(self._keys).read_bytes())
        except FileNotFoundError as problem:
            raise KeyFileMissing(f"{public_key(self._keys)} is not there") from problem
        sealed = seal(_content(stream, entries, documents), to=to, issuer=self._node, addressee=ADDRESSEE)
        copy = SealedCopy(node=self._node, stream=stream, sealed_until=sealed_until, held=held, sealed=sealed)
        make_folder(self._folder)
        write_over(self.place_of(stream), copy.file())

    def listed(self) -> Iterator[SealedCopy]:
        """Yield every copy, by its unit's name."""
        if self._folder.is_dir():
            for path in sorted(self._folder.glob("[!.]*")):
                yield read_copy(path.read_bytes())

    def hold(self, stream: Stream, *, held: bool) -> None:
        """Let a copy stay beyond its time, or end that. Raises `FileNotFoundError`."""
        copy = read_copy(self.place_of(stream).read_bytes())
        write_over(self.place_of(stream), replace(copy, held=held).file())

    def remove_old(self, *, now: Millis, most: int = COPIES_A_LOOK) -> int:
        """Remove what need not be kept any longer (rule 4). Return how many.

        `most` copies are looked at, from where the last look ended.
        """
        names = sorted(path.name for path in self._folder.glob("[!.]*"))
        after = bisect_right(names, self._looked)
        looked_at = (names[after:] + names[:after])[:most]
        self._looked = looked_at[-1] if looked_at else ""
        over = [path for path in map(self._folder.joinpath, looked_at) if _is_over(path, now)]
        for path in over:
            remove(path)
        return len(over)

    def place_of(self, stream: Stream) -> Path:
        """Return where the copy of a unit is, or would be."""
        return self._folder / f"{stream.kind}-{stream.id}"


def _is_over(path: Path, now: Millis) -> bool:
    """Say whether a copy need not be kept any longer, by its first line alone (rule 4)."""
    with path.open("rb") as file:
        copy = read_copy(file.readline(_LARGEST_LINE))
    return not copy.held and copy.sealed_until <= now


def _content(stream: Stream, entries: tuple[Entry, ...], documents: Mapping[str, bytes]) -> bytes:
    acts = [
        {
            "at": each.at,
            "body": codec.encode(each.act).decode(),
            "by": each.by,
            "code": each.act.code,
            "duty": each.duty,
            "version": each.version,
        }
        for each in entries
    ]
    kept = {name: base64.b64encode(content).decode() for name, content in sorted(documents.items())}
    return exact.to_bytes({"acts": acts, "documents": kept, "unit": str(stream)})
