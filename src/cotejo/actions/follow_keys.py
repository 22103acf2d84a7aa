"""Following a partner's line of key documents: in the line, outside it, and from what no restore takes away.

1. Each next document is signed by the root that is known (`proof.key_document`). That signature is all that is believed
   of it: who carried it, and under which key, does not matter.
2. A key document may come outside the line. So none waits behind messages that only it lets us take in, and a node that
   forgot a change of keys in a restore learns of it again.
3. The document that is held already is taken once more and changes nothing; an older one is refused as old.
4. What was ever followed is kept outside the database as well. A restored node follows it first, so that it can reach
   its partners at all: their machines have other certificates since.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from cotejo.actions.laws import PARTNER, partner_state
from cotejo.actions.perform import BUSY, perform
from cotejo.actions.post import read_key_document
from cotejo.actions.unit import Conflict, Partner, Unit
from cotejo.exchange.incoming import Opened
from cotejo.exchange.outgoing import receipt_content
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.key_document import KeyDocument, follow_key_document, open_key_document
from cotejo.proof.keys import Purpose as KeyPurpose
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Plan, Refused, Stream, StreamKind
from cotejo.rules.duties import PartnerNode
from cotejo.rules.line import LineRepair
from cotejo.rules.partner import PartnerState, SeeKeyDocument
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import KeyDocumentPush, Receipt

KIND: Final = "key_document"


def see_key_document(held: PartnerState, document: str) -> SeeKeyDocument:
    """Return the command for a document that came; one that does not follow is refused by the law as old."""
    before, number = read_key_document(held.key_document), 0
    stolen: tuple[tuple[str, Millis], ...] = ()
    with suppress(ProofError):
        new = follow_key_document(before, document.encode())
        number, stolen = new.version, _newly_stolen(before, new)
    return SeeKeyDocument(number=number, document=document, stolen=stolen)


def _newly_stolen(before: KeyDocument, new: KeyDocument) -> tuple[tuple[str, Millis], ...]:
    """Return purpose and moment of every key the new document is the first to name as stolen."""
    known = {each.key for each in before.revoked}
    purposes = {each.key.key_id: each.key.purpose.value for each in (*before.keys, *new.keys)}
    return tuple(
        (purposes.get(each.key, KeyPurpose.ENCRYPTION.value), each.invalid_after)
        for each in new.revoked
        if each.key not in known
    )


def take_key_letter(unit: Unit, partner: Partner, opened: Opened, *, now: Millis) -> tuple[Partner, Receipt]:
    """Follow a key document that came outside the line; return the partner under it, and the receipt.

    Raises `WireRefusal`: GAP with the version that is to come first, NOT_READABLE when the known root did not sign it.
    """
    document = opened.content.document if isinstance(opened.content, KeyDocumentPush) else ""
    receipt = receipt_content(of=opened.claims.mid, sha256_of=opened.sha256, outcome="taken", gaps=())
    if document == partner.key_document:
        return partner, receipt
    held = read_key_document(partner.key_document)
    try:
        version = open_key_document(document.encode()).version
        if version <= held.version:
            return partner, replace(receipt, outcome="refused", gaps=("key_document.old",))
        if version > held.version + 1:
            expected = held.version + 1
            raise WireRefusal(WireReason.GAP, f"key document {version}, expected {expected}", expected=expected)
        follow_key_document(held, document.encode())
    except ProofError as error:
        raise WireRefusal(WireReason.NOT_READABLE, str(error)) from error
    return follow(unit, partner, document, now), receipt


def follow_kept(unit: Unit, partner: Partner, *, now: Millis) -> Partner:
    """Follow whatever key documents of a partner are kept outside the database and not known inside it (rule 4)."""
    for document in unit.key_documents(partner.name):
        with suppress(ProofError):
            follow_key_document(read_key_document(partner.key_document), document.encode())
            partner = follow(unit, partner, document, now)
    return partner


def follow(unit: Unit, partner: Partner, document: str, now: Millis) -> Partner:
    """Follow the next document, in the acts and in the line at once; the caller has seen that it follows.

    Raises `Conflict` to try again.
    """
    repair = Plan(repairs=(LineRepair(partner=partner.name, key_document=document),))
    done = perform(
        PARTNER,
        unit,
        Stream(StreamKind.PARTNER, partner.name),
        see_key_document(partner_state(unit, partner.name), document),
        who=PartnerNode(name=partner.name),
        purpose=Purpose.EXCHANGE,
        now=now,
        also=lambda plan: plan.and_then(repair),
    )
    if isinstance(done, Refused):
        if BUSY.code in done.codes:
            raise Conflict("others are changing this partner")
        raise WireRefusal(WireReason.NOT_READABLE, ", ".join(done.codes))
    return replace(partner, key_document=document)
