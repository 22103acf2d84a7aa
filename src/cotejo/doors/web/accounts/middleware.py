"""Every session that reaches a page has passed both factors, and none lasts longer than a working day."""

import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cotejo.store.people import Officer

Answer = Callable[[HttpRequest], HttpResponseBase]


def two_factors_or_out(answer: Answer) -> Answer:
    """Forget a session that lacks the second factor or began too long ago; the page then asks for a sign-in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, Officer):
            records = get_authentication_records(request, request.user)
            began = [record["at"] for record in records if record["method"] == "mfa"]
            if not began or time.time() - began[0] > settings.COTEJO_LONGEST_SESSION:
                logout(request)
        return answer(request)

    return middleware
