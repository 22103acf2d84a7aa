"""What the rail offers of partner agencies."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.doors.web.partners.views import READERS
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.OVERSIGHT,
        label=Text("Partner agencies", "Contrapartes"),
        view="partners:list",
        duties=frozenset(READERS),
        order=20,
    ),
)
