"""The exchange listener behind an event loop: a thread is given to a request once the whole of it is here.

1. A partner's machine that sends slowly, or begins and never ends, holds up nobody: a withdrawal of another partner is
   taken in meanwhile (I7). What has not come whole in `PATIENCE` is answered `too_slow` and forgotten.
2. Of one request no more is kept than a message may hold, and no header but the ones the listener reads.
3. As many threads work as before; each has its own connection to the database.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.node.wire.listener import SLIP

PATIENCE: Final = 30.0
"""Seconds in which a request has to come whole: as long as a call of ours lasts at the most (`wire.client`)."""
THREADS: Final = 4
TOO_SLOW: Final = b'{"code": "too_slow", "expected": 0}'

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[[str, list[tuple[str, str]]], Any]], Iterable[bytes]]


class Left(Exception):  # noqa: N818 - it names what the other side did
    """The other side went away before its request was whole."""


class Patient:
    """An ASGI application that hands whole requests to a WSGI one."""

    def __init__(self, application: Application, *, patience: float = PATIENCE) -> None:
        self._application = application
        self._patience = patience
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="exchange")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            body = await asyncio.wait_for(_whole(receive), self._patience)
        except Left:
            return
        except TimeoutError:
            await _say(send, 408, [("Content-Type", "application/json"), ("Connection", "close")], TOO_SLOW)
            return
        answer = await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, scope, body)
        await _say(send, *answer)

    def _answer(self, scope: Mapping[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        said: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            said.append((int(status.partition(" ")[0]), headers))

        content = b"".join(self._application(_environ(scope, body), start))
        ((status, headers),) = said
        return status, headers, content


async def _whole(receive: Receive) -> bytes:
    """Return the body of a request, or its beginning where that is more than a message may hold (rule 2)."""
    body = b""
    while len(body) <= LARGEST_ENVELOPE:
        event = await receive()
        if event["type"] != "http.request":
            raise Left
        body += event.get("body", b"")
        if not event.get("more_body", False):
            break
    return body[: LARGEST_ENVELOPE + 1]


def _environ(scope: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    name = SLIP.lower().encode()
    slips = [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
    return {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"],
        f"HTTP_{SLIP.upper().replace('-', '_')}": ",".join(slips),
        "wsgi.input": BytesIO(body),
    }


async def _say(send: Send, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
    lines = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": content, "more_body": False})
