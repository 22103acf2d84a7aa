"""A cable between two nodes that can be cut, slow, or break in the middle: it relays bytes, and cannot read them."""

import select
import socket
import threading
import time
from contextlib import closing, suppress

from tests.machine import free_port

LONG = 6_000
"""A receipt is longer than this; whatever else comes back is shorter."""


class Cable:
    """Listens on a port of its own and relays to another one while it is whole."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self._breaks_after = 0
        self._answers = threading.Event()
        self._answers.set()
        self.delay = 0.0
        self.broke = threading.Event()
        self.held = threading.Event()
        self.port = free_port()
        self.mend()

    def mend(self) -> None:
        """Let connections through."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        assert self._listener is not None
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.end_connections()

    def end_connections(self) -> None:
        """End every connection; new ones go through."""
        with self._lock:
            for line in self._lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            self._lines.clear()

    def break_after(self, count: int) -> None:
        """Cut the cable for good once so many more bytes went to the far end, in the middle of whatever it is."""
        self.broke.clear()
        self._breaks_after = count

    def hold_answers(self) -> None:
        """Let what is asked through, and keep back what is as long as a receipt; `held` says that one came."""
        self.held.clear()
        self._answers.clear()

    def let_answers_go(self) -> None:
        """Let answers through again, those that were kept back included."""
        self._answers.set()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        with closing(near), suppress(OSError), closing(socket.create_connection(("127.0.0.1", self._to))) as far:
            with self._lock:
                self._lines += [near, far]
            other = {near: far, far: near}
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    content = ready.recv(65_536)
                    if not content:
                        return
                    time.sleep(self.delay)
                    if ready is far and len(content) > LONG and not self._answers.is_set():
                        self.held.set()
                        self._answers.wait()
                    other[ready].sendall(self._until_it_breaks(content) if ready is near else content)

    def _until_it_breaks(self, content: bytes) -> bytes:
        """Return what still goes through to the far end; cut the cable when that is not everything."""
        with self._lock:
            if not self._breaks_after:
                return content
            left, self._breaks_after = self._breaks_after, max(0, self._breaks_after - len(content))
        if len(content) < left:
            return content
        self.cut()
        self.broke.set()
        return b""
