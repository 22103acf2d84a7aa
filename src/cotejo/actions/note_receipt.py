"""Noting the receipt a partner answered one of our messages with.

1. The receipt must be signed by the partner and name this very message (X3).
2. What it says of a request goes to the dossier, why a question was refused to the inquiry, a difference it found or a
   step of the rehearsal to the partner; then the message is done. A crash in between is harmless: the message goes out
   again and the partner answers with the same bytes (I8).
3. A message that has its receipt keeps it: what a partner answers on one that goes again to fill a gap changes nothing
   of ours. Only after it said that it was restored, and that is written down, do messages wait for a receipt anew.
"""

from dataclasses import dataclass
from typing import Final

from cotejo.actions.laws import DOSSIER, INQUIRY
from cotejo.actions.perform import BUSY, perform
from cotejo.actions.post import partner_keys
from cotejo.actions.reconcile import KIND, TAKEN, hear_difference
from cotejo.actions.rehearse import KIND as REHEARSAL
from cotejo.actions.rehearse import note_rehearsal
from cotejo.actions.unit import Conflict, Partner, Unit
from cotejo.exchange.incoming import open_signed_receipt
from cotejo.exchange.keyring import OwnKeys
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.dossier_commands import RecordReceipt
from cotejo.rules.duties import PartnerNode
from cotejo.rules.inquiry_commands import RecordInquiryRefusal
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Receipt

ABOUT_A_VERSION: Final = frozenset({"request", "correction", "supplement"})
INQUIRED: Final = "inquiry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message of ours that waits for its receipt, or has one. `sha256` is of its signed text."""

    mid: str
    kind: str
    sha256: str
    request: str
    version: int
    receipted: bool = False


def note_receipt(unit: Unit, partner: Partner, posted: Posted, sealed: bytes, *, own: OwnKeys, now: Millis) -> Receipt:
    """Open and note a receipt. Raises `WireRefusal` when it is not of this message, `Conflict` to try again."""
    keys = partner_keys(partner, now=now)
    receipt, signed = open_signed_receipt(sealed, own=own, partner=keys, mid=posted.mid, sha256_sent=posted.sha256)
    if posted.receipted:
        return receipt
    if posted.kind in ABOUT_A_VERSION:
        for stream in unit.lookup("dossier.request", posted.request):
            done = perform(
                DOSSIER,
                unit,
                stream,
                RecordReceipt(version=posted.version, outcome=receipt.outcome, gaps=receipt.gaps),
                who=PartnerNode(name=partner.name),
                purpose=Purpose.EXCHANGE,
                now=now,
            )
            if isinstance(done, Refused) and BUSY.code in done.codes:
                raise Conflict("others are changing this dossier")
    if posted.kind == INQUIRED and receipt.outcome != TAKEN:
        _hear_refused_inquiry(unit, partner, posted.request, receipt, now)
    if posted.kind == KIND and receipt.outcome != TAKEN:
        hear_difference(unit, partner.name, now=now)
    if posted.kind == REHEARSAL:
        note_rehearsal(unit, partner, posted.request, posted.version, receipt, now=now)
    unit.keep_receipt(
        partner=partner.name, mid=posted.mid, outcome=receipt.outcome, gaps=receipt.gaps, now=now, signed=signed
    )
    return receipt


def _hear_refused_inquiry(unit: Unit, partner: Partner, inquiry: str, receipt: Receipt, now: Millis) -> None:
    done = perform(
        INQUIRY,
        unit,
        Stream(StreamKind.INQUIRY, inquiry),
        RecordInquiryRefusal(gaps=receipt.gaps),
        who=PartnerNode(name=partner.name),
        purpose=Purpose.EXCHANGE,
        now=now,
    )
    if isinstance(done, Refused) and BUSY.code in done.codes:
        raise Conflict("others are changing this inquiry")
