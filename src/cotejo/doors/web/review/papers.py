"""The documents attached while a request was reviewed, each as the officer who reads may see it.

1. What may be opened follows from the history: a document of an act whose body this officer may not read is not there
   (F44, I3, I12). The redress duty opens what stands with contested evidence and nothing else.
2. Opening is a read of its own, noted by a keyed token; what is handed out is a download.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.documents import handed_out
from cotejo.doors.web.review.case import READERS, Case, names_of, number_of
from cotejo.doors.web.review.words import act_words
from cotejo.rules.acts import Act, Entry, Millis, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.disputing import DisputeSigned
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.holds import HoldKind
from cotejo.rules.review_acts import HoldLiftSigned, HoldPlaced
from cotejo.rules.review_history import Line, history
from cotejo.rules.review_state import Hold, Review
from cotejo.rules.words import Text
from cotejo.store import current
from cotejo.store.people import Officer as Account

FIELDS: Final[Mapping[str, Text]] = {
    "document": Text("document", "documento"),
    "documents": Text("document", "documento"),
    "own_evidence": Text("this agency's own evidence", "prueba propia de esta entidad"),
    "statement_document": Text("the person's statement", "declaración de la persona"),
}
"""Where the acts of a review name documents, and what such a document is."""
SIGNED: Final = Text("paper with the person's signature", "papel con la firma de la persona")
OPENERS: Final = (*READERS, Duty.REDRESS)
"""Who may open a document attached at the review, if the history shows them the act it came with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One attached document: its hash, what it is, with which act it came, by whom and when."""

    sha256: str
    what: Text
    code: str
    by: str
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One attached document as a page lists it; `here` says whether it is kept on this node."""

    paper: Paper
    words: Text
    name: str
    here: bool


def paper_lines(found: Case) -> list[PaperLine]:
    """Return the documents of a case that whoever is looking may open."""
    papers = papers_of(found.state, found.entries, found.acting.who)
    names, documents = names_of(each.by for each in papers), found.acting.unit.documents
    return [
        PaperLine(paper=each, words=act_words(each.code), name=names.get(each.by, ""), here=documents.has(each.sha256))
        for each in papers
    ]


@require_safe
def document(request: HttpRequest, review: str, sha256: str) -> HttpResponse:
    """Hand out one attached document to whoever may read the act it came with; nobody else learns that it exists."""
    account, stream = request.user, Stream(StreamKind.REVIEW, review)
    if not isinstance(account, Account):
        raise Http404
    entries = current.unit().entries(stream)
    state: Review = state_of(StreamKind.REVIEW, entries)
    held = [duty for duty in OPENERS if account.holds(duty)]
    reading = [each for each in held if _opens(state, entries, account.acting(each), sha256)] or held
    who = acting(request, *reading)
    who.read("document", f"document:{who.unit.token(sha256, state.request)}", case=str(stream))
    if not _opens(state, entries, who.who, sha256) or not who.unit.documents.has(sha256):
        raise Http404
    return handed_out(who.unit.documents.get(sha256), f"{number_of(stream)}-{sha256[:8]}")


def _opens(state: Review, entries: Iterable[Entry], reader: Officer, sha256: str) -> bool:
    return any(each.sha256 == sha256 for each in papers_of(state, entries, reader))


def papers_of(state: Review, entries: Iterable[Entry], reader: Officer) -> tuple[Paper, ...]:
    """Return what this officer may open, each document once, oldest first."""
    found: dict[str, Paper] = {}
    for line in history(state, entries, reader):
        if line.act is not None and (reader.duty is not Duty.REDRESS or _is_contested(state, line)):
            for sha256, what in _named(line.act):
                found.setdefault(sha256, Paper(sha256=sha256, what=what, code=line.code, by=line.by, at=line.at))
    return tuple(found.values())


def contested(state: Review) -> tuple[Hold, ...]:
    """Return the open pauses because evidence is contested."""
    return tuple(each for each in state.holds if each.kind is HoldKind.EVIDENCE_CHALLENGE and not each.ended)


def _is_contested(state: Review, line: Line) -> bool:
    if not isinstance(line.act, HoldPlaced | HoldLiftSigned):
        return False
    wanted = line.act.hold if isinstance(line.act, HoldLiftSigned) else line.version
    return any(each.id == wanted for each in contested(state))


def _named(act: Act) -> Iterator[tuple[str, Text]]:
    for name, what in FIELDS.items():
        value = getattr(act, name, ())
        yield from ((each, what) for each in ((value,) if isinstance(value, str) else value) if each)
    if isinstance(act, DisputeSigned):
        yield act.signed.document, SIGNED
