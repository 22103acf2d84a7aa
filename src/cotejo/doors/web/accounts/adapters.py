"""How `allauth` behaves here: nobody signs up, nobody enters without a second factor, few words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cotejo.store.people import Officer


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """The house's answers to what `allauth` asks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the base class's signature
        return False

    def pre_login(self, request: HttpRequest, user: Officer, **kwargs: Any) -> HttpResponse | None:  # noqa: ANN401
        if not user.has_second_factor():
            messages.error(request, _("This account has no second factor. Ask the operator for a new enrolment link."))
            return HttpResponseRedirect(reverse("account_login"))
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer
