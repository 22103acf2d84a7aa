"""Sealed parts of documents that arrived before the message that speaks of them.

1. A part is kept under the hash of its sealed bytes; other bytes under that name are refused. A name a partner wrote
   that is no such hash names no file at all.
2. Only sealed bytes are kept here; nobody can read them without the opening key.
3. Parts nobody spoke of are dropped after a day, and no more than `ROOM` of them wait at any time.
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

    def keep(self, name: str, sealed: bytes) -> None:
        """Keep one part durably. Keeping it twice is no fault. Raises `PartRefused`."""
        if not _is_name(name):
            raise PartRefused("not_a_part_name")
        if len(sealed) > LARGEST_ENVELOPE:
            raise PartRefused("too_large")
        if hashlib.sha256(sealed).hexdigest() != name:
            raise PartRefused("other_bytes")
        if self._path(name).exists():
            return
        if sum(1 for _ in os.scandir(self._folder)) >= ROOM:
            raise PartRefused("no_room")
        try:
            write_private(self._path(name), sealed)
        except FileExistsError:
            return

    def get(self, name: str) -> bytes | None:
        """Return a waiting part."""
        if not _is_name(name):
            return None
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, names: tuple[str, ...]) -> None:
        """Forget parts whose document was taken in."""
        for name in filter(_is_name, names):
            self._path(name).unlink(missing_ok=True)

    def drop_old(self, now: Millis) -> int:
        """Forget parts that waited longer than a day; return how many."""
        old = [Path(entry.path) for entry in os.scandir(self._folder) if entry.stat().st_mtime * 1000 < now - DAY]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, name: str) -> Path:
        return self._folder / name


def _is_name(name: str) -> bool:
    return len(name) == NAME_LENGTH and set(name) <= set("0123456789abcdef")
