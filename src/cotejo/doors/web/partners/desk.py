"""What waits for the oversight body: paused senders, and reports that did not come."""

from collections.abc import Iterator

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.doors.web.review.words import step_words
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield what waits for the oversight body, each with the partner's page."""
    if not officer.holds(Duty.OVERSIGHT):
        return
    kinds = ("partner", "review")
    rows = WaitingRow.objects.filter(duty=Duty.OVERSIGHT, card__stream_kind__in=kinds).select_related("card")
    for row in rows:
        name = row.card.partner
        yield Line(
            label=Text(name, name),
            address=reverse("partners:partner", args=[name]),
            step=step_words(row.step),
            duty=Duty.OVERSIGHT,
            since=row.since,
            due=row.due,
        )
