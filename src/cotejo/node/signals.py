"""What an operator, or a child, tells the parent of a node by signal, without interrupting what it is doing."""

import os
import select
import signal
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Said:
    """What the operator, or a child, has told the parent by signal."""

    stop: bool = False
    trust_changed: bool = False
    line: tuple[int, int] = field(default_factory=os.pipe)

    def listen(self) -> None:
        for end in self.line:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.line[1], warn_on_full_buffer=False)
        for word in (signal.SIGTERM, signal.SIGINT):
            signal.signal(word, self._stop)
        signal.signal(signal.SIGHUP, self._trust)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def wait(self, seconds: float) -> None:
        if select.select([self.line[0]], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                while os.read(self.line[0], 512):
                    pass

    def _stop(self, *_: object) -> None:
        self.stop = True

    def _trust(self, *_: object) -> None:
        self.trust_changed = True
