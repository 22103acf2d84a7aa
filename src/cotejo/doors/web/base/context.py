"""What the frame of every page knows: which node this is, who is looking, and where they can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from cotejo.doors.web.base import acting
from cotejo.doors.web.base.rail import parts_for
from cotejo.rules.duties import SENDER_DUTIES
from cotejo.store.people import Officer

SEARCH_VIEW = "records:search"


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; works for error pages too, where nobody may have been recognised."""
    frame: dict[str, Any] = {"node_name": settings.COTEJO_NODE, "invented": settings.COTEJO_WORLD == "invented"}
    officer = getattr(request, "user", None)
    if isinstance(officer, Officer):
        frame["officer"] = officer
        frame["rail"] = parts_for(officer.held_at(acting.now()), request.path)
        frame["search_address"] = _search_address() if SENDER_DUTIES & set(officer.duties) else ""
    return frame


def _search_address() -> str:
    try:
        return reverse(SEARCH_VIEW)
    except NoReverseMatch:
        return ""
