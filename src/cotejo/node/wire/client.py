"""One call to a partner's exchange listener, over mutual TLS with exactly that partner's authority.

1. The connection is made with our leaf, and only an answer under the authority in the partner's key document counts.
2. An answer is a sealed receipt, a refusal with its code, or no answer; the caller decides what follows.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import httpx

from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.node.home import Home
from cotejo.node.keys import tls_files
from cotejo.node.wire.listener import MESSAGES, PARTS, SEALED, SLIP
from cotejo.proof.key_document import KeyDocument

TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
LARGEST_ANSWER: Final = LARGEST_ENVELOPE


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
    """The partner could not be reached or could not answer now; `why` is a short technical phrase for the operator."""

    why: str


class Wire:
    """A connection to one partner, kept open between messages."""

    def __init__(self, *, home: Home, partner: KeyDocument) -> None:
        files = tls_files(home)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_verify_locations(cadata=partner.tls_ca)
        context.load_cert_chain(files.leaf, files.leaf_key)
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
        try:
            answer = self._client.request(
                method, path, content=body, headers={"Content-Type": SEALED, **(headers or {})}
            )
        except httpx.HTTPError as error:
            return NoAnswer(why=type(error).__name__)
        if answer.is_success:
            return Receipted(sealed=answer.content[:LARGEST_ANSWER])
        try:
            said = answer.json()
            code, expected = str(said["code"])[:64], int(said["expected"])
        except (ValueError, KeyError, TypeError):
            return NoAnswer(why=f"HTTP {answer.status_code}")
        return NoAnswer(why=code) if code == "try_again" else NotTaken(code=code, expected=expected)
