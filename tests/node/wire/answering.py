"""A partner's machine that answers as it is told to: the right certificate and keys, and any answer at all."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from cotejo.node.home import Home
from cotejo.node.keys import tls_files

Answer = Callable[["Asked"], None]
PIECE = 65_536


class Asked:
    """One request, read whole: its path and body. `line` is the connection it came over."""

    def __init__(self, line: ssl.SSLSocket) -> None:
        self.line = line
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._more()
        first, _, body = head.partition(b"\r\n\r\n")
        self.path = first.split()[1].decode()
        lengths = [each for each in first.split(b"\r\n") if each.lower().startswith(b"content-length:")]
        length = int(lengths[0].partition(b":")[2]) if lengths else 0
        while len(body) < length:
            body += self._more()
        self.body = body

    def say(self, status: str, body: bytes = b"", *headers: str) -> None:
        """Answer."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        self.line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def _more(self) -> bytes:
        piece = self.line.recv(PIECE)
        if not piece:
            raise ConnectionResetError
        return piece


class Answering:
    """Listens with the TLS files of a home; `answer` says what becomes of each request, and may be changed."""

    def __init__(self, home: Home, port: int) -> None:
        self.answer: Answer = a_page
        self.asked = 0
        self.closing = threading.Event()
        self._lines: list[socket.socket] = []
        self.use(home)
        self._listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def use(self, home: Home) -> None:
        """Answer with the certificate of this home; whoever is connected has to begin again."""
        files = tls_files(home)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.leaf, files.leaf_key)
        self._context = context
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def close(self) -> None:
        """End it, and everything it still holds."""
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def __enter__(self) -> Self:
        """Use it in a `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End it."""
        self.close()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError), self._context.wrap_socket(line, server_side=True) as wrapped:
            self._lines.append(wrapped)
            while not self.closing.is_set():
                asked = Asked(wrapped)
                self.asked += 1
                self.answer(asked)


def never(closing: threading.Event) -> Answer:
    """Answer nothing until everything ends."""
    return lambda _asked: closing.wait() and None


def byte_by_byte(closing: threading.Event) -> Answer:
    """Answer one byte after the other, with a pause between them, for as long as anybody listens."""

    def answer(asked: Asked) -> None:
        asked.line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not closing.wait(0.1):
            asked.line.sendall(b"x")

    return answer


def enormous(asked: Asked) -> None:
    """Answer with more than any answer may hold, without an end."""
    asked.line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
    while True:
        asked.line.sendall(bytes(PIECE))


def elsewhere(asked: Asked) -> None:
    """Send the caller somewhere else."""
    asked.say("307 Temporary Redirect", b"", "Location: https://127.0.0.1:1/elsewhere")


def broken_off(asked: Asked) -> None:
    """Begin an answer and hang up in the middle of it."""
    asked.line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + bytes(100))
    asked.line.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError


def nested(asked: Asked) -> None:
    """Refuse with a text that no reader of JSON gets to the end of."""
    asked.say("400 Bad Request", b"[" * 100_000)


def a_page(asked: Asked) -> None:
    """Answer as a web server that knows nothing of an exchange."""
    asked.say("403 Forbidden", b"<html>No.</html>")
