"""Processes forked from one that has imported everything: they start in milliseconds and share its memory.

1. Whoever forks has no thread and no open connection at that moment.
2. A child is in a session of its own, takes signals as a fresh process does, and is told (SIGTERM) when its parent
   dies, however it dies. What a child forks in turn is killed with it.
3. A child never returns into its parent's code: it ends with `os._exit`.
"""

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

from cotejo.node.home import NodeError

PR_SET_PDEATHSIG: Final = 1
PR_SET_NAME: Final = 15
LOG: Final = logging.getLogger("cotejo.node")
REFUSED: Final = 3
"""Exit status of a child that ended on a `NodeError` it has told its parent."""


def fork(name: str, run: Callable[[], None]) -> int:
    """Run `run` in a child, which operators see under `name` (15 letters at most). Return its process id at once."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become_child(name, parent, run)
    return pid


def run_apart(name: str, run: Callable[[], None]) -> None:
    """Run `run` in a child and wait for its end. Raises the `NodeError` it raised, or `ChildProcessError`."""
    told, tells = os.pipe()

    def tell() -> None:
        try:
            run()
        except NodeError as trouble:
            os.write(tells, f"{trouble.en}\0{trouble.es}\0{trouble.detail}".encode())
            os._exit(REFUSED)

    pid = fork(name, tell)
    os.close(tells)
    with os.fdopen(told, "rb") as line:
        said = line.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status == REFUSED:
        en, es, detail = said.split("\0")
        raise NodeError(en=en, es=es, detail=detail)
    if status:
        raise ChildProcessError(f"{name} ended with {status}")


def die_with_parent(word: signal.Signals, parent: int) -> None:
    """Have the kernel send `word` to this process when the process that forked it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(word))
    if os.getppid() != parent:
        os.kill(os.getpid(), word)


def end_group(pid: int, word: signal.Signals) -> None:
    """Send `word` to a child and to everything it forked."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, word)


def _become_child(name: str, parent: int, run: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for word in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(word, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())
        die_with_parent(signal.SIGTERM, parent)
        run()
        status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        LOG.exception("a process of the node ended on an error")
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
