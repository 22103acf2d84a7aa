"""What the rail offers of the inbox."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.doors.web.review.case import READERS
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.REQUESTS,
        label=Text("Received requests", "Solicitudes recibidas"),
        view="inbox:list",
        duties=frozenset(READERS),
        order=10,
    ),
)
