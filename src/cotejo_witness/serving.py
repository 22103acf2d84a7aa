"""The witness on the network: two addresses, small requests, a short wait, no state of its own.

`POST /add-checkpoint` is the protocol; `GET /` says in plain words who this is and under which key. There is no list of
logs here: who exchanges with whom is for the agencies to publish.
"""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cotejo.proof.witnessing import LARGEST_REQUEST
from cotejo_witness.confirm import Answer, confirm
from cotejo_witness.memory import Memory, MemoryFault

PATIENCE_SECONDS = 10  # a request is at most 68 KiB: whoever needs longer is holding a thread


def application(memory: Memory, clock: Callable[[], int]) -> WSGIApplication:
    """Return the WSGI application of this witness; `clock` gives ms UTC."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found = _answer(memory, environ, clock)
        body = found.body.encode("utf-8")
        status = HTTPStatus(found.status)
        headers = [("Content-Type", found.kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    return answer


def _answer(memory: Memory, environ: WSGIEnvironment, clock: Callable[[], int]) -> Answer:
    asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"])
    if asked == ("GET", "/"):
        return Answer(status=HTTPStatus.OK, body=f"Cotejo witness {memory.name}\n{memory.note_key.text()}\n")
    if asked != ("POST", "/add-checkpoint"):
        return Answer(status=HTTPStatus.NOT_FOUND, body="A witness answers POST /add-checkpoint and GET / only.\n")
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return Answer(status=HTTPStatus.LENGTH_REQUIRED, body="Say how long the request is (Content-Length).\n")
    if int(length) > LARGEST_REQUEST:
        return Answer(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, body="A request has at most 68 KiB.\n")
    try:
        return confirm(memory, environ["wsgi.input"].read(int(length)), now=clock())
    except (MemoryFault, OSError) as error:
        return Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, body=f"Nothing was confirmed. {error}\n")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = PATIENCE_SECONDS

    def log_message(self, *arguments: object) -> None:
        """Write no access log: what was confirmed is in the folder, and nothing else matters."""


def serve(memory: Memory, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until stopped; `ready` gets the address once requests are taken (port 0: any free one)."""
    with make_server(host, port, application(memory, _now), server_class=_Server, handler_class=_Handler) as server:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{server.server_port}")
        server.serve_forever()


def _now() -> int:
    return time.time_ns() // 1_000_000
