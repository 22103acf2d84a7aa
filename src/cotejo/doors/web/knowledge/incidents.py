"""Incidents: listed with their total, recorded on a document, checked beside it by another unit, with their history."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import INCIDENT
from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.base.asking import ID, ask, new_id, typed_in
from cotejo.doors.web.base.documents import handed_out
from cotejo.doors.web.knowledge.forms import CheckIncidentForm, IncidentForm
from cotejo.doors.web.knowledge.shared import A_PAGE, barred, history_of, reading
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.incident import Incident
from cotejo.store.models import CardRow

METHODS: Final = ["GET", "HEAD", "POST"]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List incidents, the newest first; all, or those of one group."""
    desk = reading(request)
    desk.read("incident", "page:incidents")
    code = request.GET.get("group", "").strip()
    cards = CardRow.objects.filter(stream_kind=StreamKind.INCIDENT).order_by("-number")
    if code:
        cards = cards.filter(stream_id__in=[each.id for each in desk.unit.lookup("incident.group", code)])
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"card": card, "incident": _load(desk, card.stream_id)} for card in page.object_list]
    shown = {"page": page, "rows": rows, "duty": desk.who.duty, "code": code}
    return render(request, "knowledge/incidents.html", shown)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Record an incident."""
    desk = reading(request, Duty.RECORDER)
    sent = request.POST.get("incident", "")
    stream = _stream(sent if ID.fullmatch(sent) else new_id())
    form = IncidentForm(
        **typed_in(request),
        initial={"incident": stream.id},
        keep=lambda content: desk.unit.documents.put(content, unit=stream),
    )
    if request.method == "POST" and ask(desk, INCIDENT, stream, form) is not None:
        messages.success(request, _("Recorded. An officer of another unit checks it."))
        return redirect("knowledge:incident", incident=stream.id)
    shown = {"form": form, "back": reverse("knowledge:incidents")}
    return render(request, "knowledge/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def one(request: HttpRequest, incident: str) -> HttpResponse:
    """Show an incident with its documents and history; take the check of an officer elsewhere."""
    desk = reading(request, *((Duty.CHECKER,) if request.method == "POST" else ()))
    state = _read(desk, incident)
    form = CheckIncidentForm(**typed_in(request))
    if request.method == "POST" and ask(desk, INCIDENT, _stream(incident), form) is not None:
        messages.success(request, _("Checked."))
        return redirect("knowledge:incident", incident=incident)
    checker = Duty.CHECKER in {Duty(each) for each in request.user.duties}  # type: ignore[union-attr] # signed in
    shown = {
        "incident": state,
        "number": CardRow.objects.get(stream_kind=StreamKind.INCIDENT, stream_id=incident).number,
        "history": history_of(desk.unit.entries(_stream(incident))),
        "form": form,
        "may_check": checker and state.checked_by is None,
        "barred": barred(desk.who, (state.recorder,) if state.recorder else ()),
    }
    return render(request, "knowledge/incident.html", shown, status=422 if form.errors else 200)


@require_safe
def document(request: HttpRequest, incident: str, sha256: str) -> HttpResponse:
    """Hand out a document on which an incident is known."""
    desk = reading(request)
    desk.read("document", sha256, case=str(_stream(incident)))
    if sha256 not in _load(desk, incident).documents or not desk.unit.documents.has(sha256):
        raise Http404
    return handed_out(desk.unit.documents.get(sha256), f"incident-{sha256[:8]}")


def _read(desk: Acting, incident: str) -> Incident:
    """Read an incident. Raises `PermissionDenied`, and `Http404` when there is none."""
    desk.read("incident", str(_stream(incident)))
    state = _load(desk, incident)
    if not state.id:
        raise Http404
    return state


def _load(desk: Acting, incident: str) -> Incident:
    state: Incident = state_of(StreamKind.INCIDENT, desk.unit.entries(_stream(incident)))
    return state


def _stream(incident: str) -> Stream:
    return Stream(StreamKind.INCIDENT, incident)
