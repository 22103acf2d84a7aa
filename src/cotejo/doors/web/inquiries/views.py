"""Inquiries: listed by number, begun on their paper, one page for each with the one step its reader can take.

1. A list shows numbers, states and partners; nobody is found by a name through an inquiry.
2. A page is read for this purpose alone, and the read is noted (I10). Sealed answers are shown as the law says (I3).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.access.question import Verb
from cotejo.actions.laws import INQUIRY
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.base.asking import ID, Asking, ask, new_id, typed_in
from cotejo.doors.web.base.copies import READER, language_of_copy
from cotejo.doors.web.base.documents import handed_out
from cotejo.doors.web.inquiries.forms import AnswerForm, CloseForm, NameForm, OpenForm, ProtectionForm, SendForm
from cotejo.doors.web.records.case import number_of
from cotejo.papers.court_record import Record, court_record
from cotejo.papers.printing import print_pdf
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.gap_words import gap_words
from cotejo.rules.gates.judicial import OUTCOME_WORDS
from cotejo.rules.inquiry import STATE_WORDS, Inquiry, InquiryState
from cotejo.rules.inquiry_refusals import remedy_of
from cotejo.rules.purposes import Purpose
from cotejo.rules.vocabulary import words_of
from cotejo.store.models import CardRow

READERS: Final = (Duty.LEGAL, Duty.DECISION, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER, Duty.PROTECTION)
A_PAGE: Final = 25
METHODS: Final = ["GET", "HEAD", "POST"]
STEPS: Final[Mapping[tuple[InquiryState, Duty], type[Asking]]] = {
    (InquiryState.OPEN, Duty.PROTECTION): ProtectionForm,
    (InquiryState.OPEN, Duty.DECISION): SendForm,
    (InquiryState.REFUSED, Duty.LEGAL): CloseForm,
    (InquiryState.RECEIVED, Duty.CHECKER): NameForm,
    (InquiryState.RECEIVED, Duty.CERTIFIER): NameForm,
    (InquiryState.RECEIVED, Duty.AUTHORISER): AnswerForm,
}
"""The one step a duty can take at each point."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List inquiries by number, the newest first."""
    desk = _desk(request)
    desk.read("inquiry", "page:inquiries")
    cards = CardRow.objects.filter(stream_kind=StreamKind.INQUIRY).order_by("-number")
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"card": each, "state": STATE_WORDS[InquiryState(each.state)]} for each in page.object_list]
    shown = {"page": page, "rows": rows, "may_begin": request.user.holds(Duty.LEGAL)}  # type: ignore[union-attr]
    return render(request, "inquiries/list.html", shown)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin an inquiry on its paper."""
    desk = _desk(request, Duty.LEGAL)
    sent = request.POST.get("inquiry", "")
    stream = _stream(sent if ID.fullmatch(sent) else new_id())
    form = OpenForm(
        **typed_in(request),
        keep=lambda content: desk.unit.documents.put(content, unit=stream),
        partners=tuple(each.name for each in desk.unit.partners()),
        initial={"inquiry": stream.id},
    )
    if request.method == "POST" and ask(desk, INQUIRY, stream, form) is not None:
        messages.success(request, _("Begun. The protection officer looks first."))
        return redirect("inquiries:one", inquiry=stream.id)
    return render(request, "inquiries/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def one(request: HttpRequest, inquiry: str) -> HttpResponse:
    """Show an inquiry, and take the one step that is the reader's."""
    desk, state = _read(request, inquiry)
    step = None if state.closed_at else STEPS.get((state.state, desk.who.duty))
    form = step(**typed_in(request)) if step is not None else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if ask(desk, INQUIRY, state.stream, form) is not None:
            messages.success(request, _("Saved."))
            return redirect("inquiries:one", inquiry=inquiry)
    card = CardRow.objects.get(stream_kind=StreamKind.INQUIRY, stream_id=inquiry)
    shown = {
        "inquiry": state,
        "number": card.number,
        "state": STATE_WORDS[state.state],
        "basis": words_of(state.asked.basis) if state.asked else None,
        "held": [(each, OUTCOME_WORDS.get(each.outcome)) for each in (state.answer.held if state.answer else ())],
        "refused_for": [(gap_words(code), remedy_of(code)) for code in state.gaps],
        "named": [(each, _numbers(each.persons)) for each in state.named_visible_to(desk.who)],
        "form": form,
        "may_print": state.answer is not None and not state.received and desk.who.duty is Duty.LEGAL,
    }
    return render(request, "inquiries/one.html", shown, status=422 if form is not None and form.errors else 200)


@require_safe
def document(request: HttpRequest, inquiry: str) -> HttpResponse:
    """Hand out the mandate or the order."""
    desk, state = _read(request, inquiry)
    if state.asked is None or not desk.unit.documents.has(state.asked.document, unit=state.stream):
        raise Http404
    return handed_out(desk.unit.documents.get(state.asked.document), f"inquiry-{inquiry[:8]}")


@require_safe
def record(request: HttpRequest, inquiry: str, language: str) -> HttpResponse:
    """Print the answer for counsel or the judge."""
    spoken = language_of_copy(language)
    desk, state = _read(request, inquiry, Duty.LEGAL)
    if state.asked is None or state.answer is None or state.received:
        raise Http404
    desk.read("inquiry", f"{state.stream}:record", case=str(state.stream), verb=Verb.EXPORT)
    paper = court_record(
        Record(number=inquiry, asked_of=state.partner, asked=state.asked, answer=state.answer),
        node=settings.COTEJO_NODE,
        reader=READER.in_language(spoken),
        made_at=dt.datetime.fromtimestamp(desk.now // 1000, dt.UTC).isoformat(),
        language=spoken,
        invented=desk.unit.world == "invented",
    )
    name = f"record-{inquiry[:8]}-{spoken}"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(print_pdf(paper), content_type="application/pdf", headers=headers)


def _desk(request: HttpRequest, *duties: Duty) -> Acting:
    return acting(request, *(duties or READERS), purpose=Purpose.INQUIRY)


def _read(request: HttpRequest, inquiry: str, *duties: Duty) -> tuple[Acting, Inquiry]:
    """Read an inquiry. Raises `PermissionDenied`, and `Http404` when there is none."""
    desk, stream = _desk(request, *duties), _stream(inquiry)
    desk.read("inquiry", str(stream))
    state: Inquiry = state_of(StreamKind.INQUIRY, desk.unit.entries(stream))
    if not state.id:
        raise Http404
    return desk, state


def _numbers(persons: Iterable[str]) -> list[int]:
    """Return the short numbers of files; ids stay in addresses."""
    return [number_of(Stream(StreamKind.PERSON, each)) for each in persons]


def _stream(inquiry: str) -> Stream:
    return Stream(StreamKind.INQUIRY, inquiry)
