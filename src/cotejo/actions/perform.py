"""What every action does: ask `access`, load state and facts, let the law decide, commit the plan.

1. A person's command is asked of `access` first; a partner's message, the node's timers, the redress door and the
   console of the node's machine are known by how they came in and are judged by the law alone.
2. A refusal is written down with its codes before it is returned (I10); nothing else is written. That of a partner's
   message is written down with its receipt, in one transaction, by whoever gives the receipt.
3. When somebody else acted at the same moment the whole action starts again from what is now true.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.actions.unit import Committed, Conflict, OutOfLine, Taken, Unit
from cotejo.rules.acts import Millis, Plan, Reason, Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Officer, Who
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

State = TypeVar("State")
Command = TypeVar("Command")
Facts = TypeVar("Facts")

TRIES: Final = 5
BUSY: Final = Reason(
    code="busy",
    text=Text("Others are changing this case at this moment.", "Otras personas están modificando este caso."),
    remedy=Text("Nothing was saved. Open it again and repeat.", "No se guardó nada. Ábralo de nuevo y repita."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Generic[State, Command, Facts]):
    """How one kind of stream is acted on: its decide function, what is loaded for it, and what follows in other cases.

    `follows(unit, state, plan, now)` returns the plan of every other case the act touches; it joins one transaction.
    """

    kind: StreamKind
    thing: str
    decide: Callable[[State, Command, Who, Facts, Millis], Plan | Refused]
    facts: Callable[[Unit, Stream, State, Command, Who, Millis], Facts]
    follows: Callable[[Unit, State, Plan, Millis], Plan] | None = None


def perform(
    law: Law[Any, Any, Any],
    unit: Unit,
    stream: Stream,
    command: object,
    *,
    who: Who,
    purpose: Purpose,
    now: Millis,
    taken: Taken | None = None,
    also: Callable[[Plan], Plan] = lambda plan: plan,
) -> Committed | Refused:
    """Carry out one command on one stream.

    `taken` makes the plan the effect of an incoming message; `also` adds to the plan, in the same transaction.
    """
    if isinstance(who, Officer):
        thing = Thing(kind=law.thing, id=stream.id, step=type(command).__name__)
        answer = may(who, Verb.CHANGE, thing, purpose=purpose)
        if isinstance(answer, Denied):
            return _refuse(unit, stream, Refused((answer.reason,)), who=who, purpose=purpose, now=now)
    for _ in range(TRIES):
        entries = unit.entries(stream)
        state = state_of(law.kind, entries)
        decided = law.decide(state, command, who, law.facts(unit, stream, state, command, who, now), now)
        if isinstance(decided, Refused):
            return decided if taken else _refuse(unit, stream, decided, who=who, purpose=purpose, now=now)
        plan = also(replace(decided, expect={stream: len(entries), **decided.expect}))
        if law.follows is not None:
            plan = plan.and_then(law.follows(unit, state, plan, now))
        try:
            return unit.commit(plan, who=who, purpose=purpose, now=now, taken=taken, read={stream: entries})
        except OutOfLine:
            raise
        except Conflict:
            continue
    return Refused((BUSY,))


def _refuse(unit: Unit, stream: Stream, refused: Refused, *, who: Who, purpose: str, now: Millis) -> Refused:
    unit.note_refusal(who=who, purpose=purpose, subject=str(stream), reasons=refused.reasons, now=now)
    return refused
