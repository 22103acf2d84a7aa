"""Telling a partner our key documents outside the line, when it does not know our keys or holds an expired document.

The newest goes first; a partner that lacks earlier ones says which it waits for, and gets them one after the other.
"""

import logging
import secrets
from contextlib import suppress
from typing import Final

from cotejo.actions.announce import TAKEN
from cotejo.actions.outside import Room, outside
from cotejo.actions.post import last_keys
from cotejo.actions.unit import Partner
from cotejo.exchange.incoming import open_receipt
from cotejo.exchange.outgoing import Letter
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.node.assembly import Node
from cotejo.node.rotation import key_document_of, note_known
from cotejo.node.wire.client import NotTaken, Receipted, Wire
from cotejo.rules.acts import Millis
from cotejo.rules.told import KeyDocumentPush

LOG: Final = logging.getLogger("cotejo.sending")
NEEDS_KEYS: Final = frozenset(
    each.code
    for each in (
        WireReason.UNKNOWN_KEY,
        WireReason.KEY_DOCUMENT_EXPIRED,
        WireReason.UNKNOWN_PARTNER,
        WireReason.RECOVERING,
    )
)
"""What a partner says that does not know our keys (of a message, of a part's slip) or may have forgotten them."""
MOST: Final = 64
"""How many documents are told at one try; far more than a partner ever lacks."""


def tell_keys(node: Node, wire: Wire, partner: Partner, *, now: Millis) -> bool:
    """Say whether the partner knows our newest key document now. Raises `NodeError` for one that is not kept here."""
    newest = node.keys.document.version
    facts = {"partner": partner.name, "document": newest}
    LOG.warning("a partner does not know this node's keys; they are told outside the line", extra={"facts": facts})
    room, version = Room(own=node.keys.own, chance=secrets.token_bytes), newest
    for _ in range(MOST):
        letter = outside(KeyDocumentPush(document=key_document_of(node.home, version)), "", partner, room, now=now)
        answer = wire.post(letter.body)
        if isinstance(answer, Receipted):
            if version == newest:
                if _says_taken(answer.sealed, letter, partner, room, now):
                    note_known(node.home, partner.name)
                return True
            version += 1
        elif isinstance(answer, NotTaken) and answer.code == WireReason.GAP.code and 0 < answer.expected < version:
            version = answer.expected
        else:
            return False
    return False


def _says_taken(sealed: bytes, letter: Letter, partner: Partner, room: Room, now: Millis) -> bool:
    """Say whether the partner's signed receipt of a letter says that it was taken in."""
    with suppress(WireRefusal):
        keys = last_keys(partner, now=now)
        receipt = open_receipt(sealed, own=room.own, partner=keys, mid=letter.mid, sha256_sent=letter.sha256)
        return receipt.outcome == TAKEN
    return False
