"""The inquiries that wait for somebody on the first page of the day."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.doors.web.inquiries.views import READERS
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer

STEPS: Final = {
    "inquiry.protection": Text("Check protection", "Comprobar protección"),
    "inquiry.send": Text("Send the inquiry", "Enviar la consulta"),
    "inquiry.refused": Text("Read why the inquiry was refused", "Leer por qué se rechazó la consulta"),
    "inquiry.name": Text("Say which files are about this person", "Decir qué expedientes son de esta persona"),
    "inquiry.answer": Text("Answer with the court record", "Responder con el historial"),
    "inquiry.overdue": Text("An answer is overdue", "Una respuesta está vencida"),
}


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield the inquiries that wait for one of this person's duties."""
    held = [duty for duty in officer.duties if officer.holds(Duty(duty))]
    rows = WaitingRow.objects.filter(duty__in=held, card__stream_kind=StreamKind.INQUIRY, step__in=STEPS)
    for row in rows.select_related("card"):
        number = row.card.number
        reads = Duty(row.duty) in READERS
        yield Line(
            label=Text(f"Inquiry {number}", f"Consulta {number}"),
            address=reverse("inquiries:one", args=[row.card.stream_id]) if reads else "",
            step=STEPS[row.step],
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
