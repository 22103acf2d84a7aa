"""A request after it left: suspended, reinstated, withdrawn, looked at again; what partner and hand-over report.

1. Every suspension sends the same words, whatever its cause, and only the first of several causes sends any (I12).
2. Each cause is lifted by its own side; the request is usable again after the last one, while every gate passes.
3. A withdrawal is for good: slot 3, a mark that outlives the database, and the partner's sweep is awaited (I7). Nobody
   gives a reason that only the clock has.
4. A live request is looked at again within the package's validity; what no longer passes is suspended (F52).
5. Whoever may prepare a request may suspend it; stopping is easier than going on.
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import (
    Act,
    Millis,
    NewAct,
    Plan,
    Reason,
    Refused,
    Send,
    SlotChange,
    Timer,
    WithdrawalMark,
    not_passed,
)
from cotejo.rules.answers import sweep_time
from cotejo.rules.asked import in_duty, of_kind, reason
from cotejo.rules.assemble import checked_tokens
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import CLOCK_BEHIND, MOVED_PINS, NO_AGREEMENT, RECOVERING, VERSION_LOST
from cotejo.rules.dossier_send import (
    RETENTION_TIMER,
    SLOT_NEVER_AGAIN,
    SLOT_SUSPENDED,
    SLOT_VALID,
    VALIDITY_TIMER,
    stream_of,
)
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.duties import SENDER_DUTIES, Clockwork, Duty, PartnerNode, RedressDoor, Who
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.retention import ERASED_WITHIN
from cotejo.rules.revalidating import REVALIDATION_TIMER
from cotejo.rules.told import Reinstatement, Suspension, Withdrawal
from cotejo.rules.words import Text

SWEEP_TIMER: Final = "dossier.sweep"
ERASURE_TIMER: Final = "dossier.erasure"
BY_THE_CLOCK: Final = frozenset(
    {WithdrawalReason.RETENTION_OVER, WithdrawalReason.NOT_REVALIDATED, WithdrawalReason.AGREEMENT_OVER}
)
"""Reasons that only a term which ran out can give."""


def of(dossier: Dossier, *made: Act) -> Plan:
    """Return the plan that stores these acts and does nothing else."""
    stream = stream_of(dossier)
    return Plan(acts=tuple(NewAct(stream=stream, act=each) for each in made), expect={stream: dossier.version})


def _slot(dossier: Dossier, state: int) -> tuple[SlotChange, ...]:
    latest = dossier.latest
    return (SlotChange(partner=dossier.partner, slot=latest.package.slot, state=state),) if latest else ()


def suspend(dossier: Dossier, command: ask.Suspend, who: Who, now: Millis) -> Plan | Refused:
    """Make the request unusable for one more cause."""
    gaps = [*may_suspend(command.cause, who)]
    if command.cause in dossier.suspended_for:
        gaps.append(_ALREADY_SUSPENDED)
    return Refused(tuple(gaps)) if gaps else suspended(dossier, command.cause, now)


def suspended(dossier: Dossier, cause: SuspensionCause, now: Millis) -> Plan:
    """Return the plan of a suspension; several dossiers' plans can be joined into one transaction (F09)."""
    plan = of(dossier, acts.DossierSuspended(cause=cause))
    latest = dossier.latest
    if latest is None or dossier.suspended_for:
        return plan
    said = Suspension(request=dossier.request, version=latest.version)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=latest.version, at=now)
    return plan.and_then(
        Plan(
            sends=(told,),
            slots=_slot(dossier, SLOT_SUSPENDED),
            drop_timers=((VALIDITY_TIMER, stream_of(dossier)),),
        )
    )


def may_suspend(cause: SuspensionCause, who: Who) -> tuple[Reason, ...]:
    """Say why this is nobody who may suspend for this cause."""
    match cause:
        case SuspensionCause.REDRESS:
            return of_kind(who, RedressDoor)
        case SuspensionCause.GATES:
            return of_kind(who, Clockwork)
        case SuspensionCause.DISPUTED:
            return of_kind(who, PartnerNode)
        case _:
            return in_duty(who, *sorted(SENDER_DUTIES), Duty.DUTY_OFFICER, Duty.OVERSIGHT)


def reinstate(dossier: Dossier, command: ask.Reinstate, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Lift one cause; after the last one the request is usable again if every gate passes."""
    gaps = [*may_lift(command, who, facts)]
    if command.cause not in dossier.suspended_for:
        gaps.append(_NOT_SUSPENDED)
    last = dossier.suspended_for == (command.cause,)
    closed = tuple(no_longer(dossier, facts, now)) if last and (dossier.sent or dossier.lost) else ()
    if closed and not isinstance(who, RedressDoor):
        gaps += closed
    if gaps:
        return Refused(tuple(gaps))
    lifted = acts.SuspensionLifted(cause=command.cause)
    if closed:
        return of(dossier, lifted, acts.DossierSuspended(cause=SuspensionCause.GATES))
    latest = dossier.latest
    if not last or latest is None or facts.agreement is None:
        return of(dossier, lifted)
    said = Reinstatement(request=dossier.request, version=latest.version)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=latest.version, at=now)
    timer = Timer(kind=VALIDITY_TIMER, stream=stream_of(dossier), at=now + facts.agreement.package_validity)
    return of(dossier, lifted).and_then(Plan(sends=(told,), slots=_slot(dossier, SLOT_VALID), timers=(timer,)))


def may_lift(command: ask.Reinstate, who: Who, facts: DossierFacts) -> Iterator[Reason]:
    """Yield why this is nobody who may lift this cause, or the court's document is missing."""
    match command.cause:
        case SuspensionCause.REDRESS:
            yield from of_kind(who, RedressDoor)
        case SuspensionCause.COURT_ORDER | SuspensionCause.DISPUTED as cause:
            of_court = cause is SuspensionCause.COURT_ORDER
            yield from in_duty(who, Duty.DUTY_OFFICER if of_court else Duty.AUTHORISER)
            if not command.document or not facts.documents_here(command.document):
                yield _COURT_DOCUMENT if of_court else _ANSWER_DOCUMENT
        case _:
            yield from in_duty(who, Duty.AUTHORISER)


def no_longer(dossier: Dossier, facts: DossierFacts, now: Millis) -> Iterator[Reason]:
    """Say why the version that left could not leave now."""
    latest = dossier.latest
    if facts.agreement is None:
        yield NO_AGREEMENT
        return
    if facts.recovering:
        yield RECOVERING
    if now < facts.high_water:
        yield CLOCK_BEHIND
    if dossier.behind:
        yield VERSION_LOST
    if latest is not None:
        checked = checked_tokens(facts.person, lambda local: facts.token(local, dossier.request))
        if not {(each.id, each.version) for each in latest.package.claims} <= checked:
            yield MOVED_PINS
        gates = sender_gates(latest.package, facts.agreement, now, documents_here=facts.documents_here)
        yield from not_passed(gates)


def review_validity(dossier: Dossier, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Look at a live request again: it goes on, or it is suspended."""
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    latest = dossier.latest
    if latest is None or dossier.suspended_for or facts.agreement is None:
        return Plan(drop_timers=((VALIDITY_TIMER, stream_of(dossier)),))
    if tuple(no_longer(dossier, facts, now)):
        return suspended(dossier, SuspensionCause.GATES, now)
    timer = Timer(kind=VALIDITY_TIMER, stream=stream_of(dossier), at=now + facts.agreement.package_validity)
    return of(dossier, acts.ValidityReviewed(version=latest.version)).and_then(Plan(timers=(timer,)))


def withdraw(dossier: Dossier, command: ask.Withdraw, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Take the request back for good."""
    gaps = [*in_duty(who, Duty.CERTIFIER, Duty.AUTHORISER)]
    if command.reason in BY_THE_CLOCK:
        gaps.append(_CLOCKS_REASON)
    return Refused(tuple(gaps)) if gaps else withdrawn(dossier, command.reason, facts, now)


def withdrawn(dossier: Dossier, why: WithdrawalReason, facts: DossierFacts, now: Millis) -> Plan:
    """Return the plan of a withdrawal; the time until everything is erased runs from it (F59)."""
    version, stream = dossier.next_version - 1, stream_of(dossier)
    erased_by = Timer(kind=ERASURE_TIMER, stream=stream, at=now + ERASED_WITHIN)
    plan = of(dossier, acts.DossierWithdrawn(reason=why)).and_then(Plan(timers=(erased_by,)))
    if not version:
        return plan
    said = Withdrawal(request=dossier.request, version=version, reason=why.value)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=version, at=now)
    mark = WithdrawalMark(origin=facts.node, request=dossier.request, facts_token=dossier.facts_token)
    terms = facts.agreement
    due = sweep_time(terms, now + terms.skew) + terms.skew if terms is not None else now
    return plan.and_then(
        Plan(
            sends=(told,),
            slots=_slot(dossier, SLOT_NEVER_AGAIN),
            marks=(mark,),
            timers=(Timer(kind=SWEEP_TIMER, stream=stream, at=due),),
            drop_timers=tuple((each, stream) for each in (VALIDITY_TIMER, RETENTION_TIMER, REVALIDATION_TIMER)),
        )
    )


_CLOCKS_REASON = reason(
    "dossier.clocks_reason",
    Text("Only a term that ran out gives this reason.", "Este motivo solo lo da un plazo vencido."),
    Text("Choose the reason that holds.", "Elija el motivo que corresponde."),
    rows=("F43",),
    field="reason",
)
_ALREADY_SUSPENDED = reason(
    "dossier.already_suspended",
    Text("It is already suspended for this cause.", "Ya está suspendida por esta causa."),
    Text("Nothing more is needed.", "No hace falta nada más."),
)
_NOT_SUSPENDED = reason(
    "dossier.not_suspended",
    Text("It is not suspended for this cause.", "No está suspendida por esta causa."),
    Text("Nothing is to be lifted.", "No hay nada que levantar."),
)
_COURT_DOCUMENT = reason(
    "dossier.court_document",
    Text("The court's document is missing.", "Falta el documento del tribunal."),
    Text("Attach the order that ends the earlier one.", "Adjunte la orden que pone fin a la anterior."),
    Duty.DUTY_OFFICER,
    rows=("F47",),
    field="document",
)
_ANSWER_DOCUMENT = reason(
    "dossier.answer_document",
    Text("The written answer to the person is missing.", "Falta la respuesta escrita a la persona."),
    Text("Answer what they dispute, and attach the answer.", "Responda lo impugnado y adjunte la respuesta."),
    Duty.AUTHORISER,
    rows=("F64", "F65"),
    field="document",
)
