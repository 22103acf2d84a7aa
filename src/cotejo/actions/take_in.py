"""Taking in a partner's message: open it, find its place in the line, give it its one effect, answer with a receipt.

1. A message that was taken in before gets the stored receipt, byte for byte, and has no second effect (I8); so does a
   copy that comes while the first is being taken in.
2. Effect, receipt, line position and log leaves are one transaction; the receipt leaves after the commit (X3).
3. What the law refuses is still taken in its place in the line; the next message can come. The receipt names the gaps
   that are the message's own and nothing of ours (`rules.receipts`); our reasons go into our log with it.
4. What cannot be opened, is out of line or is from a stranger has no effect at all and a named refusal. What is
   authentic, in its place and yet cannot be understood takes its place without effect: one bad message of a partner's
   software stops nothing that comes after it.
5. What only meets others at work on the case has no receipt: the partner sends it again.
   Of a partner whose key document has expired only the next one is taken, by the root that is known: it is locked out
   of nothing by time alone. A key document comes outside the line as well (`actions.follow_keys`).
6. A node that is being restored takes in only what follows, from a partner that has given back what it knows, so that
   what was lost comes again (design section 8).
7. What a message is about is what its content names, whatever its claims say beside it: so it is kept with its case,
   and counts for that one's floor.
8. A partner that was restored may ask what it lost, outside the line (`actions.reconcile`).
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from cotejo.actions.confirm import take_checkpoint, take_cosignature
from cotejo.actions.effects import Desk, Effect, documents_of, effect_of, of_review
from cotejo.actions.follow_keys import take_key_letter
from cotejo.actions.onward import cited_in, letter_to_keep, lists_to_pass_on, open_copy
from cotejo.actions.outside import Room, outside
from cotejo.actions.perform import BUSY, perform
from cotejo.actions.post import last_keys, partner_keys, read_key_document
from cotejo.actions.reconcile import answer_restored, may_send, pass_closed, take_statement
from cotejo.actions.status import judge_passed_list, judge_status, list_id
from cotejo.actions.unit import Conflict, Incoming, OutOfLine, Partner, StatusHeld, Taken, Unit
from cotejo.exchange.incoming import (
    LONGEST_KIND,
    Line,
    NotUnderstood,
    Opened,
    open_key_letter,
    open_letter,
    place_in_line,
)
from cotejo.exchange.keyring import PartnerKeys
from cotejo.exchange.messages import about
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.key_document import follow_key_document
from cotejo.proof.refusals import ProofError
from cotejo.rules import told
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.duties import PartnerNode
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.receipts import gaps_of, is_refused

__all__ = ["Desk", "keys_of_partners", "take_in", "take_in_from"]

TAKEN: Final = "taken"
REFUSED: Final = "refused"
NOTHING: Final = Plan()
_NOT_UNDERSTOOD: Final = frozenset(
    {WireReason.WRONG_BODY, WireReason.UNKNOWN_KIND, WireReason.MISSING_DOCUMENT, WireReason.NOT_THE_ORIGINS}
)


def take_in(desk: Desk, envelope: bytes, *, now: Millis) -> bytes:
    """Take in one envelope and return the sealed receipt. Raises `WireRefusal` when it has no effect."""
    return take_in_from(desk, envelope, now=now)[1]


def take_in_from(desk: Desk, envelope: bytes, *, now: Millis) -> tuple[str, bytes]:
    """Take in one envelope and return whose it is, and the sealed receipt. Raises `WireRefusal`, naming whose."""
    opened, partner = _open(desk, envelope, now)
    try:
        return opened.partner, _take_in_once(desk, partner, opened, now)
    except OutOfLine:  # its copy, or another in its place, was taken in meanwhile: now it shows which
        return opened.partner, _take_in_once(desk, desk.unit.partner(opened.partner), opened, now, again=True)
    except WireRefusal as refusal:
        refusal.partner = opened.partner
        raise


def _open(desk: Desk, envelope: bytes, now: Millis) -> tuple[Opened, Partner | None]:
    """Return the message, and its partner as it was read for it."""
    partners = {each.name: each for each in desk.unit.partners()}
    keys = [last_keys(each, now=now) for each in partners.values()]
    try:
        opened = open_letter(envelope, own=desk.own, partners=keys)
    except WireRefusal as refusal:
        if refusal.reason is not WireReason.UNKNOWN_KEY:
            raise
        try:
            opened = open_key_letter(envelope, own=desk.own, partners=keys)
        except WireRefusal as other:
            raise refusal from other
    return opened, partners.get(opened.partner)


def _take_in_once(desk: Desk, partner: Partner | None, opened: Opened, now: Millis, *, again: bool = False) -> bytes:
    """Take a message in. The next of its line was not taken in before, or it is out of line: then it is looked up."""
    unit = desk.unit
    if partner is None:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, opened.partner)
    room = Room(own=desk.own, chance=desk.chance)
    if isinstance(opened.content, told.KeyDocumentPush) and not opened.claims.seq:
        partner, receipt = take_key_letter(unit, partner, opened, now=now)
        return outside(receipt, opened.sha256, partner, room, now=now).body
    is_next = opened.claims.seq == partner.sequence_in + 1
    before = unit.receipt_of(partner.name, opened.claims.mid) if again or not is_next else None
    if before is not None and before[0] == opened.sha256:
        return before[1]
    if not _is_current(partner.key_document, now) and not _brings_keys(partner, opened.content, now):
        raise WireRefusal(WireReason.KEY_DOCUMENT_EXPIRED, opened.partner)
    if isinstance(opened.content, told.Reconciliation) and not opened.claims.seq:
        return answer_restored(unit, partner, opened, room, now=now)
    if unit.recovering():
        pass_closed(unit, partner.name, now=now)
        partner = unit.partner(partner.name) or partner
    line = Line(sequence=partner.sequence_in, last=partner.last_in, agreements=partner.agreements)
    if not place_in_line(opened, line, taken_before=before[0] if before else "", now=now):
        return before[1] if before else b""
    if not may_send(unit, partner.name):
        raise WireRefusal(WireReason.RECOVERING, f"message {opened.claims.mid}")
    incoming = _incoming(partner, opened)
    try:
        return _give_effect(desk, partner, incoming, now)
    except WireRefusal as refusal:
        if refusal.reason not in _NOT_UNDERSTOOD:
            raise
        return _receipt(unit, _refused(Taken(incoming=incoming, outcome=REFUSED), (refusal.reason.code,)), now)


def _is_current(document: str, now: Millis) -> bool:
    return now < read_key_document(document).expires


def _brings_keys(partner: Partner, content: object, now: Millis) -> bool:
    """Say whether this is the partner's next key document, signed by the root we hold, and in force."""
    if not isinstance(content, told.KeyDocumentPush):
        return False
    with suppress(ProofError):
        return now < follow_key_document(read_key_document(partner.key_document), content.document.encode()).expires
    return False


def keys_of_partners(unit: Unit, now: Millis) -> list[PartnerKeys]:
    """Return the keys of every paired partner whose key document is in force."""
    keys = []
    for partner in unit.partners():
        try:
            keys.append(partner_keys(partner, now=now))
        except ProofError:
            continue
    return keys


def _incoming(partner: Partner, opened: Opened) -> Incoming:
    request, version = about(opened.claims, opened.content)
    return Incoming(
        partner=partner.name,
        mid=opened.claims.mid,
        kind=opened.claims.kind[:LONGEST_KIND],
        seq=opened.claims.seq,
        prev=opened.claims.prev,
        at=opened.claims.iat,
        sha256=opened.sha256,
        commitment=opened.commitment,
        content=opened.content,
        request=request,
        version=version,
        signed=opened.signed,
    )


def _give_effect(desk: Desk, partner: Partner, incoming: Incoming, now: Millis) -> bytes:
    content = incoming.content
    if isinstance(content, NotUnderstood):
        raise WireRefusal(content.reason, content.detail)
    if isinstance(content, told.Receipt):
        raise WireRefusal(WireReason.UNKNOWN_KIND, "a receipt comes only as an answer")
    if isinstance(content, told.LinkCheckpoint):
        return take_checkpoint(desk.unit, partner, incoming, content, own=desk.own, now=now)
    if isinstance(content, told.Cosignature):
        return take_cosignature(desk.unit, partner, incoming, content, own=desk.own, now=now)
    if isinstance(content, told.Reconciliation):
        return take_statement(desk.unit, incoming, content, now=now)
    if isinstance(content, told.KeyDocumentPush) and content.document == partner.key_document:
        return _receipt(desk.unit, Taken(incoming=incoming, outcome=TAKEN), now)
    if isinstance(content, told.StatusPush):
        return _keep_pushed(desk.unit, partner, incoming, content, now)
    if isinstance(content, told.PassedList):
        return _keep_status(desk.unit, incoming, judge_passed_list(desk.unit, partner, content, now=now), now)
    if isinstance(content, told.PassedOn):
        return _take_copy(desk, partner, incoming, content, now)
    effect = effect_of(desk, partner, content)
    if effect is None:
        return _receipt(desk.unit, Taken(incoming=incoming, outcome=TAKEN), now)
    package = getattr(content, "package", None)
    if not isinstance(package, Package):
        following = getattr(effect.command, "document", "") if _brings_keys(partner, content, now) else ""
        brought = Taken(incoming=incoming, outcome=TAKEN, key_document=following, documents=effect.documents)
        return _carry_out(desk.unit, effect, brought, now)
    documents = documents_of(desk, partner.name, package)
    letter = letter_to_keep(partner, incoming)
    arrived = {"arrived": frozenset(documents), "letter": next(iter(letter), ""), "cited": cited_in(*letter.values())}
    effect = replace(effect, command=replace(effect.command, **arrived))  # type: ignore[type-var]
    brought = Taken(incoming=incoming, outcome=TAKEN, documents={**documents, **letter})
    receipt = _carry_out(desk.unit, effect, brought, now)
    desk.drop_parts(tuple(name for each in package.documents for name in each.parts))
    return receipt


def _carry_out(unit: Unit, effect: Effect, taken: Taken, now: Millis) -> bytes:
    """Carry out what a message asks for, or write down why not, with its receipt either way."""
    who = PartnerNode(name=taken.incoming.partner)
    law, stream, command = effect.law, effect.stream, effect.command
    done = perform(law, unit, stream, command, who=who, purpose=Purpose.EXCHANGE, now=now, taken=taken)
    if not isinstance(done, Refused):
        return done.receipt
    if BUSY.code in done.codes:
        raise Conflict("others are changing this case")
    answer = replace(
        taken,
        outcome=REFUSED if is_refused(command, done) else TAKEN,
        gaps=gaps_of(command, done),
        documents={},
        key_document="",
        subject=str(stream),
        refused=done.codes,
    )
    return _receipt(unit, answer, now)


def _take_copy(desk: Desk, partner: Partner, incoming: Incoming, passed: told.PassedOn, now: Millis) -> bytes:
    """Take in what a partner passes on, as far as its origin signed it."""
    documents = documents_of(desk, partner.name, passed)
    command = open_copy(desk.unit, partner, passed, documents, now=now)
    if incoming.request != command.package.request:
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, "the letter is about another request than it was passed on as")
    effect = of_review(desk, partner.name, command.package.request, lambda review: replace(command, review=review))
    receipt = _carry_out(desk.unit, effect, Taken(incoming=incoming, outcome=TAKEN, documents=documents), now)
    desk.drop_parts(tuple(name for each in passed.documents for name in each.parts))
    return receipt


def _keep_pushed(unit: Unit, partner: Partner, incoming: Incoming, pushed: told.StatusPush, now: Millis) -> bytes:
    """Keep a partner's status list, and pass it on to who holds copies of its requests through us."""
    judged = judge_status(unit, partner, pushed, now=now)
    further: tuple[Send, ...] = ()
    if isinstance(judged, StatusHeld):
        id_ = list_id(partner.name, unit.node)
        further = lists_to_pass_on(unit, partner, pushed.jws, list_id=id_, now=now)
    return _keep_status(unit, incoming, judged, now, further=further)


def _keep_status(
    unit: Unit,
    incoming: Incoming,
    judged: StatusHeld | tuple[str, ...],
    now: Millis,
    *,
    further: tuple[Send, ...] = (),
) -> bytes:
    taken = Taken(incoming=incoming, outcome=TAKEN)
    kept = replace(taken, status=judged) if isinstance(judged, StatusHeld) else _refused(taken, judged)
    return _receipt(unit, kept, now, Plan(sends=further))


def _refused(taken: Taken, codes: tuple[str, ...]) -> Taken:
    """Return what is written of a message that was wrong in itself."""
    subject = str(Stream(StreamKind.PARTNER, taken.incoming.partner))
    return replace(taken, outcome=REFUSED, gaps=codes, subject=subject, refused=codes)


def _receipt(unit: Unit, taken: Taken, now: Millis, plan: Plan = NOTHING) -> bytes:
    who = PartnerNode(name=taken.incoming.partner)
    return unit.commit(plan, who=who, purpose=Purpose.EXCHANGE, now=now, taken=taken).receipt
