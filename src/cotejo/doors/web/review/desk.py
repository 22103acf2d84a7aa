"""What waits for a person on received requests, each with the address where it is done."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.doors.web.review.contested import waiting_lines
from cotejo.doors.web.review.words import step_words
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store import current
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer

_PAGES: Final = {
    "nationality": "nationality",
    "legal_review": "legal",
    "decision": "decision",
    "own_law": "own-law",
    "risk": "risk",
    "copy": "copy",
    "court_orders": "court-orders",
    "identity_again": "confirm",
    "handover": "handover",
    "close": "close",
}
"""Which step's page a waiting step is done on."""


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield every step of received requests that waits for one of this person's duties."""
    rows = WaitingRow.objects.filter(
        card__stream_kind=StreamKind.REVIEW, duty__in=set(officer.duties) - {Duty.OVERSIGHT}
    ).select_related("card")
    for row in rows:
        number, partner = row.card.number, row.card.partner
        yield Line(
            label=Text(f"Request {number} from {partner}", f"Solicitud {number} de {partner}"),
            address=address_of(row.card.stream_id, row.step, Duty(row.duty)),
            step=step_words(row.step),
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
    if officer.holds(Duty.REDRESS):
        yield from waiting_lines(current.unit())


def address_of(review: str, step: str, duty: Duty) -> str:
    """Return where a waiting step is done."""
    if step == "dispute":
        return reverse("review:step", args=[review, "dispute-leaves"])
    if duty is Duty.PROTECTION:
        return reverse("protection:case", args=[review])
    if step == "open":
        return reverse("inbox:request", args=[review])
    if step == "identity":
        return reverse("review:identity", args=[review])
    if step in _PAGES:
        return reverse("review:step", args=[review, _PAGES[step]])
    return reverse("review:case", args=[review])
