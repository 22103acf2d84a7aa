"""How a document that others wrote is handed out: as a download, never shown inside a page of this house.

A browser that opens it all the same runs nothing of it and lets it reach nothing.
"""

from typing import Final

from django.http import HttpResponse

_CLOSED: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def handed_out(content: bytes, name: str) -> HttpResponse:
    """Return a PDF as a download called `name`, which holds numbers and letters of ours only."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={**_CLOSED, "Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
