"""The exchange listener: a small WSGI application behind mutual TLS, for partners' machines only.

1. `PUT /exchange/v1/parts/<name>` keeps a sealed part in the room of the partner that signed its slip;
   `POST /exchange/v1/messages` takes in one message and answers with its sealed receipt. There is nothing else here,
   and nothing here answers a question (I6, R8).
2. A refusal says its code, and for a gap the number waited for; never more.
3. No more is read than a message may hold; no traceback and no content reaches the answer or the log.
"""

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any, Final

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.node.wire.parts import PartRefused, Parts

MESSAGES: Final = "/exchange/v1/messages"
PARTS: Final = "/exchange/v1/parts/"
SEALED: Final = "application/vnd.cotejo.message"
SLIP: Final = "Cotejo-Slip"

Answer = tuple[str, str, bytes]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
LOG: Final = logging.getLogger("cotejo.wire")


class Listener:
    """The WSGI application.

    `take` takes in one envelope and returns the sealed receipt; `whose` says which partner signed a slip for a part.
    Both raise `WireRefusal`.
    """

    def __init__(self, *, take: Callable[[bytes], bytes], whose: Callable[[bytes, str], str], parts: Parts) -> None:
        self._take = take
        self._whose = whose
        self._parts = parts

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, kind, body = self._answer(environ)
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, path = str(environ["REQUEST_METHOD"]), str(environ["PATH_INFO"])
        if method == "POST" and path == MESSAGES:
            return self._message(environ)
        if method == "PUT" and path.startswith(PARTS):
            return self._part(environ, path.removeprefix(PARTS))
        return _refusal("404 Not Found", "not_here")

    def _message(self, environ: dict[str, Any]) -> Answer:
        try:
            return "200 OK", SEALED, self._take(_body(environ))
        except WireRefusal as refusal:
            LOG.warning("a message was refused", extra={"facts": {"code": refusal.reason.code, "why": refusal.detail}})
            status = "409 Conflict" if refusal.expected else "400 Bad Request"
            return _refusal(status, refusal.reason.code, expected=refusal.expected)
        except Exception:
            LOG.exception("a message could not be taken in")
            return _refusal("503 Service Unavailable", "try_again")

    def _part(self, environ: dict[str, Any], name: str) -> Answer:
        try:
            slip = str(environ.get(f"HTTP_{SLIP.upper().replace('-', '_')}", ""))
            partner = self._whose(slip.encode("latin-1"), name)
            self._parts.keep(name, _body(environ), partner=partner)
        except (PartRefused, WireRefusal) as refusal:
            code = refusal.reason.code if isinstance(refusal, WireRefusal) else str(refusal)
            LOG.warning("a part was refused", extra={"facts": {"code": code}})
            return _refusal("400 Bad Request", code)
        except Exception:
            LOG.exception("a part could not be kept")
            return _refusal("503 Service Unavailable", "try_again")
        return "204 No Content", SEALED, b""


def _body(environ: dict[str, Any]) -> bytes:
    body: bytes = environ["wsgi.input"].read(LARGEST_ENVELOPE + 1)
    if len(body) > LARGEST_ENVELOPE:
        raise WireRefusal(WireReason.TOO_LARGE, "more than a message may hold")
    return body


def _refusal(status: str, code: str, *, expected: int = 0) -> Answer:
    return status, "application/json", json.dumps({"code": code, "expected": expected}).encode()
