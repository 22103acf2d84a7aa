"""Doing what is due: each timer of the law becomes one command of the node's clockwork.

1. The clockwork may answer, sweep, remind, suspend or pause; it never decides about a person (F43).
2. A timer is dropped when its command was accepted or can no longer be; refused because it is early, or because others
   act at this moment, it stays.
3. A timer of a kind nobody knows is left where it is and named to the operator, never silently dropped.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cotejo.actions.laws import DOSSIER, INQUIRY, REVIEW
from cotejo.actions.perform import BUSY, Law, perform
from cotejo.actions.unit import Committed, Unit
from cotejo.rules import review_commands
from cotejo.rules.acts import Millis, Plan, Refused, StreamKind, Timer
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_commands import EndRetention, MissErasure, MissSweep, ReviewRevalidation, ReviewValidity
from cotejo.rules.duties import Clockwork
from cotejo.rules.handover import TIMER_KINDS
from cotejo.rules.inquiry_commands import ForgetInquiry, MarkInquiryOverdue
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_commands import GiveAnswer, MarkOverdue, MarkSwept
from cotejo.rules.review_words import Overdue

TOO_EARLY: Final = "clock.not_yet"


def _overdue(what: Overdue) -> Callable[[Any], object]:
    return lambda _state: MarkOverdue(what=what)


_COMMANDS: Final[Mapping[str, tuple[Law[Any, Any, Any], Callable[[Any], object]]]] = {
    "dossier.validity": (DOSSIER, lambda _state: ReviewValidity()),
    "dossier.revalidation": (DOSSIER, lambda _state: ReviewRevalidation()),
    "dossier.sweep": (DOSSIER, lambda _state: MissSweep()),
    "dossier.erasure": (DOSSIER, lambda _state: MissErasure()),
    "dossier.retention": (DOSSIER, lambda _state: EndRetention()),
    "review.answer": (REVIEW, lambda state: GiveAnswer(period=state.next_answer)),
    "review.sweep": (REVIEW, lambda _state: MarkSwept()),
    "inquiry.due": (INQUIRY, lambda _state: MarkInquiryOverdue()),
    "inquiry.forget": (INQUIRY, lambda _state: ForgetInquiry()),
    "review.retention": (REVIEW, lambda _state: review_commands.EndRetention()),
    **{kind: (REVIEW, _overdue(what)) for what, kind in TIMER_KINDS.items()},
}


def run_due(unit: Unit, timer: Timer, *, now: Millis) -> Committed | Refused:
    """Carry out one due timer. Raises `LookupError` for a kind the law does not know."""
    if timer.kind not in _COMMANDS:
        raise LookupError(timer.kind)
    law, command_of = _COMMANDS[timer.kind]
    command = command_of(state_of(StreamKind(law.kind), unit.entries(timer.stream)))
    done = perform(
        law,
        unit,
        timer.stream,
        command,
        who=Clockwork(),
        purpose=Purpose.EXCHANGE,
        now=now,
        also=lambda plan: _drop(plan, timer),
    )
    if isinstance(done, Refused) and not {TOO_EARLY, BUSY.code} & set(done.codes):
        plan = Plan(drop_timers=((timer.kind, timer.stream),))
        return unit.commit(plan, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
    return done


def _drop(plan: Plan, timer: Timer) -> Plan:
    """Drop the timer with its effect, unless the law set it anew."""
    again = any((each.kind, each.stream) == (timer.kind, timer.stream) for each in plan.timers)
    return plan if again else plan.and_then(Plan(drop_timers=((timer.kind, timer.stream),)))
