"""What the rail offers of the review."""

from cotejo.doors.web.base.rail import Entry, Task
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text

ENTRIES = (
    Entry(
        task=Task.REQUESTS,
        label=Text("Court order received", "Orden judicial recibida"),
        view="review:court_order",
        duties=frozenset({Duty.DUTY_OFFICER}),
        order=40,
    ),
    Entry(
        task=Task.REQUESTS,
        label=Text("Contested evidence", "Prueba impugnada"),
        view="review:contested",
        duties=frozenset({Duty.REDRESS}),
        order=50,
    ),
)
