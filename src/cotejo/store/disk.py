"""Files that must be on the disk before the database says so: written once, or grown by whole lines.

1. Content reaches the disk before the file has its name, and the name reaches the disk before the function returns.
2. Every file is for this account only (0600).
3. A write that finds no room leaves no file behind.
4. A line is whole when it ends with a newline. What a crash cut short was never promised; the next line cuts it off.
"""

import fcntl
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
LONGEST_LINE: Final = 4096


class Places(Protocol):
    """Where a node keeps what is outside its database; `cotejo.node.home.Home` is one."""

    @property
    def keys(self) -> Path: ...

    @property
    def documents(self) -> Path: ...

    @property
    def logs(self) -> Path: ...

    @property
    def highwater(self) -> Path: ...

    @property
    def withdrawal_marks(self) -> Path: ...

    @property
    def sealed_copies(self) -> Path: ...

    @property
    def index(self) -> Path: ...


def make_folder(folder: Path) -> None:
    """Make a folder for this account only, with its parents, and bring its name to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    reach_disk(folder.parent)


def reach_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet. Raises `FileExistsError`."""
    write_all_new([(path, content)])


def write_all_new(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files that must not exist yet; all are on the disk when this returns. Raises `FileExistsError`.

    First every content, then every name, then the folders: the disk is waited for about half as often as one by one.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, content in files:
            drafts[path] = _draft(path, content)
        for path, draft in drafts.items():
            os.link(draft, path)
    finally:
        for draft in drafts.values():
            draft.unlink()
    for folder in dict.fromkeys(path.parent for path in drafts):
        reach_disk(folder)


def write_over(path: Path, content: bytes) -> None:
    """Write a file, in place of an older one at once."""
    _draft(path, content).replace(path)
    reach_disk(path.parent)


def remove(path: Path) -> None:
    """Take a file away for good, if it is there."""
    path.unlink(missing_ok=True)
    reach_disk(path.parent)


def whole_lines(path: Path) -> list[bytes]:
    """Return the whole lines of a file, without their newlines; none when it is absent."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return content[: content.rfind(b"\n") + 1].splitlines()


def whole_lines_after(path: Path, start: int) -> tuple[list[bytes], int]:
    """Return the whole lines that begin at `start` or later, without their newlines, and where the next one begins."""
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    end = content.rfind(b"\n") + 1
    return content[:end].splitlines(), start + end


def last_line(path: Path) -> bytes:
    """Return the last whole line of a file, empty when there is none."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return b""
    try:
        return _tail(handle)[1]
    finally:
        os.close(handle)


def add_line(path: Path, line_after: Callable[[bytes], bytes | None]) -> None:
    """Add the line that `line_after` makes of the last line (empty: none yet), alone with the file.

    Nothing is added when it makes none. The file is on the disk when this returns. A line has at most 4 KiB.
    """
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end, last = _tail(handle)
        line = line_after(last)
        if line is None:
            return
        file.truncate(end)
        file.seek(end)
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        reach_disk(path.parent)


def _tail(handle: int) -> tuple[int, bytes]:
    """Return where the last whole line ends, and that line."""
    start = max(0, os.fstat(handle).st_size - 2 * LONGEST_LINE)
    whole, newline, _cut_short = os.pread(handle, 2 * LONGEST_LINE, start).rpartition(b"\n")
    if not newline:
        return start, b""
    return start + len(whole) + 1, whole.rpartition(b"\n")[2]


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft
