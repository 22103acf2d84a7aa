"""The slip that comes with a sealed part of a document: whose it is, signed, so that each partner fills its own room.

1. A seal names an issuer but proves none; mutual TLS lets a machine in and does not tell us which. The slip does: it is
   signed with the issuer's message key over the part's name, the issuer and the addressee.
2. Without a slip of a paired partner, for us and for this very part, nothing is kept.
3. A key is whose document names it, and another's may name it as well: a slip is of the partner it says, if that one
   publishes its key. So nobody keeps another's parts out by publishing that one's key.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import jws, records
from cotejo.proof.refusals import ProofError

LARGEST_SLIP = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is signed: the name of a sealed part, who sends it and to whom."""

    iss: str
    aud: str
    part: str


def sign_slip(part: str, *, own: OwnKeys, to: str) -> bytes:
    """Return the signed slip for one part to one node."""
    slip = Slip(iss=own.node, aud=to, part=part)
    return jws.sign(records.encode(slip), own.message, typ=jws.Typ.PART, at_most=LARGEST_SLIP)


def issuer_of(slip: bytes, part: str, *, node: str, partners: Iterable[PartnerKeys]) -> str:
    """Return the partner whose signed slip this is. Raises `WireRefusal`: NOT_READABLE, UNKNOWN_PARTNER, NOT_FOR_US."""
    try:
        signer = jws.read_header(slip, at_most=LARGEST_SLIP)["kid"]
        named = {each.node: each for each in partners if signer in each.message}
        if not named:
            raise WireRefusal(WireReason.UNKNOWN_PARTNER, "no paired partner signed this slip")
        verified = jws.verify(slip, next(iter(named.values())).message, typ=jws.Typ.PART, at_most=LARGEST_SLIP)
        said = records.decode(verified.payload, Slip)
    except (ProofError, records.NotThisRecord) as error:
        raise WireRefusal(WireReason.NOT_READABLE, f"slip: {error}") from error
    if said.iss not in named:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, "the slip names another issuer")
    if said.aud != node or said.part != part:
        raise WireRefusal(WireReason.NOT_FOR_US, "the slip is for another part or another node")
    return said.iss
