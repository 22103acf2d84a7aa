"""A request for those who act on it without reading it: the oversight body, the duty officer, custody.

1. They see its number, its state, its partner and what waits for them; nothing about the person.
2. The oversight body countersigns a deferral or suspends, the duty officer suspends and reinstates by a court's order,
   custody reports after a hand-over and answers about a return.
"""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import DOSSIER
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.base.asking import ask, typed_in
from cotejo.doors.web.dossiers.case import Case, dossier_stream, load_dossier
from cotejo.doors.web.dossiers.forms_after import (
    CountersignForm,
    CourtSuspendForm,
    HandoverForm,
    ReinstateForm,
    ReturnForm,
    SuspendForm,
)
from cotejo.doors.web.dossiers.steps import METHODS, Step, keeping
from cotejo.doors.web.dossiers.views import A_PAGE
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.store.models import CardRow

ACTORS: Final = (Duty.OVERSIGHT, Duty.DUTY_OFFICER, Duty.CUSTODY)
STEPS: Final[Mapping[str, Step]] = {
    "countersignature": Step(form=CountersignForm, duties=(Duty.OVERSIGHT,)),
    "suspension": Step(form=SuspendForm, duties=(Duty.OVERSIGHT,)),
    "court-order": Step(form=CourtSuspendForm, duties=(Duty.DUTY_OFFICER,)),
    "court-order-ended": Step(form=ReinstateForm, duties=(Duty.DUTY_OFFICER,)),
    "hand-over": Step(form=HandoverForm, duties=(Duty.CUSTODY,)),
    "return": Step(form=ReturnForm, duties=(Duty.CUSTODY,)),
}


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """List the requests by number alone, the newest first."""
    desk = acting(request, *ACTORS)
    desk.read("request_line", "page:request-lines")
    cards = CardRow.objects.filter(stream_kind=StreamKind.DOSSIER).order_by("-number")
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "dossiers/lines.html", {"page": page})


@require_safe
def line(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show a request without its content, and the steps that are the reader's."""
    desk = acting(request, *ACTORS)
    case = _read(desk, dossier)
    mine = [name for name, step in STEPS.items() if desk.who.duty in step.duties]
    return render(request, "dossiers/line.html", {"case": case, "dossier": case.dossier, "mine": mine})


@require_http_methods(METHODS)
def step(request: HttpRequest, dossier: str, step: str) -> HttpResponse:
    """Take one of those steps."""
    found = STEPS.get(step)
    if found is None:
        raise Http404
    desk = acting(request, *found.duties)
    case = _read(desk, dossier)
    form = found.form(**typed_in(request), keep=keeping(case), case=case)
    back = reverse("dossiers:line", kwargs={"dossier": dossier})
    if request.method == "POST" and ask(desk, DOSSIER, case.stream, form) is not None:
        messages.success(request, _("Saved."))
        return redirect(back)
    shown = {"form": form, "case": case, "back": back, "content_closed": True}
    return render(request, "dossiers/step.html", shown, status=422 if form.errors else 200)


def _read(desk: Acting, dossier: str) -> Case:
    stream = dossier_stream(dossier)
    desk.read("request_line", str(stream))
    return load_dossier(desk, stream)
