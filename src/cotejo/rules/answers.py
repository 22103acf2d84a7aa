"""When periodic answers and sweeps go out: a function of the agreement and of what came in, nothing else (I6).

1. Answers go out on the agreement's own dates, the same for every request: `dates_from + k * answer_every`. The first
   agreement of a pairing counts them from its first day; one that follows goes on with the numbers of the one before.
2. The first answer to a request is on the second such date after it was taken in, so that every request had at least
   one whole period, whatever happened to it here.
3. Answers go on while the origin keeps its request: closing a case, holding it, excluding everybody changes nothing.
4. A sweep goes out at `dates_from + k * sweep_every`, the second such moment after the withdrawal arrived (I7): whoever
   may have passed a copy on has at least one whole period to hear of those who hold it, and the moment is the same for
   who has not.
"""

from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One answer date of the agreement: its number and its moment."""

    number: int
    at: Millis


def _next_number(start: Millis, every: Millis, after: Millis) -> int:
    return max(0, after - start) // every + 1


def answer_period(agreement: Agreement, number: int) -> Period:
    """Return the answer date with this number."""
    at = agreement.dates_from + (number - agreement.first_date) * agreement.answer_every
    return Period(number=number, at=at)


def first_answer(agreement: Agreement, taken_at: Millis) -> Period:
    """Return the date of the first answer to a request taken in at `taken_at`."""
    passed = _next_number(agreement.dates_from, agreement.answer_every, taken_at)
    return answer_period(agreement, agreement.first_date + passed + 1)


def sweep_date(agreement: Agreement, after: Millis) -> Millis:
    """Return the first agreed sweep moment after another one."""
    number = _next_number(agreement.dates_from, agreement.sweep_every, after)
    return agreement.dates_from + number * agreement.sweep_every


def sweep_time(agreement: Agreement, withdrawn_at: Millis) -> Millis:
    """Return the moment at which the withdrawal that arrived at `withdrawn_at` is reported as swept."""
    return sweep_date(agreement, withdrawn_at) + agreement.sweep_every
