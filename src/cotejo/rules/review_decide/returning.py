"""Asking for somebody's return, hearing of it, ending it (F74).

1. A hand-over whose decision falls, or whose request the origin withdraws afterwards, opens a return: the origin is
   told, and told nothing of why here.
2. The first answer is due in 48 hours and the next ones like reports on custody. What is late pauses every request of
   that sender, as a missing report after a hand-over does.
3. A return ends when the person is back, and then no report is owed any more, or when they prefer, with counsel, to
   stay; no follow-up is closed and nothing is erased before.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, NewAct, Plan, Reason, Refused, Send, Stream, StreamKind, Timer
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.handover import TIMER_KINDS
from cotejo.rules.partner import ReportSettled
from cotejo.rules.return_words import RETURN_WITHIN, ReturnCause, ReturnEnd
from cotejo.rules.returning import (
    AskReturn,
    CloseReturn,
    ReturnAskedFor,
    ReturnClosed,
    ReturnCommand,
    ReturnToldOf,
    TakeReturnAnswer,
)
from cotejo.rules.review_checks import reason
from cotejo.rules.review_decide.common import by_officer, by_partner, judge, kept, officer, plan_of
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Overdue
from cotejo.rules.told import Return

RETURN_TIMER = TIMER_KINDS[Overdue.RETURN]


def decide_return(state: Review, command: ReturnCommand, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Accept or refuse one command about a return."""
    match command:
        case AskReturn():
            return _ask(state, command, who, facts, now)
        case TakeReturnAnswer():
            return _hear(state, command, who, now)
        case CloseReturn():
            return _close(state, command, who, facts)


def _ask(state: Review, command: AskReturn, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL)
        yield from kept(facts, document=command.document)
        yield from against_asking(state)

    return judge(
        found(),
        lambda: asked(state, ReturnCause.DECISION_FELL, now, document=command.document, by=officer(who)),
    )


def against_asking(state: Review) -> Iterator[Reason]:
    """Yield why no return can be asked for now."""
    if state.handed_over is None:
        yield NOBODY
    if state.returning.asked_at:
        yield ALREADY


def asked(state: Review, cause: ReturnCause, now: Millis, *, document: str = "", by: Officer | None = None) -> Plan:
    """Return the plan that opens a return and tells the origin."""
    due = now + RETURN_WITHIN
    told = Send(
        partner=state.partner, content=Return(request=state.request, cause=cause), request=state.request, at=now
    )
    act = ReturnAskedFor(cause=cause, document=document, due=due, by=by)
    timer = Timer(kind=RETURN_TIMER, stream=state.stream, at=due)
    return plan_of(state, act).and_then(Plan(sends=(told,), timers=(timer,)))


def after_withdrawal(state: Review, now: Millis) -> Plan:
    """Return what a withdrawal opens when the person was handed over before it came."""
    if state.handed_over is None or state.returning.asked_at or state.through is not None:
        return Plan()
    return asked(state, ReturnCause.WITHDRAWN, now)


def _hear(state: Review, command: TakeReturnAnswer, who: Who, now: Millis) -> Plan | Refused:
    def found() -> Iterator[Reason]:
        yield from by_partner(state, who)
        if not state.returning.open:
            yield NOT_OPEN

    def make() -> Plan:
        every = state.handed_over.act.terms.custody_every if state.handed_over else RETURN_WITHIN
        told = ReturnToldOf(answer=command.answer, due=now + every)
        timer = Timer(kind=RETURN_TIMER, stream=state.stream, at=now + every)
        return plan_of(state, told).and_then(_settled(state, Overdue.RETURN)).and_then(Plan(timers=(timer,)))

    return judge(found(), make)


def _settled(state: Review, *what: Overdue) -> Plan:
    partner = Stream(StreamKind.PARTNER, state.partner)
    late = [each.what for each in state.reports if each.what in what and each.overdue]
    return Plan(acts=tuple(NewAct(stream=partner, act=ReportSettled(review=state.id, what=each)) for each in late))


def _close(state: Review, command: CloseReturn, who: Who, facts: ReviewFacts) -> Plan | Refused:
    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL)
        yield from kept(facts, document=command.document)
        if not state.returning.open:
            yield NOT_OPEN

    def make() -> Plan:
        act = ReturnClosed(end=command.end, document=command.document, by=officer(who))
        over = tuple(TIMER_KINDS) if command.end is ReturnEnd.RETURNED else (Overdue.RETURN,)
        gone = Plan(drop_timers=tuple((TIMER_KINDS[each], state.stream) for each in over))
        return plan_of(state, act).and_then(_settled(state, *over)).and_then(gone)

    return judge(found(), make)


NOBODY = reason(
    "return.nobody", "Nobody was handed over in this request.", "No hubo entrega en esta solicitud.", rows=("F74",)
)
ALREADY = reason("return.asked", "The return was asked for already.", "El regreso ya fue pedido.", rows=("F74",))
NOT_OPEN = reason("return.not_open", "No return is open here.", "Aquí no hay ningún regreso abierto.", rows=("F74",))
