"""What the rail offers auditors and the oversight body."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.doors.web.oversight.views import READERS
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.OVERSIGHT,
        label=Text("Acts, reads and refusals", "Actos, lecturas y rechazos"),
        view="oversight:audit",
        duties=frozenset(READERS),
        order=10,
    ),
    Entry(
        task=Task.OVERSIGHT,
        label=Text("Gate decisions", "Decisiones de control"),
        view="oversight:gates",
        duties=frozenset(READERS),
        order=11,
    ),
    Entry(
        task=Task.OVERSIGHT,
        label=Text("Logs and confirmations", "Registros y confirmaciones"),
        view="oversight:logs",
        duties=frozenset(READERS),
        order=12,
    ),
)
