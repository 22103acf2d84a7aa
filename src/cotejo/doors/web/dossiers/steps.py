"""One page a step of a request: who may take it, its form, and where it leads.

1. The duty is the form's, not the person's: somebody with several duties acts in the one the step belongs to.
2. What is wrong is shown at once; an attached document stays with the person's file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cotejo.actions.laws import DOSSIER
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.asking import ID, ask, new_id, typed_in
from cotejo.doors.web.dossiers.case import Case, dossier_stream, read_dossier
from cotejo.doors.web.dossiers.forms import (
    BasisForm,
    CertifyForm,
    DeferForm,
    DossierForm,
    GroundsForm,
    NewForm,
    NoticeForm,
    PinForm,
    UndertakingsForm,
)
from cotejo.doors.web.dossiers.forms_after import (
    EraseForm,
    ReinstateForm,
    RevalidateForm,
    SignErasureForm,
    SuspendForm,
    WithdrawForm,
)
from cotejo.doors.web.dossiers.forms_dispute import DisputeForm
from cotejo.doors.web.records.case import person_stream, read_file
from cotejo.rules.assemble import speaks_for_in
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.duties import Duty
from cotejo.rules.purposes import Purpose

METHODS: Final = ["GET", "HEAD", "POST"]
SAVED: Final = _("Saved.")
SENDERS: Final = (Duty.AUTHORISER, Duty.CERTIFIER, Duty.RECORDER, Duty.CHECKER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step's form and the duties that may take it."""

    form: type[DossierForm]
    duties: tuple[Duty, ...]


STEPS: Final[Mapping[str, Step]] = {
    "statements": Step(form=PinForm, duties=(Duty.RECORDER,)),
    "acts": Step(form=BasisForm, duties=(Duty.RECORDER,)),
    "grounds": Step(form=GroundsForm, duties=(Duty.CERTIFIER,)),
    "undertakings": Step(form=UndertakingsForm, duties=(Duty.CERTIFIER,)),
    "notice": Step(form=NoticeForm, duties=(Duty.CERTIFIER,)),
    "deferral": Step(form=DeferForm, duties=(Duty.CERTIFIER,)),
    "certificate": Step(form=CertifyForm, duties=(Duty.CERTIFIER,)),
    "suspension": Step(form=SuspendForm, duties=SENDERS),
    "reinstatement": Step(form=ReinstateForm, duties=(Duty.AUTHORISER,)),
    "revalidation": Step(form=RevalidateForm, duties=(Duty.CERTIFIER,)),
    "dispute": Step(form=DisputeForm, duties=(Duty.CERTIFIER, Duty.AUTHORISER)),
    "withdrawal": Step(form=WithdrawForm, duties=(Duty.AUTHORISER, Duty.CERTIFIER)),
    "erasure": Step(form=EraseForm, duties=(Duty.CERTIFIER,)),
    "erasure-signed": Step(form=SignErasureForm, duties=(Duty.AUTHORISER,)),
}


@require_http_methods(METHODS)
def new(request: HttpRequest, person: str) -> HttpResponse:
    """Begin a request about one person."""
    desk = acting(request, Duty.RECORDER, purpose=Purpose.REQUEST)
    file = read_file(desk, person)
    partners = {each.name: each.terms(desk.now).purposes for each in desk.unit.partners()}
    form = NewForm(
        **typed_in(request),
        person=person,
        partners=partners,
        initial={"dossier": new_id(), "request": new_id()},
    )
    back = reverse("records:person", kwargs={"person": person})
    if request.method == "POST":
        sent = request.POST.get("dossier", "")
        stream = dossier_stream(sent if ID.fullmatch(sent) else new_id())
        if ask(desk, DOSSIER, stream, form) is not None:
            messages.success(request, gettext("The request is begun."))
            return redirect("dossiers:builder", dossier=stream.id)
    shown = {"form": form, "file": file, "back": back}
    return render(request, "dossiers/new.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def step(request: HttpRequest, dossier: str, step: str) -> HttpResponse:
    """Take one step of a request."""
    found = STEPS.get(step)
    if found is None:
        raise Http404
    desk = acting(request, *found.duties, purpose=Purpose.REQUEST)
    case = read_dossier(desk, dossier)
    form = found.form(**typed_in(request), keep=keeping(case), case=case)
    back = reverse("dossiers:builder", kwargs={"dossier": dossier})
    if request.method == "POST" and ask(desk, DOSSIER, case.stream, form) is not None:
        messages.success(request, SAVED)
        return redirect(back)
    read = manifest_of(case.dossier) if isinstance(form, EraseForm) else None
    shown = {"form": form, "case": case, "back": back, "speaks_for": speaks_for_in(case.file), "manifest": read}
    return render(request, "dossiers/step.html", shown, status=422 if form.errors else 200)


def keeping(case: Case) -> Callable[[bytes], str]:
    """Return how a document attached to a request is kept: with the person's file."""
    unit = case.acting.unit
    return lambda content: unit.documents.put(content, unit=person_stream(case.file.id))
