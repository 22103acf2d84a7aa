"""How a page takes one step: show its form, or say why it is closed; perform the command, show every reason.

Used by every package that works on a received case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from cotejo.actions.laws import REVIEW
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.review.case import Case
from cotejo.doors.web.review.forms import StepForm
from cotejo.rules.acts import Reason, Refused
from cotejo.rules.words import Text

RECORD: Final = Text("Record", "Registrar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a step's page says beside its form."""

    title: Text
    explained: Text
    said: Text
    back: str
    template: str = "review/step.html"
    button: Text = RECORD


def take(
    request: HttpRequest,
    case: Case,
    form: StepForm,
    showing: Showing,
    *,
    closed: tuple[Reason, ...] = (),
    **more: Any,  # noqa: ANN401 - what the template wants beside
) -> HttpResponse:
    """Show a step's form, or take the step and go back to where it came from."""
    refused: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = give(case, form.command())
        if not isinstance(done, Refused):
            messages.success(request, in_words(showing.said))
            return HttpResponseRedirect(showing.back)
        refused = done.reasons
    form.offer()
    context: Mapping[str, Any] = {
        "case": case,
        "form": form,
        "showing": showing,
        "refused": refused,
        "closed": () if refused else closed,
        **more,
    }
    return render(request, showing.template, {**context}, status=422 if refused or form.errors else 200)


def sent(request: HttpRequest) -> tuple[QueryDict | None, "MultiValueDict[str, UploadedFile[Any]] | None"]:
    """Return what was sent with a form, or nothing when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def give(case: Case, command: object) -> object:
    """Give one command about a case."""
    return case.acting.perform(REVIEW, case.stream, command)
