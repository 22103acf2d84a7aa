"""One call to a partner's exchange listener, over mutual TLS with exactly that partner's authority.

1. The connection is made with our leaf, and only an answer under the authority in the partner's key document counts.
2. An answer is a sealed receipt, a refusal with its code, or no answer; the caller decides what follows.
3. No more is read than an answer may hold, nobody is followed elsewhere, and a call ends after `PATIENCE`, however
   slowly its answer comes: a partner that answers badly holds up one thread for so long and nothing else.
"""

import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

import httpx

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.node.home import Home
from cotejo.node.keys import tls_files
from cotejo.node.wire import no_answer
from cotejo.node.wire.listener import MESSAGES, PARTS, SEALED, SLIP
from cotejo.proof.key_document import KeyDocument

TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
PATIENCE: Final = 30.0
"""How long a call may last from its beginning to the last byte of its answer, in seconds."""
LARGEST_ANSWER: Final = LARGEST_ENVELOPE
CODE: Final = re.compile(r"[a-z][a-z_.]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipted:
    """The partner answered with a sealed receipt."""

    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """The partner refused the message by name; `expected` is the number a gap waits for."""

    code: str
    expected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The partner could not be reached or did not answer as a node does; `why` is a code of `no_answer`."""

    why: str


class Wire:
    """A connection to one partner, kept open between messages."""

    def __init__(self, *, home: Home, partner: KeyDocument) -> None:
        files = tls_files(home)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_verify_locations(cadata=partner.tls_ca)
        context.load_cert_chain(files.leaf, files.leaf_key)
        self._socket: socket.socket | None = None
        self._client = httpx.Client(base_url=partner.url, verify=context, timeout=TIMEOUT, trust_env=False)

    def __enter__(self) -> Self:
        """Use the connection in a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def put_part(self, name: str, sealed: bytes, *, slip: bytes) -> NotTaken | NoAnswer | None:
        """Send one sealed part with its signed slip; nothing returned means it is kept there."""
        answer = self._call("PUT", f"{PARTS}{name}", sealed, {SLIP: slip.decode("ascii")})
        return None if isinstance(answer, Receipted) else answer

    def post(self, envelope: bytes) -> Receipted | NotTaken | NoAnswer:
        """Send one message."""
        return self._call("POST", MESSAGES, envelope)

    def _call(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> Receipted | NotTaken | NoAnswer:
        late = threading.Event()
        clock = threading.Timer(PATIENCE, self._break_off, (late,))
        clock.daemon = True
        clock.start()
        try:
            with self._client.stream(
                method,
                path,
                content=body,
                headers={"Content-Type": SEALED, **(headers or {})},
                extensions={"trace": self._note_socket},
            ) as answer:
                return _read(answer)
        except httpx.HTTPError as error:
            return NoAnswer(why=no_answer.TOO_SLOW if late.is_set() else no_answer.why(error))
        finally:
            clock.cancel()

    def _note_socket(self, event: str, about: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = about["return_value"].get_extra_info("socket")

    def _break_off(self, late: threading.Event) -> None:
        late.set()
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _read(answer: httpx.Response) -> Receipted | NotTaken | NoAnswer:
    """Read an answer, no more of it than one may hold."""
    said = b""
    for piece in answer.iter_raw():
        said += piece
        if len(said) > LARGEST_ANSWER:
            return NoAnswer(why=no_answer.TOO_MUCH)
    if answer.is_success:
        return Receipted(sealed=said)
    try:
        refusal = json.loads(said)
        code, expected = str(refusal["code"]), int(refusal["expected"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return NoAnswer(why=no_answer.NOT_THE_EXCHANGE)
    if code == no_answer.TRY_AGAIN:
        return NoAnswer(why=code)
    return NotTaken(code=code, expected=expected) if CODE.fullmatch(code) else NoAnswer(why=no_answer.NOT_THE_EXCHANGE)
