"""What the left rail offers the statistics officer."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.OVERSIGHT,
        label=Text("Public figures", "Cifras públicas"),
        view="figures:figures",
        duties=frozenset({Duty.STATISTICS}),
        order=30,
    ),
)
