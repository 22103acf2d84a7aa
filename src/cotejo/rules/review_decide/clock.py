"""What the node's own timers do: blunt answers, sweeps, and the pause of a sender that does not report (I6, I7, F73).

1. An answer goes out on its agreed date with two possible words; nothing but a recorded hand-over changes the word.
2. Neither a hold nor a complaint, closing, nor a pause stops or moves an answer.
3. An overdue report pauses every request of that sender here and waits for the oversight body.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, NewAct, Plan, Reason, Refused, Send, Stream, StreamKind, Timer
from cotejo.rules.answers import answer_period, sweep_date, sweep_time
from cotejo.rules.duties import Who
from cotejo.rules.handover import due_of
from cotejo.rules.onward import OnwardSweepMissed
from cotejo.rules.partner import PartnerPaused
from cotejo.rules.review_acts import AfterHandoverOverdue, PeriodicallyAnswered, Swept
from cotejo.rules.review_checks import WITHDRAWN, reason
from cotejo.rules.review_commands import GiveAnswer, MarkOverdue, MarkSwept
from cotejo.rules.review_decide.common import by_clock, judge, plan_of
from cotejo.rules.review_decide.intake import SWEEP_TIMER, next_answer_timer
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.told import Answer, Answered, Sweep

NOT_YET = reason("clock.not_yet", "It is not time yet.", "Todavía no es el momento.")
NOT_DUE = reason("clock.not_due", "Nothing is due here.", "Aquí no hay nada pendiente.")


def give_answer(state: Review, command: GiveAnswer, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Give the periodic answer of one agreed date and set the next."""
    period = answer_period(facts.agreement, command.period)

    def found() -> Iterator[Reason]:
        yield from by_clock(state, who)
        if state.withdrawn_at:
            yield WITHDRAWN
        if state.through is not None:
            yield NOT_DUE
        if command.period != state.next_answer or period.at >= facts.agreement.valid_until:
            yield NOT_DUE
        if now < period.at:
            yield NOT_YET

    def make() -> Plan:
        done = state.handed_over is not None and state.handed_over.at <= period.at
        word = Answered.ACTION_REPORTED if done else Answered.NO_ACTION
        told = Answer(request=state.request, period=period.number, answered=word)
        return plan_of(state, PeriodicallyAnswered(period=period.number, answered=word)).and_then(
            Plan(
                sends=(Send(partner=state.partner, content=told, request=state.request, at=period.at),),
                timers=(next_answer_timer(state, facts, period.number),),
            )
        )

    return judge(found(), make)


def mark_swept(state: Review, _command: MarkSwept, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Report, exactly at the agreed moment, that the withdrawal reached everybody behind this node.

    While somebody behind it has not said so, nothing is told: the oversight bodies of both sides have a missed sweep,
    and the next agreed moment is the next occasion (I7).
    """
    terms = facts.told_under
    at = sweep_time(terms, state.withdrawn_at)
    moment = max(at, sweep_date(terms, now) - terms.sweep_every) if state.sweep_missed_at else at

    def found() -> Iterator[Reason]:
        yield from by_clock(state, who)
        if not state.withdrawn_at or state.swept:
            yield NOT_DUE
        elif now < at:
            yield NOT_YET

    def make() -> Plan:
        if missing := facts.behind.waits_for:
            again = Plan(timers=(Timer(kind=SWEEP_TIMER, stream=state.stream, at=sweep_date(terms, now)),))
            known = set(missing) == set(state.sweep_missed)
            return again if known else plan_of(state, OnwardSweepMissed(recipients=missing)).and_then(again)
        told = Sweep(request=state.request, version=state.withdrawn_version)
        send = Send(partner=state.partner, content=told, request=state.request, at=moment)
        return plan_of(state, Swept(version=state.withdrawn_version)).and_then(Plan(sends=(send,)))

    return judge(found(), make)


def mark_overdue(state: Review, command: MarkOverdue, who: Who, now: Millis) -> Plan | Refused:
    """Pause the sender whose report did not come in time; the act waits for the oversight body."""
    due = due_of(state, command.what)

    def found() -> Iterator[Reason]:
        yield from by_clock(state, who)
        if not due:
            yield NOT_DUE
        elif now < due:
            yield NOT_YET

    pause = NewAct(
        stream=Stream(StreamKind.PARTNER, state.partner),
        act=PartnerPaused(review=state.id, what=command.what, due=due),
    )
    act = AfterHandoverOverdue(what=command.what, due=due)
    return judge(found(), lambda: plan_of(state, act).and_then(Plan(acts=(pause,))))
