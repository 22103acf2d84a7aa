"""What the left rail offers for records."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import SENDER_DUTIES, Duty
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.RECORDS,
        label=Text("Search", "Buscar"),
        view="records:search",
        duties=SENDER_DUTIES,
        order=10,
    ),
    Entry(
        task=Task.RECORDS,
        label=Text("New person", "Nueva persona"),
        view="records:new",
        duties=frozenset({Duty.RECORDER}),
        order=20,
    ),
    Entry(
        task=Task.RECORDS,
        label=Text("To be checked", "Por verificar"),
        view="records:queue",
        duties=frozenset({Duty.CHECKER}),
        order=30,
    ),
)
