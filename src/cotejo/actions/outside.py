"""Letters outside the line, without a number: what a node that lost its numbers or its keys can still say and hear.

1. The question of a restored node and the answer to it, key documents, and the receipts of these.
2. A key document and its receipt are sealed for the last keys known of the partner, expired or not: what is in them is
   public, and two nodes whose documents both expired could tell each other nothing otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cotejo.actions.post import last_keys, partner_keys
from cotejo.actions.unit import Partner
from cotejo.exchange.keyring import OwnKeys
from cotejo.exchange.outgoing import Letter, Place, write_letter
from cotejo.rules.acts import Millis
from cotejo.rules.told import KeyDocumentPush, Receipt, Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What seals and opens outside the line: our keys, and chance."""

    own: OwnKeys
    chance: Callable[[int], bytes]


def outside(
    content: Reconciliation | KeyDocumentPush | Receipt, prev: str, partner: Partner, room: Room, *, now: Millis
) -> Letter:
    """Seal what has no number in the line. Raises `ProofError` when the partner has no key to seal it for."""
    keys = partner_keys if isinstance(content, Reconciliation) else last_keys
    return write_letter(
        content,
        Place(seq=0, prev=prev, agreement=partner.terms(now).hash),
        own=room.own,
        to=keys(partner, now=now),
        document=_no_document,
        chance=room.chance,
        now=now,
    )


def _no_document(sha256: str) -> bytes:
    raise KeyError(sha256)
