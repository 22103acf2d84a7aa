"""Saying again, under new numbers, what a partner's program did not understand (`cotejo.store.again` says what)."""

from collections.abc import Iterable

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.actions.unit import Committed, Unit
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.duties import Officer
from cotejo.rules.purposes import Purpose


def say_again(unit: Unit, partner: str, said: Iterable[Send], *, who: Officer, now: Millis) -> Committed | Refused:
    """Put these messages into the partner's line once more. Partner relations, operator."""
    stream, plan = Stream(StreamKind.PARTNER, partner), Plan(sends=tuple(said))
    answer = may(who, Verb.CHANGE, Thing(kind="partner", id=partner, step="SayAgain"), purpose=Purpose.PARTNERS)
    if isinstance(answer, Denied):
        reasons = (answer.reason,)
        unit.note_refusal(who=who, purpose=Purpose.PARTNERS, subject=str(stream), reasons=reasons, now=now)
        return Refused(reasons)
    return unit.commit(plan, who=who, purpose=Purpose.PARTNERS, now=now) if plan.sends else Committed(entries=())
