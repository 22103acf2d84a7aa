"""The audit list. The auditor's own reading is a line of it (I10)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.oversight.decisions import Code, codes_in_words
from cotejo.doors.web.oversight.events import ACT, WHAT_WORDS, Wanted, events
from cotejo.doors.web.oversight.words import words_of_act
from cotejo.doors.web.review.case import names_of
from cotejo.doors.web.review.forms import DayField, said
from cotejo.doors.web.review.words import actor_words
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.purposes import PURPOSE_WORDS, Purpose
from cotejo.store.models import Act, Trace
from cotejo.store.people import Officer

READERS = (Duty.AUDITOR, Duty.OVERSIGHT)
A_PAGE = 25
DAY = dt.timedelta(days=1)


class Filter(forms.Form):
    """What to list; every field may stay empty."""

    what = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    case = forms.CharField(label=_("Case, as in the list"), required=False, max_length=128)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the base class's signature
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((code, said(words)) for code, words in WHAT_WORDS.items()),
        ]
        people = Officer.objects.order_by("name").values_list("id", "name")
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        given = self.cleaned_data
        return Wanted(
            what=given["what"],
            person=given["person"],
            case=given["case"].strip(),
            since=_millis(given["since"]),
            until=_millis(given["until"], after=DAY),
        )


def _millis(day: str, *, after: dt.timedelta = dt.timedelta()) -> int:
    if not day:
        return 0
    return int((dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) + after).timestamp() * 1000)


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """List acts, reads and refusals."""
    who = acting(request, *READERS)
    form = Filter(request.GET or None)
    wanted = form.wanted() if form.is_valid() else Wanted()
    who.read("log", "list:log", case=wanted.case)
    page = Paginator(events(wanted), A_PAGE).get_page(request.GET.get("page"))
    names = names_of(str(line["person"]) for line in page)
    more = _beside(page)
    rows = [_row(line, names, more) for line in page]
    return render(request, "oversight/audit.html", {"form": form, "page": page, "rows": rows})


def _beside(lines: Iterable[dict[str, Any]]) -> dict[int, tuple[Code, ...] | str]:
    """Return what else these lines say: the codes of a refusal or an account, the rules version of an act."""
    places = [line["place"] for line in lines]
    rules = dict(Act.objects.filter(leaf_id__in=places).values_list("leaf_id", "rules"))
    codes = Trace.objects.filter(leaf_id__in=places).values_list("leaf_id", "codes")
    return {**rules, **{place: codes_in_words(found) for place, found in codes}}


def _row(line: dict[str, Any], names: dict[str, str], more: dict[int, tuple[Code, ...] | str]) -> dict[str, Any]:
    duty, purpose = line["acting"], line["reason"]
    return {
        "codes" if line["kind"] != ACT else "rules": more.get(line["place"], ""),
        "line": line,
        "what": words_of_act(line["code"]) if line["code"] else WHAT_WORDS.get(line["kind"], line["kind"]),
        "who": actor_words(line["person"], names),
        "duty": DUTY_WORDS[Duty(duty)] if duty else "",
        "purpose": PURPOSE_WORDS[Purpose(purpose)],
    }
