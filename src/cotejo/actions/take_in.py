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
7. A partner that was restored may ask what it lost, outside the line (`actions.reconcile`).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from cotejo.actions.confirm import take_checkpoint, take_cosignature
from cotejo.actions.follow_keys import see_key_document, take_key_letter
from cotejo.actions.laws import BULLETIN, DOSSIER, INQUIRY, PARTNER, REVIEW, partner_state
from cotejo.actions.onward import letter_to_keep, lists_to_pass_on, open_copy, passed_on_by_us
from cotejo.actions.outside import Room, outside
from cotejo.actions.perform import BUSY, Law, perform
from cotejo.actions.post import last_keys, partner_keys, read_key_document
from cotejo.actions.reconcile import answer_restored, may_send, pass_closed, take_statement
from cotejo.actions.rehearse import REHEARSAL
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
from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.exact import from_hex
from cotejo.proof.key_document import follow_key_document
from cotejo.proof.parts import open_document
from cotejo.proof.refusals import ProofError
from cotejo.rules import dossier_commands, review_commands, told
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.bulletin import TakeBulletin
from cotejo.rules.duties import PartnerNode
from cotejo.rules.inquiry_decide import RecordInquiryAnswer, TakeInquiry
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.receipts import gaps_of, is_refused
from cotejo.rules.rehearsal_words import PAPER
from cotejo.rules.rehearsing import TakeRehearsal

TAKEN: Final = "taken"
REFUSED: Final = "refused"
NOTHING: Final = Plan()
_NOT_UNDERSTOOD: Final = frozenset(
    {WireReason.WRONG_BODY, WireReason.UNKNOWN_KIND, WireReason.MISSING_DOCUMENT, WireReason.NOT_THE_ORIGINS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the receiving end of the line works with: the memory, our keys, waiting document parts, chance."""

    unit: Unit
    own: OwnKeys
    part: Callable[[str], bytes | None]
    drop_parts: Callable[[tuple[str, ...]], None]
    chance: Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effect:
    """The command a message asks for, on which stream, under which law."""

    law: Law[Any, Any, Any]
    stream: Stream
    command: object
    documents: Mapping[str, bytes] = field(default_factory=dict)


def take_in(desk: Desk, envelope: bytes, *, now: Millis) -> bytes:
    """Take in one envelope and return the sealed receipt. Raises `WireRefusal` when it has no effect."""
    unit = desk.unit
    partners = [last_keys(each, now=now) for each in unit.partners()]
    try:
        opened = open_letter(envelope, own=desk.own, partners=partners)
    except WireRefusal as refusal:
        if refusal.reason is not WireReason.UNKNOWN_KEY:
            raise
        opened = open_key_letter(envelope, own=desk.own, partners=partners)
    try:
        return _take_in_once(desk, opened, now)
    except OutOfLine:  # its copy, or another in its place, was taken in meanwhile: now it shows which
        return _take_in_once(desk, opened, now)


def _take_in_once(desk: Desk, opened: Opened, now: Millis) -> bytes:
    unit = desk.unit
    partner = unit.partner(opened.partner)
    if partner is None:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, opened.partner)
    room = Room(own=desk.own, chance=desk.chance)
    if isinstance(opened.content, told.KeyDocumentPush) and not opened.claims.seq:
        partner, receipt = take_key_letter(unit, partner, opened, now=now)
        return outside(receipt, opened.sha256, partner, room, now=now).body
    before = unit.receipt_of(partner.name, opened.claims.mid)
    if before is not None and before[0] == opened.sha256:
        return before[1]
    if not _is_current(partner.key_document, now) and not _brings_keys(partner, opened.content, now):
        raise WireRefusal(WireReason.KEY_DOCUMENT_EXPIRED, opened.partner)
    if isinstance(opened.content, told.Reconciliation) and not opened.claims.seq:
        return answer_restored(unit, partner, opened, room, now=now)
    if unit.recovering():
        pass_closed(unit, partner.name, now=now)
        partner = unit.partner(partner.name) or partner
    line = Line(sequence=partner.sequence_in, last=partner.last_in, agreement=partner.agreement)
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
        request=opened.claims.rid,
        version=opened.claims.ver,
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
    effect = _effect_of(desk, partner, content)
    if effect is None:
        return _receipt(desk.unit, Taken(incoming=incoming, outcome=TAKEN), now)
    package = getattr(content, "package", None)
    if not isinstance(package, Package):
        following = getattr(effect.command, "document", "") if _brings_keys(partner, content, now) else ""
        brought = Taken(incoming=incoming, outcome=TAKEN, key_document=following, documents=effect.documents)
        return _carry_out(desk.unit, effect, brought, now)
    documents = _documents_of(desk, partner.name, package)
    letter = letter_to_keep(partner, incoming)
    arrived = {"arrived": frozenset(documents), "letter": next(iter(letter), "")}
    effect = replace(effect, command=replace(effect.command, **arrived))  # type: ignore[type-var]
    brought = Taken(incoming=incoming, outcome=TAKEN, documents={**documents, **letter})
    receipt = _carry_out(desk.unit, effect, brought, now)
    desk.drop_parts(tuple(name for each in package.documents for name in each.parts))
    return receipt


def _carry_out(unit: Unit, effect: _Effect, taken: Taken, now: Millis) -> bytes:
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
    documents = _documents_of(desk, partner.name, passed)
    command = open_copy(desk.unit, partner, passed, documents, now=now)
    effect = _review(desk, partner.name, command.package.request, lambda review: replace(command, review=review))
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


def _documents_of(desk: Desk, issuer: str, package: told.BringsDocuments) -> dict[str, bytes]:
    """Open every document that came whole with the message; the gates say what is missing."""
    opened: dict[str, bytes] = {}
    for each in package.documents:
        sealed = {name: part for name in each.parts if (part := desk.part(name)) is not None}
        try:
            opened[each.sha256] = open_document(
                each.parts,
                sealed,
                sha256_of_document=from_hex(each.sha256, size=32),
                keys=desk.own.opening,
                issuer=issuer,
                addressee=desk.own.node,
            )
        except ProofError:
            continue
    return opened


def _effect_of(desk: Desk, partner: Partner, content: object) -> _Effect | None:
    make = _EFFECTS.get(type(content))
    return make(desk, partner.name, content) if make else None


def _review(desk: Desk, origin: str, request: str, command: Callable[[str], object]) -> _Effect:
    """Act on the review of a request, or on a fresh one when there is none."""
    known = desk.unit.lookup("review.request", f"{origin}/{request}")
    stream = known[0] if known else Stream(StreamKind.REVIEW, desk.chance(16).hex())
    return _Effect(law=REVIEW, stream=stream, command=command(stream.id))


def _dossier(desk: Desk, _partner: str, request: str, command: object) -> _Effect:
    known = desk.unit.lookup("dossier.request", request)
    stream = known[0] if known else Stream(StreamKind.DOSSIER, desk.chance(16).hex())
    return _Effect(law=DOSSIER, stream=stream, command=command)


def _sweep(desk: Desk, partner: str, said: told.Sweep) -> _Effect | None:
    """Hear that a request of ours is swept; of one we passed on, that it came is all (`actions.onward`)."""
    if passed_on_by_us(desk.unit, said.request, partner):
        return None
    return _dossier(desk, partner, said.request, dossier_commands.RecordSweep(version=said.version))


def _request(desk: Desk, origin: str, said: told.Request) -> _Effect:
    package = said.package
    return _review(desk, origin, package.request, lambda review: review_commands.TakeIn(review=review, package=package))


def _correction(desk: Desk, origin: str, said: told.Correction) -> _Effect:
    command = review_commands.TakeCorrection(package=said.package, changes=said.changes, reason=said.reason)
    return _review(desk, origin, said.package.request, lambda _review: command)


def _supplement(desk: Desk, origin: str, said: told.Supplement) -> _Effect:
    command = review_commands.TakeSupplement(package=said.package, answers=said.answers)
    return _review(desk, origin, said.package.request, lambda _review: command)


def _suspension(desk: Desk, origin: str, said: told.Suspension) -> _Effect:
    command = review_commands.TakeSuspension(request=said.request, version=said.version)
    return _review(desk, origin, said.request, lambda _review: command)


def _reinstatement(desk: Desk, origin: str, said: told.Reinstatement) -> _Effect:
    command = review_commands.TakeReinstatement(request=said.request, version=said.version)
    return _review(desk, origin, said.request, lambda _review: command)


def _withdrawal(desk: Desk, origin: str, said: told.Withdrawal) -> _Effect:
    return _review(
        desk,
        origin,
        said.request,
        lambda review: review_commands.TakeWithdrawal(
            review=review,
            request=said.request,
            version=said.version,
            reason=said.reason,
            facts_token=desk.unit.token(said.request, ""),
        ),
    )


def _erasure(desk: Desk, origin: str, said: told.Erasure) -> _Effect:
    """Hear an origin's demand, or a holder's word that what we demanded is done."""
    if said.certificate is not None:
        return _dossier(desk, origin, said.request, dossier_commands.RecordErased(certificate=said.certificate))
    command = review_commands.TakeErasure(
        request=said.request,
        version=said.version,
        basis=said.basis,
        facts_token=desk.unit.token(said.request, ""),
    )
    return _review(desk, origin, said.request, lambda _review: command)


def _key_document(desk: Desk, partner: str, said: told.KeyDocumentPush) -> _Effect:
    command = see_key_document(partner_state(desk.unit, partner), said.document)
    return _Effect(law=PARTNER, stream=Stream(StreamKind.PARTNER, partner), command=command)


def _bulletin(_desk: Desk, _partner: str, said: told.Bulletin) -> _Effect:
    """Keep a bulletin under its own id; the law refuses what is no code of its lists."""
    return _Effect(law=BULLETIN, stream=Stream(StreamKind.BULLETIN, said.id), command=TakeBulletin(bulletin=said))


def _rehearsal(desk: Desk, partner: str, said: told.Rehearsal) -> _Effect:
    """Hear a step of a rehearsal; its invented document is looked at and kept nowhere."""
    came = PAPER in _documents_of(desk, partner, said).values()
    desk.drop_parts(tuple(name for each in said.documents for name in each.parts))
    command = TakeRehearsal(said=said, paper_came=came)
    return _Effect(law=REHEARSAL, stream=Stream(StreamKind.PARTNER, partner), command=command)


def _inquiry(desk: Desk, partner: str, said: told.Inquiry) -> _Effect:
    """Hear a question about one person's court record, with its paper."""
    documents = _documents_of(desk, partner, said)
    command = TakeInquiry(inquiry=said.inquiry, asked=said.asked, arrived=frozenset(documents))
    stream = Stream(StreamKind.INQUIRY, said.inquiry)
    return _Effect(law=INQUIRY, stream=stream, command=command, documents=documents)


def _inquiry_answer(_desk: Desk, _partner: str, said: told.InquiryAnswer) -> _Effect:
    stream = Stream(StreamKind.INQUIRY, said.inquiry)
    return _Effect(law=INQUIRY, stream=stream, command=RecordInquiryAnswer(answer=said.answer))


def _after_handover(desk: Desk, origin: str, said: told.AfterHandover) -> _Effect:
    command = review_commands.TakeAfterHandover(
        report=said.report,
        happened_at=said.at,
        place=said.place,
        court=said.court,
        charges=said.charges,
    )
    return _review(desk, origin, said.request, lambda _review: command)


_EFFECTS: Final[Mapping[type[Any], Callable[[Desk, str, Any], _Effect | None]]] = MappingProxyType(
    {
        told.Request: _request,
        told.Correction: _correction,
        told.Supplement: _supplement,
        told.Suspension: _suspension,
        told.Reinstatement: _reinstatement,
        told.Withdrawal: _withdrawal,
        told.Erasure: _erasure,
        told.AfterHandover: _after_handover,
        told.Inquiry: _inquiry,
        told.InquiryAnswer: _inquiry_answer,
        told.KeyDocumentPush: _key_document,
        told.Bulletin: _bulletin,
        told.Rehearsal: _rehearsal,
        told.Answer: lambda desk, partner, said: _dossier(
            desk, partner, said.request, dossier_commands.RecordAnswer(period=said.period, answered=said.answered)
        ),
        told.Questions: lambda desk, partner, said: _dossier(
            desk, partner, said.request, dossier_commands.RecordQuestions(version=said.version, asked=said.asked)
        ),
        told.Sweep: _sweep,
    }
)
