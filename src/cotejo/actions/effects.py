"""What each kind of message asks for: a command, on which case, under which law.

1. A message about a request acts on the case its speaker sent it for, or on a fresh one when there is none.
2. Which documents came whole with a message is found here; what is missing is for the gates to say.
3. Nothing is decided or written here: see `cotejo.actions.take_in`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from cotejo.actions.follow_keys import see_key_document
from cotejo.actions.laws import BULLETIN, DOSSIER, INQUIRY, PARTNER, REVIEW, partner_state
from cotejo.actions.onward import passed_on_by_us
from cotejo.actions.perform import Law
from cotejo.actions.rehearse import REHEARSAL
from cotejo.actions.renew import RENEWAL, open_signatures
from cotejo.actions.unit import Partner, Unit
from cotejo.exchange.keyring import OwnKeys
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.exact import from_hex
from cotejo.proof.parts import open_document
from cotejo.proof.refusals import ProofError
from cotejo.rules import dossier_commands, review_commands, told
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.bulletin import TakeBulletin
from cotejo.rules.disputing import TakeDispute
from cotejo.rules.inquiry_commands import RecordInquiryAnswer, TakeInquiry
from cotejo.rules.rehearsal_words import PAPER
from cotejo.rules.rehearsing import TakeRehearsal
from cotejo.rules.renewing import TakeTerms
from cotejo.rules.returning import TakeReturnAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the receiving end of the line works with: the memory, our keys, waiting document parts, chance."""

    unit: Unit
    own: OwnKeys
    part: Callable[[str], bytes | None]
    drop_parts: Callable[[tuple[str, ...]], None]
    chance: Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The command a message asks for, on which stream, under which law."""

    law: Law[Any, Any, Any]
    stream: Stream
    command: object
    documents: Mapping[str, bytes] = field(default_factory=dict)


def documents_of(desk: Desk, issuer: str, package: told.BringsDocuments) -> dict[str, bytes]:
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


def effect_of(desk: Desk, partner: Partner, content: object) -> Effect | None:
    """Return what the content of a message asks for; nothing where it asks for no act."""
    make = _EFFECTS.get(type(content))
    return make(desk, partner.name, content) if make else None


def of_review(desk: Desk, origin: str, request: str, command: Callable[[str], object]) -> Effect:
    """Act on the review of a request, or on a fresh one when there is none."""
    known = desk.unit.lookup("review.request", f"{origin}/{request}")
    stream = known[0] if known else Stream(StreamKind.REVIEW, desk.chance(16).hex())
    return Effect(law=REVIEW, stream=stream, command=command(stream.id))


def _dossier(desk: Desk, _partner: str, request: str, command: object) -> Effect:
    known = desk.unit.lookup("dossier.request", request)
    stream = known[0] if known else Stream(StreamKind.DOSSIER, desk.chance(16).hex())
    return Effect(law=DOSSIER, stream=stream, command=command)


def _sweep(desk: Desk, partner: str, said: told.Sweep) -> Effect | None:
    """Hear that a request of ours is swept; of one we passed on, that it came is all (`actions.onward`)."""
    if passed_on_by_us(desk.unit, said.request, partner):
        return None
    return _dossier(desk, partner, said.request, dossier_commands.RecordSweep(version=said.version))


def _request(desk: Desk, origin: str, said: told.Request) -> Effect:
    package = said.package
    return of_review(
        desk, origin, package.request, lambda review: review_commands.TakeIn(review=review, package=package)
    )


def _correction(desk: Desk, origin: str, said: told.Correction) -> Effect:
    command = review_commands.TakeCorrection(package=said.package, changes=said.changes, reason=said.reason)
    return of_review(desk, origin, said.package.request, lambda _review: command)


def _supplement(desk: Desk, origin: str, said: told.Supplement) -> Effect:
    command = review_commands.TakeSupplement(package=said.package, answers=said.answers)
    return of_review(desk, origin, said.package.request, lambda _review: command)


def _suspension(desk: Desk, origin: str, said: told.Suspension) -> Effect:
    command = review_commands.TakeSuspension(request=said.request, version=said.version)
    return of_review(desk, origin, said.request, lambda _review: command)


def _reinstatement(desk: Desk, origin: str, said: told.Reinstatement) -> Effect:
    command = review_commands.TakeReinstatement(request=said.request, version=said.version)
    return of_review(desk, origin, said.request, lambda _review: command)


def _withdrawal(desk: Desk, origin: str, said: told.Withdrawal) -> Effect:
    return of_review(
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


def _erasure(desk: Desk, origin: str, said: told.Erasure) -> Effect | None:
    """Hear an origin's demand, or a holder's word that what we demanded, or passed on, is done."""
    if said.certificate is not None and passed_on_by_us(desk.unit, said.request, origin):
        return None
    if said.certificate is not None:
        return _dossier(desk, origin, said.request, dossier_commands.RecordErased(certificate=said.certificate))
    command = review_commands.TakeErasure(
        request=said.request,
        version=said.version,
        basis=said.basis,
        facts_token=desk.unit.token(said.request, ""),
    )
    return of_review(desk, origin, said.request, lambda _review: command)


def _key_document(desk: Desk, partner: str, said: told.KeyDocumentPush) -> Effect:
    command = see_key_document(partner_state(desk.unit, partner), said.document)
    return Effect(law=PARTNER, stream=Stream(StreamKind.PARTNER, partner), command=command)


def _agreement(desk: Desk, partner: str, said: told.AgreementSigned) -> Effect:
    """Hear signatures over the next agreement. Raises `WireRefusal(WRONG_BODY)` when they are none."""
    signed = [each.encode() for each in said.signed]
    try:
        terms = open_signatures(partner_state(desk.unit, partner), signed, own=desk.own.root)
    except ProofError as error:
        raise WireRefusal(WireReason.WRONG_BODY, f"agreement: {error}") from error
    command = TakeTerms(terms=terms, signed=said.signed)
    return Effect(law=RENEWAL, stream=Stream(StreamKind.PARTNER, partner), command=command)


def _bulletin(_desk: Desk, _partner: str, said: told.Bulletin) -> Effect:
    """Keep a bulletin under its own id; the law refuses what is no code of its lists."""
    return Effect(law=BULLETIN, stream=Stream(StreamKind.BULLETIN, said.id), command=TakeBulletin(bulletin=said))


def _rehearsal(desk: Desk, partner: str, said: told.Rehearsal) -> Effect:
    """Hear a step of a rehearsal; its invented document is looked at and kept nowhere."""
    came = PAPER in documents_of(desk, partner, said).values()
    desk.drop_parts(tuple(name for each in said.documents for name in each.parts))
    command = TakeRehearsal(said=said, paper_came=came)
    return Effect(law=REHEARSAL, stream=Stream(StreamKind.PARTNER, partner), command=command)


def _inquiry(desk: Desk, partner: str, said: told.Inquiry) -> Effect:
    """Hear a question about one person's court record, with its paper."""
    documents = documents_of(desk, partner, said)
    command = TakeInquiry(inquiry=said.inquiry, asked=said.asked, arrived=frozenset(documents))
    stream = Stream(StreamKind.INQUIRY, said.inquiry)
    return Effect(law=INQUIRY, stream=stream, command=command, documents=documents)


def _inquiry_answer(_desk: Desk, _partner: str, said: told.InquiryAnswer) -> Effect:
    stream = Stream(StreamKind.INQUIRY, said.inquiry)
    return Effect(law=INQUIRY, stream=stream, command=RecordInquiryAnswer(answer=said.answer))


def _after_handover(desk: Desk, origin: str, said: told.AfterHandover) -> Effect:
    command = review_commands.TakeAfterHandover(
        report=said.report,
        happened_at=said.at,
        place=said.place,
        court=said.court,
        charges=said.charges,
    )
    return of_review(desk, origin, said.request, lambda _review: command)


def _return(desk: Desk, partner: str, said: told.Return) -> Effect | None:
    """Hear that somebody must come back, or the sender's word on it."""
    if said.answer is None:
        return _dossier(desk, partner, said.request, dossier_commands.TakeReturn(cause=said.cause))
    command = TakeReturnAnswer(answer=said.answer)
    return of_review(desk, partner, said.request, lambda _review: command)


def _dispute(desk: Desk, partner: str, said: told.Dispute) -> Effect:
    """Hear what an origin says is disputed of its request, or what the person signed about one of ours."""
    if said.signed is None and not desk.unit.lookup("dossier.request", said.request):
        told_of = TakeDispute(request=said.request, version=said.version, stated=said.stated)
        return of_review(desk, partner, said.request, lambda _review: told_of)
    documents = documents_of(desk, partner, said)
    signed = dossier_commands.TakeSignedDispute(
        version=said.version, stated=said.stated, signed=said.signed, arrived=frozenset(documents)
    )
    return replace(_dossier(desk, partner, said.request, signed), documents=documents)


_EFFECTS: Final[Mapping[type[Any], Callable[[Desk, str, Any], Effect | None]]] = MappingProxyType(
    {
        told.Request: _request,
        told.Correction: _correction,
        told.Supplement: _supplement,
        told.Suspension: _suspension,
        told.Reinstatement: _reinstatement,
        told.Withdrawal: _withdrawal,
        told.Erasure: _erasure,
        told.AfterHandover: _after_handover,
        told.Return: _return,
        told.Inquiry: _inquiry,
        told.InquiryAnswer: _inquiry_answer,
        told.Dispute: _dispute,
        told.KeyDocumentPush: _key_document,
        told.AgreementSigned: _agreement,
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
