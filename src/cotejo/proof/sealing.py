"""Sealed envelopes: only the addressee opens them, and only as what they were sealed as.

1. Bytes: `"CTJ1" | suite (1) | key id (16) | HPKE output` (RFC 9180, base mode, HKDF-SHA256, AES-256-GCM).
2. `info` binds format, use (message or document part), suite, key, issuer and addressee: an envelope moved to another
   partner, direction or use does not open.
3. Preferred suite: ML-KEM-768 with X25519, because a file on a person must stay secret longer than today's curves may
   last. X25519 alone is the other suite.
4. A seal proves nothing about who made it; the signature inside does.
5. Every failure to open has one reason, so a stranger learns nothing from which check failed.

The one-time key of each envelope is drawn by OpenSSL inside `cryptography`, which offers no argument for it: two
envelopes over the same bytes differ. Nothing may depend on the bytes of an envelope, only on its length, which is the
length of the padded content plus a constant of the suite.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cotejo.proof.exact import framed
from cotejo.proof.keys import KEY_ID_SIZE, Purpose, key_id_of, purpose_seed
from cotejo.proof.refusals import ProofError, Reason

MAGIC = b"CTJ1"
HEADER_SIZE = len(MAGIC) + 1 + KEY_ID_SIZE

_X25519_SIZE = 32
_MLKEM768_SIZE = 1184  # FIPS 203, table 3: encapsulation key
_TAG_SIZE = 16

Private = X25519PrivateKey | hpke.MLKEM768X25519PrivateKey
Public = X25519PublicKey | hpke.MLKEM768X25519PublicKey


class Suite(IntEnum):
    """How an envelope is sealed; the higher number is preferred."""

    X25519 = 1
    MLKEM768_X25519 = 2


class Use(StrEnum):
    """What an envelope holds."""

    MESSAGE = "message"
    DOCUMENT_PART = "document-part"


_KEMS = {Suite.X25519: hpke.KEM.X25519, Suite.MLKEM768_X25519: hpke.KEM.MLKEM768_X25519}
_SUITES = {suite: hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM) for suite, kem in _KEMS.items()}
OVERHEAD = {suite: HEADER_SIZE + kem.enc_length() + _TAG_SIZE for suite, kem in _KEMS.items()}
"""How many bytes longer an envelope is than what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """A public key to seal for its holder; hybrid: ML-KEM-768 key, then X25519 key."""

    suite: Suite
    public: bytes
    loaded: Public = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "loaded", _load_public(self.suite, self.public))

    @property
    def key_id(self) -> str:
        """32 hex digits over suite and key."""
        return key_id_of(f"{Purpose.ENCRYPTION}/{self.suite.name}", self.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningKey:
    """The private key that opens what was sealed for it; its text form never shows the key."""

    sealing: SealingKey
    private: Private = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes, suite: Suite) -> Self:
        """Make the key of this suite from 32 secret random bytes."""
        x25519 = X25519PrivateKey.from_private_bytes(purpose_seed(seed, Purpose.ENCRYPTION, f"{suite.name}/x25519"))
        public = x25519.public_key().public_bytes_raw()
        if suite is Suite.X25519:
            return cls(sealing=SealingKey(suite=suite, public=public), private=x25519)
        halves = (purpose_seed(seed, Purpose.ENCRYPTION, f"{suite.name}/mlkem-{half}") for half in "dz")
        mlkem = MLKEM768PrivateKey.from_seed_bytes(b"".join(halves))
        public = mlkem.public_key().public_bytes_raw() + public
        return cls(sealing=SealingKey(suite=suite, public=public), private=hpke.MLKEM768X25519PrivateKey(mlkem, x25519))

    @property
    def key_id(self) -> str:
        return self.sealing.key_id


def preferred(offered: Iterable[SealingKey]) -> SealingKey:
    """Return the key of the best suite a partner offers. Raises `ProofError(UNKNOWN_SUITE)` when it offers none."""
    best = max(offered, key=lambda key: key.suite, default=None)
    if best is None:
        raise ProofError(Reason.UNKNOWN_SUITE, "no sealing key offered")
    return best


def seal(content: bytes, *, to: SealingKey, issuer: str, addressee: str, use: Use = Use.MESSAGE) -> bytes:
    """Seal content (already padded) for one addressee. Raises `ProofError(BAD_KEY)` for a key that seals nothing."""
    info = _info(to, issuer=issuer, addressee=addressee, use=use)
    try:
        sealed = _SUITES[to.suite].encrypt(content, to.loaded, info)
    except ValueError as error:
        raise ProofError(Reason.BAD_KEY, f"sealing key {to.key_id}") from error
    return MAGIC + bytes((to.suite,)) + bytes.fromhex(to.key_id) + sealed


def open_sealed(
    envelope: bytes, *, keys: Mapping[str, OpeningKey], issuer: str, addressee: str, use: Use = Use.MESSAGE
) -> bytes:
    """Open an envelope with our key it names (`keys` is by key id), as from this issuer and for this addressee.

    Raises `ProofError`: NOT_AN_ENVELOPE, UNKNOWN_SUITE, UNKNOWN_KEY, or NOT_OPENED for everything else (rule 5).
    """
    if len(envelope) < HEADER_SIZE or not envelope.startswith(MAGIC):
        raise ProofError(Reason.NOT_AN_ENVELOPE, f"{len(envelope)} bytes")
    number, key_id = envelope[len(MAGIC)], envelope[len(MAGIC) + 1 : HEADER_SIZE].hex()
    if number not in _SUITES:
        raise ProofError(Reason.UNKNOWN_SUITE, f"suite {number}")
    key = keys.get(key_id)
    if key is None:
        raise ProofError(Reason.UNKNOWN_KEY, key_id)
    if key.sealing.suite != number:
        raise ProofError(Reason.NOT_OPENED, f"suite {number} named with a key of suite {key.sealing.suite}")
    info = _info(key.sealing, issuer=issuer, addressee=addressee, use=use)
    try:
        return _SUITES[key.sealing.suite].decrypt(envelope[HEADER_SIZE:], key.private, info)
    except (InvalidTag, ValueError) as error:
        raise ProofError(Reason.NOT_OPENED, f"key {key_id}") from error


def _info(key: SealingKey, *, issuer: str, addressee: str, use: Use) -> bytes:
    words = (use, key.suite.name, key.key_id, issuer, addressee)
    return framed(MAGIC, *(word.encode("utf-8") for word in words))


def _load_public(suite: Suite, public: bytes) -> Public:
    expected = _X25519_SIZE if suite is Suite.X25519 else _MLKEM768_SIZE + _X25519_SIZE
    if len(public) != expected:
        raise ProofError(Reason.BAD_KEY, f"{len(public)} bytes instead of {expected}")
    try:
        x25519 = X25519PublicKey.from_public_bytes(public[-_X25519_SIZE:])
        if suite is Suite.X25519:
            return x25519
        return hpke.MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(public[:-_X25519_SIZE]), x25519)
    except ValueError as error:
        raise ProofError(Reason.BAD_KEY, f"not a key of suite {suite.name}") from error
