"""What the rail offers the protection officer."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.REQUESTS,
        label=Text("Protection", "Protección"),
        view="protection:list",
        duties=frozenset({Duty.PROTECTION}),
        order=20,
    ),
)
