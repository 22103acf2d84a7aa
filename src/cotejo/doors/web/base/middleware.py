"""Headers every answer of the officers' pages carries besides Django's own and the content policy.

1. A page about a case is never kept by a browser or a proxy.
2. No page may use camera, microphone, place or any other device of the person's machine.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
