"""Hand-over and what follows (F44, F47, F73).

1. At the hand-over everything is looked at once more, after the decision: protection, court orders, identity, status,
   the sender's gates. One doubt and it does not happen.
2. It goes to the country of the origin and nowhere else; information alone hands nobody over.
3. A court heard the person before. The next periodic answer reports an action; nothing else is sent.
4. A report with a charge that was not requested pauses the sender; a late report settles its own delay.
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused, Stream, StreamKind, Timer
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Duty, Who
from cotejo.rules.facts import Route
from cotejo.rules.handover import TIMER_KINDS, extra_charges, timers_after_handover
from cotejo.rules.onward import FOR_THE_ADDRESSED
from cotejo.rules.partner import PartnerPaused, ReportSettled
from cotejo.rules.review_acts import (
    AfterHandoverTold,
    CourtOrdersChecked,
    FollowUpClosed,
    HandedOver,
    IdentityReconfirmed,
)
from cotejo.rules.review_checks import last_look, nationality, protected, reason, sender, usable, vigent
from cotejo.rules.review_commands import (
    CheckCourtOrders,
    CloseFollowUp,
    ReconfirmIdentity,
    RecordHandover,
    TakeAfterHandover,
)
from cotejo.rules.review_decide.common import (
    by_officer,
    by_partner,
    forward_protected,
    in_state,
    judge,
    kept,
    kept_all,
    officer,
    past_days,
    plan_of,
    written,
)
from cotejo.rules.review_decide.erasing import after_closing
from cotejo.rules.review_decide.identity import against_identifier
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import CourtOrders, Overdue, ReviewState
from cotejo.rules.status import ActClass

RETURN_OPEN: Final = reason(
    "followup.return",
    "Somebody who was handed over has yet to come back.",
    "Falta que regrese una persona entregada.",
    rows=("F74",),
)


def reconfirm(state: Review, command: ReconfirmIdentity, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Confirm again that the person at hand is the agreed one."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.IDENTITY)
        yield from in_state(state, ReviewState.DECIDED)
        yield from forward_protected(state, facts, now)
        if state.agreed is None or command.candidate != state.agreed[0]:
            yield reason(
                "identity.unknown_candidate",
                "This is not the agreed person.",
                "No es la persona acordada.",
                field="candidate",
                rows=("F26",),
            )
        compared = facts.comparison(command.candidate)
        yield from against_identifier(state.package, command.identifier, command.document, compared, facts)

    def make() -> Plan:
        act = IdentityReconfirmed(
            candidate=command.candidate, identifier=command.identifier, document=command.document, by=officer(who)
        )
        return plan_of(state, act)

    return judge(found(), make)


def check_court_orders(state: Review, command: CheckCourtOrders, who: Who, facts: ReviewFacts) -> Plan | Refused:
    """Record the last look for court orders; one in force pauses the case by itself."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.DUTY_OFFICER)
        yield from in_state(state, ReviewState.OPEN, ReviewState.DECIDED)
        if command.found is CourtOrders.NONE_IN_FORCE:
            yield from kept_all(facts, "documents", command.documents)

    def make() -> Plan:
        act = CourtOrdersChecked(found=command.found, documents=command.documents, by=officer(who))
        return plan_of(state, act)

    return judge(found(), make)


def hand_over(state: Review, command: RecordHandover, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Record the hand-over and start the terms of the reports."""
    terms = facts.agreement.handover

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.CUSTODY)
        yield from in_state(state, ReviewState.DECIDED)
        if state.through is not None:
            yield FOR_THE_ADDRESSED
        yield from _against_handover(state, command, facts, now)

    def make() -> Plan:
        act = HandedOver(
            to=command.to,
            place=command.place,
            court=command.court,
            court_heard_on=command.court_heard_on,
            document=command.document,
            terms=terms,
            by=officer(who),
        )
        return plan_of(state, act).and_then(Plan(timers=timers_after_handover(state.stream, terms, now)))

    return judge(found(), make)


def _against_handover(state: Review, command: RecordHandover, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    yield from usable(state, facts, now)
    yield from protected(state, now, after=state.decision.at if state.decision else now)
    yield from nationality(state)
    yield from last_look(state, now)
    yield from vigent(state, facts, ActClass.GRAVE, now)
    yield from sender(facts)
    yield from written(place=command.place, court=command.court)
    yield from past_days(now, court_heard_on=command.court_heard_on)
    yield from kept(facts, document=command.document)
    if not state.destination or command.to != state.destination:
        yield reason(
            "handover.destination",
            "The hand-over goes to the country of the requesting agency and nowhere else.",
            "La entrega se hace al país de la entidad requirente y a ningún otro.",
            field="to",
            rows=("F39", "F44"),
        )
    if state.package is not None and state.package.route is Route.INFORMATION_ONLY:
        yield reason(
            "handover.information_only",
            "A request for information hands nobody over.",
            "Una solicitud de información no permite ninguna entrega.",
            rows=("F38",),
        )


def take_report(state: Review, command: TakeAfterHandover, who: Who, now: Millis) -> Plan | Refused:
    """Take a report of the sender in, compare its charges and settle what was overdue."""

    def found() -> Iterator[Reason]:
        yield from by_partner(state, who)
        if state.handed_over is None:
            yield reason(
                "handover.none", "Nothing was handed over in this request.", "No hubo entrega en esta solicitud."
            )
        if command.happened_at > now:
            yield reason("handover.future", "The report names a time to come.", "El informe indica una hora futura.")

    def make() -> Plan:
        extra = extra_charges(state.package, command.charges) if state.package else command.charges
        told = AfterHandoverTold(
            report=command.report,
            happened_at=command.happened_at,
            place=command.place,
            court=command.court,
            charges=command.charges,
            extra_charges=extra,
        )
        return plan_of(state, told).and_then(_effects(state, command.report, extra, now))

    return judge(found(), make)


def _effects(state: Review, report: HandoverReport, extra: tuple[str, ...], now: Millis) -> Plan:
    what = Overdue.CUSTODY if report is HandoverReport.JUDGMENT else Overdue(report.value)
    acts: list[Act] = []
    if any(each.what is what and each.overdue for each in state.reports):
        acts.append(ReportSettled(review=state.id, what=what))
    if extra:
        acts.append(PartnerPaused(review=state.id, what=Overdue.CHARGES_DIFFER, due=now))
    partner = Stream(StreamKind.PARTNER, state.partner)
    kind = TIMER_KINDS[what]
    again = report is HandoverReport.CUSTODY and not state.judged and state.handed_over is not None
    every = state.handed_over.act.terms.custody_every if state.handed_over else 0
    return Plan(
        acts=tuple(NewAct(stream=partner, act=each) for each in acts),
        timers=(Timer(kind=kind, stream=state.stream, at=now + every),) if again else (),
        drop_timers=() if again else ((kind, state.stream),),
    )


def close(state: Review, command: CloseFollowUp, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Close a followed case once the judgment is known and nothing is overdue."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL)
        yield from in_state(state, ReviewState.FOLLOWED)
        yield from written(reasons=command.reasons)
        yield from kept(facts, document=command.document)
        known = state.judged or state.returning.back
        if facts.partner_paused or not known or state.missing_reports:
            yield reason(
                "followup.open",
                "The judgment is not known, or a report is missing or different.",
                "No se conoce la sentencia, o falta o difiere un informe.",
                rows=("F73",),
            )
        if state.returning.open:
            yield RETURN_OPEN

    def make() -> Plan:
        act = FollowUpClosed(reasons=command.reasons, document=command.document, by=officer(who))
        return plan_of(state, act).and_then(after_closing(state.stream, state, now))

    return judge(found(), make)
