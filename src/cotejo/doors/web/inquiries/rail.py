"""What the left rail offers for inquiries."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.doors.web.inquiries.views import READERS
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.REQUESTS,
        label=Text("Court records for the person", "Historiales para la persona"),
        view="inquiries:list",
        duties=frozenset(READERS),
        order=60,
    ),
)
