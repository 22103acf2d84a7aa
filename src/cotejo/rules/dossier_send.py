"""Sending a version: the first, a correction, a supplement.

1. Every sender gate is evaluated on exactly the package that leaves, at the moment it leaves (I2).
2. The authoriser recorded, checked, certified and countersigned nothing of it, nobody else took part in two duties
   either, whichever came first (I1), and nothing was written into the person's file
   since it was certified.
3. A new version gets a fresh status slot, the old one is never valid again (I8). While the request is suspended its
   correction is sent suspended.
4. Facts that were withdrawn do not come back as the same facts (F56); over the agreed number a month nothing new
   leaves (F36); a node that is being restored sends nothing, nor does one whose link is not rehearsed.
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import (
    Millis,
    NewAct,
    Plan,
    Reason,
    Refused,
    Send,
    SlotChange,
    Stream,
    StreamKind,
    Timer,
    not_passed,
)
from cotejo.rules.agreement import Agreement
from cotejo.rules.asked import NO_WORDS, in_duty, not_among, reason
from cotejo.rules.assemble import (
    assemble,
    changes_between,
    checkers_of,
    documents_of,
    facts_of,
    outdated_pins,
    recorders_of,
)
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_prepare import CHECKED, RECORDED, SIGNED, joined
from cotejo.rules.dossier_refusals import (
    AGREEMENT_ENDS,
    BLOCKED,
    CLOCK_BEHIND,
    JOINED,
    MOVED_PINS,
    NO_AGREEMENT,
    NOT_SENT,
    RECOVERING,
    VERSION_LOST,
)
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.package import Package
from cotejo.rules.rehearsal import LINK_CLOSED
from cotejo.rules.retention import retention_end
from cotejo.rules.revalidating import FIRST_AFTER, REVALIDATION_TIMER
from cotejo.rules.told import Correction, Request, Supplement
from cotejo.rules.words import Text

VALIDITY_TIMER: Final = "dossier.validity"
RETENTION_TIMER: Final = "dossier.retention"
SLOT_VALID: Final = 1
SLOT_SUSPENDED: Final = 2
SLOT_NEVER_AGAIN: Final = 3


def stream_of(dossier: Dossier) -> Stream:
    """Return the dossier's line of acts."""
    return Stream(StreamKind.DOSSIER, dossier.id)


def authorise(dossier: Dossier, who: Officer, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Send the first version, or the first one anew that the partner ever takes in."""
    gaps = [*_may_send(dossier, who, facts, now)]
    if not facts.link_open:
        gaps.append(LINK_CLOSED)
    if dossier.sent and not dossier.never_taken:
        gaps.append(_ALREADY_SENT)
    elif dossier.lost:
        gaps.append(VERSION_LOST)
    if dossier.suspended_for:
        gaps.append(BLOCKED)
    if facts.agreement is not None and facts.sent_this_month >= facts.agreement.ceiling_per_month:
        gaps.append(_CEILING)
    package = _next(dossier, who, facts, now)
    gaps += _closed(package, facts, now)
    if gaps or facts.agreement is None:
        return Refused(tuple(gaps))
    return _sent(dossier, package, Request(package=package), who, facts, facts.agreement, now)


def correct(dossier: Dossier, command: ask.Correct, who: Officer, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Send a new version with every difference named."""
    gaps = [*_may_send(dossier, who, facts, now)]
    package = _next(dossier, who, facts, now)
    changes = changes_between(dossier.latest.package, package) if dossier.latest is not None else ()
    if not command.reason.strip():
        gaps.append(NO_WORDS)
    if dossier.latest is None:
        gaps.append(NOT_SENT)
    elif not changes:
        gaps.append(_NOTHING_CHANGED)
    gaps += _closed(package, facts, now)
    if gaps or facts.agreement is None:
        return Refused(tuple(gaps))
    content = Correction(package=package, changes=changes, reason=command.reason)
    return _sent(dossier, package, content, who, facts, facts.agreement, now)


def supplement(
    dossier: Dossier, command: ask.SendSupplement, who: Officer, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Answer the partner's questions with a new version."""
    gaps = [*_may_send(dossier, who, facts, now)]
    if dossier.latest is None:
        gaps.append(NOT_SENT)
    asked = {field for _, field in dossier.questions}
    if not dossier.questions or {field for field, _ in command.answers} != asked:
        gaps.append(_QUESTIONS)
    package = _next(dossier, who, facts, now)
    gaps += _closed(package, facts, now)
    if gaps or facts.agreement is None:
        return Refused(tuple(gaps))
    content = Supplement(package=package, answers=command.answers)
    return _sent(dossier, package, content, who, facts, facts.agreement, now)


def _may_send(dossier: Dossier, who: Officer, facts: DossierFacts, now: Millis) -> Iterator[Reason]:
    yield from in_duty(who, Duty.AUTHORISER)
    yield from not_among(who, recorders_of(dossier, facts.person), RECORDED)
    yield from not_among(who, checkers_of(dossier, facts.person), CHECKED)
    yield from not_among(who, (*dossier.certifiers, *dossier.countersigners), SIGNED)
    if joined(dossier, facts):
        yield JOINED
    if dossier.certificate is None or dossier.certificate.person_version != facts.person.version:
        yield _NOT_CERTIFIED
    if outdated_pins(dossier, facts.person):
        yield MOVED_PINS
    if facts.agreement is None:
        yield NO_AGREEMENT
    if facts.leaving:
        yield AGREEMENT_ENDS
    if facts.marked(facts.token(facts_of(facts.person, dossier.alleged), "")):
        yield _WITHDRAWN_BEFORE
    if facts.recovering:
        yield RECOVERING
    if now < facts.high_water:
        yield CLOCK_BEHIND
    if not facts.fresh_slots:
        yield _NO_SLOT


def _next(dossier: Dossier, who: Officer, facts: DossierFacts, now: Millis) -> Package:
    slot = facts.fresh_slots[0] if facts.fresh_slots else -1
    return assemble(dossier, facts.person, origin=facts.node, token=facts.token, now=now, authoriser=who, slot=slot)


def _closed(package: Package, facts: DossierFacts, now: Millis) -> tuple[Reason, ...]:
    if facts.agreement is None:
        return ()
    return not_passed(sender_gates(package, facts.agreement, now, documents_here=facts.documents_here))


def _sent(
    dossier: Dossier,
    package: Package,
    content: Request | Correction | Supplement,
    who: Officer,
    facts: DossierFacts,
    agreement: Agreement,
    now: Millis,
) -> Plan:
    stream, partner = stream_of(dossier), dossier.partner
    token = facts.token(facts_of(facts.person, dossier.alleged), "")
    state = SLOT_SUSPENDED if dossier.suspended_for else SLOT_VALID
    old = dossier.latest
    first = () if old and not dossier.never_taken else (now + FIRST_AFTER,)
    return Plan(
        acts=(NewAct(stream=stream, act=acts.DossierSent(package=package, facts_token=token, by=who)),),
        expect={stream: dossier.version, Stream(StreamKind.PERSON, facts.person.id): facts.person.version},
        sends=(
            Send(
                partner=partner,
                content=content,
                request=dossier.request,
                version=package.version,
                documents=tuple(each for each in documents_of(package) if facts.documents_here(each)),
                at=now,
            ),
        ),
        timers=(
            Timer(kind=VALIDITY_TIMER, stream=stream, at=now + agreement.package_validity),
            Timer(kind=RETENTION_TIMER, stream=stream, at=retention_end(package, agreement, now)),
            *(Timer(kind=REVALIDATION_TIMER, stream=stream, at=at) for at in first),
        ),
        slots=(
            *((SlotChange(partner=partner, slot=old.package.slot, state=SLOT_NEVER_AGAIN),) if old else ()),
            SlotChange(partner=partner, slot=package.slot, state=state, fresh=True),
        ),
    )


_ALREADY_SENT = reason(
    "dossier.already_sent",
    Text("The request was already sent.", "La solicitud ya fue enviada."),
    Text("To change it, send a correction.", "Para cambiarla, envíe una corrección."),
    Duty.AUTHORISER,
)
_NOT_CERTIFIED = reason(
    "dossier.not_certified",
    Text(
        "The request is not certified as it and the person's file stand now.",
        "La solicitud no está certificada tal como están ella y el expediente de la persona.",
    ),
    Text("The legal certifier signs it first.", "Quien certifica la firma primero."),
    Duty.CERTIFIER,
    rows=("F34",),
)
_WITHDRAWN_BEFORE = reason(
    "dossier.withdrawn_before",
    Text(
        "A request on this person for the same facts was withdrawn for good.",
        "Una solicitud sobre esta persona por los mismos hechos fue retirada definitivamente.",
    ),
    Text("Only new facts can be sent.", "Solo pueden enviarse hechos nuevos."),
    Duty.CERTIFIER,
    rows=("F56",),
)
_CEILING = reason(
    "dossier.ceiling",
    Text(
        "The number of requests agreed for this month is reached.",
        "Se alcanzó el número de solicitudes acordado para este mes.",
    ),
    Text("Wait, or ask the oversight body.", "Espere o acuda al órgano de supervisión."),
    Duty.OVERSIGHT,
    rows=("F36",),
)
_NOTHING_CHANGED = reason(
    "dossier.nothing_changed",
    Text("Nothing differs from the version that was sent.", "Nada difiere de la versión enviada."),
    Text("Change the file first.", "Cambie primero el expediente."),
    Duty.RECORDER,
    rows=("F53",),
)
_QUESTIONS = reason(
    "dossier.questions",
    Text("Answer every question that was asked, and no other.", "Conteste cada pregunta recibida y ninguna otra."),
    Text("The questions are shown beside the form.", "Las preguntas se muestran junto al formulario."),
    Duty.RECORDER,
)
_NO_SLOT = reason(
    "dossier.no_slot",
    Text("No free place in the status list.", "No hay lugar libre en la lista de vigencia."),
    Text("The operator is told; try again later.", "Operación fue avisada; intente más tarde."),
    Duty.OPERATOR,
)
