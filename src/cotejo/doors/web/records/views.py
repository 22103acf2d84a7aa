"""Finding and reading files: search, one person's file, its history, its documents.

1. A search is by words of a name, by a document's whole number, or by the number a file or request has here; it is
   noted under a keyed token, never under the name.
2. Victims, witnesses and children are in no search; lists are paged and their total is printed.
3. A document is shown only through a file that cites it.
"""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cotejo.access.question import Verb
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.records.case import (
    READERS,
    Case,
    load_file,
    number_of,
    officers_named,
    person_stream,
    read_file,
)
from cotejo.doors.web.records.history import lines_of
from cotejo.doors.web.records.labels import name_in
from cotejo.identity.names import fold
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.person import PersonFile, plain_number
from cotejo.store.models import CardRow, LocalNumber

MOST: Final = 1000
A_PAGE: Final = 25
LONGEST_LOCAL: Final = 7
SHORTEST_NUMBER: Final = 6
"""A document's number is searched for when at least so many letters and digits of it are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line of a search: the file, its number, and how many files here bear its whole name."""

    id: str
    number: int
    file: PersonFile
    namesakes: int


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find files by words of a name or by a number, and requests by number."""
    desk = acting(request, *READERS)
    words = request.GET.get("q", "").strip()
    streams = _found(desk, words) if words else ()
    page = Paginator(streams, A_PAGE).get_page(request.GET.get("page"))
    rows = [_line(desk, each) for each in page.object_list]
    return render(
        request,
        "records/search.html",
        {
            "words": words,
            "page": page,
            "rows": rows,
            "requests": _requests(words),
            "most": MOST,
            "many": len(streams) == MOST,
            "desk": desk,
        },
    )


def _found(desk: Acting, words: str) -> tuple[Stream, ...]:
    desk.read("person", f"search:{desk.unit.token(fold(words), 'search')}", verb=Verb.SEARCH)
    number = _local(words)
    if number:
        rows = LocalNumber.objects.filter(stream_kind=StreamKind.PERSON, number=number)
        return tuple(person_stream(row.stream_id) for row in rows)
    typed = plain_number(words)
    if any(letter.isdecimal() for letter in typed):
        return desk.unit.search(StreamKind.PERSON, typed, limit=MOST) if len(typed) >= SHORTEST_NUMBER else ()
    return desk.unit.search(StreamKind.PERSON, words, limit=MOST)


def _local(words: str) -> int:
    """Return the number of a file or request that was typed, 0 when it is something else."""
    number = words.lstrip("#")
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_LOCAL else 0


def _requests(words: str) -> list[CardRow]:
    """Return the requests of this agency that bear the typed number."""
    number = _local(words)
    return list(CardRow.objects.filter(stream_kind=StreamKind.DOSSIER, number=number)) if number else []


def _line(desk: Acting, stream: Stream) -> Found:
    file: PersonFile = state_of(StreamKind.PERSON, desk.unit.entries(stream))
    bearing = set(desk.unit.search(StreamKind.PERSON, name_in(file), limit=MOST))
    return Found(id=stream.id, number=number_of(stream), file=file, namesakes=len(bearing - {stream}))


@require_safe
def person(request: HttpRequest, person: str) -> HttpResponse:
    """Show one person's file, what speaks for the person first."""
    case = read_file(acting(request, *READERS), person)
    requests = CardRow.objects.filter(stream_kind=StreamKind.DOSSIER, parent=case.id).order_by("number")
    officers = officers_named(each.recorder.id for each in case.file.claims)
    return render(
        request, "records/person.html", {"case": case, "file": case.file, "requests": requests, "officers": officers}
    )


@require_safe
def history(request: HttpRequest, person: str) -> HttpResponse:
    """Show what was done in a file, by whom and when, the newest first."""
    desk = acting(request, *READERS)
    case = read_file(desk, person, subject=f"{person_stream(person)}:history")
    page = Paginator(lines_of(case.entries), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/history.html", {"case": case, "page": page})


@require_safe
def document(request: HttpRequest, person: str, sha256: str) -> HttpResponse:
    """Show a document that the file cites, exactly as it was kept."""
    desk = acting(request, *READERS)
    stream = person_stream(person)
    desk.read("document", sha256, case=str(stream))
    return _pdf(load_file(desk, stream), sha256)


def _pdf(case: Case, sha256: str) -> HttpResponse:
    if not case.cites(sha256):
        raise Http404
    try:
        content = case.acting.unit.documents.get(sha256)
    except KeyError:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sha256[:12]}.pdf"'
    return answer
