"""Public figures as the statistics officer looks at them and releases them; nobody sees a true count (I14, F68)."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cotejo.doors.web.base.acting import acting
from cotejo.rules.acts import Reason, Refused
from cotejo.rules.disclosure import TOTAL, Published
from cotejo.rules.duties import Duty
from cotejo.rules.figures import Figure, labels_of
from cotejo.rules.words import Text
from cotejo.store import current

NAMES: Final = {
    "requests-sent": Text("Requests sent", "Solicitudes enviadas"),
    "refused-at-gates": Text("Stopped by a check before sending", "Detenidas por un control antes del envío"),
    "withdrawals-issued": Text("Withdrawals sent", "Retiros enviados"),
    "withdrawals-swept": Text("Withdrawals that reached every holder", "Retiros que llegaron a todos los tenedores"),
}
"""What each figure is called, as the portal calls it."""
_TOTAL: Final = Text("total", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table: its name, and each cell as it would be published; None is "not said"."""

    name: Text
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure as a table."""

    name: Text
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest) -> HttpResponse:
    """Show what a period would say; release it."""
    who = acting(request, Duty.STATISTICS)
    asked = request.POST if request.method == "POST" else request.GET
    first, last = asked.get("first", "").strip(), asked.get("last", "").strip()
    who.read("figures", "page:figures")
    refused: tuple[Reason, ...] = ()
    tables: tuple[Shown, ...] = ()
    if request.method == "POST":
        file = current.figures().release(who.who, first, last, now=who.now)
        if not isinstance(file, Refused):
            name = f"cotejo-release-{first}-{last}.json"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(file, content_type="application/json", headers=headers)
        refused = file.reasons
    elif first or last:
        found = current.figures().looked_at(first, last, now=who.now)
        if isinstance(found, Refused):
            refused = found.reasons
        else:
            tables = tuple(shown(figure, published) for figure, published in found)
    context = {"first": first, "last": last, "tables": tables, "refused": refused}
    return render(request, "figures/figures.html", context, status=422 if refused else 200)


def shown(figure: Figure, published: Published) -> Shown:
    """Return a figure as a table in the words of the law."""
    labels, total = labels_of(figure), _TOTAL
    across = (*published.columns, TOTAL)
    return Shown(
        name=NAMES[figure.code],
        columns=tuple(total if each == TOTAL else labels.get(each, Text(each, each)) for each in across),
        lines=tuple(
            Line(
                name=total if row == TOTAL else labels.get(row, Text(row, row)),
                cells=tuple(published.said[row, column] for column in across),
            )
            for row in (*published.rows, TOTAL)
        ),
    )
