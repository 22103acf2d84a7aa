"""Partners as their acts say, and whose machines the exchange listener lets in.

1. A partner's row follows its acts: agreement, key document, pause. A crash between act and row is made good here.
2. Let in are the authorities in our partners' key documents, and our own, so that the node can see that its exchange
   answers; a message from ourselves is from no partner.
"""

from dataclasses import replace

from cotejo.actions.laws import partner_state
from cotejo.actions.post import read_key_document
from cotejo.actions.unit import Partner
from cotejo.exchange.agreements import SIGNATURES
from cotejo.node.assembly import Node
from cotejo.node.keys import trust_partners
from cotejo.rules.acts import Millis, StreamKind
from cotejo.store.models import PartnerRow


def follow_partners(node: Node, *, now: Millis) -> int:
    """Bring partners' rows to what their acts say. Return how many changed."""
    return sum(_follow(node, line.stream.id, now) for line in node.unit.listed(StreamKind.PARTNER))


def rewrite_trust(node: Node) -> bool:
    """Write the trust file anew from the partners known now; say whether it changed."""
    authorities = {read_key_document(each.key_document).tls_ca for each in node.unit.partners()}
    return trust_partners(node.home, tuple({*authorities, node.keys.document.tls_ca}))


def _follow(node: Node, name: str, now: Millis) -> bool:
    state, row = partner_state(node.unit, name), node.unit.partner(name)
    if not state.agreements:
        return False
    if row is None:
        row = Partner(
            name=name,
            agreements=state.agreements,
            key_document="",
            sequence_in=0,
            sequence_out=0,
            last_in="",
            last_out="",
        )
    wanted = replace(row, agreements=state.agreements, key_document=state.key_document, paused=state.paused)
    if wanted == row:
        return False
    node.unit.pair(wanted, agreement_signed=_signatures(name, state.renewal.signed), now=now)
    return True


def _signatures(name: str, followed: tuple[str, ...]) -> bytes:
    """Return the signatures of every agreement: those of the acts, after what the row alone holds of the first."""
    row = PartnerRow.objects.filter(name=name).values_list("agreement_signed", flat=True).first()
    kept = bytes(row or b"").split(b"\n") if row else []
    first = [each for each in kept[:SIGNATURES] if each.decode() not in followed]
    return b"\n".join((*first, *(each.encode() for each in followed)))
