"""What waits about a partner: terms offered for partner relations, paused senders and missing reports for oversight."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.doors.web.review.words import step_words
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer

_OF: Final = ((Duty.PARTNERS, (StreamKind.PARTNER,)), (Duty.OVERSIGHT, (StreamKind.PARTNER, StreamKind.REVIEW)))
"""Whose steps stand on the partner's page, and of which cases."""


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield what waits for this person's duties, each with the partner's page."""
    for duty, kinds in _OF:
        if not officer.holds(duty):
            continue
        for row in WaitingRow.objects.filter(duty=duty, card__stream_kind__in=kinds).select_related("card"):
            name = row.card.partner
            yield Line(
                label=Text(name, name),
                address=reverse("partners:partner", args=[name]),
                step=step_words(row.step),
                duty=duty,
                since=row.since,
                due=row.due,
            )
