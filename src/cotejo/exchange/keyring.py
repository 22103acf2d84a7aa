"""The keys two nodes use with each other: ours to sign and open, a partner's to verify and seal for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cotejo.proof.key_document import KeyDocument
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.sealing import OpeningKey, SealingKey
from cotejo.rules.acts import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """This node's private keys for the exchange; opening keys by id, so that old ones overlap with new ones.

    `log` signs checkpoints of our direction of a link, `witness` confirms the partner's. Of the `root` only the public
    half is here, by which the node knows its own signature under an agreement.
    """

    node: str
    message: SigningKey
    status: SigningKey
    opening: Mapping[str, OpeningKey]
    log: SigningKey | None = None
    witness: SigningKey | None = None
    root: VerifyingKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerKeys:
    """A partner's public keys in force, by key id, as its key document says."""

    node: str
    message: Mapping[str, VerifyingKey]
    status: Mapping[str, VerifyingKey]
    sealing: tuple[SealingKey, ...]
    log: Mapping[str, VerifyingKey] = field(default_factory=dict)
    witness: Mapping[str, VerifyingKey] = field(default_factory=dict)


def keys_of(document: KeyDocument, *, now: Millis) -> PartnerKeys:
    """Return the keys a key document puts in force at `now`. Raises `ProofError` when the document has expired."""
    return PartnerKeys(
        node=document.name,
        message=document.verifying_keys(Purpose.MESSAGE, now=now),
        status=document.verifying_keys(Purpose.STATUS, now=now),
        sealing=document.sealing_keys(now=now),
        log=document.verifying_keys(Purpose.LOG, now=now),
        witness=document.verifying_keys(Purpose.WITNESS, now=now),
    )
