"""Documents too large for a message: sealed parts, each named by the hash of its sealed bytes.

1. The message that speaks of a document carries its SHA-256, its length and the names of its parts in order.
2. A part says, inside the seal, which document it belongs to and which part it is: parts cannot change places.
3. A store or line that holds only sealed parts can check each by its name and learns nothing but their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cotejo.proof.exact import DIGEST_SIZE, sha256
from cotejo.proof.padding import LARGEST, LENGTH_SIZE, pad, unpad
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import OpeningKey, SealingKey, Use, open_sealed, seal

_NUMBER_SIZE = 4
_PART_HEADER = DIGEST_SIZE + 2 * _NUMBER_SIZE
PART_CONTENT = LARGEST - LENGTH_SIZE - _PART_HEADER
"""How many bytes of a document one part holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPart:
    """One sealed part; `name` is the hex SHA-256 of `sealed`."""

    name: str
    sealed: bytes


def part_name(sealed: bytes) -> str:
    """Return the name of a sealed part."""
    return sha256(sealed).hex()


def seal_document(document: bytes, *, to: SealingKey, issuer: str, addressee: str) -> tuple[SealedPart, ...]:
    """Cut, pad and seal a document; an empty document has one part."""
    pieces = [document[start : start + PART_CONTENT] for start in range(0, max(len(document), 1), PART_CONTENT)]
    whole = sha256(document)
    parts = []
    for number, piece in enumerate(pieces):
        content = pad(_part_header(whole, number, len(pieces)) + piece, smallest=LARGEST)
        sealed = seal(content, to=to, issuer=issuer, addressee=addressee, use=Use.DOCUMENT_PART)
        parts.append(SealedPart(name=part_name(sealed), sealed=sealed))
    return tuple(parts)


def open_document(
    names: Sequence[str],
    sealed: Mapping[str, bytes],
    *,
    sha256_of_document: bytes,
    keys: Mapping[str, OpeningKey],
    issuer: str,
    addressee: str,
) -> bytes:
    """Open and join the named parts.

    Raises `ProofError`: MISSING_PART when a part is absent, is not what its name says or is out of place, when the
    joined document has another hash; and everything `open_sealed` and `unpad` raise.
    """
    pieces = []
    for number, name in enumerate(names):
        part = sealed.get(name)
        if part is None or part_name(part) != name:
            raise ProofError(Reason.MISSING_PART, f"part {number + 1} of {len(names)}")
        content = unpad(open_sealed(part, keys=keys, issuer=issuer, addressee=addressee, use=Use.DOCUMENT_PART))
        if content[:_PART_HEADER] != _part_header(sha256_of_document, number, len(names)):
            raise ProofError(Reason.MISSING_PART, f"part {number + 1} of {len(names)} belongs elsewhere")
        pieces.append(content[_PART_HEADER:])
    document = b"".join(pieces)
    if sha256(document) != sha256_of_document:
        raise ProofError(Reason.MISSING_PART, "the joined document has another hash")
    return document


def _part_header(whole: bytes, number: int, count: int) -> bytes:
    return whole + number.to_bytes(_NUMBER_SIZE, "big") + count.to_bytes(_NUMBER_SIZE, "big")
