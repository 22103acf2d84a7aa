"""How long something is kept: computed from what it rests on and from the law of both parties, never typed (F57, R18).

1. A request is kept five years from its newest counting item of evidence, or less where the agreement says so.
   Contacts, questions, answers and searches do not lengthen that. Origin and holder compute it from the same package,
   so no copy outlives its source.
2. What a wronged person needs to sue is kept as a sealed copy for the longer limitation time of the two parties' laws,
   or longer where the agreement says so (I11).
3. A request that was withdrawn is erased everywhere within ten days, unless a complaint or a court stands against it
   (F59; *default, only shorter*).
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY, Agreement
from cotejo.rules.dates import day_of, is_date, last_day, months_after
from cotejo.rules.gates.counting import counting
from cotejo.rules.gates.reading import Reading
from cotejo.rules.package import Package
from cotejo.rules.profiles import STRICTEST, profile

ERASED_WITHIN: Final[Millis] = 10 * DAY
"""How long after a withdrawal everything is erased at the latest: catalogue row F59."""


def retention_end(package: Package, agreement: Agreement, now: Millis) -> Millis:
    """Return the moment at which a request's time to be kept is over, as the package stands at `now`.

    Without any counting item it is counted from the day of the oldest of its court acts or, failing those, of `now`.
    """
    reading = Reading(package=package, agreement=agreement, now=now, documents_here=lambda _sha256: True)
    counted = [last_day(each.obtained_on) for each in counting(reading) if is_date(each.obtained_on)]
    acts = [last_day(each.date) for each in package.court_acts if is_date(each.date)]
    newest = max(counted) if counted else min(acts, default=day_of(now))
    return _end_of(months_after(min(newest, day_of(now)), agreement.kept_months))


def limitation_end(agreement: Agreement | None, now: Millis) -> Millis:
    """Return until when the sealed copy of what is erased at `now` is kept; the longest known without an agreement."""
    if agreement is None:
        return _end_of(months_after(day_of(now), STRICTEST.limitation_months))
    laws = (profile(each).limitation_months for each in agreement.profiles)
    return _end_of(months_after(day_of(now), max(agreement.sealed_months, *laws)))


def _end_of(day: date) -> Millis:
    moment = datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=1) if day < date.max else None
    return int(moment.timestamp()) * 1000 if moment is not None else 2**52
