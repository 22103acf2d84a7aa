"""The protection officer's steps: the search of the own register, recall first, and the check of every candidate (F44).

1. Nobody but the protection officer searches; identity officers see candidates only when nothing is registered.
2. Everybody whom the search compared and did not contradict is to be checked, shown to officers or not. The law takes
   them from the search itself, not from who asks; one left out of a check and the check does not count.
3. `stop` names its ground, and pauses the case by itself; it can be recorded whatever else is wrong.
4. Who was excluded before for this request is left out of every later search (F32).
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, Plan, Reason, Refused
from cotejo.rules.duties import Duty, Who
from cotejo.rules.review_acts import ProtectionChecked, Searched
from cotejo.rules.review_checks import reason
from cotejo.rules.review_commands import RecordProtectionCheck, RecordSearch
from cotejo.rules.review_decide.common import (
    by_officer,
    forward,
    in_state,
    judge,
    officer,
    past_days,
    plan_of,
)
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Protection, ReviewState


def record_search(state: Review, command: RecordSearch, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Record the possible same persons of the own register."""
    found = (
        *by_officer(state, who, Duty.PROTECTION),
        *in_state(state, ReviewState.OPEN),
        *forward(state, facts, now),
        *past_days(now, register_as_of=command.register_as_of),
    )
    kept = tuple(dict.fromkeys(each for each in command.candidates if each not in state.excluded))
    compared = (*(each.candidate for each in facts.compared), *facts.further)

    def make() -> Plan:
        act = Searched(
            candidates=kept,
            further=tuple(dict.fromkeys(each for each in compared if each not in {*kept, *state.excluded})),
            set_aside=command.set_aside,
            register_as_of=command.register_as_of,
            model=facts.model,
            model_digest=facts.model_digest,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found, make)


def record_check(state: Review, command: RecordProtectionCheck, who: Who) -> Plan | Refused:
    """Record the check; `stop` pauses the case at once and is accepted at any point of it."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.PROTECTION)
        yield from in_state(state, ReviewState.OPEN, ReviewState.DECIDED)
        if command.result is Protection.STOP:
            if command.ground is None:
                yield reason("ground.missing", "Choose the ground.", "Elija el motivo.", field="ground", rows=("F44",))
            return
        if state.search is None:
            yield reason(
                "search.open", "First search the own register.", "Primero busque en el registro propio.", rows=("F44",)
            )
        if not set(state.to_protect) <= set(command.candidates):
            yield reason(
                "protection.not_all",
                "The check must cover every possible same person.",
                "La comprobación debe abarcar a cada posible misma persona.",
                field="candidates",
                rows=("F44",),
            )

    def make() -> Plan:
        act = ProtectionChecked(
            candidates=command.candidates,
            result=command.result,
            ground=command.ground if command.result is Protection.STOP else None,
            feared=command.feared,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)
