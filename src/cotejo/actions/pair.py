"""Pairing with another node: its key document, the fingerprint two people compared, the agreement both signed.

1. Both documents are opened here: nothing is believed that is not signed by the root it names.
2. The agreement carries both roots' signatures over the same bytes and no term looser than the law (F19, F62).
3. A node of the real world never pairs with an invented one (design section 7).
4. What was heard is compared as people speak: case, spaces, hyphens and look-alikes do not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cotejo.actions.laws import PARTNER
from cotejo.actions.perform import perform
from cotejo.actions.unit import Committed, Unit
from cotejo.exchange.agreements import open_agreement
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.keys import VerifyingKey, same_fingerprint
from cotejo.rules.acts import Millis, Reason, Refused, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.duties import Officer
from cotejo.rules.partner import PairPartner
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

OTHER_WORLD = Reason(
    code="partner.other_world",
    text=Text(
        "One node handles real people, the other invented ones; they never exchange.",
        "Un nodo trata personas reales y el otro inventadas; nunca intercambian.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The partner's signed key document, both signatures of the agreement, and the fingerprint as it was heard."""

    key_document: str
    agreement: tuple[bytes, ...]
    read_aloud: str


def pair(unit: Unit, papers: Papers, *, own: KeyDocument, who: Officer, now: Millis) -> Committed | Refused:
    """Pair with the node whose papers these are. Raises `ProofError` when one of them cannot be believed."""
    document = open_key_document(papers.key_document.encode())
    document.require_current(now)
    agreement = agreed(papers.agreement, own=own, partner=document)
    stream = Stream(StreamKind.PARTNER, document.name)
    if document.world != own.world:
        unit.note_refusal(who=who, purpose=Purpose.PARTNERS, subject=str(stream), reasons=(OTHER_WORLD,), now=now)
        return Refused((OTHER_WORLD,))
    fingerprint = document.fingerprint()
    command = PairPartner(
        name=document.name,
        node=own.name,
        agreement=agreement,
        key_document=papers.key_document,
        key_number=document.version,
        fingerprint=fingerprint,
        signed=tuple(each.decode() for each in papers.agreement),
        read_aloud=fingerprint if same_fingerprint(papers.read_aloud, fingerprint) else papers.read_aloud,
    )
    return perform(PARTNER, unit, stream, command, who=who, purpose=Purpose.PARTNERS, now=now)


def agreed(signed: tuple[bytes, ...], *, own: KeyDocument, partner: KeyDocument) -> Agreement:
    """Return the agreement these two nodes signed. Raises `ProofError`."""
    roots: Mapping[str, VerifyingKey] = {own.name: own.root, partner.name: partner.root}
    return open_agreement(signed, roots)
