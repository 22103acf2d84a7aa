"""Signing keys: Ed25519 (RFC 8032), one purpose each, with ids for machines and fingerprints for the human voice.

1. A key is made from 32 seed bytes the caller supplies, mixed with its purpose: one seed can never give one key to two
   purposes.
2. A verifying key in which a signature would prove nothing (a point of small order, or a second spelling of a point)
   is refused when it is read, because a partner could later deny or multiply signatures made with it.
3. A fingerprint is 160 bits in Crockford's base 32, groups of four; letters and digits that sound or look alike are
   read as one.
"""

import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cotejo.proof.exact import digest_for
from cotejo.proof.refusals import ProofError, Reason

SEED_SIZE = 32
PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64
KEY_ID_SIZE = 16

_FIELD = 2**255 - 19  # RFC 8032, section 5.1
# The y coordinates of the eight points of small order: 0 (order 4), 1 (order 1), -1 (order 2) and the order-8 pair.
_ORDER_EIGHT = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _ORDER_EIGHT, _FIELD - _ORDER_EIGHT})

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SOUNDS_LIKE = str.maketrans("OIL", "011", " -\t\n")
_FINGERPRINT_BYTES = 20


class Purpose(StrEnum):
    """What a key may be used for; nothing is accepted under a key of another purpose."""

    ROOT = "root"
    MESSAGE = "message"
    STATUS = "status"
    LOG = "log"
    WITNESS = "witness"
    ENCRYPTION = "encryption"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingKey:
    """The public half of a signing key."""

    purpose: Purpose
    public: bytes

    def __post_init__(self) -> None:
        if len(self.public) != PUBLIC_SIZE:
            raise ProofError(Reason.BAD_KEY, f"{len(self.public)} bytes instead of {PUBLIC_SIZE}")
        y = int.from_bytes(self.public, "little") & (2**255 - 1)
        if y >= _FIELD or y in _SMALL_ORDER:
            raise ProofError(Reason.BAD_KEY, "a point of small order or a second spelling")

    @property
    def key_id(self) -> str:
        """32 hex digits over purpose and key: how messages and documents name this key."""
        return key_id_of(self.purpose, self.public)

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return when the signature holds; raise `ProofError(BAD_SIGNATURE)` when it does not."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, data)
        except (InvalidSignature, ValueError) as error:
            raise ProofError(Reason.BAD_SIGNATURE, f"key {self.key_id}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """The private half; its text form never shows the key."""

    verifying: VerifyingKey
    private: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes, purpose: Purpose) -> Self:
        """Make the key of this purpose from 32 secret random bytes (rule 1)."""
        private = Ed25519PrivateKey.from_private_bytes(purpose_seed(seed, purpose))
        verifying = VerifyingKey(purpose=purpose, public=private.public_key().public_bytes_raw())
        return cls(verifying=verifying, private=private)

    @property
    def key_id(self) -> str:
        return self.verifying.key_id

    @property
    def purpose(self) -> Purpose:
        return self.verifying.purpose

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature; Ed25519 needs no randomness, so equal input gives equal bytes."""
        return self.private.sign(data)


def purpose_seed(seed: bytes, purpose: Purpose, part: str = "") -> bytes:
    """32 bytes for one purpose (and one part of a composed key) from the caller's seed."""
    if len(seed) != SEED_SIZE:
        raise ProofError(Reason.BAD_KEY, f"a seed has {SEED_SIZE} bytes")
    return digest_for("cotejo/seed/v1", purpose.encode(), part.encode(), seed)


@lru_cache(maxsize=4096)
def key_id_of(kind: str, public: bytes) -> str:
    """32 hex digits naming a public key together with its purpose or suite."""
    return digest_for("cotejo/key-id/v1", kind.encode(), public)[:KEY_ID_SIZE].hex()


def fingerprint(content: bytes) -> str:
    """Eight groups of four characters to read aloud over the telephone or across a table (rule 3)."""
    number = int.from_bytes(digest_for("cotejo/fingerprint/v1", content)[:_FINGERPRINT_BYTES], "big")
    letters = "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(_FINGERPRINT_BYTES * 8 - 5, -1, -5))
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def same_fingerprint(heard: str, ours: str) -> bool:
    """Whether what a person typed is our fingerprint: case, spaces, hyphens and O/0, I/L/1 do not matter."""
    return hmac.compare_digest(_plain(heard).encode(), _plain(ours).encode())


def _plain(text: str) -> str:
    return text.upper().translate(_SOUNDS_LIKE)
