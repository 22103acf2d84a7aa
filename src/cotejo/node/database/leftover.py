"""Processes an earlier run left behind, and how they are ended before a data folder is used again.

Rules of this module:

1. A postmaster of this data folder whose owner is gone is asked to stop (SIGINT), then told to (SIGQUIT).
2. `postmaster.pid` is removed only when no process works in the data folder: two servers on one folder destroy it.
3. A process id in `postmaster.pid` that now belongs to another program is left alone (after a restart of the machine
   the same numbers come back).
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cotejo.node.database import trouble

PROCESSES = Path("/proc")
SMART_SECONDS = 20.0
ABRUPT_SECONDS = 10.0
STEP_SECONDS = 0.02


def users_of(data: Path) -> list[int]:
    """Find the living processes that work in `data`, a postmaster and its children, by their folder (Linux only)."""
    return [int(entry.name) for entry in PROCESSES.glob("[0-9]*") if _works_in(entry, data)]


def postmaster_of(data: Path) -> int | None:
    """Find the process id of the living postmaster of `data`, or nothing."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    if PROCESSES.is_dir():
        return pid if _works_in(PROCESSES / str(pid), data) else None
    return pid if alive(pid) else None


def alive(pid: int) -> bool:
    """Whether `pid` runs. One that ended and was not yet collected by its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        return (PROCESSES / str(pid) / "stat").read_text(encoding="ascii", errors="replace").rpartition(") ")[2][
            :1
        ] != "Z"
    return not PROCESSES.is_dir()


def clear(data: Path, socket: Path | None) -> None:
    """End what still uses `data` and remove its lock files. Raises `NodeError` when a process stays."""
    pid = postmaster_of(data)
    if pid is not None:
        end(pid, lambda: not alive(pid))
    if not until(lambda: not users_of(data), ABRUPT_SECONDS):
        raise trouble.leftover_stays(data, f"processes {users_of(data)}")
    if PROCESSES.is_dir():
        (data / "postmaster.pid").unlink(missing_ok=True)
        for lock in socket.glob(".s.PGSQL.*") if socket else ():
            lock.unlink(missing_ok=True)


def end(pid: int, ended: Callable[[], bool]) -> None:
    """Stop the postmaster `pid`: with its transactions closed if it can, at once if it cannot."""
    for word, seconds in (
        (signal.SIGINT, SMART_SECONDS),
        (signal.SIGQUIT, ABRUPT_SECONDS),
        (signal.SIGKILL, ABRUPT_SECONDS),
    ):
        with suppress(ProcessLookupError):
            os.kill(pid, word)
        if until(ended, seconds):
            return
    raise trouble.leftover_stays(Path(f"/proc/{pid}"), f"process {pid}")


def until(done: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until `done`, at most `seconds`. Whether it came to be."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(STEP_SECONDS)
    return True


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data
    except OSError:
        return False
