"""The keys of the weeks, outside the database: without its week's file, nothing sealed under it opens.

1. One file a week in `keys/epochs`, made when the first key is wrapped; never in the database, its log or backups.
2. When a week's file is removed, every copy of what was still sealed under it, in backups too, is closed for ever
   (exchange.md D7). Survivors are wrapped anew first (`cotejo.store.vault.rewrap`).
3. `keys/tokens` makes keyed tokens of what must be found without being written (register keys, document hashes).
"""

import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.store.disk import make_folder, remove, write_new

WEEK: Final[Millis] = 7 * 24 * 3600 * 1000
KEY_SIZE: Final = 32
TOKEN_SIZE: Final = 16


class KeyFileMissing(LookupError):  # noqa: N818 - says what was found
    """A key file the data needs is not there; bring it back from the backup of the node's keys."""


class EpochKeys:
    """The weeks' keys in one folder."""

    def __init__(self, keys: Path) -> None:
        self.keys = keys
        self._folder = keys / "epochs"

    @staticmethod
    def epoch_of(now: Millis) -> int:
        """Return the number of the week `now` is in."""
        return now // WEEK

    def key(self, epoch: int) -> bytes:
        """Return a week's key. Raises `KeyFileMissing`."""
        try:
            return self.file(epoch).read_bytes()
        except FileNotFoundError as problem:
            raise KeyFileMissing(f"{self.file(epoch)} is not there") from problem

    def key_to_wrap(self, epoch: int) -> bytes:
        """Return a week's key, made when it is the first time."""
        return _made_once(self.file(epoch))

    def known(self) -> tuple[int, ...]:
        """Return the weeks whose keys are here, oldest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(int(path.name) for path in self._folder.iterdir() if path.name.isdecimal()))

    def destroy(self, epoch: int) -> None:
        """Remove a week's key for good."""
        remove(self.file(epoch))

    def file(self, epoch: int) -> Path:
        """Return where a week's key is, or would be."""
        return self._folder / str(epoch)


def token_file(keys: Path) -> Path:
    """Return where the key of keyed tokens is; made with the node."""
    return keys / "tokens"


def token(keys: Path, use: str, text: str) -> bytes:
    """Return the keyed token under which this node finds a text of one use."""
    return token_maker(keys)(use, text)


def token_maker(keys: Path) -> Callable[[str, str], bytes]:
    """Return `token` for many texts in a row: the key file is read once."""
    key = _made_once(token_file(keys))
    return lambda use, text: hmac.digest(key, f"{use}\0{text}".encode(), "sha256")[:TOKEN_SIZE]


def _made_once(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        make_folder(path.parent)
    with suppress(FileExistsError):
        write_new(path, os.urandom(KEY_SIZE))
    return path.read_bytes()
