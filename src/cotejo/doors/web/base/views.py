"""The first page of the day, and the language switch."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from cotejo.doors.web.base.waiting import lines_for
from cotejo.store.people import Officer

A_PAGE: Final = 50


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person who signed in."""
    officer = request.user
    lines = lines_for(officer) if isinstance(officer, Officer) else []
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "base/work.html", {"lines": page.object_list, "page": page})


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language of the pages and go back to the page the person was on."""
    return set_language(request)
