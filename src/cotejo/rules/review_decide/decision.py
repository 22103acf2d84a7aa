"""A person decides, with reasons (I1, I5, F43, F44, F52).

1. To act: every gate passed at this instant, no hold, nothing registered about the person in a check made after
   identity was agreed, and a status issued after the second identity answer that is valid for a grave act.
2. Not to act needs a person and reasons, nothing else.
3. Nothing is sent to anybody (I6).
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, Plan, Reason, Refused
from cotejo.rules.duties import Duty, Who
from cotejo.rules.review_acts import Decided
from cotejo.rules.review_checks import differences, identity, nationality, protected, sender, usable, vigent
from cotejo.rules.review_commands import Decide
from cotejo.rules.review_decide.common import by_officer, in_state, judge, officer, plan_of, written
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_law import heard, legal, own_law, risk
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Outcome, ReviewState
from cotejo.rules.status import ActClass


def decide_case(state: Review, command: Decide, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Record the decision."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.DECISION)
        yield from in_state(state, ReviewState.OPEN)
        yield from written(reasons=command.reasons)
        if command.outcome is Outcome.ACT:
            yield from against_acting(state, facts, now)

    def make() -> Plan:
        issued = facts.status.issued if facts.status else 0
        act = Decided(outcome=command.outcome, reasons=command.reasons, status_issued=issued, by=officer(who))
        return plan_of(state, act)

    return judge(found(), make)


def against_acting(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield every reason why nobody may decide to act now."""
    agreed = state.agreed
    yield from usable(state, facts, now)
    yield from protected(state, now, after=agreed[1] if agreed else now)
    yield from nationality(state)
    yield from differences(state, facts)
    yield from heard(state)
    yield from risk(state)
    yield from identity(state)
    yield from legal(state, facts, now)
    yield from own_law(state)
    yield from vigent(state, facts, ActClass.GRAVE, now)
    yield from sender(facts)
