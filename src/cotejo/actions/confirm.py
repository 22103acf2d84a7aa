"""Checkpoints of the link: signed every hour by the sender of a direction, confirmed by whoever took its messages in.

1. Every hour, also when nothing happened, each node tells each partner a signed checkpoint of its own direction:
   silence is seen, and neither side can later show an auditor another line than it showed the partner.
2. A node confirms only what equals the leaves it took in itself. Anything else is written down with the signed note as
   evidence, pauses the sender, and is told to both oversight bodies.
3. The newest note of each direction is kept with both signatures beside the leaves, for auditors.
"""

from typing import Final

from cotejo.actions.perform import BUSY, perform
from cotejo.actions.post import is_sealable, partner_keys
from cotejo.actions.reconcile import LINES, REFUSED, TAKEN
from cotejo.actions.unit import NOTHING_WRITTEN, Committed, Conflict, Incoming, Partner, Taken, Unit
from cotejo.exchange import confirming
from cotejo.exchange.keyring import OwnKeys
from cotejo.proof.checkpoint import open_checkpoint
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.rules.duties import Clockwork, PartnerNode
from cotejo.rules.lines import Difference
from cotejo.rules.purposes import Purpose
from cotejo.rules.reconciling import CompareLines
from cotejo.rules.told import Cosignature, LinkCheckpoint

KIND: Final = "link_checkpoint"
EVERY: Final[Millis] = HOUR
NOT_OURS: Final = "cosignature.other_line"


def state_checkpoint(unit: Unit, partner: Partner, *, own: OwnKeys, now: Millis) -> Committed:
    """Put a signed checkpoint of our direction into the outbox; nothing while nothing can be sealed for the partner.

    Raises `ValueError` for a node without a log key.
    """
    if not is_sealable(partner, now=now):
        return NOTHING_WRITTEN
    if own.log is None:
        raise ValueError("a node without a log key signs no checkpoints")
    told = unit.line_held(partner.name).told.whole()
    note = confirming.sign_line(told.held(), sender=unit.node, addressee=partner.name, key=own.log)
    send = Send(partner=partner.name, content=LinkCheckpoint(note=note.decode()), at=now)
    return unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)


def take_checkpoint(
    unit: Unit, partner: Partner, incoming: Incoming, said: LinkCheckpoint, *, own: OwnKeys, now: Millis
) -> bytes:
    """Confirm the partner's checkpoint when it equals what was taken in here, and return the sealed receipt."""
    keys, note = partner_keys(partner, now=now), said.note.encode()
    sides = {"sender": partner.name, "addressee": unit.node}
    try:
        log = confirming.signer_of(note, keys.log, **sides)
        signed = open_checkpoint(note, log)
    except ProofError as error:
        return _receipt(unit, incoming, (error.reason.code,), now)
    if not confirming.same_line(signed, unit.line_held(partner.name).heard, **sides):
        return _two_faces(unit, incoming, signed.size, said.note, now)
    if own.witness is None:
        return _receipt(unit, incoming, (), now)
    whole = confirming.confirm(note, log, addressee=unit.node, key=own.witness, now=now)
    unit.keep_checkpoint(partner.name, outgoing=False, note=whole)
    send = Send(partner=partner.name, content=Cosignature(note=whole.decode()), at=now)
    taken = Taken(incoming=incoming, outcome=TAKEN)
    plan, who = Plan(sends=(send,)), PartnerNode(name=partner.name)
    return unit.commit(plan, who=who, purpose=Purpose.EXCHANGE, now=now, taken=taken).receipt


def take_cosignature(
    unit: Unit, partner: Partner, incoming: Incoming, said: Cosignature, *, own: OwnKeys, now: Millis
) -> bytes:
    """Keep the partner's confirmation of our own checkpoint, and return the sealed receipt."""
    note, sides = said.note.encode(), {"sender": unit.node, "addressee": partner.name}
    keys = {own.log.key_id: own.log.verifying} if own.log else {}
    try:
        signed = confirming.open_line(note, keys, **sides)
        confirmed = confirming.confirmed_by(note, partner_keys(partner, now=now).witness, addressee=partner.name)
    except ProofError as error:
        return _receipt(unit, incoming, (error.reason.code,), now)
    if not confirmed or not confirming.same_line(signed, unit.line_held(partner.name).told, **sides):
        return _receipt(unit, incoming, (NOT_OURS,), now)
    unit.keep_checkpoint(partner.name, outgoing=True, note=note)
    return _receipt(unit, incoming, (), now)


def _receipt(unit: Unit, incoming: Incoming, gaps: tuple[str, ...], now: Millis) -> bytes:
    taken = Taken(incoming=incoming, outcome=REFUSED if gaps else TAKEN, gaps=gaps)
    who = PartnerNode(name=incoming.partner)
    return unit.commit(Plan(), who=who, purpose=Purpose.EXCHANGE, now=now, taken=taken).receipt


def _two_faces(unit: Unit, incoming: Incoming, size: int, note: str, now: Millis) -> bytes:
    stream = Stream(StreamKind.PARTNER, incoming.partner)
    shown = (Difference.CHECKPOINT,)
    command = CompareLines(told=0, heard=size, differences=shown, evidence=note)
    taken = Taken(incoming=incoming, outcome=REFUSED, gaps=(f"line.{Difference.CHECKPOINT.value}",))
    done = perform(
        LINES,
        unit,
        stream,
        command,
        who=PartnerNode(name=incoming.partner),
        purpose=Purpose.EXCHANGE,
        now=now,
        taken=taken,
    )
    if isinstance(done, Refused):
        if BUSY.code in done.codes:
            raise Conflict("others are changing this partner")
        return _receipt(unit, incoming, done.codes, now)
    return done.receipt
