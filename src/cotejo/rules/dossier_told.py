"""What a partner tells the origin about its request, and what the origin reports after a hand-over.

1. Only the partner the request was sent to can report on it.
2. A missed sweep is written down and waits for the oversight body; a late one is still recorded (I7).
3. After a hand-over: arrival, before a judge with the charges, custody again and again until judgment, counsel and
   family told (F73). Each report says until when the next is due, by the agreement.
"""

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Millis, Plan, Reason, Refused, Send
from cotejo.rules.agreement import HandoverTerms
from cotejo.rules.answers import answer_period
from cotejo.rules.asked import in_duty, of_kind, reason
from cotejo.rules.dossier import Dossier, handover_due
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import NO_AGREEMENT, NOT_SENT
from cotejo.rules.dossier_send import stream_of
from cotejo.rules.dossier_use import SWEEP_TIMER, of
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Clockwork, Duty, PartnerNode, Who
from cotejo.rules.told import OUTCOMES, AfterHandover
from cotejo.rules.words import Text


def _from_partner(dossier: Dossier, who: Who, version: int | None = None) -> tuple[Reason, ...]:
    gaps = [*of_kind(who, PartnerNode)]
    if isinstance(who, PartnerNode) and who.name != dossier.partner:
        gaps.append(_NOT_YOURS)
    if not dossier.sent:
        gaps.append(NOT_SENT)
    elif version is not None and version not in {each.version for each in dossier.sent}:
        gaps.append(_NO_SUCH_VERSION)
    return tuple(gaps)


def record_receipt(dossier: Dossier, command: ask.RecordReceipt, who: Who) -> Plan | Refused:
    """Keep the partner's receipt of a version."""
    gaps = [*_from_partner(dossier, who, command.version)]
    if command.outcome not in OUTCOMES:
        gaps.append(_NO_SUCH_VERSION)
    made = acts.ReceiptRecorded(version=command.version, outcome=command.outcome, gaps=command.gaps)
    return Refused(tuple(gaps)) if gaps else of(dossier, made)


def record_questions(dossier: Dossier, command: ask.RecordQuestions, who: Who) -> Plan | Refused:
    """Keep the partner's questions."""
    gaps = _from_partner(dossier, who, command.version)
    made = acts.QuestionsRecorded(version=command.version, asked=command.asked)
    return Refused(gaps) if gaps else of(dossier, made)


def record_answer(
    dossier: Dossier, command: ask.RecordAnswer, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Keep the partner's answer of an agreed date that has come, the first one (rule 4)."""
    gaps = [*_from_partner(dossier, who)]
    terms = facts.agreement
    if terms is None or command.period < 0 or answer_period(terms, command.period).at > now + terms.skew:
        gaps.append(_NO_SUCH_PERIOD)
    if gaps:
        return Refused(tuple(gaps))
    if any(period == command.period for period, _ in dossier.answers):
        return Plan()
    return of(dossier, acts.AnswerRecorded(period=command.period, answered=command.answered))


def record_sweep(dossier: Dossier, command: ask.RecordSweep, who: Who) -> Plan | Refused:
    """Keep the partner's word that the withdrawn request is swept; it may name a version that a restore lost here."""
    gaps = [*_from_partner(dossier, who)]
    if command.version >= dossier.next_version:
        gaps.append(_NO_SUCH_VERSION)
    if dossier.withdrawn_for is None:
        gaps.append(_NOT_WITHDRAWN)
    if gaps:
        return Refused(tuple(gaps))
    if dossier.swept_at:
        return Plan()
    plan = of(dossier, acts.SweepRecorded(version=command.version))
    return plan.and_then(Plan(drop_timers=((SWEEP_TIMER, stream_of(dossier)),)))


def miss_sweep(dossier: Dossier, who: Who) -> Plan | Refused:
    """Write down that the agreed sweep time passed without word."""
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    if dossier.withdrawn_for is None or dossier.swept_at or dossier.sweep_missed_at:
        return Plan(drop_timers=((SWEEP_TIMER, stream_of(dossier)),))
    return of(dossier, acts.SweepMissed())


def report_handover(
    dossier: Dossier, command: ask.RecordAfterHandover, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Report to the partner what happened after a hand-over."""
    gaps = [*in_duty(who, Duty.CUSTODY)]
    if not dossier.sent:
        gaps.append(NOT_SENT)
    if facts.agreement is None:
        gaps.append(NO_AGREEMENT)
    if not command.place.strip() or command.at > now:
        gaps.append(_PLACE_AND_TIME)
    if command.report is HandoverReport.BEFORE_JUDGE and not (command.court.strip() and command.charges):
        gaps.append(_COURT_AND_CHARGES)
    if not dossier.handover and command.report is not HandoverReport.ARRIVAL:
        gaps.append(_ARRIVAL_FIRST)
    if gaps or facts.agreement is None:
        return Refused(tuple(gaps))
    made = acts.HandoverReported(
        report=command.report,
        happened_at=command.at,
        place=command.place,
        court=command.court,
        charges=command.charges,
        next_due=_next_due(dossier, command, facts.agreement.handover),
    )
    said = AfterHandover(
        request=dossier.request,
        report=command.report,
        at=command.at,
        place=command.place,
        court=command.court,
        charges=command.charges,
    )
    told = Send(partner=dossier.partner, content=said, request=dossier.request, at=now)
    return of(dossier, made).and_then(Plan(sends=(told,)))


def _next_due(dossier: Dossier, command: ask.RecordAfterHandover, terms: HandoverTerms) -> Millis:
    match command.report:
        case HandoverReport.ARRIVAL:
            return command.at + terms.before_judge
        case HandoverReport.BEFORE_JUDGE | HandoverReport.CUSTODY:
            return command.at + terms.custody_every
        case HandoverReport.COUNSEL_AND_FAMILY_TOLD:
            return handover_due(dossier)
        case HandoverReport.JUDGMENT:
            return 0


_NOT_YOURS = reason(
    "dossier.not_this_partner",
    Text("The request was sent to another agency.", "La solicitud fue enviada a otra entidad."),
    Text("Only that agency can report on it.", "Solo esa entidad puede informar sobre ella."),
)
_NO_SUCH_VERSION = reason(
    "dossier.no_such_version",
    Text("This version was never sent, or the word is not known.", "Esa versión no se envió, o el código no existe."),
    Text("The message has no effect.", "El mensaje no tiene efecto."),
)
_NO_SUCH_PERIOD = reason(
    "dossier.no_such_period",
    Text(
        "No agreed answer date with this number has come.", "No ha llegado ninguna fecha de respuesta con ese número."
    ),
    Text("The message has no effect.", "El mensaje no tiene efecto."),
)
_NOT_WITHDRAWN = reason(
    "dossier.not_withdrawn",
    Text("The request was not withdrawn.", "La solicitud no fue retirada."),
    Text("The message has no effect.", "El mensaje no tiene efecto."),
)
_PLACE_AND_TIME = reason(
    "handover.place_and_time",
    Text("The place is missing, or the time lies ahead.", "Falta el lugar, o la hora es futura."),
    Text("Enter where the person is and since when.", "Indique dónde está la persona y desde cuándo."),
    Duty.CUSTODY,
    rows=("F73",),
    field="place",
)
_COURT_AND_CHARGES = reason(
    "handover.court_and_charges",
    Text("Name the court and the charges.", "Indique el tribunal y los cargos."),
    Text("The other side compares them with the request.", "La contraparte los compara con la solicitud."),
    Duty.CUSTODY,
    rows=("F73",),
    field="charges",
)
_ARRIVAL_FIRST = reason(
    "handover.arrival_first",
    Text("The arrival was not reported yet.", "Todavía no se informó la llegada."),
    Text("Report the arrival first.", "Informe primero la llegada."),
    Duty.CUSTODY,
    rows=("F73",),
)
