"""Bounds and headers of the officers' pages, besides Django's own and the content policy.

1. A page about a case is never kept by a browser or a proxy.
2. No page may use camera, microphone, place or any other device of the person's machine.
3. What people attach is held in memory and sealed from there; no file of theirs is ever on a disk in the clear. A form
   larger than that memory is refused before it is read.
4. While the register has no index that can be trusted, pages that need it say so and show nothing (F29).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cotejo.doors.web.base.errors import not_now, too_large
from cotejo.identity import RegisterNotReady

Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def closed_headers(answer: Answer) -> Answer:
    """Add the headers to each answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def bounded(answer: Answer) -> Answer:
    """Refuse a form that is larger than what is held in memory."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return too_large(request)
        return answer(request)

    return middleware


class RegisterReady:
    """Middleware: answer `RegisterNotReady` with a page that says so."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Return the page, or nothing for any other problem."""
        return not_now(request) if isinstance(problem, RegisterNotReady) else None
