"""What of the records waits for somebody on the first page of the day."""

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
    "person.claims_to_check": Text("Statements to check", "Afirmaciones por cotejar"),
    "person.claims_returned": Text("Statements that were returned", "Afirmaciones devueltas"),
    "person.identifiers_to_verify": Text(
        "Numbers to hold beside their document", "Números por cotejar con su documento"
    ),
}


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield the files that wait for one of this person's duties."""
    held = [duty for duty in officer.duties if officer.holds(Duty(duty))]
    rows = WaitingRow.objects.filter(duty__in=held, step__in=STEPS, card__stream_kind=StreamKind.PERSON)
    for row in rows.select_related("card"):
        yield Line(
            label=Text(f"File {row.card.number}", f"Expediente {row.card.number}"),
            address=reverse("records:person", kwargs={"person": row.card.stream_id}),
            step=STEPS[row.step],
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
