"""Views of received requests.

1. The list shows cards alone: codes, numbers and times; no name of a person.
2. The request page puts what speaks for the person first, then the requesting agency's checks made again here.
3. Opening a document is a read of its own, noted by a keyed token.
"""

import datetime as dt
from itertools import groupby
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.addresses import whole_number
from cotejo.doors.web.base.documents import handed_out
from cotejo.doors.web.base.spoken import page_language
from cotejo.doors.web.inbox.documents import cited
from cotejo.doors.web.inbox.forms import Questions, fields_of
from cotejo.doors.web.inbox.seen import seen_by
from cotejo.doors.web.review.case import READERS, Case, read_case
from cotejo.doors.web.review.stepping import Showing, give, sent, take
from cotejo.doors.web.review.words import STATE_WORDS, state_words, step_words
from cotejo.papers import contents
from cotejo.papers.disputes import disputes
from cotejo.papers.paper import Section
from cotejo.rules.acts import Reason, Refused, StreamKind
from cotejo.rules.dates import day_of
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Route
from cotejo.rules.package import Package
from cotejo.rules.review_commands import OpenReview
from cotejo.rules.review_decide.intake import were_asked
from cotejo.rules.review_words import QuestionCode, ReviewState
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text
from cotejo.store.models import CardRow

A_PAGE: Final = 25


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List received requests, newest first, by state."""
    who = acting(request, *READERS)
    who.read("review", "list:review")
    cards = CardRow.objects.filter(stream_kind=StreamKind.REVIEW)
    counts = [
        {"state": state, "words": words, "count": cards.filter(state=state).count()}
        for state, words in STATE_WORDS.items()
    ]
    wanted = request.GET.get("state", "")
    if wanted in STATE_WORDS:
        cards = cards.filter(state=wanted)
    number = request.GET.get("number", "").strip().lstrip("#")
    if number:
        cards = cards.filter(number=whole_number(number))
    page = Paginator(cards.prefetch_related("waiting").order_by("-number"), A_PAGE).get_page(request.GET.get("page"))
    readers = seen_by([card.stream_id for card in page])
    rows = [_row(card, readers.get(card.stream_id, []), who.who.id) for card in page]
    shown = [each for each in counts if each["count"]]
    context = {"page": page, "rows": rows, "counts": shown, "wanted": wanted, "number": number}
    return render(request, "inbox/list.html", context)


def _row(card: CardRow, readers: list[tuple[str, str]], me: str) -> dict[str, object]:
    waiting = sorted(card.waiting.all(), key=lambda each: each.since)
    steps = [
        {"words": step_words(step), "duties": [each.duty for each in lines], "since": lines[0].since}
        for step, lines in ((step, list(same)) for step, same in groupby(waiting, key=lambda each: each.step))
    ]
    return {
        "card": card,
        "state": state_words(card.state),
        "route": words_of(Route(card.route)) if card.route else None,
        "steps": steps,
        "readers": [name for _, name in readers],
        "mine": any(by == me for by, _ in readers),
    }


@require_safe
def request_page(request: HttpRequest, review: str) -> HttpResponse:
    """Show a request as the receiver reads it."""
    found = read_case(acting(request, *READERS), review)
    return _request_page(request, found)


def _request_page(request: HttpRequest, found: Case, refused: tuple[Reason, ...] = ()) -> HttpResponse:
    package = found.package
    language = page_language()
    today = day_of(found.acting.now)
    sections = sections_of(package, language, as_of=today, disputed=found.state.disputed) if package else ()
    begins = found.duty is Duty.INTAKE and found.state.state is ReviewState.RECEIVED and not found.withdrawn
    context = {
        "case": found,
        "for_the_person": contents.for_the_person(package, language) if package else None,
        "sections": sections,
        "gates": found.facts.sender_gates,
        "documents": cited(package, found.acting.unit.documents.has) if package else (),
        "quoted_in": quoted_in(package) if package else "",
        "route": words_of(package.route) if package else None,
        "category": words_of(package.category) if package else None,
        "undertakings": [words_of(each) for each in package.undertakings] if package else [],
        "asked": _asked(found),
        "begins": begins,
        "may_ask": begins and found.state.through is None and not were_asked(found.state, found.facts),
        "refused": refused,
    }
    return render(request, "inbox/request.html", context, status=422 if refused else 200)


def sections_of(
    package: Package, language: Language, *, as_of: dt.date, disputed: tuple[Disputed, ...] = ()
) -> tuple[Section, ...]:
    """Return what the request says, in the order in which it is read, what is disputed of it first."""
    return (
        *disputes(package, disputed, language),
        contents.person(package.subject, language),
        contents.allegations(package, language),
        contents.court_acts(package, language),
        contents.claims(package, language, disputed),
        *contents.affiliations(package, language, as_of=as_of),
        contents.evidence(package, language),
        contents.grounds(package, language),
    )


def quoted_in(package: Package) -> str:
    """Return the language of the documents when all are in one, else nothing."""
    languages = {each.language for each in package.evidence}
    return languages.pop() if len(languages) == 1 else ""


def _asked(found: Case) -> list[dict[str, object]]:
    words = dict(fields_of(found.package)) if found.package else {}
    return [
        {"field": words.get(name, Text(name, name)), "code": words_of(QuestionCode(code))}
        for code, name in found.state.asked
    ]


@require_POST
def open_review(request: HttpRequest, review: str) -> HttpResponse:
    """Begin the review: from here on registers may be looked into."""
    found = read_case(acting(request, Duty.INTAKE), review)
    done = give(found, OpenReview())
    if isinstance(done, Refused):
        return _request_page(request, found, done.reasons)
    messages.success(request, _("The review is open."))
    return HttpResponseRedirect(reverse("review:case", args=[review]))


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, review: str) -> HttpResponse:
    """Ask about fields of the request, once."""
    found = read_case(acting(request, Duty.INTAKE), review)
    form = Questions(*sent(request), case=found)
    showing = Showing(
        title=Text("Questions to the requesting agency", "Preguntas a la entidad requirente"),
        explained=Text(
            "Asked once, before any register is looked into. They leave with your signature, and say nothing of what"
            " is known here.",
            "Se formulan una sola vez, antes de consultar cualquier registro. Salen con su firma y no dicen nada de lo"
            " que aquí se sabe.",
        ),
        said=Text("The questions are on their way.", "Las preguntas van en camino."),
        back=reverse("inbox:request", args=[review]),
        button=Text("Send the questions", "Enviar las preguntas"),
    )
    return take(request, found, form, showing)


@require_safe
def document(request: HttpRequest, review: str, sha256: str) -> HttpResponse:
    """Open one document the request cites."""
    who = acting(request, *READERS)
    found = read_case(who, review)
    package = found.package
    listed = cited(package, who.unit.documents.has) if package else ()
    if package is None or not any(each.sha256 == sha256 and each.here for each in listed):
        raise Http404
    who.read("document", f"document:{who.unit.token(sha256, package.request)}", case=str(found.stream))
    return handed_out(who.unit.documents.get(sha256), f"{found.number}-{sha256[:8]}")
