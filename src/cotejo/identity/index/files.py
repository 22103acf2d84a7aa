"""A generation of the index on the disk: files written once, checked before they are trusted, mapped into memory.

1. A generation is a folder for this account only (0700) of files for this account only (0600).
2. It is whole when its manifest is there, which is written last: the size and the checksum of every file, and of the
   manifest itself. Until then, and whatever stops the writing, it is no generation.
3. Reading checks modes, sizes and checksums first: a file that is damaged, cut short or open to others is never
   trusted (`Damaged`). The checksum (CRC-32) finds accidents; against this account itself nothing in its folder helps.
4. Files are mapped read-only: processes that read one generation share its memory. A generation that was removed stays
   readable where it is still mapped.
"""

import json
import os
import shutil
import stat
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

import numpy as np
import numpy.typing as npt

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
OTHERS_MAY: Final = 0o077
_BLOCK: Final = 2**24


class Damaged(Exception):  # noqa: N818 - says what was found
    """The folder holds no whole generation; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A whole, checked generation: its arrays by name, mapped read-only, and what its maker said of it."""

    folder: Path
    arrays: Mapping[str, npt.NDArray[Any]]
    facts: Mapping[str, Any]

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return one array. Raises `Damaged` when this generation has none of the name."""
        if name not in self.arrays:
            raise Damaged(f"{name}: not in the manifest")
        return self.arrays[name]


class Growing:
    """An array that grows at its end, written straight to its file."""

    def __init__(self, path: Path, dtype: npt.DTypeLike, width: int = 0) -> None:
        self.dtype = np.dtype(dtype)
        self.width = width
        self.rows = 0
        self._path = path
        self._crc = 0
        self._size = 0
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
        self._file: BinaryIO = os.fdopen(handle, "wb", buffering=0)

    def add(self, part: npt.NDArray[Any]) -> None:
        """Write further rows."""
        data = memoryview(np.ascontiguousarray(part, self.dtype).tobytes())
        self.rows += len(part)
        self._size += len(data)
        for start in range(0, len(data), _BLOCK):
            block = data[start : start + _BLOCK]
            self._crc = zlib.crc32(block, self._crc)
            while block:
                block = block[self._file.write(block) :]

    def close(self) -> dict[str, Any]:
        """Bring the file to the disk and return its line of the manifest."""
        os.fsync(self._file.fileno())
        self._file.close()
        shape = [self.rows, self.width] if self.width else [self.rows]
        return {"dtype": self.dtype.str, "shape": shape, "bytes": self._size, "crc32": self._crc}


class Making:
    """A generation being written. `finish` makes it one; `abandon` takes away what was written."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        folder.mkdir(mode=FOLDER_MODE)
        self.folder = folder
        self._growing: dict[str, Growing] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is not None:
            self.abandon()

    def growing(self, name: str, dtype: npt.DTypeLike, width: int = 0) -> Growing:
        """Begin an array."""
        made = self._growing[name] = Growing(self.folder / f"{name}.bin", dtype, width)
        return made

    def write(self, name: str, array: npt.NDArray[Any]) -> None:
        """Write a whole array of one or two dimensions."""
        self.growing(name, array.dtype, array.shape[1] if array.ndim > 1 else 0).add(array)

    def finish(self, **facts: Any) -> None:  # noqa: ANN401 - what JSON can hold
        """Bring everything to the disk; from here the folder is a generation."""
        told = {"format": FORMAT, "facts": facts, "files": {name: each.close() for name, each in self._growing.items()}}
        text = json.dumps(told, sort_keys=True)
        draft = self.folder / f".{MANIFEST}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w", encoding="utf-8") as file:
            file.write(f"{zlib.crc32(text.encode()):08x}{text}")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / MANIFEST)
        for folder in (self.folder, self.folder.parent):
            _reach_disk(folder)

    def abandon(self) -> None:
        """Take away what was written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def open_generation(folder: Path) -> Generation:
    """Check a generation and map it. Raises `Damaged`; `FileNotFoundError` when the folder is not there."""
    _closed_to_others(folder)
    told = _manifest(folder)
    arrays = {name: _mapped(folder / f"{name}.bin", line) for name, line in told["files"].items()}
    return Generation(folder=folder, arrays=arrays, facts=told["facts"])


def remove(folder: Path) -> None:
    """Take a generation away for good: its manifest first, so that nobody opens a part of it."""
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        _closed_to_others(path)
        check, text = (whole := path.read_text(encoding="utf-8"))[:8], whole[8:]
    except FileNotFoundError as problem:
        folder.stat()
        raise Damaged(f"{MANIFEST}: not there, the generation was never finished") from problem
    except UnicodeDecodeError as problem:
        raise Damaged(f"{MANIFEST}: not text") from problem
    if check != f"{zlib.crc32(text.encode()):08x}":
        raise Damaged(f"{MANIFEST}: its checksum differs")
    told: dict[str, Any] = json.loads(text)
    if told["format"] != FORMAT:
        raise Damaged(f"{MANIFEST}: written by another version")
    return told


def _mapped(path: Path, line: Mapping[str, Any]) -> npt.NDArray[Any]:
    try:
        _closed_to_others(path)
        size = path.stat().st_size
    except FileNotFoundError as problem:
        raise Damaged(f"{path.name}: not there") from problem
    if size != line["bytes"]:
        raise Damaged(f"{path.name}: {size} bytes where {line['bytes']} were written")
    if _checksum(path) != line["crc32"]:
        raise Damaged(f"{path.name}: its checksum differs")
    shape = tuple(line["shape"])
    if not size:
        return np.zeros(shape, line["dtype"])
    mapped = np.memmap(path, dtype=line["dtype"], mode="r", shape=shape).view(np.ndarray)
    mapped.flags.writeable = False
    return mapped


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found


def _closed_to_others(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & OTHERS_MAY:
        raise Damaged(f"{path.name}: open to other accounts")


def _reach_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
