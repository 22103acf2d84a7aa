"""A cable between two nodes that can be cut: it relays bytes, and cannot read them."""

import select
import socket
import threading
from contextlib import closing, suppress


class Cable:
    """Listens on a port of its own and relays to another one while it is whole."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._listener: socket.socket | None = None
        with closing(socket.create_server(("127.0.0.1", 0))) as first:
            self.port: int = first.getsockname()[1]
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
        with self._lock:
            for line in self._lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            self._lines.clear()

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
                    other[ready].sendall(content)
