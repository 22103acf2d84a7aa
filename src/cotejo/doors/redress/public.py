"""The public side: lodge a complaint, follow it, and after a hand-over learn where the person is. No account.

1. Nothing here confirms or denies that a request exists. A code that may exist and does not, and a request nobody
   knows, get the same pages, after the same work: one look-up, one opening, one signal (F67).
2. A complaint blocks at once (F65); neither a mandate nor a document is waited for.
3. Codes travel in forms, never in an address, and are kept nowhere: the house is asked nothing.
4. A form sent twice is one complaint, and shows the same receipt.
5. Too many complaints from one connection wait, whatever they are about (`crowding`); following one never does.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.sealed_cards import PaperKey, PersonCard, open_card, paper_key, seal_card
from cotejo.doors.redress.crowding import Turnstile, address_of
from cotejo.doors.redress.frame import complaints, connection, day, in_words, language_of, now, office, page, texts
from cotejo.doors.redress.memory import Attached, Complaints, File
from cotejo.doors.redress.sealing import keyed
from cotejo.doors.redress.shown import messages, summary
from cotejo.doors.redress.uploads import attached, plain_name
from cotejo.doors.redress.words import REPORT_WORDS, SPEAKER_WORDS, WRONG_WORDS
from cotejo.rules.acts import Millis, Refused
from cotejo.rules.complaints import START, Complainant, Lodge, Speaker, Write, Wrong, decide
from cotejo.rules.paper_codes import PAPER_CODE, RECEIPT_CODE

REQUEST_NUMBER: Final = re.compile(r"[0-9a-f]{32}")
ONCE: Final = re.compile(r"[0-9a-f]{32}")
MOST_AT_ONCE: Final = 3
TURNSTILE: Final = Turnstile()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to put right: at which field, in the page's language."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the code or number on a paper leads to. An unknown code leads to a number nobody has (rule 1)."""

    request: str
    court: str = ""
    answers: str = ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the three things people come for."""
    return page(request, "start.html")


@require_http_methods(["GET", "HEAD", "POST"])
def lodge(request: HttpRequest) -> HttpResponse:
    """Show the form of a complaint, or lodge it and show the receipt once."""
    if request.method != "POST":
        return _lodge_form(request, {}, [])
    once = request.POST.get("once", "")
    problems = [*_problems(request)]
    if not ONCE.fullmatch(once):
        once = secrets.token_hex(16)
    if problems:
        return _lodge_form(request, request.POST.dict(), problems)
    opens_at = TURNSTILE.opens_at(_address(request), once, now=now())
    if opens_at:
        return _crowded(request, opens_at)
    with connection() as given, given.transaction():
        memory = Complaints(given, office())
        named = _named(memory, request.POST.get("code", ""))
        at = now()
        done = memory.lodge(_command(request, named), once=once, now=at)
        if isinstance(done, Refused):
            raise TypeError("the form was judged by the same law")
        if done.new:
            for field in ("mandate", "documents"):
                for each in _files(request, field):
                    if isinstance(each, Attached):
                        memory.attach(done.complaint, each, Complainant(), mandate=field == "mandate", now=at)
        file = memory.file(done.complaint)
    language = language_of(request)
    due = summary(file, language, now=at)["due"] if file else ""
    said = texts(language)
    return page(request, "receipt.html", {"code": done.code, "due": said["receipt_due"].format(day=due), "fixed": True})


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt code, or show its complaint, take a message or a document."""
    if request.method != "POST":
        return page(request, "code.html", _asking("status"))
    said = texts(language_of(request))
    code = RECEIPT_CODE.read(request.POST.get("code", ""))
    if code is None:
        problem = Problem(field="code", text=said["receipt_problem"])
        return page(request, "code.html", {**_asking("status"), "problems": [problem]})
    with complaints() as memory:
        file = memory.by_receipt(code)
        if file is None:
            return page(request, "nothing.html", {"back": "status"})
        problems = [*_taken(request, memory, file)]
        file = memory.file(file.id) or file
    return _status_page(request, RECEIPT_CODE.grouped(code), file, problems)


@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Ask for a paper code, or show what its sealed card says of where the person is."""
    if request.method != "POST":
        return page(request, "code.html", _asking("where"))
    language = language_of(request)
    code = PAPER_CODE.read(request.POST.get("code", ""))
    if code is None:
        problem = Problem(field="code", text=texts(language)["paper_problem"])
        return page(request, "code.html", {**_asking("where"), "problems": [problem]})
    with complaints() as memory:
        card = _card(memory, code)
    if card is None or not card.places:
        return page(request, "nothing.html", {"back": "where"})
    places = [
        {
            "report": REPORT_WORDS[each.report].in_language(language) if each.report in REPORT_WORDS else each.report,
            "at": day(each.at, language),
            "place": each.place,
            "court": each.court,
        }
        for each in reversed(card.places)
    ]
    due = day(card.next_due, language) if card.next_due else ""
    values = {"places": places, "court": card.court, "answers": card.answers, "due": due, "fixed": True}
    return page(request, "where.html", {**values, "late": bool(card.next_due) and card.next_due <= now()})


def _address(request: HttpRequest) -> str:
    return address_of(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def _crowded(request: HttpRequest, opens_at: Millis) -> HttpResponse:
    """Give the form back as it was filled in, and say from when it can be sent."""
    language = language_of(request)
    said = texts(language)["crowded"].format(moment=day(opens_at, language))
    answer = _lodge_form(request, request.POST.dict(), [Problem(field="", text=said)], status=429)
    answer.headers["Retry-After"] = str(max(1, (opens_at - now()) // 1000))
    return answer


def _lodge_form(
    request: HttpRequest, filled: dict[str, str], problems: list[Problem], *, status: int = 0
) -> HttpResponse:
    language = language_of(request)
    ticked = set(request.POST.getlist("wrong"))
    values = {
        "filled": filled,
        "problems": problems,
        "wrong_fields": {each.field for each in problems},
        "once": secrets.token_hex(16),
        "speakers": [(each.value, text.in_language(language)) for each, text in SPEAKER_WORDS.items()],
        "wrongs": [
            (each.value, text.in_language(language), each.value in ticked) for each, text in WRONG_WORDS.items()
        ],
    }
    return page(request, "lodge.html", values, status=status or (422 if problems else 200))


def _problems(request: HttpRequest) -> Iterator[Problem]:
    """Yield everything that keeps a form from being a complaint; nothing here depends on what exists."""
    said = texts(language_of(request))
    if request.POST.get("speaker", "") not in set(Speaker):
        yield Problem(field="speaker", text=said["speaker_problem"])
    typed = request.POST.get("code", "")
    if _number(typed) is None and PAPER_CODE.read(typed) is None:
        yield Problem(field="code", text=said["code_problem"])
    for field in ("mandate", "documents"):
        found = _files(request, field)
        if len(found) > MOST_AT_ONCE:
            yield Problem(field=field, text=said["documents_problem"])
        for name in found:
            if isinstance(name, str):
                yield Problem(field=field, text=said["document_problem"].format(name=name))
    lodged = decide(START, _command(request, Named(request="")), Complainant(), now())
    for each in lodged.reasons if isinstance(lodged, Refused) else ():
        yield Problem(field=each.field, text=in_words(each.text, language_of(request)))


def _command(request: HttpRequest, named: Named) -> Lodge:
    speaker = request.POST.get("speaker", "")
    ticked = set(request.POST.getlist("wrong"))
    return Lodge(
        request=named.request,
        speaker=Speaker(speaker) if speaker in set(Speaker) else Speaker.PERSON,
        wrong=tuple(each for each in Wrong if each.value in ticked),
        text=request.POST.get("text", ""),
        in_custody=request.POST.get("in_custody") == "yes",
        court=named.court,
        answers=named.answers,
    )


def _named(memory: Complaints, typed: str) -> Named:
    """Return what a code or number leads to, with the same look-up and opening for each (rule 1)."""
    number, code = _number(typed), PAPER_CODE.read(typed)
    card = _card(memory, code or "")
    if number is not None:
        return Named(request=number)
    if card is None:
        return Named(request=keyed(office(), "nobody's request", code or "")[:16].hex())
    return Named(request=card.request, court=card.court, answers=card.answers)


def _card(memory: Complaints, code: str) -> PersonCard | None:
    """Open the card of a code. A code without one opens a card of our own instead, and shows nothing of it."""
    key = paper_key(code)
    sealed = memory.card(key.lookup)
    if sealed is None:
        open_card(*_decoy())
        return None
    return open_card(sealed, key)


@cache
def _decoy() -> tuple[bytes, PaperKey]:
    key = paper_key("nobody's code")
    return seal_card(PersonCard(request="", court="", answers=""), key.opening.sealing), key


def _number(typed: str) -> str | None:
    bare = "".join(typed.split()).lower()
    return bare if REQUEST_NUMBER.fullmatch(bare) else None


def _files(request: HttpRequest, field: str) -> list[Attached | str]:
    """Return what was attached at a field: read, or, when it cannot be taken, its name."""
    known: dict[str, list[Attached | str]] = request.META.setdefault("redress.files", {})
    if field not in known:
        uploads: list[UploadedFile[bytes]] = request.FILES.getlist(field)
        known[field] = [attached(each) or plain_name(each.name or "") for each in uploads]
    return known[field]


def _taken(request: HttpRequest, memory: Complaints, file: File) -> Iterator[Problem]:
    """Carry out what the holder of a receipt asks; yield what was wrong with it."""
    language = language_of(request)
    said, at = texts(language), now()
    done: object = None
    match request.POST.get("do", ""):
        case "write":
            done = memory.act(file.id, Write(text=request.POST.get("text", "")), Complainant(), now=at)
        case "document":
            found = _files(request, "document")
            if not found:
                yield Problem(field="document", text=said["document_missing"])
            elif isinstance(found[0], str):
                yield Problem(field="document", text=said["document_problem"].format(name=found[0]))
            else:
                mandate = request.POST.get("mandate") == "yes"
                done = memory.attach(file.id, found[0], Complainant(), mandate=mandate, now=at)
        case _:
            pass
    if isinstance(done, Refused):
        for each in done.reasons:
            yield Problem(field=each.field, text=in_words(each.text, language))


def _status_page(request: HttpRequest, code: str, file: File, problems: list[Problem]) -> HttpResponse:
    language = language_of(request)
    shown: dict[str, Any] = {
        "code": code,
        "case": summary(file, language, now=now()),
        "messages": messages(file, language),
        "problems": problems,
        "wrong_fields": {each.field for each in problems},
        "fixed": True,
    }
    return page(request, "status.html", shown, status=422 if problems else 200)


def _asking(which: str) -> dict[str, object]:
    return {"which": which, "problems": []}
