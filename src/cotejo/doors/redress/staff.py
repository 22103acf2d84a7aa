"""The office's own side: sign in, what is due first, one complaint, its answer and the end of its block.

1. Every page but signing in and enrolling needs a session of this office; nobody of the house has one. Somebody of
   the oversight body reads which answers are late, and no complaint.
2. Each step is judged by `cotejo.rules.complaints`; the page only says what the law said.
3. A document is handed out as a download, never shown inside a page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cotejo.doors.redress import settings, shown
from cotejo.doors.redress.frame import complaints, in_words, language_of, now, page, people, texts
from cotejo.doors.redress.memory import overdue
from cotejo.doors.redress.people import PeopleRefused, Person
from cotejo.doors.redress.uploads import ENDINGS
from cotejo.doors.redress.words import OUTCOME_WORDS
from cotejo.rules.acts import Refused
from cotejo.rules.complaints import (
    Acknowledge,
    AskForDocuments,
    Command,
    ConfirmAnswer,
    ConfirmLift,
    Outcome,
    PassOn,
    ProposeAnswer,
    ProposeLift,
    RedressOfficer,
    Write,
)

SESSION_COOKIE: Final = "redress_session"
A_PAGE: Final = 25
LARGEST_VERSION: Final = 9
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Person, P], HttpResponse]


def for_officers(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view be reached by signed-in officers only; everybody else is asked to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        with people() as all_people:
            person = all_people.signed_in(request.COOKIES.get(SESSION_COOKIE, ""), now=now())
        if person is None:
            return HttpResponseRedirect(reverse("sign_in"))
        if person.oversight:
            return HttpResponseRedirect(reverse("late"))
        return view(request, person, *arguments, **named)

    return guarded


def for_oversight(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view be reached by the oversight body and by the office's own officers."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        with people() as all_people:
            person = all_people.signed_in(request.COOKIES.get(SESSION_COOKIE, ""), now=now())
        return view(request, person, *arguments, **named) if person else HttpResponseRedirect(reverse("sign_in"))

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name, password and code together; say only whether they belong together."""
    if request.method != "POST":
        return page(request, "sign_in.html", {"problem": ""})
    given = {name: request.POST.get(name, "") for name in ("username", "password", "code")}
    with people() as all_people:
        token = all_people.sign_in(**given, now=now())
    if token is None:
        problem = texts(language_of(request))["sign_in_problem"]
        return page(request, "sign_in.html", {"problem": problem}, status=422)
    answer = HttpResponseRedirect(reverse("queue"))
    answer.set_cookie(
        SESSION_COOKIE, token, secure=settings.REAL_WORLD, httponly=True, samesite="Strict", path=reverse("queue")
    )
    return answer


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    with people() as all_people:
        all_people.sign_out(request.COOKIES.get(SESSION_COOKIE, ""))
    answer = HttpResponseRedirect(reverse("sign_in"))
    answer.delete_cookie(SESSION_COOKIE, path=reverse("queue"), samesite="Strict")
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Show a new officer the key of the second factor, and take password and first code."""
    language = language_of(request)
    problems: list[str] = []
    with people() as all_people:
        if request.method == "POST":
            given = {name: request.POST.get(name, "") for name in ("password", "again", "code")}
            try:
                all_people.enrol(token, **given, now=now())
                return HttpResponseRedirect(reverse("sign_in"))
            except PeopleRefused as refused:
                problems = [in_words(each, language) for each in refused.problems]
            except LookupError:
                pass
        known = all_people.enrolment(token, now=now())
    if known is None:
        said = texts(language)
        values = {"heading": said["link_ended_title"], "sentence": said["link_ended"]}
        return page(request, "sorry.html", values, status=404)
    shown_values: dict[str, Any] = {"enrolment": known, "person": known.person, "problems": problems}
    return page(request, "enrol.html", shown_values, status=422 if problems else 200)


@require_safe
@for_officers
def queue(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the open complaints, what is due first above."""
    language, at = language_of(request), now()
    with complaints() as memory:
        page_of = Paginator(memory.queue(), A_PAGE).get_page(request.GET.get("page"))
    lines = [shown.summary(file, language, now=at) for file in page_of]
    values = {"officer": person, "lines": lines, "page": page_of, "shown": _shown(page_of, language)}
    return page(request, "queue.html", values)


@require_safe
@for_oversight
def late(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the oversight body whose answers are late: numbers and days, nothing of what a complaint says."""
    language, at = language_of(request), now()
    with complaints() as memory:
        files = memory.queue()
    found = [shown.lateness(file, language, now=at) for file in overdue(files, at)]
    page_of = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    said = texts(language)["late_of"].format(late=len(found), total=len(files))
    values = {"officer": person, "page": page_of, "shown": _shown(page_of, language), "of": said}
    return page(request, "late.html", values)


def _shown(page_of: "Page[Any]", language: str) -> str:
    numbers = {"first": page_of.start_index(), "last": page_of.end_index(), "total": page_of.paginator.count}
    return texts(language)["shown"].format(**numbers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def case(request: HttpRequest, person: Person, complaint: str) -> HttpResponse:
    """Show one complaint, or take one step in it."""
    language, at = language_of(request), now()
    problems: list[str] = []
    with complaints() as memory:
        file = memory.file(complaint)
        if file is None:
            raise Http404
        if request.method == "POST":
            command = _command(request)
            if command is None:
                problems = [texts(language)["bad_request"]]
            else:
                done = memory.act(complaint, command, RedressOfficer(id=person.id), now=at)
                if not isinstance(done, Refused):
                    return HttpResponseRedirect(reverse("case", args=[complaint]))
                problems = [in_words(each.text, language) for each in done.reasons]
        state = file.complaint
    with people() as all_people:
        names = all_people.names()
    values: dict[str, Any] = {
        "officer": person,
        "case": shown.summary(file, language, now=at),
        "messages": shown.messages(file, language),
        "may": shown.next_steps(state),
        "answer": shown.proposal(state.proposed_answer, names, person.id, language),
        "lift": shown.proposal(state.proposed_lift, names, person.id, language),
        "outcomes": [(each.value, text.in_language(language)) for each, text in OUTCOME_WORDS.items()],
        "problems": problems,
    }
    return page(request, "case.html", values, status=422 if problems else 200)


@require_safe
@for_officers
def document(_request: HttpRequest, _person: Person, complaint: str, document: str) -> HttpResponse:
    """Hand out one document as a download."""
    with complaints() as memory:
        try:
            found = memory.document(complaint, document)
        except LookupError as problem:
            raise Http404 from problem
    answer = HttpResponse(found.content, content_type=found.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{document[:8]}{ENDINGS[found.kind]}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _command(request: HttpRequest) -> Command | None:
    """Return the step a form asks for; `None` for none we know."""
    text = request.POST.get("text", "")
    version = request.POST.get("proposal", "")
    proposal = int(version) if version.isascii() and version.isdigit() and len(version) <= LARGEST_VERSION else 0
    outcome = request.POST.get("outcome", "")
    match request.POST.get("do", ""):
        case "acknowledge":
            return Acknowledge()
        case "ask":
            return AskForDocuments(text=text)
        case "write":
            return Write(text=text)
        case "pass_on":
            return PassOn(to=text)
        case "propose_answer" if outcome in set(Outcome):
            return ProposeAnswer(outcome=Outcome(outcome), reasons=text)
        case "confirm_answer":
            return ConfirmAnswer(proposal=proposal)
        case "propose_lift":
            return ProposeLift(reasons=text)
        case "confirm_lift":
            return ConfirmLift(proposal=proposal)
        case _:
            return None
