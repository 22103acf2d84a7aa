"""Views of the protection officer (F44). Every read is asked about the kind `protection`, which no other duty reads."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cotejo.actions.register import Searched
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.protection.forms import Check
from cotejo.doors.web.review.case import Case, read_case
from cotejo.doors.web.review.compare import Possible, searched, shown
from cotejo.doors.web.review.stepping import Showing, give, sent, take
from cotejo.doors.web.review.views import gates_of, hold_lines
from cotejo.doors.web.review.words import step_words
from cotejo.identity import PersonRecord
from cotejo.rules.acts import Reason, Refused, StreamKind
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Duty
from cotejo.rules.review_commands import RecordSearch
from cotejo.rules.review_words import Protection, ReviewState
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow

A_PAGE = 25
GONE = Text("a person no longer found in the register", "una persona que ya no aparece en el registro")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for the protection officer, longest wait first."""
    acting(request, Duty.PROTECTION).read("protection", "list:protection")
    rows = WaitingRow.objects.filter(card__stream_kind=StreamKind.REVIEW, duty=Duty.PROTECTION)
    page = Paginator(rows.select_related("card").order_by("since", "id"), A_PAGE).get_page(request.GET.get("page"))
    lines = [{"row": row, "words": step_words(row.step)} for row in page]
    return render(request, "protection/list.html", {"page": page, "lines": lines})


def _read(request: HttpRequest, review: str) -> Case:
    return read_case(acting(request, Duty.PROTECTION), review, kind="protection", subject=f"protection:{review}")


@require_safe
def case(request: HttpRequest, review: str) -> HttpResponse:
    """Show the possible same persons, the last check and the protection pauses of a case."""
    return _case(request, _read(request, review))


def _case(request: HttpRequest, found: Case, refused: tuple[Reason, ...] = ()) -> HttpResponse:
    result = searched(found) if found.state.search else None
    people = _people(found, result)
    gates = [each for each in gates_of(found) if each.code in {"review.usable", "review.protection"}]
    further = _further(found, result)
    page = Paginator(further, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": found,
        "people": people,
        "missing": len(found.state.candidates) - len(people),
        "further": page,
        "further_people": _rows(found, result, tuple(page.object_list)),
        "result": result,
        "gates": gates,
        "holds": hold_lines(found),
        "stopped": bool(found.state.protection and found.state.protection.act.result is Protection.STOP),
        "may_search": found.state.state is ReviewState.OPEN,
        "may_check": found.state.state in (ReviewState.OPEN, ReviewState.DECIDED),
        "refused": refused,
    }
    return render(request, "protection/case.html", context, status=422 if refused else 200)


def _people(found: Case, result: Searched | None) -> tuple[Possible, ...]:
    kept = [each for each in result.candidates if each.token in found.state.candidates] if result else []
    return tuple(shown(place, each) for place, each in enumerate(kept, start=1))


def _further(found: Case, result: Searched | None) -> tuple[str, ...]:
    """Return whom the search left open beyond those shown, and the register still has."""
    here = frozenset(result.further) if result else frozenset()
    return tuple(each for each in found.state.to_protect if each in here and each not in found.state.candidates)


def _rows(found: Case, result: Searched | None, tokens: Sequence[str]) -> tuple[PersonRecord, ...]:
    """Return the register's rows of some further people, in this order."""
    rows = result.further_rows(tokens, found.acting.unit.register) if result else {}
    return tuple(rows[each] for each in tokens if each in rows)


@require_POST
def search(request: HttpRequest, review: str) -> HttpResponse:
    """Search the own register and record whom it found."""
    found = _read(request, review)
    result = searched(found)
    if result is None:
        return _case(request, found)
    command = RecordSearch(
        candidates=tuple(each.token for each in result.candidates),
        set_aside=sum(each.count for each in result.found.set_aside),
        register_as_of=iso_day(result.found.as_of) if result.found.as_of else "",
    )
    done = give(found, command)
    if isinstance(done, Refused):
        return _case(request, found, done.reasons)
    messages.success(request, _("The search is recorded. Now check every possible same person."))
    return HttpResponseRedirect(reverse("protection:case", args=[review]))


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, review: str) -> HttpResponse:
    """Record the protection check of everybody whom the search left open, looked up page by page."""
    found = _read(request, review)
    everybody = found.state.to_protect
    ticked = {*request.POST.getlist("candidates"), *request.POST.getlist("ticked")}
    looked = tuple(each for each in everybody if each in ticked)
    turning = request.POST.get("to", "")
    page = Paginator(everybody, A_PAGE).get_page(turning or request.POST.get("page"))
    here = tuple(page.object_list)
    form = Check(
        *((None, None) if turning else sent(request)),
        case=found,
        people=tuple(_named(found, here).items()),
        elsewhere=(each for each in everybody if each not in here),
        initial={
            **{name: request.POST.get(name, "") for name in ("result", "ground", "feared")},
            "candidates": [each for each in looked if each in here],
            "ticked": [each for each in looked if each not in here],
        },
    )
    showing = Showing(
        title=Text("Protection check", "Comprobación de protección"),
        explained=Text(
            "Look up every person. Doubt, a pending claim or a stated fear is a stop.",
            "Consulte a cada persona. La duda, un trámite pendiente o un temor expresado es un alto.",
        ),
        said=Text("The protection check is recorded.", "La comprobación de protección quedó registrada."),
        back=reverse("protection:case", args=[review]),
        template="protection/check.html",
    )
    counted: dict[str, Any] = {"page": page, "looked": len(looked), "total": len(everybody)}
    if turning:
        return render(request, showing.template, {"case": found, "form": form, "showing": showing, **counted})
    return take(request, found, form, showing, **counted)


def _named(found: Case, tokens: Sequence[str]) -> dict[str, Text]:
    """Return what the check calls each of these people: place, name and birth date as the register has them."""
    result = searched(found) if found.state.search else None
    rows = {each.token: each.explanation.candidate for each in result.candidates} if result else {}
    rows |= result.further_rows(tokens, found.acting.unit.register) if result else {}
    places = {token: place for place, token in enumerate(found.state.to_protect, start=1)}
    return {token: _words_of(places[token], rows[token]) if token in rows else GONE for token in tokens}


def _words_of(place: int, person: PersonRecord) -> Text:
    words = f"{place}. {person.full_name or f'{person.given} {person.surname}'} · {person.dob}"
    return Text(words, words)
