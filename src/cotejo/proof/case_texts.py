"""What the signed texts of one case say, read with nothing but their own bytes: for `disclosure`.

Nothing here is verified; `disclosure` does that before it believes a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cotejo.proof import exact, jws
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.status_list import SlotState

_CLAIMS: Final = frozenset(
    {"agreement", "aud", "body", "iat", "iss", "kind", "mid", "prev", "rid", "salt", "seq", "v", "ver"}
)
_NUMBERS: Final = frozenset({"iat", "seq", "v", "ver"})
_WITH_DOCUMENTS: Final = frozenset({"request", "correction", "supplement", "dispute"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipted:
    """The addressee's signed receipt of a message: when, and what became of it."""

    at: int
    outcome: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A message's place under a checkpoint of `size` entries; when the addressee confirmed it (ms, 0 never)."""

    size: int
    confirmed: int
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One signed message of the case. `slot` is the status slot of the version it brings, -1 when it brings none."""

    issuer: str
    addressee: str
    number: int
    kind: str
    version: int
    at: int
    mid: str
    salt: bytes
    signed: bytes
    slot: int
    documents: frozenset[str]
    receipt: Receipted | None = None
    logged: Logged | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSaid:
    """What a signed list says of the newest version told before it: state, and from when until when it serves."""

    issued: int
    expires: int
    version: int
    state: SlotState


def payload(signed: bytes) -> bytes:
    """Return what a compact JWS says, not yet verified."""
    jws.read_header(signed)
    return exact.from_base64url(signed.split(b".")[1].decode("ascii"))


def claims_of(signed_payload: bytes) -> dict[str, exact.Exact]:
    """Return the claims of a message, each of its kind. Raises `ProofError(NOT_EXACT)`."""
    claims = exact.object_of(signed_payload, _CLAIMS, at_most=jws.LARGEST)
    if any(not isinstance(each, int if name in _NUMBERS else str) for name, each in claims.items()):
        raise ProofError(Reason.NOT_EXACT, "a claim of another kind")
    return claims


def object_in(data: bytes) -> dict[str, exact.Exact]:
    """Return the exact object these bytes spell. Raises `ProofError`."""
    value = exact.from_bytes(data, at_most=jws.LARGEST)
    if not isinstance(value, dict):
        raise disagrees("a text that is no object")
    return value


def body(claims: Mapping[str, exact.Exact]) -> dict[str, exact.Exact]:
    """Return the content of a message. Raises `ProofError`."""
    try:
        return object_in(str(claims["body"]).encode("utf-8"))
    except UnicodeEncodeError as error:
        raise ProofError(Reason.NOT_EXACT, "a body that is not text") from error


def brought(claims: Mapping[str, exact.Exact]) -> tuple[int, frozenset[str]]:
    """Return the status slot of the version a message brings, and the hashes of its documents."""
    if claims["kind"] not in _WITH_DOCUMENTS:
        return -1, frozenset()
    match body(claims):
        case {"package": {"slot": int(slot), "documents": list(documents)}}:
            return slot, _hashes(documents)
        case {"letter": str(), "documents": list(documents)}:  # passed on: the origin's letter is one of them
            return -1, _hashes(documents)
        case {"stated": dict(), "documents": list(documents)}:  # a dispute: the paper the person signed
            return -1, _hashes(documents)
    raise disagrees("a message without the content of its kind")


def _hashes(documents: list[exact.Exact]) -> frozenset[str]:
    hashes = [each.get("sha256") for each in documents if isinstance(each, dict)]
    return frozenset(each for each in hashes if isinstance(each, str))


def whole(value: exact.Exact) -> int:
    """Return a whole number. Raises `ProofError(PACKAGE_DISAGREES)`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise disagrees("a number that is none")
    return value


def disagrees(what: str) -> ProofError:
    """Return the refusal of a file whose parts do not belong together."""
    return ProofError(Reason.PACKAGE_DISAGREES, what)
