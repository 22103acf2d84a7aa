"""The duty officer's own quick page: a court's order freezes a case at any hour, with nothing but the court's name.

1. The case is found by its short number or by words of the person's name; the search is noted.
2. What is found shows numbers and states only.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotejo.access.question import Verb
from cotejo.actions.laws import REVIEW
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.review.case import Case, load_case
from cotejo.doors.web.review.forms_holds import CourtOrder
from cotejo.doors.web.review.stepping import sent
from cotejo.doors.web.review.words import state_words
from cotejo.rules.acts import Reason, Refused, Stream, StreamKind
from cotejo.rules.duties import Duty
from cotejo.store.models import CardRow

MOST = 20


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Find a case and freeze it."""
    who = acting(request, Duty.DUTY_OFFICER)
    words, chosen = request.GET.get("words", "").strip(), request.GET.get("case", "")
    refused: tuple[Reason, ...] = ()
    case = _chosen(who, chosen) if chosen else None
    form = CourtOrder(*sent(request), case=case) if case else None
    if case and form and request.method == "POST" and form.is_valid():
        done = who.perform(REVIEW, case.stream, form.command())
        if not isinstance(done, Refused):
            messages.success(request, _("The case is frozen. Everybody who works on it reads: on hold."))
            return HttpResponseRedirect(reverse("review:case", args=[case.id]))
        refused = done.reasons
    rows = _found(who, words) if words and not case else []
    context = {"words": words, "rows": rows, "case": case, "form": form, "refused": refused, "most": MOST}
    return render(request, "review/court_order.html", context, status=422 if refused or (form and form.errors) else 200)


def _chosen(who: Acting, review: str) -> Case:
    stream = Stream(StreamKind.REVIEW, review)
    who.read("review", str(stream))
    return load_case(who, stream)


def _found(who: Acting, words: str) -> list[dict[str, object]]:
    who.read("court_order", "search:review", verb=Verb.SEARCH)
    cards = CardRow.objects.filter(stream_kind=StreamKind.REVIEW)
    if words.isdecimal():
        cards = cards.filter(number=int(words))
    else:
        ids = [each.id for each in who.unit.search(StreamKind.REVIEW, words, limit=MOST)]
        cards = cards.filter(stream_id__in=ids)
    return [{"card": each, "state": state_words(each.state)} for each in cards.order_by("-number")[:MOST]]
