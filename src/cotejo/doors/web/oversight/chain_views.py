"""Pages of gate decisions, of logs and their confirmations, of one link's log; each read is noted (I10, F61)."""

from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.oversight.chains import auditors, chains, leaves_of, messages_of
from cotejo.doors.web.oversight.decisions import KINDS, as_it_stands, read_steps, steps_of
from cotejo.doors.web.oversight.views import A_PAGE, READERS
from cotejo.doors.web.review.case import names_of
from cotejo.doors.web.review.words import actor_words
from cotejo.rules.acts import Stream
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.words import Text
from cotejo.store.models import CardRow

KIND_WORDS: Final = {
    "dossier": Text("request of this agency", "solicitud de esta entidad"),
    "review": Text("received request", "solicitud recibida"),
}


@require_safe
def gates(request: HttpRequest) -> HttpResponse:
    """List the cases that have gates, the one that moved last first."""
    who = acting(request, *READERS)
    who.read("gates", "list:gates")
    cases = CardRow.objects.filter(stream_kind__in=KINDS).order_by("-updated", "-id")
    page = Paginator(cases, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"case": each, "kind": KIND_WORDS[each.stream_kind]} for each in page]
    return render(request, "oversight/gates.html", {"page": page, "rows": rows})


@require_safe
def case(request: HttpRequest, kind: str, case: str) -> HttpResponse:
    """Show the gates of one case: as they stand now, and at each step."""
    who = acting(request, *READERS)
    if kind not in set(KINDS):
        raise Http404
    stream = Stream(next(each for each in KINDS if each == kind), case)
    who.read("gates", str(stream))
    now = as_it_stands(who, stream)
    page = Paginator(steps_of(stream), A_PAGE).get_page(request.GET.get("page"))
    steps = read_steps(who.unit, stream, page)
    names = names_of(str(each.line["person"]) for each in steps)
    rows = [
        {
            "step": each,
            "who": actor_words(each.line["person"], names),
            "duty": DUTY_WORDS[Duty(each.line["acting"])] if each.line["acting"] else "",
        }
        for each in steps
    ]
    shown = {"stream": stream, "kind": KIND_WORDS[kind], "now": now, "page": page, "rows": rows}
    return render(request, "oversight/case.html", shown)


@require_safe
def logs(request: HttpRequest) -> HttpResponse:
    """List the logs with their newest checkpoints, and who audits here."""
    who = acting(request, *READERS)
    who.read("log", "list:chains")
    page = Paginator(tuple(chains(who.unit)), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "auditors": tuple(auditors(who.unit, who.now))}
    return render(request, "oversight/logs.html", shown)


@require_safe
def link(request: HttpRequest, partner: str) -> HttpResponse:
    """List every message of the log of a link."""
    who = acting(request, *READERS)
    if who.unit.partner(partner) is None:
        raise Http404
    who.read("log", f"link:{partner}")
    page = Paginator(leaves_of(partner), A_PAGE).get_page(request.GET.get("page"))
    rows = messages_of(partner, list(page))
    return render(request, "oversight/link.html", {"partner": partner, "page": page, "rows": rows})
