"""The worker's care for the register's index: made again, by a process of its own, when it is damaged, lost or behind.

1. Whoever searches follows small changes alone (`cotejo.store.register`, `cotejo.node.agency_register`); what takes
   minutes is done here, beside the worker, with low priority, so that no message waits for it.
2. One at a time. It ends with the worker; what it left half made is swept away by the next.
"""

import logging
import os
import subprocess
import sys
from typing import Final

from cotejo.node.home import Home
from cotejo.rules.acts import Millis
from cotejo.store.indexing import Remade

LOG: Final = logging.getLogger("cotejo.worker")
EVERY: Final[Millis] = 10_000
AFTER_FAILURE: Final[Millis] = 60_000
LOW_PRIORITY: Final = 10


class IndexKeeper:
    """Starts the making of the index when it is wanted."""

    def __init__(self, home: Home, indexing: Remade) -> None:
        self._home = home
        self._indexing = indexing
        self._making: subprocess.Popen[bytes] | None = None
        self.next_at: Millis = 0

    def tend(self, at: Millis) -> None:
        """Look whether the index is wanted, at most every few seconds, and have it made."""
        if at < self.next_at:
            return
        self.next_at = at + EVERY
        if self._making is not None:
            ended = self._making.poll()
            if ended is None:
                return
            self._making = None
            if ended:
                LOG.error("the register's index was not made", extra={"facts": {"status": ended}})
                self.next_at = at + AFTER_FAILURE
                return
        if self._indexing.wanting():
            words = [sys.executable, "-m", "cotejo.node", "register", "rebuild", str(self._home.folder)]
            making = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
            os.setpriority(os.PRIO_PROCESS, making.pid, LOW_PRIORITY)
            self._making = making

    def stop(self) -> None:
        """End what is being made."""
        if self._making is not None and self._making.poll() is None:
            self._making.terminate()
            self._making.wait()
