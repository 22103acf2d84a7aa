"""Contested evidence: what the redress duty of this house reads and signs, and nothing else of a case (F44, I4).

1. The pause ends by two signatures on one document: the legal reviewer's and that of the redress duty, which is no part
   of the unit. Whoever holds it reads the ground, the document and the signatures; no request, no person, no candidate.
2. A complaint is another thing: it lives at the redress office, and nobody of this house ends it (I12).
"""

from collections.abc import Iterable
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cotejo.actions.unit import Unit
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.waiting import Line
from cotejo.doors.web.review.case import number_of, read_case
from cotejo.doors.web.review.papers import contested, paper_lines
from cotejo.doors.web.review.views import KIND_OF, hold_lines
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.holds import still_needed
from cotejo.rules.review import CONTESTED
from cotejo.rules.review_state import Review
from cotejo.rules.words import Text

A_PAGE: Final = 25
KIND: Final = KIND_OF[Duty.REDRESS]
SIGN: Final = Text("Contested evidence: read and sign", "Prueba impugnada: leer y firmar")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the cases whose evidence is contested, the longest wait first."""
    who = acting(request, Duty.REDRESS)
    who.read(KIND, "list:contested")
    page = Paginator(_open_cases(who.unit), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"id": stream.id, "number": number_of(stream), "since": since, "mine": mine}
        for since, stream, mine in page.object_list
    ]
    return render(request, "review/contested_list.html", {"page": page, "rows": rows})


@require_safe
def case(request: HttpRequest, review: str) -> HttpResponse:
    """Show the contested evidence of one case."""
    found = read_case(acting(request, Duty.REDRESS), review, kind=KIND, subject=f"contested:{review}")
    if not contested(found.state):
        raise Http404
    shown = {"case": found, "holds": hold_lines(found), "papers": paper_lines(found)}
    return render(request, "review/contested.html", shown)


def waiting_lines(unit: Unit) -> Iterable[Line]:
    """Yield what waits for the redress duty's signature on the first page of the day."""
    for since, stream, mine in _open_cases(unit):
        if mine:
            number = number_of(stream)
            yield Line(
                label=Text(f"Request {number}", f"Solicitud {number}"),
                address=reverse("review:contested_case", args=[stream.id]),
                step=SIGN,
                duty=Duty.REDRESS,
                since=since,
            )


def _open_cases(unit: Unit) -> list[tuple[Millis, Stream, bool]]:
    """Return since when, which case, and whether the redress duty's signature is missing."""
    found = []
    for stream in unit.lookup(*CONTESTED):
        state: Review = state_of(StreamKind.REVIEW, unit.entries(stream))
        for hold in contested(state):
            signed = tuple(each.by.duty for each in hold.signatures)
            found.append((hold.since, stream, Duty.REDRESS in still_needed(hold.kind, signed)))
    return sorted(found, key=lambda each: (each[0], each[1].id))
