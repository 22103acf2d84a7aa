"""Views of partner agencies.

1. Whatever waits on the line says what, since when and what to do. An agreement with a partner that is gone is ended by
   two people.
2. Anybody in partner relations pauses a sender; only the oversight body resumes it (F73). A pause tells the partner
   nothing.
3. What is agreed next, or offered, is shown with what it changes; it is signed at the node's machine, where the root
   key is (`cotejo agreement accept`).
4. Both directions are shown with their numbers and what waits since when; messages by kind and time, never content.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.end_agreement import ENDING
from cotejo.actions.laws import PARTNER, partner_state
from cotejo.actions.perform import Law
from cotejo.actions.stuck import stuck
from cotejo.actions.unit import Partner
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.partners.words import kind_words, outcome_words
from cotejo.doors.web.review.case import number_of
from cotejo.doors.web.review.forms import words
from cotejo.doors.web.review.stepping import sent
from cotejo.rules.acts import Millis, Reason, Refused, Stream, StreamKind
from cotejo.rules.agreement_words import changes_of, terms_of
from cotejo.rules.duties import Duty
from cotejo.rules.ending import EndAgreement
from cotejo.rules.partner import PartnerState, PausedByOfficer, PausePartner, ResumePartner
from cotejo.rules.rehearsal import standing
from cotejo.rules.review_words import Overdue
from cotejo.rules.succession import is_closing
from cotejo.rules.vocabulary import words_of
from cotejo.store.models import Inbox, Outbox
from cotejo.store.trouble import refuses, waits

READERS = (Duty.PARTNERS, Duty.OVERSIGHT, Duty.AUDITOR, Duty.OPERATOR)
RECEIPTS = 20


class Reasons(forms.Form):
    """Why a sender is paused."""

    reasons = words(gettext_lazy("Reasons"))


class Resume(forms.Form):
    """Why a sender is resumed, and which different charges were looked at."""

    settled = forms.MultipleChoiceField(
        label=gettext_lazy("Cases whose different charges were looked at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = words(gettext_lazy("Reasons"))

    def __init__(self, *args: object, state: PartnerState, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own signature
        listed = [
            (review, _("Request %(number)s") % {"number": number_of(Stream(StreamKind.REVIEW, review))})
            for review, what in state.open_causes
            if what is Overdue.CHARGES_DIFFER
        ]
        if listed:
            self.fields["settled"].choices = listed  # type: ignore[attr-defined]
        else:
            del self.fields["settled"]


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """List the paired agencies."""
    who = acting(request, *READERS)
    who.read("partner", "list:partner")
    rows = [
        {
            "partner": each,
            "state": partner_state(who.unit, each.name),
            "until": each.agreements[-1].valid_until,
            "waiting": _waiting(each.name)["count"],
        }
        for each in who.unit.partners()
    ]
    return render(request, "partners/list.html", {"rows": rows})


def _read(who: Acting, name: str) -> Partner:
    who.read("partner", f"partner:{name}")
    found = who.unit.partner(name)
    if found is None:
        raise Http404
    return found


@require_safe
def partner(request: HttpRequest, name: str) -> HttpResponse:
    """Show one paired agency."""
    who = acting(request, *READERS)
    found = _read(who, name)
    state = partner_state(who.unit, name)
    waiting = (
        () if state.ending.ended_at else stuck(who.unit, found, waits=waits(name), refuses=refuses(name), now=who.now)
    )
    context = {
        "partner": found,
        "state": state,
        "causes": [
            {"number": number_of(Stream(StreamKind.REVIEW, review)), "words": words_of(what)}
            for review, what in state.open_causes
        ],
        "paused_for": [each.reasons for each in state.stopped_by if isinstance(each, PausedByOfficer)],
        "rehearsal": standing(state.rehearsal, name),
        "agreement": found.terms(who.now),
        "terms": terms_of(found.terms(who.now)),
        "following": tuple(_following(found, state, who.now)),
        "ends": is_closing(found.terms(who.now)),
        "in_force": found.terms(who.now).active_at(who.now) and not state.ending.ended_at,
        "status": who.unit.status_held(name),
        "now": who.now,
        "waiting": _waiting(name),
        "last_in": Inbox.objects.filter(partner=name).order_by("-seq").first(),
        "receipts": [
            {"row": row, "kind": kind_words(row.kind), "outcome": outcome_words(row.outcome)}
            for row in Outbox.objects.filter(partner=name, receipted_at__gt=0).order_by("-seq")[:RECEIPTS]
        ],
        "taken": [
            {"row": row, "kind": kind_words(row.kind), "outcome": outcome_words(row.outcome)}
            for row in Inbox.objects.filter(partner=name).order_by("-seq")[:RECEIPTS]
        ],
        "stuck": tuple(waiting),
        "may_end": _may_end(who, state),
        "may_pause": who.who.duty in (Duty.PARTNERS, Duty.OVERSIGHT) and not (state.paused or state.ending.ended_at),
        "may_resume": who.who.duty is Duty.OVERSIGHT and state.paused,
    }
    return render(request, "partners/partner.html", context)


def _following(found: Partner, state: PartnerState, now: Millis) -> Iterator[dict[str, object]]:
    """Yield what is to follow the agreement: agreed, or signed by one side alone, each with what it changes."""
    agreed = [each for each in found.agreements if each.valid_from > now]
    theirs, ours, both = state.renewal.theirs, state.renewal.ours, state.renewal.signed_by_both
    for how, terms in (
        *(("agreed", each) for each in agreed),
        *((("offered", theirs.terms),) if theirs and not both else ()),
        *((("signed" if both else "proposed", ours.terms),) if ours else ()),
    ):
        yield {
            "how": how,
            "terms": terms,
            "changes": changes_of(found.agreements[-1] if how != "agreed" else found.terms(now), terms),
            "late": terms.valid_from <= now and how != "signed",
            "ends": is_closing(terms),
        }


def _may_end(who: Acting, state: PartnerState) -> bool:
    """Say whether it is this officer's turn to ask for the end of the agreement, or to sign it."""
    asked = state.ending.asked_by is not None
    return not state.ending.ended_at and who.who.duty is (Duty.OVERSIGHT if asked else Duty.PARTNERS)


def _waiting(name: str) -> dict[str, int]:
    found = Outbox.objects.filter(partner=name, state="waiting").aggregate(count=Count("id"), since=Min("queued_at"))
    return {"count": found["count"], "since": found["since"] or 0}


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, name: str) -> HttpResponse:
    """Pause every request of a sender."""
    who = acting(request, Duty.PARTNERS, Duty.OVERSIGHT)
    found, form = _read(who, name), Reasons(*sent(request))
    command = PausePartner(reasons=form.cleaned_data["reasons"]) if form.is_valid() else None
    return _give(request, who, found, form, command, said=_("Every request of this agency is on hold."))


@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, name: str) -> HttpResponse:
    """Resume a sender, once nothing is overdue."""
    who = acting(request, Duty.OVERSIGHT)
    found = _read(who, name)
    form = Resume(*sent(request), state=partner_state(who.unit, name))
    command = None
    if form.is_valid():
        given = form.cleaned_data
        command = ResumePartner(reasons=given["reasons"], settled=tuple(given.get("settled", ())))
    return _give(request, who, found, form, command, said=_("The agency's requests go on."), resumes=True)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for the end of the agreement, or sign it."""
    who = acting(request, Duty.PARTNERS, Duty.OVERSIGHT)
    found, form = _read(who, name), Reasons(*sent(request))
    command = EndAgreement(reasons=form.cleaned_data["reasons"]) if form.is_valid() else None
    signs = who.who.duty is Duty.OVERSIGHT
    said = _("The agreement with this agency is over.") if signs else _("The oversight body signs next.")
    return _give(request, who, found, form, command, said=said, law=ENDING, template="partners/end.html", signs=signs)


def _give(
    request: HttpRequest,
    who: Acting,
    found: Partner,
    form: forms.Form,
    command: object | None,
    *,
    said: str,
    law: Law[Any, Any, Any] = PARTNER,
    template: str = "partners/give.html",
    **more: object,
) -> HttpResponse:
    refused: tuple[Reason, ...] = ()
    if command is not None:
        done = who.perform(law, Stream(StreamKind.PARTNER, found.name), command)
        if not isinstance(done, Refused):
            messages.success(request, said)
            return HttpResponseRedirect(reverse("partners:partner", args=[found.name]))
        refused = done.reasons
    context = {"partner": found, "form": form, "refused": refused, **more}
    return render(request, template, context, status=422 if refused or form.errors else 200)
