"""Writing in a person's file: one page a command, with every problem at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cotejo.actions.laws import PERSON
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.asking import ID, Asking, ask, new_id, typed_in
from cotejo.doors.web.records.case import person_stream, read_file
from cotejo.doors.web.records.forms import CategoryForm, DescribeForm, FileForm, OpenForm
from cotejo.doors.web.records.forms_check import ExplainForm, WithdrawClaimForm
from cotejo.doors.web.records.forms_court import AllegedForm, CourtActForm, WhereaboutsForm
from cotejo.doors.web.records.forms_evidence import AffiliationForm, ClaimForm, EvidenceForm
from cotejo.rules.duties import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A form of the file: who may use it, and whether it begins a new thing or is about one that exists."""

    form: type[FileForm]
    duties: tuple[Duty, ...] = (Duty.RECORDER,)
    begins: bool = True


STEPS: Final[Mapping[str, Step]] = {
    "description": Step(form=DescribeForm, begins=False),
    "category": Step(form=CategoryForm, begins=False),
    "whereabouts": Step(form=WhereaboutsForm),
    "court-act": Step(form=CourtActForm),
    "alleged": Step(form=AllegedForm),
    "evidence": Step(form=EvidenceForm),
    "statement": Step(form=ClaimForm),
    "affiliation": Step(form=AffiliationForm),
    "explanation": Step(form=ExplainForm, duties=(Duty.CHECKER,), begins=False),
    "withdraw-statement": Step(
        form=WithdrawClaimForm, duties=(Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER), begins=False
    ),
}
SAVED: Final = _("Saved.")
METHODS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Open a new file."""
    desk = acting(request, Duty.RECORDER)
    sent = request.POST.get("thing", "")
    form = OpenForm(**typed_in(request), thing=sent if ID.fullmatch(sent) else new_id())
    if request.method == "POST" and ask(desk, PERSON, person_stream(form.id), form) is not None:
        messages.success(request, gettext("The file is open. Now attach what it rests on."))
        return redirect("records:person", person=form.id)
    return _page(request, form, {"back": reverse("records:search")})


@require_http_methods(METHODS)
def write(request: HttpRequest, person: str, step: str, thing: str = "") -> HttpResponse:
    """Write one thing in a file, or write it anew."""
    found = STEPS.get(step)
    if found is None:
        raise Http404
    desk = acting(request, *found.duties)
    case = read_file(desk, person)
    sent = request.POST.get("thing", "")
    about = thing or (sent if found.begins and ID.fullmatch(sent) else new_id())
    form = found.form(
        **typed_in(request),
        keep=lambda content: desk.unit.documents.put(content, unit=case.stream),
        file=case.file,
        thing=about,
    )
    if request.method == "POST" and ask(desk, PERSON, case.stream, form) is not None:
        messages.success(request, SAVED)
        return redirect(f"{reverse('records:person', kwargs={'person': person})}#{step}")
    return _page(request, form, {"case": case, "back": reverse("records:person", kwargs={"person": person})})


def _page(request: HttpRequest, form: Asking, more: dict[str, Any]) -> HttpResponse:
    return render(request, "records/write.html", {"form": form, **more}, status=422 if form.errors else 200)
