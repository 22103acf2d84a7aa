"""Is it the same person? Every possible same person side by side with the request, and the sealed answers (I3).

1. Nothing is shown before the protection check found nothing registered about every one of them; a pause looks the same
   whatever its cause (F44).
2. Differences come first, then what nearly agrees, then what is not known, then what agrees; counts and words, no other
   number. No answer is chosen beforehand.
3. The second officer sees nothing of the first answer before answering, not even that there is one.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.register import Candidate, Searched, compared, search_register
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.review.case import Case, names_of, read_case
from cotejo.doors.web.review.forms import StepForm, listed, one_of, said, words
from cotejo.doors.web.review.stepping import Showing, sent, take
from cotejo.identity import Explanation, Verdict
from cotejo.rules.acts import Reason
from cotejo.rules.duties import Duty
from cotejo.rules.review_acts import IdentityAnswered
from cotejo.rules.review_checks import exists, joined
from cotejo.rules.review_commands import AnswerIdentity
from cotejo.rules.review_decide.common import forward_protected, in_state
from cotejo.rules.review_state import BOTH
from cotejo.rules.review_words import ReviewState, Sameness, UniqueIdentifier
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

VERDICT_WORDS = {
    Verdict.DIFFER: Text("Differs", "Difiere"),
    Verdict.CLOSE: Text("Nearly agrees", "Casi coincide"),
    Verdict.UNKNOWN: Text("Not known", "No se sabe"),
    Verdict.AGREE: Text("Agrees", "Coincide"),
}
RIVAL = Text("Somebody else explains the likeness as well", "Otra persona explica igual de bien la semejanza")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer this officer may see."""

    by: str
    answer: Text
    act: IdentityAnswered
    resolutions: tuple[tuple[Text | str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One possible same person as the page shows it."""

    token: str
    place: int
    explanation: Explanation
    lines: tuple[tuple[Text, Any], ...]
    given: tuple[Given, ...] = ()
    mine: bool = False


def shown(place: int, candidate: Candidate) -> Possible:
    """Return a possible same person with its lines in reading order."""
    lines = tuple((VERDICT_WORDS[line.verdict], line) for line in candidate.explanation.lines)
    return Possible(token=candidate.token, place=place, explanation=candidate.explanation, lines=lines)


def searched(found: Case) -> Searched | None:
    """Compare the request with the own register now."""
    package = found.package
    return search_register(found.acting.unit, package.subject, package.request) if package else None


def _closed(found: Case) -> tuple[Reason, ...]:
    """Return why nothing may be compared now, in the words every pause has."""
    reasons = (
        *exists(found.state),
        *in_state(found.state, ReviewState.OPEN, ReviewState.DECIDED),
        *forward_protected(found.state, found.facts, found.acting.now),
    )
    return tuple(dict.fromkeys(reasons))


def _possible(found: Case, result: Searched | None) -> tuple[Possible, ...]:
    visible = found.state.candidates_visible_to(Duty.IDENTITY)
    here = [each for each in result.candidates if each.token in visible] if result else []
    return tuple(_with_answers(shown(place, each), found) for place, each in enumerate(here, start=1))


def _with_answers(one: Possible, found: Case) -> Possible:
    me = found.acting.who
    seen = [each for each in found.state.answers_visible_to(me) if each.candidate == one.token]
    names = names_of(each.by.id for each in seen)
    labels: dict[str, Text] = {line.field.value: line.label for _, line in one.lines} | {"rival": RIVAL}
    given = tuple(
        Given(
            by=names.get(each.by.id, each.by.id),
            answer=words_of(each.answer),
            act=each,
            resolutions=tuple((labels.get(name, name), how) for name, how in each.resolutions if how),
        )
        for each in seen
    )
    return Possible(
        token=one.token,
        place=one.place,
        explanation=one.explanation,
        lines=one.lines,
        given=given,
        mine=any(each.act.by.id == me.id for each in given),
    )


@require_safe
def possible(request: HttpRequest, review: str) -> HttpResponse:
    """Show every possible same person, each with its differences first."""
    found = read_case(acting(request, Duty.IDENTITY), review, kind="candidates", subject=f"candidates:{review}")
    closed = _closed(found)
    result = None if closed else searched(found)
    people = _possible(found, result)
    aside = [each.words for each in result.found.set_aside] if result else []
    return render(request, "review/identity.html", {"case": found, "closed": closed, "people": people, "aside": aside})


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, review: str, token: str) -> HttpResponse:
    """Compare one possible same person and answer about them."""
    who = acting(request, Duty.IDENTITY)
    found = read_case(who, review, kind="candidates", subject=f"candidate:{token}")
    closed = _closed(found)
    people = () if closed else _possible(found, searched(found))
    one = next((each for each in people if each.token == token), None)
    if one is None:
        if closed:
            return render(request, "review/identity.html", {"case": found, "closed": closed, "people": ()})
        raise Http404
    form = Answering(*sent(request), case=found, one=one)
    both = len(found.state.answers_on(token)) >= BOTH and one.mine
    reasons = tuple(joined(found.state, who.who)) if not one.mine else ()
    showing = Showing(
        title=Text("Is it the same person?", "¿Es la misma persona?"),
        explained=Text(
            "Two officers answer, sealed from each other. Doubt is an answer.",
            "Responden dos personas, sin ver una la respuesta de la otra. La duda es una respuesta.",
        ),
        said=Text(
            "Your answer is sealed until the other officer has answered.",
            "Su respuesta queda reservada hasta que responda la otra persona.",
        ),
        back=reverse("review:identity", args=[review]),
        template="review/answer.html",
        button=Text("Seal my answer", "Reservar mi respuesta"),
    )
    return take(request, found, form, showing, closed=reasons, one=one, both=both)


class Answering(StepForm):
    """The answer about one possible same person, with one written resolution for each difference."""

    answer = one_of(_("Your answer"), Sameness)
    identifier = listed(
        _("Identifier that agrees"),
        UniqueIdentifier,
        required=False,
        help_text=_("Needed when you answer that it is the same person. A name and a birth date are never enough."),
    )
    document = Attached(label=_("Examiner's report"), required=False)
    reasons = words(_("Reasons"))

    def __init__(self, *args: Any, one: Possible, **kwargs: Any) -> None:  # noqa: ANN401
        self._one = one
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        one = self._one
        self.differences = compared(Candidate(token=one.token, explanation=one.explanation)).differences
        labels = {line.field.value: line.label for _, line in one.lines}
        for name in self.differences:
            label = said(labels.get(name, RIVAL))
            self.fields[f"resolutions.{name}"] = forms.CharField(
                label=f"{label[:1].upper()}{label[1:]}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("How is this difference explained? Needed when you answer that it is the same person."),
            )
        self.order_fields([*(f"resolutions.{name}" for name in self.differences), "answer"])

    def command(self) -> AnswerIdentity:
        given = self.cleaned_data
        return AnswerIdentity(
            candidate=self._one.token,
            answer=given["answer"],
            reasons=given["reasons"],
            resolutions=tuple((name, given[f"resolutions.{name}"]) for name in self.differences),
            identifier=given["identifier"],
            document=given["document"],
        )
