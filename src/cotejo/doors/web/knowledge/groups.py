"""Groups: listed with their total, recorded, placed in one another, checked by another unit, with their history."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import GROUP
from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.base.asking import ID, ask, new_id, typed_in
from cotejo.doors.web.knowledge.forms import CheckGroupForm, GroupForm, StructureForm
from cotejo.doors.web.knowledge.shared import A_PAGE, barred, history_of, reading
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.group import Group
from cotejo.store.models import CardRow

METHODS: Final = ["GET", "HEAD", "POST"]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List groups by code."""
    desk = reading(request)
    desk.read("group", "page:groups")
    cards = CardRow.objects.filter(stream_kind=StreamKind.GROUP).order_by("number")
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"card": card, "group": _load(desk, card.stream_id)} for card in page.object_list]
    return render(request, "knowledge/groups.html", {"page": page, "rows": rows, "duty": desk.who.duty})


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Record a group."""
    desk = reading(request, Duty.RECORDER)
    form = GroupForm(**typed_in(request), initial={"group": new_id()})
    sent = request.POST.get("group", "")
    stream = _stream(sent if ID.fullmatch(sent) else new_id())
    if request.method == "POST" and ask(desk, GROUP, stream, form) is not None:
        messages.success(request, _("Recorded. An officer of another unit checks it."))
        return redirect("knowledge:group", group=stream.id)
    shown = {"form": form, "back": reverse("knowledge:groups")}
    return render(request, "knowledge/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def structure(request: HttpRequest, group: str) -> HttpResponse:
    """Record that a group was part of another."""
    desk = reading(request, Duty.RECORDER)
    _read(desk, group)
    form = StructureForm(**typed_in(request))
    if request.method == "POST" and ask(desk, GROUP, _stream(group), form) is not None:
        messages.success(request, _("Recorded. An officer of another unit checks it."))
        return redirect("knowledge:group", group=group)
    shown = {"form": form, "back": reverse("knowledge:group", args=[group])}
    return render(request, "knowledge/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def one(request: HttpRequest, group: str) -> HttpResponse:
    """Show a group with its structure, incidents and history; take the check of an officer elsewhere."""
    desk = reading(request, *((Duty.CHECKER,) if request.method == "POST" else ()))
    state = _read(desk, group)
    form = CheckGroupForm(**typed_in(request), initial={"version": state.version})
    if request.method == "POST" and ask(desk, GROUP, _stream(group), form) is not None:
        messages.success(request, _("Checked."))
        return redirect("knowledge:group", group=group)
    checker = Duty.CHECKER in {Duty(each) for each in request.user.duties}  # type: ignore[union-attr] # signed in
    shown = {
        "group": state,
        "number": CardRow.objects.get(stream_kind=StreamKind.GROUP, stream_id=group).number,
        "incidents": _incidents(desk, state.code),
        "history": history_of(desk.unit.entries(_stream(group))),
        "form": form,
        "may_check": checker and not state.checked,
        "barred": barred(desk.who, state.unchecked_by),
        "duties": request.user.duties,  # type: ignore[union-attr]
    }
    return render(request, "knowledge/group.html", shown, status=422 if form.errors else 200)


def _incidents(desk: Acting, code: str) -> list[CardRow]:
    ids = [each.id for each in desk.unit.lookup("incident.group", code)]
    return list(CardRow.objects.filter(stream_kind=StreamKind.INCIDENT, stream_id__in=ids).order_by("-number"))


def _read(desk: Acting, group: str) -> Group:
    """Read a group. Raises `PermissionDenied`, and `Http404` when there is none."""
    desk.read("group", str(_stream(group)))
    state = _load(desk, group)
    if not state.id:
        raise Http404
    return state


def _load(desk: Acting, group: str) -> Group:
    state: Group = state_of(StreamKind.GROUP, desk.unit.entries(_stream(group)))
    return state


def _stream(group: str) -> Stream:
    return Stream(StreamKind.GROUP, group)
