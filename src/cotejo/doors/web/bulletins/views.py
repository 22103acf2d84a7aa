"""Bulletins: listed, prepared by one officer, passed on by another of another unit."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import BULLETIN
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.asking import ID, ask, new_id, typed_in
from cotejo.doors.web.bulletins.forms import PassForm, PrepareForm
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.bulletin import BulletinState
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.purposes import Purpose
from cotejo.store.models import CardRow

READERS: Final = (Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER)
METHODS: Final = ["GET", "HEAD", "POST"]
A_PAGE: Final = 25


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List bulletins, the newest first."""
    desk = acting(request, *READERS, purpose=Purpose.ANALYSIS)
    desk.read("bulletin", "page:bulletins")
    cards = CardRow.objects.filter(stream_kind=StreamKind.BULLETIN).order_by("-number")
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"card": card, "state": state_of(StreamKind.BULLETIN, desk.unit.entries(_stream(card.stream_id)))}
        for card in page.object_list
    ]
    return render(request, "bulletins/list.html", {"page": page, "rows": rows, "duty": desk.who.duty})


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a bulletin."""
    desk = acting(request, Duty.RECORDER, purpose=Purpose.ANALYSIS)
    form = PrepareForm(**typed_in(request), initial={"bulletin": new_id()})
    sent = request.POST.get("bulletin", "")
    stream = _stream(sent if ID.fullmatch(sent) else new_id())
    if request.method == "POST" and ask(desk, BULLETIN, stream, form) is not None:
        messages.success(request, _("Prepared. An officer of another unit passes it on."))
        return redirect("bulletins:list")
    shown = {"form": form, "back": reverse("bulletins:list")}
    return render(request, "bulletins/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def passing(request: HttpRequest, bulletin: str) -> HttpResponse:
    """Pass a bulletin on."""
    desk = acting(request, Duty.CHECKER, purpose=Purpose.ANALYSIS)
    stream = _stream(bulletin)
    desk.read("bulletin", str(stream))
    state: BulletinState = state_of(StreamKind.BULLETIN, desk.unit.entries(stream))
    if state.bulletin is None:
        raise Http404
    partners = tuple(each.name for each in desk.unit.partners())
    form = PassForm(**typed_in(request), state=state, partners=partners)
    if request.method == "POST" and ask(desk, BULLETIN, stream, form) is not None:
        messages.success(request, _("Passed on."))
        return redirect("bulletins:list")
    shown = {"form": form, "state": state, "back": reverse("bulletins:list")}
    return render(request, "bulletins/form.html", shown, status=422 if form.errors else 200)


def _stream(bulletin: str) -> Stream:
    return Stream(StreamKind.BULLETIN, bulletin)
