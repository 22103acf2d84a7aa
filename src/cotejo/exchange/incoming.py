"""Opening what a partner sends, and saying what to do with it, before anything of ours is touched.

1. The seal binds its issuer: the envelope opens only as from one paired partner and only for us. Which one it is stands
   nowhere in the clear (the key id is that of our own key, the same for all), so one partner after the other is tried:
   one opening each, a fraction of a millisecond, and the first that opens is the only one that can.
2. The signature is checked under that partner's published message keys; claims must name the same issuer and us.
3. A repeat of a message taken in before has no second effect; the caller answers with the stored receipt (I8).
4. The next number in the line with the right `prev` is taken; a later number is a gap and stops the line; an earlier
   number with other bytes is an alarm.
5. A message dated beyond our clock's tolerance is refused; so is any while no agreement is in force, and one citing an
   agreement that both have not signed, or whose turn has not come (F19). One citing an agreement that another follows
   was sealed before its sender knew, and keeps its place: its effect is judged by the terms in force here.
6. Claims that no memory could keep as they stand (control characters, numbers and ids out of bounds) give a message no
   place in the line. Content that is so, of a kind nobody knows or without the form of its kind has a place and no
   effect: it is authentic, so the line goes on after it (`NotUnderstood`).
   A receipt is of its message, says one of two outcomes and names gaps by codes, or it is none.
7. Nothing here decides what a message means: see `cotejo.actions.take_in`.
8. A key document may come outside the line, in a letter whose key nobody here knows yet: the root's signature inside is
   all that is believed of it, whoever carried it (TUF 5.3). So no key document waits behind what it alone can open.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Final, cast

from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.messages import KINDS, PROTOCOL, Claims
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import exact, jws, records
from cotejo.proof.commitments import commit
from cotejo.proof.exact import LARGEST_INTEGER, from_base64url, from_hex, sha256
from cotejo.proof.padding import LARGEST, unpad
from cotejo.proof.refusals import ProofError
from cotejo.proof.refusals import Reason as ProofReason
from cotejo.proof.sealing import OVERHEAD, open_sealed
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import Agreement, in_turn
from cotejo.rules.told import OUTCOMES, KeyDocumentPush, Receipt

LARGEST_ENVELOPE = LARGEST + max(OVERHEAD.values())
LONGEST_ID: Final = 64
LONGEST_KIND: Final = 32
LARGEST_VERSION: Final = 2**31 - 2
"""A withdrawal raises the floor to one more than its version, and a floor is kept in 32 bits."""
_GAP: Final = re.compile(r"[a-z0-9][a-z0-9_.]{0,79}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ID_FIELDS: Final = frozenset({"request", "inquiry", "rid", "mid", "id"})
_COUNT_FIELDS: Final = frozenset({"version", "ver", "seq", "period"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How far a partner's direction has come: number and hash of the last message taken in, all agreements."""

    sequence: int
    last: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """The content of an authentic message that this node can do nothing with, and why."""

    reason: WireReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message whose seal, signature and addressee are right. `sha256` and `commitment` are hex.

    `content` is one of the records of `cotejo.rules.told`, or `NotUnderstood`; `signed` the text as it was signed.
    """

    partner: str
    claims: Claims
    content: object
    sha256: str
    commitment: str
    signed: bytes = field(repr=False)


def open_letter(envelope: bytes, *, own: OwnKeys, partners: Iterable[PartnerKeys]) -> Opened:
    """Open an envelope and check signature, addressee, version and the form of its claims.

    Raises `WireRefusal`: TOO_LARGE, NOT_READABLE, UNKNOWN_PARTNER, UNKNOWN_KEY, NOT_FOR_US, UNKNOWN_VERSION,
    WRONG_BODY.
    """
    if len(envelope) > LARGEST_ENVELOPE:
        raise WireRefusal(WireReason.TOO_LARGE, f"{len(envelope)} bytes")
    signed, partner = _unseal(envelope, own, partners)
    try:
        payload = jws.verify(signed, partner.message, typ=jws.Typ.MESSAGE).payload
    except ProofError as error:
        reason = WireReason.UNKNOWN_KEY if error.reason is ProofReason.UNKNOWN_KEY else WireReason.NOT_READABLE
        refusal = WireRefusal(reason, str(error))
        refusal.partner = partner.node
        raise refusal from error
    return _opened(signed, payload, partner, own)


def open_key_letter(envelope: bytes, *, own: OwnKeys, partners: Iterable[PartnerKeys]) -> Opened:
    """Open a letter outside the line that brings a key document, its own signature not looked at (rule 8).

    Raises `WireRefusal`: as `open_letter`, and UNKNOWN_KEY for any other letter.
    """
    signed, partner = _unseal(envelope, own, partners)
    try:
        jws.read_header(signed)
        opened = _opened(signed, from_base64url(signed.split(b".")[1].decode("ascii")), partner, own)
    except ProofError as error:
        raise WireRefusal(WireReason.NOT_READABLE, str(error)) from error
    if opened.claims.seq or not isinstance(opened.content, KeyDocumentPush):
        raise WireRefusal(WireReason.UNKNOWN_KEY, f"message {opened.claims.mid}")
    return opened


def _opened(signed: bytes, payload: bytes, partner: PartnerKeys, own: OwnKeys) -> Opened:
    try:
        claims = claims_of(payload)
    except WireRefusal:
        require_our_version(payload)
        raise
    if claims.iss != partner.node:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, "the signed issuer is not the sealing partner")
    if claims.aud != own.node:
        raise WireRefusal(WireReason.NOT_FOR_US, f"message {claims.mid}")
    if claims.v != PROTOCOL:
        raise WireRefusal(WireReason.UNKNOWN_VERSION, f"version {claims.v}, this node speaks {PROTOCOL}")
    digest = sha256(signed)
    return Opened(
        partner=partner.node,
        claims=claims,
        content=content_of(claims),
        sha256=digest.hex(),
        commitment=commit(from_hex(claims.salt, size=32), signed).hex(),
        signed=signed,
    )


def place_in_line(opened: Opened, line: Line, *, taken_before: str, now: Millis) -> bool:
    """Say whether this message is the next of its line (True) or a repeat of one taken in before (False).

    `taken_before` is the hash stored for this message id, or empty. Raises `WireRefusal` for everything else.
    """
    claims = opened.claims
    if taken_before:
        if taken_before == opened.sha256:
            return False
        raise WireRefusal(WireReason.SAME_NUMBER_OTHER_BYTES, f"message {claims.mid}")
    terms = in_turn(line.agreements, now)
    if claims.iat > now + terms.skew:
        raise WireRefusal(WireReason.FROM_THE_FUTURE, f"{claims.iat - now} ms ahead")
    if not terms.active_at(now):
        raise WireRefusal(WireReason.NO_AGREEMENT, f"agreement {terms.hash[:16]}")
    if not any(each.hash == claims.agreement and each.valid_from <= now + terms.skew for each in line.agreements):
        raise WireRefusal(WireReason.WRONG_AGREEMENT, f"message cites {claims.agreement[:16]}")
    expected = line.sequence + 1
    if claims.seq > expected:
        raise WireRefusal(WireReason.GAP, f"number {claims.seq}, expected {expected}", expected=expected)
    if claims.seq < expected:
        raise WireRefusal(WireReason.SAME_NUMBER_OTHER_BYTES, f"number {claims.seq} was taken in before")
    if claims.prev != line.last:
        raise WireRefusal(WireReason.BROKEN_LINE, f"number {claims.seq}")
    return True


def open_receipt(envelope: bytes, *, own: OwnKeys, partner: PartnerKeys, mid: str, sha256_sent: str) -> Receipt:
    """Open the receipt a partner answered with and check that it is for this message.

    Raises `WireRefusal`: NOT_READABLE and the like, or WRONG_RECEIPT.
    """
    return open_signed_receipt(envelope, own=own, partner=partner, mid=mid, sha256_sent=sha256_sent)[0]


def open_signed_receipt(
    envelope: bytes, *, own: OwnKeys, partner: PartnerKeys, mid: str, sha256_sent: str
) -> tuple[Receipt, bytes]:
    """Return the receipt as `open_receipt` does, and the text that was signed."""
    opened = open_letter(envelope, own=own, partners=(partner,))
    receipt = opened.content
    if not isinstance(receipt, Receipt) or receipt.of != mid or receipt.sha256 != sha256_sent:
        raise WireRefusal(WireReason.WRONG_RECEIPT, f"for message {mid}")
    if receipt.outcome not in OUTCOMES or not all(map(_GAP.fullmatch, receipt.gaps)):
        raise WireRefusal(WireReason.WRONG_RECEIPT, f"of no outcome there is, for message {mid}")
    return receipt, opened.signed


def _unseal(envelope: bytes, own: OwnKeys, partners: Iterable[PartnerKeys]) -> tuple[bytes, PartnerKeys]:
    failure: ProofError | None = None
    for partner in partners:
        try:
            padded = open_sealed(envelope, keys=own.opening, issuer=partner.node, addressee=own.node)
            return unpad(padded), partner
        except ProofError as error:
            failure = error
            if error.reason is not ProofReason.NOT_OPENED:
                break
    if failure is None or failure.reason is ProofReason.NOT_OPENED:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, "the seal opens as from no paired partner") from failure
    raise WireRefusal(WireReason.NOT_READABLE, str(failure)) from failure


def require_keepable(value: object, field: str = "") -> None:
    """Raise `NotThisRecord` for what no memory could keep as it stands (rule 6), wherever it is in a record."""
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise records.NotThisRecord(f"{field} holds a control character")
        if field in _ID_FIELDS and len(value) > LONGEST_ID:
            raise records.NotThisRecord(f"{field} is longer than {LONGEST_ID} characters")
    elif isinstance(value, int):
        if abs(value) > (LARGEST_VERSION if field in _COUNT_FIELDS else LARGEST_INTEGER):
            raise records.NotThisRecord(f"{field} is out of bounds")
    elif isinstance(value, tuple):
        for each in value:
            require_keepable(each, field)
    else:
        for name in _names_of(cast("Hashable", type(value))):
            require_keepable(getattr(value, name), name)


@cache
def _names_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type, which is its own key
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def claims_of(payload: bytes) -> Claims:
    """Read signed claims. Raises `WireRefusal(WRONG_BODY)`."""
    try:
        claims = records.decode(payload, Claims)
        require_keepable(replace(claims, body=""))
        from_hex(claims.salt, size=32)
        from_hex(claims.mid, size=16)
    except (records.NotThisRecord, ProofError) as error:
        raise WireRefusal(WireReason.WRONG_BODY, f"claims: {error}") from error
    return claims


def require_our_version(payload: bytes) -> None:
    """Return unless claims that are not of our form say another version: it is for other forms that versions are told.

    Raises `WireRefusal(UNKNOWN_VERSION)`.
    """
    try:
        said = exact.from_bytes(payload, at_most=LARGEST)
    except ProofError:
        return
    version = said.get("v") if isinstance(said, dict) else PROTOCOL
    if isinstance(version, int) and version != PROTOCOL:
        raise WireRefusal(WireReason.UNKNOWN_VERSION, f"version {version}, this node speaks {PROTOCOL}")


def content_of(claims: Claims) -> object:
    """Return the content of claims, or `NotUnderstood`."""
    if claims.kind not in KINDS:
        return NotUnderstood(reason=WireReason.UNKNOWN_KIND, detail=claims.kind[:LONGEST_KIND])
    try:
        content = claims.content()
        require_keepable(content)
    except records.NotThisRecord as error:
        return NotUnderstood(reason=WireReason.WRONG_BODY, detail=f"{claims.kind}: {error}")
    return content
