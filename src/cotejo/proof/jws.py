"""Signatures over exact bytes: compact JWS (RFC 7515) with Ed25519 (RFC 9864), and nothing else.

1. The header is `{alg, kid, typ}`, spelled exactly; any other field, algorithm or spelling is refused.
2. The type decides which purpose of key may sign: a status key cannot sign a message.
3. The verified payload is the bytes that were signed; nobody spells them again before checking.
4. What is stored and hashed is the whole compact form as received.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from cotejo.proof import exact
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

ALGORITHM = "Ed25519"
LARGEST = 128 * 1024  # one message of the largest padding class
_LARGEST_HEADER = 256
_HEADER = frozenset({"alg", "kid", "typ"})
_PARTS = 3


class Typ(StrEnum):
    """What kind of signed item this is."""

    MESSAGE = "cotejo-message+jws"
    STATUS_LIST = "cotejo-status-list+jws"
    KEY_DOCUMENT = "cotejo-key-document+jws"
    AGREEMENT = "cotejo-agreement+jws"
    PACKAGE = "cotejo-package+jws"
    FIGURES = "cotejo-figures+jws"
    PART = "cotejo-part+jws"
    MODEL = "cotejo-model+jws"


PURPOSE_OF: Mapping[Typ, Purpose] = {
    Typ.MESSAGE: Purpose.MESSAGE,
    Typ.STATUS_LIST: Purpose.STATUS,
    Typ.KEY_DOCUMENT: Purpose.ROOT,
    Typ.AGREEMENT: Purpose.ROOT,
    Typ.PACKAGE: Purpose.MESSAGE,
    Typ.FIGURES: Purpose.LOG,
    Typ.PART: Purpose.MESSAGE,
    Typ.MODEL: Purpose.ROOT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A signed item whose signature held."""

    payload: bytes
    key: VerifyingKey
    typ: Typ


def sign(payload: bytes, key: SigningKey, *, typ: Typ, at_most: int = LARGEST) -> bytes:
    """Sign these bytes as this type; equal input gives equal output.

    Raises `ProofError`: WRONG_PURPOSE when the key may not sign this type, TOO_LARGE.
    """
    _require_purpose(key.verifying, typ)
    header = {"alg": ALGORITHM, "kid": key.key_id, "typ": str(typ)}
    compact = jws.serialize_compact(header, payload, OKPKey.import_key(key.private), registry=_registry(at_most))
    if len(compact) > at_most:
        raise ProofError(Reason.TOO_LARGE, f"{len(compact)} bytes signed, at most {at_most}")
    return compact.encode("ascii")


def verify(compact: bytes, keys: Mapping[str, VerifyingKey], *, typ: Typ, at_most: int = LARGEST) -> Verified:
    """Check a compact JWS of this type against the keys its issuer published, by key id.

    Raises `ProofError`: TOO_LARGE, NOT_EXACT, FORBIDDEN_ALGORITHM, WRONG_TYPE, UNKNOWN_KEY, WRONG_PURPOSE,
    BAD_SIGNATURE.
    """
    header = read_header(compact, at_most=at_most)
    if header["alg"] != ALGORITHM:
        raise ProofError(Reason.FORBIDDEN_ALGORITHM, header["alg"][:32])
    if header["typ"] != typ:
        raise ProofError(Reason.WRONG_TYPE, f"{header['typ'][:64]} instead of {typ}")
    key = keys.get(header["kid"])
    if key is None:
        raise ProofError(Reason.UNKNOWN_KEY, header["kid"][:64])
    _require_purpose(key, typ)
    public = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": exact.to_base64url(key.public)})
    try:
        opened = jws.deserialize_compact(compact, public, registry=_registry(at_most))
    except (JoseError, ValueError) as error:
        raise ProofError(Reason.BAD_SIGNATURE, f"key {key.key_id}") from error
    return Verified(payload=bytes(opened.payload), key=key, typ=typ)


def read_header(compact: bytes, *, at_most: int = LARGEST) -> dict[str, str]:
    """Return the header, spelled exactly, of an item not yet verified. Raises `ProofError`: TOO_LARGE, NOT_EXACT."""
    if len(compact) > at_most:
        raise ProofError(Reason.TOO_LARGE, f"{len(compact)} bytes, at most {at_most}")
    try:
        parts = compact.decode("ascii").split(".")
    except UnicodeDecodeError as error:
        raise ProofError(Reason.NOT_EXACT, "not ASCII") from error
    if len(parts) != _PARTS:
        raise ProofError(Reason.NOT_EXACT, f"{len(parts)} parts instead of {_PARTS}")
    header, _, _ = (exact.from_base64url(part) for part in parts)
    fields = exact.object_of(header, _HEADER, at_most=_LARGEST_HEADER)
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    if len(texts) != len(fields):
        raise ProofError(Reason.NOT_EXACT, "a header field that is not text")
    return texts


def _require_purpose(key: VerifyingKey, typ: Typ) -> None:
    if key.purpose is not PURPOSE_OF[typ]:
        raise ProofError(Reason.WRONG_PURPOSE, f"a {key.purpose} key on {typ}")


def _registry(at_most: int) -> jws.JWSRegistry:
    registry = jws.JWSRegistry(algorithms=[ALGORITHM])
    registry.max_payload_length = at_most
    return registry
