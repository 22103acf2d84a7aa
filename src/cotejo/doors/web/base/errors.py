"""Error pages: what happened, that nothing was done, and what helps; never a traceback or what the person typed."""

import time
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token


@dataclass(frozen=True, slots=True)
class Trouble:
    """The words of one error page."""

    title: Promise
    happened: Promise
    helps: Promise


BAD_REQUEST = Trouble(
    _("This request could not be read"),
    _("The address or the form was incomplete. Nothing was changed."),
    _("Go back, check the page and try again."),
)
TOO_LARGE = Trouble(
    BAD_REQUEST.title,
    _("The file is larger than 20 MB. Attach a smaller copy."),
    BAD_REQUEST.helps,
)
FORM_TOO_OLD = Trouble(
    _("This form is no longer valid"),
    _("It was open too long, or you signed in again since. Nothing was changed."),
    _("Go back, load the page again and send the form once more."),
)
NOT_YOURS = Trouble(
    _("This page is not for your duties"),
    _("Nothing was shown and nothing was changed."),
    _("If you need it for a case, ask whoever assigns duties in your office."),
)
NOT_HERE = Trouble(
    _("There is no such page"),
    _("The address may be mistyped, or the page may have been removed when its term ended."),
    _("Start from the work page."),
)
NOT_NOW = Trouble(
    _("The register cannot be searched now"),
    _("Its index is being made again. Nothing was searched and nothing may be concluded from that."),
    _("Try again in some minutes. If it goes on, tell the operator."),
)
OUR_FAULT = Trouble(
    _("Something went wrong here"),
    _("The fault is in this node, not in what you did. Unless a page confirmed it, nothing was changed."),
    _("Try again in a minute. If it goes on, tell the operator the time shown on this page."),
)


def _page(request: HttpRequest, trouble: Trouble, status: HTTPStatus) -> HttpResponse:
    return render(request, "base/error.html", {"trouble": trouble, "status": status.value}, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 400."""
    return _page(request, BAD_REQUEST, HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403."""
    return _page(request, NOT_YOURS, HTTPStatus.FORBIDDEN)


@requires_csrf_token
def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404."""
    return _page(request, NOT_HERE, HTTPStatus.NOT_FOUND)


def not_now(request: HttpRequest) -> HttpResponse:
    """Answer 503: the register has no index that can be trusted."""
    return _page(request, NOT_NOW, HTTPStatus.SERVICE_UNAVAILABLE)


def our_fault(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 500 without the frame: the database that knows who is looking may be what failed."""
    return _bare_page(OUR_FAULT, HTTPStatus.INTERNAL_SERVER_ERROR)


def too_large(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as the others
    """Answer 413 without the frame: nothing of the request was read, so nobody knows who asks."""
    return _bare_page(TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _bare_page(trouble: Trouble, status: HTTPStatus) -> HttpResponse:
    words = {
        "trouble": trouble,
        "node_name": settings.COTEJO_NODE,
        "invented": settings.COTEJO_WORLD == "invented",
        "LANGUAGE_CODE": get_language() or settings.LANGUAGE_CODE,
        "now": int(time.time() * 1000),
    }
    return HttpResponse(render_to_string("base/failure.html", words), status=status)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose token does not fit."""
    return _page(request, FORM_TOO_OLD, HTTPStatus.FORBIDDEN)
