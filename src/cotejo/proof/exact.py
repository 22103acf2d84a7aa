"""Exact bytes: one spelling for every value, hashes that cannot be confused, strict hexadecimal and base64url.

1. Only null, true, false, whole numbers up to 2^53-1 in size (RFC 7493), text, lists and objects with text keys. No
   floats: two programs may spell one float in two ways.
2. Keys sorted by code point, no white space, UTF-8, no escapes beyond those JSON demands.
3. Reading accepts the exact spelling only, so a value has one hash and a repeated key cannot hide behind another.
4. A hash with a purpose frames its parts with lengths and starts with the purpose, so no two uses share an input.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cotejo.proof.refusals import ProofError, Reason

Exact: TypeAlias = bool | int | str | Sequence["Exact"] | Mapping[str, "Exact"] | None

LARGEST_INTEGER = 2**53 - 1  # RFC 7493, section 2.2: beyond it other languages round
DEEPEST = 32  # nesting no message of ours reaches; keeps a hostile one from exhausting the stack
DIGEST_SIZE = 32


def to_bytes(value: object) -> bytes:
    """Spell a value exactly.

    Raises `ProofError(NOT_EXACT)` for anything rule 1 does not list, and for text that is not valid Unicode.
    """
    _check(value, DEEPEST)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ProofError(Reason.NOT_EXACT, "text with half a surrogate pair") from error


def from_bytes(data: bytes, *, at_most: int) -> Exact:
    """Read a value spelled exactly, of at most so many bytes.

    Raises `ProofError`: TOO_LARGE, or NOT_EXACT when any other spelling would give the same value.
    """
    if len(data) > at_most:
        raise ProofError(Reason.TOO_LARGE, f"{len(data)} bytes, at most {at_most}")
    try:
        value: Exact = json.loads(data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise ProofError(Reason.NOT_EXACT, "not JSON, a float, or nested too deep") from error
    if to_bytes(value) != data:
        raise ProofError(Reason.NOT_EXACT, "another spelling of the same value")
    return value


def object_of(data: bytes, fields: frozenset[str], *, at_most: int) -> dict[str, Exact]:
    """Read an exact object with exactly these fields, or raise `ProofError(NOT_EXACT)`."""
    value = from_bytes(data, at_most=at_most)
    if not isinstance(value, dict) or value.keys() != fields:
        raise ProofError(Reason.NOT_EXACT, f"expected an object with {', '.join(sorted(fields))}")
    return value


def sha256(data: bytes) -> bytes:
    """Return the plain SHA-256 digest, 32 bytes."""
    return hashlib.sha256(data).digest()


def framed(*parts: bytes) -> bytes:
    """Join parts so that no other list of parts gives the same bytes (8-byte length before each)."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def digest_for(purpose: str, *parts: bytes) -> bytes:
    """SHA-256 over the purpose and the parts, each framed (rule 4)."""
    return sha256(framed(purpose.encode("utf-8"), *parts))


def to_base64url(data: bytes) -> str:
    """Unpadded base64url (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Read unpadded base64url; only the one spelling `to_base64url` gives is accepted."""
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise ProofError(Reason.NOT_EXACT, "not base64url") from error
    if to_base64url(data) != text:
        raise ProofError(Reason.NOT_EXACT, "another spelling of base64url")
    return data


def from_hex(text: str, *, size: int) -> bytes:
    """Read lower-case hexadecimal of exactly `size` bytes."""
    try:
        data = bytes.fromhex(text)
    except ValueError as error:
        raise ProofError(Reason.NOT_EXACT, "not hexadecimal") from error
    if len(data) != size or data.hex() != text:
        raise ProofError(Reason.NOT_EXACT, f"not {size} bytes of lower-case hexadecimal")
    return data


def _check(value: object, depth: int) -> None:
    if depth < 0:
        raise ProofError(Reason.NOT_EXACT, f"nested deeper than {DEEPEST}")
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ProofError(Reason.NOT_EXACT, "a number beyond 2^53-1")
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ProofError(Reason.NOT_EXACT, "a key that is not text")
            _check(item, depth - 1)
        return
    if isinstance(value, list | tuple):
        for item in value:
            _check(item, depth - 1)
        return
    raise ProofError(Reason.NOT_EXACT, f"a {type(value).__name__} has no exact spelling")


def _no_float(text: str) -> Exact:
    raise ValueError(text)
