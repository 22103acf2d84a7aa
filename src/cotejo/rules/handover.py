"""What the sender owes after a hand-over, and by when (F73; design section 7).

1. Arrival, before a judge with the charges, counsel and family told, and custody again and again until the judgment.
2. A charge that was not in the request is different; fewer charges are not.
3. The terms are those recorded with the hand-over; a later agreement does not lengthen them.
"""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.acts import Millis, Stream, Timer
from cotejo.rules.agreement import HandoverTerms
from cotejo.rules.package import Package
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Overdue

TIMER_KINDS: Final[Mapping[Overdue, str]] = {
    Overdue.ARRIVAL: "handover.arrival",
    Overdue.BEFORE_JUDGE: "handover.before_judge",
    Overdue.COUNSEL_AND_FAMILY_TOLD: "handover.told",
    Overdue.CUSTODY: "handover.custody",
    Overdue.RETURN: "handover.return",
}
"""The kind of the timer of each report; when it is due the clock asks `MarkOverdue(what)`."""


def timers_after_handover(stream: Stream, terms: HandoverTerms, at: Millis) -> tuple[Timer, ...]:
    """Return one timer for each report owed after a hand-over at this moment."""
    terms_of = {
        Overdue.ARRIVAL: terms.arrival,
        Overdue.BEFORE_JUDGE: terms.before_judge,
        Overdue.COUNSEL_AND_FAMILY_TOLD: terms.told,
        Overdue.CUSTODY: terms.custody_every,
    }
    return tuple(Timer(kind=TIMER_KINDS[what], stream=stream, at=at + term) for what, term in terms_of.items())


def due_of(state: Review, what: Overdue) -> Millis:
    """Return when this report is due; 0 when it is not owed or its delay is already recorded."""
    return next((each.due for each in state.reports if each.what is what and not each.overdue), 0)


def extra_charges(package: Package, charges: tuple[str, ...]) -> tuple[str, ...]:
    """Return the charges, as offence articles, that were not in the request (rule of speciality)."""
    requested = {each.offence_article.strip().casefold() for each in package.alleged}
    return tuple(each for each in charges if each.strip().casefold() not in requested)
