"""Bulletins that wait to be passed on."""

from collections.abc import Iterator

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield the bulletins that wait for one of this person's duties."""
    held = [duty for duty in officer.duties if officer.holds(Duty(duty))]
    rows = WaitingRow.objects.filter(duty__in=held, step="bulletin.pass", card__stream_kind=StreamKind.BULLETIN)
    for row in rows.select_related("card"):
        yield Line(
            label=Text(f"Bulletin {row.card.number}", f"Boletín {row.card.number}"),
            address=reverse("bulletins:passing", kwargs={"bulletin": row.card.stream_id}),
            step=Text("Pass it on", "Transmitirlo"),
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
