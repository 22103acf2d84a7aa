"""What every page of the office has in common: its language, its headers, its bounds, and how it says what went wrong.

1. The language is the one asked for in the address, then the one chosen before, then the browser's, then the house's.
2. No page is kept by a browser, none runs a script, none may be framed, none tells another site where it came from.
3. A form larger than its bound is refused before it is read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from time import time_ns
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg_pool import ConnectionPool

from cotejo.doors.redress import settings
from cotejo.doors.redress.memory import Complaints, Connection
from cotejo.doors.redress.office import Office
from cotejo.doors.redress.people import People
from cotejo.doors.redress.words import LANGUAGE_NAMES, MONTHS, TEXTS
from cotejo.rules.acts import Millis
from cotejo.rules.words import LANGUAGES, Text

LANGUAGE_COOKIE: Final = "redress_language"
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, noarchive",
}
CONNECTIONS: Final = 4
Answer = Callable[[HttpRequest], HttpResponse]


def now() -> Millis:
    """Return the current time in milliseconds UTC."""
    return time_ns() // 1_000_000


def office() -> Office:
    """Return the office whose pages these are."""
    return settings.OFFICE


@cache
def _pool() -> ConnectionPool[Connection]:
    return ConnectionPool(
        settings.OFFICE_DSN,
        min_size=1,
        max_size=CONNECTIONS,
        kwargs={"autocommit": True},
        check=ConnectionPool.check_connection,
        open=True,
    )


@contextmanager
def connection() -> Iterator[Connection]:
    """Give a connection in the office's own role."""
    with _pool().connection() as given:
        yield given


@contextmanager
def complaints() -> Iterator[Complaints]:
    """Give the office's complaints."""
    with connection() as given:
        yield Complaints(given, office())


@contextmanager
def people() -> Iterator[People]:
    """Give the office's officers."""
    with connection() as given:
        yield People(given, office())


def language_of(request: HttpRequest) -> str:
    """Return the language of a page (rule 1)."""
    wanted = (request.GET.get("language", ""), request.COOKIES.get(LANGUAGE_COOKIE, ""))
    browser = (part.strip()[:2] for part in request.headers.get("Accept-Language", "").split(","))
    return next((each for each in (*wanted, *browser) if each in LANGUAGES), office().language)


@cache
def texts(language: str) -> dict[str, str]:
    """Return every sentence of the pages in one language."""
    return {name: text.in_language(language) for name, text in TEXTS.items()}


def page(
    request: HttpRequest, template: str, values: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a page."""
    language = language_of(request)
    other = next(each for each in LANGUAGES if each != language)
    said = {
        "t": texts(language),
        "language": language,
        "other": other,
        "other_name": LANGUAGE_NAMES[other],
        "office": office(),
        "invented": office().world == "invented",
        **(values or {}),
    }
    answer = render(request, template, said, status=status)
    if request.GET.get("language") == language:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, secure=settings.REAL_WORLD, httponly=True, samesite="Strict", max_age=31_536_000
        )
    return answer


def day(moment: Millis, language: str) -> str:
    """Return a moment as people write it: day, month, year and time, UTC."""
    at = datetime.fromtimestamp(moment / 1000, UTC)
    month = MONTHS[at.month - 1].in_language(language)
    joined = f"{at.day} de {month} de {at.year}" if language == "es" else f"{at.day} {month} {at.year}"
    return f"{joined}, {at:%H:%M} UTC"


def in_words(said: Text | str, language: str) -> str:
    """Return a sentence of the law in the page's language."""
    return said if isinstance(said, str) else said.in_language(language)


def strict_headers(answer: Answer) -> Answer:
    """Middleware: the same strict headers on every answer, errors included."""

    def add(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.REAL_WORLD:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return add


def bounded(answer: Answer) -> Answer:
    """Middleware: refuse a form that is too large before reading it."""

    def look(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not str(length).isdigit() or int(length) > settings.LARGEST_FORM:
            return _sorry(request, "too_large", 413)
        return answer(request)

    return look


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a form was open too long or came from elsewhere."""
    return _sorry(request, "form_too_old", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - the same
    """Say that the page was asked for in a way it does not understand."""
    return _sorry(request, "bad_request", 400)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - the same
    """Say that there is no such page."""
    return _sorry(request, "not_here", 404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Say that something failed on this side."""
    return _sorry(request, "our_fault", 500)


def _sorry(request: HttpRequest, which: str, status: int) -> HttpResponse:
    said = texts(language_of(request))
    values = {"heading": said[f"{which}_title"], "sentence": said[which]}
    return page(request, "sorry.html", values, status=status)
