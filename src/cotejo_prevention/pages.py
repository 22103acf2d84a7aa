"""The public pages: directory, one programme, the words of consent, withdrawal by code.

None of the first three sets a cookie, opens the database or writes a line anywhere.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.resources import files

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import register_converter, reverse
from django.views.decorators.http import require_http_methods, require_safe

from cotejo_prevention import programmes, referrals
from cotejo_prevention.home import Home
from cotejo_prevention.programmes import LANGUAGES, Programme
from cotejo_prevention.words import CONSENT, texts

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends Origin: null, and every form would be refused
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",  # a shared telephone keeps nothing
    "X-Robots-Tag": "noarchive",
}
_ONE_YEAR = "max-age=31536000"


class Language:
    """The first part of every address."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "lang")


def strict_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the same strict headers on every answer, errors included."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if settings.SESSION_COOKIE_SECURE:
            response.headers["Strict-Transport-Security"] = _ONE_YEAR
        return response

    return answer


def page(
    request: HttpRequest,
    language: str,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render one page in one language; the switch leads to the same page in the other, or from a form to the start."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    match = request.resolver_match
    switch = f"/{other}/"
    if match is not None and match.url_name and request.method == "GET":
        switch = reverse(match.url_name, kwargs={**match.kwargs, "language": other})
    shared = {"t": texts(language), "language": language, "other": other, "switch": switch, "invented": home().invented}
    return render(request, template, {**shared, **(context or {})}, status=status)


def home() -> Home:
    """Name the installation these pages belong to."""
    found: Home = settings.HOME  # type: ignore[misc] # the type checker knows the settings of a node only
    return found


def moment() -> int:
    """Read the clock: whole milliseconds UTC: read once per request and passed down."""
    return time.time_ns() // 1_000_000


def day(milliseconds: int) -> str:
    """Write a day as people of both languages read it without doubt: 2026-11-27."""
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).strftime("%Y-%m-%d")


def in_language(found: Programme, language: str) -> dict[str, object]:
    """Show a programme as a page in one language does."""
    return {
        "code": found.code,
        "name": found.name[language],
        "offers": found.offers[language],
        "place": found.place[language],
        "contact": found.contact[language],
        "hours": found.hours[language],
        "ages": found.ages,
        "languages": ", ".join(found.languages),
        "places": found.places,
        "free": found.free,
    }


@require_safe
def directory(request: HttpRequest, language: str) -> HttpResponse:
    """List every programme, for anybody."""
    offered = [in_language(each, language) for each in programmes.read(home().programmes)]
    return page(request, language, "directory.html", {"programmes": offered})


@require_safe
def programme(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Show one programme, for anybody."""
    for each in programmes.read(home().programmes):
        if each.code == code:
            return page(request, language, "programme.html", {"programme": in_language(each, language)})
    raise Http404


@require_safe
def consent(request: HttpRequest, language: str) -> HttpResponse:
    """Show the words a person hears before saying yes, for anybody to read beforehand."""
    return page(request, language, "consent.html", {"words": CONSENT[language]})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, language: str) -> HttpResponse:
    """Take back the permission of whoever holds the code: no sign-in, no name, no reason."""
    if request.method != "POST":
        return page(request, language, "withdraw.html")
    certificate = referrals.withdraw(home(), referrals.id_of(request.POST.get("code", "")), now=moment())
    if certificate is None:
        return page(request, language, "withdraw.html", {"unknown": True}, status=422)
    return certificate_page(request, language, certificate)


def certificate_page(request: HttpRequest, language: str, certificate: referrals.Certificate) -> HttpResponse:
    """Show the certificate, to be printed from the page."""
    context = {"number": certificate.referral_id, "erased": day(certificate.erased)}
    return page(request, language, "certificate.html", context)


@require_safe
def style(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls every view with the request
    """Serve the one stylesheet."""
    return HttpResponse(
        files("cotejo_prevention").joinpath("style.css").read_bytes(), content_type="text/css; charset=utf-8"
    )


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Refuse a form that did not come from a page of ours."""
    return _error_page(request, "refused_form", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that there is no such page, or none of yours."""
    return _error_page(request, "not_found", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something failed on our side."""
    return _error_page(request, "broken", status=500)


def _error_page(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    language = _language(request)
    return page(request, language, "error.html", {"sentence": texts(language)[sentence]}, status=status)


def _language(request: HttpRequest) -> str:
    first = request.path_info.strip("/").split("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
