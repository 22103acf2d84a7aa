"""Groups and incidents that wait to be checked."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer

STEPS: Final = {
    StreamKind.GROUP.value: ("knowledge:group", Text("Group", "Grupo"), Text("Check it", "Cotejarlo")),
    StreamKind.INCIDENT.value: ("knowledge:incident", Text("Incident", "Incidente"), Text("Check it", "Cotejarlo")),
}


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield what waits for one of this person's duties."""
    held = [duty for duty in officer.duties if officer.holds(Duty(duty))]
    rows = WaitingRow.objects.filter(duty__in=held, card__stream_kind__in=STEPS)
    for row in rows.select_related("card"):
        view, name, step = STEPS[row.card.stream_kind]
        called = row.card.facets[0] if row.card.stream_kind == StreamKind.GROUP else row.card.number
        yield Line(
            label=Text(f"{name.en} {called}", f"{name.es} {called}"),
            address=reverse(view, args=[row.card.stream_id]),
            step=step,
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
