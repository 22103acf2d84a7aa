"""What the left rail offers for groups and incidents."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.doors.web.knowledge.shared import READERS
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.RECORDS,
        label=Text("Groups", "Grupos"),
        view="knowledge:groups",
        duties=frozenset(READERS),
        order=36,
    ),
    Entry(
        task=Task.RECORDS,
        label=Text("Incidents", "Incidentes"),
        view="knowledge:incidents",
        duties=frozenset(READERS),
        order=37,
    ),
)
