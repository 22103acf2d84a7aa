"""A wish that came by e-mail or telephone: refused at once with all gaps, a letter to print, and nothing kept (F75).

1. What is typed becomes the request it would have to be; the gates say everything that is missing.
2. The refusal is noted with its codes and without a word about the person; the text lives in the page alone.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.base.asking import new_id, typed_in, words
from cotejo.doors.web.base.spoken import page_language
from cotejo.doors.web.dossiers.case import READERS, count_of
from cotejo.doors.web.dossiers.steps import METHODS
from cotejo.doors.web.dossiers.views import pdf
from cotejo.papers.gap_letter import gap_letter
from cotejo.papers.printing import print_pdf
from cotejo.rules.acts import Gate, not_passed
from cotejo.rules.agreement import CAPS, Agreement
from cotejo.rules.dates import day_of
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.gates.unwritten import unwritten_request
from cotejo.rules.purposes import Purpose


class WishForm(forms.Form):
    """What somebody wrote outside the exchange."""

    use_required_attribute = False

    name = words(_("Name that was given"))
    reason = words(
        _("What was written about the person"),
        rows=4,
        help_text=_("The words that were used, for example: “gang member, has a tattoo”."),
    )


@require_http_methods(METHODS)
def wish(request: HttpRequest) -> HttpResponse:
    """Show everything that keeps such a wish from being sent."""
    desk = acting(request, *READERS, purpose=Purpose.REQUEST)
    form = WishForm(**typed_in(request))
    gates = _gates(desk, form) if form.is_valid() else ()
    if gates:
        reasons = not_passed(gates)
        desk.unit.note_refusal(who=desk.who, purpose=desk.purpose, subject="wish", reasons=reasons, now=desk.now)
    shown = {"form": form, "gates": gates, "count": count_of(gates)}
    return render(request, "dossiers/wish.html", shown, status=422 if form.errors else 200)


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """Print the gap letter for whoever wrote."""
    desk = acting(request, *READERS, purpose=Purpose.REQUEST)
    form = WishForm(request.POST)
    if not form.is_valid():
        return render(request, "dossiers/wish.html", {"form": form}, status=422)
    unit = desk.unit
    unit.note("export", who=desk.who, purpose=desk.purpose, subject="wish:letter", case="", now=desk.now)
    paper = gap_letter(
        _gates(desk, form),
        node=unit.node,
        reader="",
        reference=new_id()[:8],
        made_at=f"{day_of(desk.now).isoformat()}T00:00:00+00:00",
        language=page_language(),
        invented=unit.world == "invented",
    )
    return pdf(print_pdf(paper), "gap-letter")


def _gates(desk: Acting, form: WishForm) -> tuple[Gate, ...]:
    terms, addressee = _terms(desk)
    package = unwritten_request(
        name=form.cleaned_data["name"],
        words=form.cleaned_data["reason"],
        origin=desk.unit.node,
        addressee=addressee,
        agreement=terms.hash,
    )
    return sender_gates(package, terms, desk.now, documents_here=lambda _sha256: False)


def _terms(desk: Acting) -> tuple[Agreement, str]:
    """Return the agreement and partner such a wish would go to: the first, or none at all."""
    known = desk.unit.partners()
    return (known[0].terms(desk.now), known[0].name) if known else (CAPS, "")
