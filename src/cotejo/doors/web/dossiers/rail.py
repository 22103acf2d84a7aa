"""What the left rail offers for requests."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import SENDER_DUTIES, Duty
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.REQUESTS,
        label=Text("Requests from here", "Solicitudes propias"),
        view="dossiers:list",
        duties=SENDER_DUTIES,
        order=10,
    ),
    Entry(
        task=Task.REQUESTS,
        label=Text("A wish from outside", "Una petición por fuera"),
        view="dossiers:wish",
        duties=SENDER_DUTIES,
        order=20,
    ),
    Entry(
        task=Task.REQUESTS,
        label=Text("Requests by number", "Solicitudes por número"),
        view="dossiers:lines",
        duties=frozenset({Duty.OVERSIGHT, Duty.DUTY_OFFICER, Duty.CUSTODY}),
        order=30,
    ),
)
