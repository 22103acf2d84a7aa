"""What a log says about an act or a message: a leaf that commits to it and shows nothing.

1. `c = HMAC-SHA256(salt, SHA-256(bytes))` with 32 random bytes of salt, a new one for each leaf: without the salt even
   a nine-digit document number cannot be guessed from the leaf, and erasing the salt leaves 32 unlinkable bytes.
2. House log: the salt is private to the node. Link log: the salt travels inside the message, so both sides write the
   same leaf and an auditor pairs disclosure with receipt without reading either.
3. An act that enters published figures also commits to its statistics row (`r`), under another salt, so auditors can
   recount without opening the act.
"""

import hmac
from hashlib import sha256

from cotejo.proof import exact
from cotejo.proof.refusals import ProofError, Reason

SALT_SIZE = 32
VERSION = 1
_LARGEST_LEAF = 256


def commit(salt: bytes, content: bytes) -> bytes:
    """Return the 32-byte commitment (rule 1). Raises `ProofError(BAD_KEY)` for a salt of another length."""
    if len(salt) != SALT_SIZE:
        raise ProofError(Reason.BAD_KEY, f"a salt has {SALT_SIZE} bytes")
    return hmac.digest(salt, sha256(content).digest(), "sha256")


def leaf(commitment: bytes, *, row: bytes | None = None) -> bytes:
    """Return the leaf `{c, v}` or, with the commitment to a statistics row, `{c, r, v}`."""
    fields: dict[str, exact.Exact] = {"v": VERSION, "c": commitment.hex()}
    if row is not None:
        fields["r"] = row.hex()
    return exact.to_bytes(fields)


def house_leaf(*, salt: bytes, act: bytes, row_salt: bytes | None = None, row: bytes | None = None) -> bytes:
    """Return the house log's leaf for the bytes of an act, and of its statistics row if it has one."""
    if row is None and row_salt is None:
        return leaf(commit(salt, act))
    if row is None or row_salt is None:
        raise ValueError("a statistics row and its salt come together")
    return leaf(commit(salt, act), row=commit(row_salt, row))


def link_leaf(*, salt: bytes, message: bytes) -> bytes:
    """Return the link log's leaf for a signed message (its compact JWS) and the salt in it; equal on both sides."""
    return leaf(commit(salt, message))


def read_leaf(data: bytes) -> tuple[bytes, bytes | None]:
    """Return the commitments in a leaf: content, and statistics row if any. Raises `ProofError(NOT_EXACT)`."""
    fields = exact.from_bytes(data, at_most=_LARGEST_LEAF)
    if not isinstance(fields, dict) or not {"v", "c"} <= fields.keys():
        raise ProofError(Reason.NOT_EXACT, "not a leaf")
    content, row = _commitment(fields["c"]), _commitment(fields["r"]) if "r" in fields else None
    if leaf(content, row=row) != data:
        raise ProofError(Reason.NOT_EXACT, f"not a leaf of version {VERSION}")
    return content, row


def verify_content(leaf_bytes: bytes, *, salt: bytes, content: bytes) -> None:
    """Return when the leaf commits to this content, else raise `ProofError(OTHER_CONTENT)`."""
    _verify(read_leaf(leaf_bytes)[0], salt, content)


def verify_row(leaf_bytes: bytes, *, salt: bytes, row: bytes) -> None:
    """Return when the leaf commits to this statistics row, else raise `ProofError(OTHER_CONTENT)`."""
    _verify(read_leaf(leaf_bytes)[1], salt, row)


def _verify(commitment: bytes | None, salt: bytes, content: bytes) -> None:
    if commitment is None or not hmac.compare_digest(commitment, commit(salt, content)):
        raise ProofError(Reason.OTHER_CONTENT, "the commitment is to something else")


def _commitment(value: exact.Exact) -> bytes:
    if not isinstance(value, str):
        raise ProofError(Reason.NOT_EXACT, "a commitment that is not text")
    return exact.from_hex(value, size=exact.DIGEST_SIZE)
