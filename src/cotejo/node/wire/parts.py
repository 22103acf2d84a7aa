"""Sealed parts of documents that arrived before the message that speaks of them.

1. A part is kept under the hash of its sealed bytes; other bytes under that name are refused. A name a partner wrote
   that is no such hash names no file at all.
2. Only sealed bytes are kept here; nobody can read them without the opening key.
3. Each partner has a room of its own: one that fills it stands in nobody else's way.
4. Parts nobody spoke of are dropped a day after they were last sent, and no more than `ROOM` of a partner wait.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.node.home import Home, write_private
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY

NAME_LENGTH: Final = 64
ROOM: Final = 2_000


class PartRefused(Exception):  # noqa: N818 - it names what happened to a part
    """A part was not kept; the message is the code the partner hears."""


class Parts:
    """The folder of waiting parts in a node's home."""

    def __init__(self, home: Home) -> None:
        self._folder = home.documents / "parts"
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def keep(self, name: str, sealed: bytes, *, partner: str) -> None:
        """Keep one part of a paired partner durably. Keeping it twice begins its day anew. Raises `PartRefused`."""
        if not _is_name(name):
            raise PartRefused("not_a_part_name")
        if len(sealed) > LARGEST_ENVELOPE:
            raise PartRefused("too_large")
        if hashlib.sha256(sealed).hexdigest() != name:
            raise PartRefused("other_bytes")
        room = self._folder / partner
        room.mkdir(mode=0o700, exist_ok=True)
        if (room / name).exists():
            os.utime(room / name)
            return
        if sum(1 for _ in os.scandir(room)) >= ROOM:
            raise PartRefused("no_room")
        try:
            write_private(room / name, sealed)
        except FileExistsError:
            return

    def get(self, name: str) -> bytes | None:
        """Return a waiting part."""
        for path in self._everywhere(name):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
        return None

    def drop(self, names: tuple[str, ...]) -> None:
        """Forget parts of a message that was taken in or refused for good."""
        for name in names:
            for path in self._everywhere(name):
                path.unlink(missing_ok=True)

    def drop_old(self, now: Millis) -> int:
        """Forget parts that were last sent more than a day ago; return how many."""
        old = [
            Path(entry.path)
            for room in (self._folder, *self._rooms())
            for entry in os.scandir(room)
            if entry.is_file() and entry.stat().st_mtime * 1000 < now - DAY
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _rooms(self) -> tuple[Path, ...]:
        return tuple(Path(entry.path) for entry in os.scandir(self._folder) if entry.is_dir())

    def _everywhere(self, name: str) -> tuple[Path, ...]:
        return tuple(room / name for room in self._rooms()) if _is_name(name) else ()


def _is_name(name: str) -> bool:
    return len(name) == NAME_LENGTH and set(name) <= set("0123456789abcdef")
