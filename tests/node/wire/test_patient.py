"""No partner's machine holds up another's: a thread of the exchange is given to whole requests alone (I7)."""

import asyncio
import json
import socket
import ssl
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.node.database.leftover import until
from cotejo.node.home import Home
from cotejo.node.keys import tls_files
from cotejo.node.wire.patient import THREADS, Patient
from tests.node.nodes import SECONDS, alba_and_boreal, ending, paired

PROMPT = 30.0
"""How long an answer may take that waits for nothing, on a busy machine, in seconds."""


def lengths(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Answer how much was read, and with which slip."""
    start("200 OK", [("Content-Type", "text/plain")])
    yield f"{len(environ['wsgi.input'].read())} {environ['HTTP_COTEJO_SLIP']}".encode()


class Asked:
    """One request to an ASGI application: `pieces` come one after the other; it ends, goes on for good, or leaves."""

    def __init__(self, *pieces: bytes, ends: bool = True, leaves: bool = False) -> None:
        self._pieces = list(pieces)
        self._ends = ends
        self._leaves = leaves
        self.said: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        if self._pieces:
            body = self._pieces.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self._pieces) or not self._ends}
        if not self._leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, event: Any) -> None:
        self.said.append(dict(event))

    async def of(self, application: Patient) -> "Asked":
        headers = [(b"cotejo-slip", b"a.b.c")]
        scope = {"type": "http", "method": "PUT", "path": "/exchange/v1/parts/x", "headers": headers}
        await application(scope, self.receive, self.send)
        return self


def ran(what: Coroutine[Any, Any, Asked]) -> Asked:
    """Run it in a thread that has no loop: the browser of other tests keeps one in theirs."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, what).result()


def test_i7_requests_that_never_end_take_no_thread_and_are_answered_in_time() -> None:
    async def beside_endless_ones() -> Asked:
        application = Patient(lengths, patience=10 * PROMPT)
        endless = [asyncio.create_task(Asked(b"abc", ends=False).of(application)) for _ in range(3 * THREADS)]
        await asyncio.sleep(0)
        whole = await Asked(b"abc", b"", b"defg").of(application)
        assert not any(each.done() for each in endless)
        return whole

    whole = ran(asyncio.wait_for(beside_endless_ones(), PROMPT))
    assert [each.get("status") for each in whole.said] == [200, None]
    assert whole.said[1]["body"] == b"7 a.b.c"

    endless = Asked(b"abc", ends=False).of(Patient(lengths, patience=0.1))
    said = ran(asyncio.wait_for(endless, PROMPT)).said
    assert said[0]["status"] == 408
    assert json.loads(said[1]["body"])["code"] == "too_slow"


def test_no_more_is_kept_of_a_request_than_a_message_may_hold_and_who_leaves_is_not_answered() -> None:
    piece = b"x" * 100_000
    large = ran(Asked(*[piece] * 9, ends=False).of(Patient(lengths)))
    assert large.said[1]["body"].split()[0] == str(LARGEST_ENVELOPE + 1).encode()
    assert ran(Asked(piece, ends=False, leaves=True).of(Patient(lengths))).said == []


@pytest.mark.node
def test_i7_a_partner_that_begins_many_requests_and_ends_none_keeps_nobody_from_a_real_exchange(folder: Path) -> None:
    alba, boreal = alba_and_boreal(folder)
    with ending(alba, boreal), ExitStack() as stack:
        paired(folder, alba, boreal)
        boreal.serve()
        files = tls_files(Home(folder=alba.home))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.load_cert_chain(files.leaf, files.leaf_key)

        def line() -> ssl.SSLSocket:
            plain = socket.create_connection(("127.0.0.1", boreal.exchange), timeout=PROMPT)
            return stack.enter_context(closing(context.wrap_socket(plain)))

        def answered() -> bool:
            asks = line()
            asks.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return asks.recv(100).startswith(b"HTTP/1.1 404")

        assert until(answered, SECONDS)
        for _ in range(3 * THREADS):
            line().sendall(b"POST /exchange/v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nCTJ1")
        assert answered()
