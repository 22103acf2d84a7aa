"""What the left rail offers for bulletins."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import SENDER_DUTIES
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.RECORDS,
        label=Text("Bulletins about groups", "Boletines sobre grupos"),
        view="bulletins:list",
        duties=SENDER_DUTIES,
        order=40,
    ),
)
