"""A cable to a node's exchange that can be cut: it relays bytes, and cannot read them (they are TLS)."""

import select
import socket
import threading
from contextlib import closing, suppress

CHUNK = 65_536


class Cable:
    """Listens on a port of its own and relays to another one while it is whole."""

    def __init__(self, *, port: int, to: int) -> None:
        self._port = port
        self._to = to
        self._lock = threading.Lock()
        self._lines: set[socket.socket] = set()
        self._listener: socket.socket | None = None

    def mend(self) -> None:
        """Let connections through. Raises `OSError` when the port is taken."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End every connection and refuse new ones; again is harmless."""
        if self._listener is None:
            return
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._listener = None
        with self._lock:
            for line in self._lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        with closing(near), suppress(OSError), closing(socket.create_connection(("127.0.0.1", self._to))) as far:
            other = {near: far, far: near}
            with self._lock:
                self._lines |= set(other)
            try:
                while True:
                    for ready in select.select(list(other), [], [])[0]:
                        content = ready.recv(CHUNK)
                        if not content:
                            return
                        other[ready].sendall(content)
            finally:
                with self._lock:
                    self._lines -= set(other)
