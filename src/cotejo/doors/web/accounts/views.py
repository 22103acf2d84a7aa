"""Enrolment: the one page `allauth` has not, where password and second factor are set together, once."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cotejo.doors.web.accounts.forms import Enrol
from cotejo.store import people

SECRET_KEPT = "enrolment"  # noqa: S105 - a session key's name


@sensitive_post_parameters()
@never_cache
@login_not_required
def enrol(request: HttpRequest, officer_id: str, token: str) -> HttpResponse:
    """Let the holder of a valid link set password and second factor; afterwards the link is dead."""
    officer = people.officer_of_enrolment(officer_id, token)
    if officer is None:
        return render(request, "accounts/link_ended.html", status=410)
    secret = _secret_for(request, officer)
    form = Enrol(request.POST or None, officer=officer, totp_secret=secret)
    if request.method == "POST" and form.is_valid():
        people.enrol(officer, password=form.cleaned_data["password"], totp_secret=secret)
        request.session.flush()
        messages.success(request, _("Your account is ready. Sign in with your password and the next code."))
        return redirect("account_login")
    return render(request, "accounts/enrol.html", {"form": form, "account": officer, **_ways_to_scan(officer, secret)})


def _secret_for(request: HttpRequest, officer: people.Officer) -> str:
    """Return the secret this browser was shown for this account, making one at the first look."""
    kept = request.session.get(SECRET_KEPT)
    if not isinstance(kept, list) or kept[0] != officer.id:
        kept = request.session[SECRET_KEPT] = [officer.id, generate_totp_secret()]
    return str(kept[1])


def _ways_to_scan(officer: people.Officer, secret: str) -> dict[str, str]:
    """Return the secret as a picture and as groups of four letters."""
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(officer, secret))
    drawing = picture[picture.index("<svg") :]
    return {
        "picture": mark_safe(drawing),  # noqa: S308 - drawn here from our own address
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
