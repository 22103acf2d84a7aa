"""The case page, its steps, the end of a pause, the copy for the person, the history.

1. Every page says the state, the status line and what speaks for the person before anything else.
2. A duty sees only what the law lets it: gates, holds and history are asked for by duty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cotejo.access.question import Verb
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.copies import language_of_copy, printed_certificate, printed_copy, without_office
from cotejo.doors.web.base.spoken import page_language
from cotejo.doors.web.review.case import READERS, Case, names_of, read_case
from cotejo.doors.web.review.forms_ending import Decision
from cotejo.doors.web.review.forms_holds import Lift, LiftProtection
from cotejo.doors.web.review.papers import paper_lines
from cotejo.doors.web.review.stepping import Showing, sent, take
from cotejo.doors.web.review.steps import BY_NAME, STEPS, Step
from cotejo.doors.web.review.words import act_words, actor_words
from cotejo.papers.disputes import disputes
from cotejo.papers.erasure_certificate import ErasedRequest
from cotejo.rules.acts import Gate, Millis, Reason, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.holds import BODY_FOR, HOLDS, still_needed
from cotejo.rules.purposes import Purpose
from cotejo.rules.returning import Returning
from cotejo.rules.review_decide.common import agreed_first, forward_protected
from cotejo.rules.review_gates import review_gates
from cotejo.rules.review_history import history as history_of
from cotejo.rules.review_state import Hold, Report, Review
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text
from cotejo.store import current

GIVERS = (Duty.LEGAL, Duty.CUSTODY, Duty.DECISION, Duty.INTAKE)
"""Who may print the copy for the person."""
KIND_OF: Final[Mapping[Duty, str]] = {Duty.PROTECTION: "protection", Duty.REDRESS: "contested"}
"""What `access` is asked about where a duty reads less of a case than the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step on the case page: done when and by whom, and where to take it, for those whose it is."""

    title: Text
    address: str
    at: Millis
    by: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """A pause as those who may see its kind read it: what ends it and whose signatures are missing."""

    hold: Hold
    title: Text
    ground: Text | None
    body: Text | None
    needed: tuple[Duty, ...]
    signed: tuple[str, ...]
    lift: str

    @property
    def documents(self) -> frozenset[str]:
        """The documents that stand with this pause: of its placing, and of the signatures for its end."""
        return frozenset((*self.hold.documents, *(each.document for each in self.hold.signatures)))

    @property
    def alone(self) -> tuple["HoldLine"]:
        """This line as a list of one, for the piece that shows pauses."""
        return (self,)


@require_safe
def case(request: HttpRequest, review: str) -> HttpResponse:
    """Show where a case stands."""
    found = read_case(acting(request, *READERS), review)
    if found.state.erased is not None:
        may_print = any(request.user.holds(duty) for duty in GIVERS)  # type: ignore[union-attr]
        basis = words_of(found.state.erased.act.basis)
        return render(request, "review/erased.html", {"case": found, "may_print": may_print, "basis": basis})
    return render(
        request,
        "review/case.html",
        {
            "case": found,
            "gates": gates_of(found),
            "steps": list(step_lines(found, request)),
            "holds": hold_lines(found),
            "reports": [{"words": words_of(each.what), "report": each} for each in _owed(found.state)],
            "returning": _returning(found.state.returning),
            "hold_step": BY_NAME["hold"],
            "papers": paper_lines(found),
            "disputed": disputes(found.package, found.state.disputed, page_language()) if found.package else (),
        },
    )


def _owed(state: Review) -> tuple[Report, ...]:
    return tuple(each for each in state.reports if each.due or each.overdue)


def _returning(state: Returning) -> dict[str, Any]:
    return {
        "state": state,
        "cause": words_of(state.cause) if state.cause else None,
        "steps": [words_of(each) for each in state.steps],
        "end": words_of(state.end) if state.end else None,
    }


def step_lines(found: Case, request: HttpRequest) -> Iterator[StepLine]:
    """Yield the steps of the path, each with its link for those whose it is."""
    done = {step.name: step.done(found.state) for step in STEPS}
    names = names_of(each.act.by.id for each in done.values() if each)
    held = {duty for duty in Duty if request.user.holds(duty)}  # type: ignore[union-attr]
    agreed = found.state.agreed
    yield StepLine(
        title=Text("Identity", "Identidad"),
        address=reverse("review:identity", args=[found.id]) if Duty.IDENTITY in held else "",
        at=agreed[1] if agreed else 0,
        by="",
        duties=(Duty.IDENTITY,),
    )
    for step in STEPS:
        given = done[step.name]
        if step.name == "hold" or not step.shown(found.state):
            continue
        yield StepLine(
            title=step.title,
            address=reverse("review:step", args=[found.id, step.name]) if held & set(step.duties) else "",
            at=given.at if given else 0,
            by=names.get(given.act.by.id, "") if given else "",
            duties=step.duties,
        )


def hold_lines(found: Case) -> list[HoldLine]:
    """Return the pauses whose kind this duty may see."""
    visible = [hold for hold in found.state.holds_visible_to(found.duty) if not hold.ended]
    names = names_of(each.by.id for hold in visible for each in hold.signatures)
    lines = []
    for hold in visible:
        rule = HOLDS[hold.kind]
        may_sign = found.duty in rule.ended_by
        lines.append(
            HoldLine(
                hold=hold,
                title=rule.title,
                ground=words_of(hold.ground) if hold.ground else None,
                body=words_of(BODY_FOR[hold.ground]) if hold.ground else None,
                needed=still_needed(hold.kind, tuple(each.by.duty for each in hold.signatures)),
                signed=tuple(names.get(each.by.id, each.by.id) for each in hold.signatures),
                lift=reverse("review:lift", args=[found.id, hold.id]) if may_sign else "",
            )
        )
    return lines


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, review: str, name: str) -> HttpResponse:
    """Show or take one step of the table."""
    wanted = BY_NAME.get(name)
    if wanted is None:
        raise Http404
    found = read_case(acting(request, *wanted.duties), review)
    form = wanted.form(*sent(request), case=found)
    more: dict[str, Any] = {"copies": name == "copy" and not copy_closed(found)}
    if isinstance(form, Decision):
        more = {"gates": gates_of(found)}
    return take(request, found, form, _showing(wanted, found), closed=wanted.closed(found), **more)


def gates_of(found: Case) -> tuple[Gate, ...]:
    """Return the gates as this duty may see them now."""
    return review_gates(found.state, found.facts, found.duty, found.acting.now)


def _showing(wanted: Step, found: Case) -> Showing:
    return Showing(
        title=wanted.title,
        explained=wanted.explained,
        said=wanted.said,
        back=reverse("review:case", args=[found.id]),
        template="review/decision.html" if wanted.name == "decision" else "review/step.html",
    )


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, review: str, hold: int) -> HttpResponse:
    """Sign for the end of a pause. Whoever may not, learns nothing of it."""
    stream = Stream(StreamKind.REVIEW, review)
    state: Review = state_of(StreamKind.REVIEW, current.unit().entries(stream))
    wanted = next((each for each in state.holds if each.id == hold and not each.ended), None)
    who = acting(request, *dict.fromkeys(HOLDS[wanted.kind].ended_by if wanted else ()))
    duty = who.who.duty
    found = read_case(who, review, kind=KIND_OF.get(duty, "review"), subject=f"hold:{review}:{hold}")
    line = next(each for each in hold_lines(found) if each.hold.id == hold)
    others = [each.document for each in line.hold.signatures if each.by.id != who.who.id]
    signed_on = "" if line.ground else "".join(others[-1:])
    form = (LiftProtection if line.ground else Lift)(*sent(request), case=found, initial={"document": signed_on})
    form.hold = line.hold
    signers = [DUTY_WORDS[duty] for duty in HOLDS[line.hold.kind].ended_by]
    english, spanish = ", ".join(each.en for each in signers), ", ".join(each.es for each in signers)
    showing = Showing(
        title=Text("Sign for the end of a pause", "Firmar el fin de una pausa"),
        explained=Text(
            f"Two people sign on the same document: {english}.",
            f"Firman dos personas sobre el mismo documento: {spanish}.",
        ),
        said=Text("Your signature is recorded.", "Su firma quedó registrada."),
        back=_page_of(duty, review),
        template="review/lift.html",
        button=Text("Sign", "Firmar"),
    )
    papers = [each for each in paper_lines(found) if each.paper.sha256 in line.documents]
    return take(request, found, form, showing, line=line, papers=papers, signed_on=signed_on)


def _page_of(duty: Duty, review: str) -> str:
    """Return the page on which a duty reads a case."""
    if duty is Duty.REDRESS:
        return reverse("review:contested")
    return reverse("protection:case" if duty is Duty.PROTECTION else "review:case", args=[review])


@require_safe
def history(request: HttpRequest, review: str) -> HttpResponse:
    """Show every act of a case, each as this duty may read it."""
    found = read_case(acting(request, *READERS), review)
    lines = history_of(found.state, found.entries, found.acting.who)
    names = names_of(line.by for line in lines)
    rows = [
        {"line": line, "words": act_words(line.code), "by": actor_words(line.by, names), "duty": line.duty}
        for line in lines
    ]
    return render(request, "review/history.html", {"case": found, "rows": rows})


@require_POST
def copy(request: HttpRequest, review: str, language: str) -> HttpResponse:
    """Print the copy for the person and counsel, once it is agreed who the person is."""
    who = acting(request, *GIVERS)
    spoken = language_of_copy(language)
    found = read_case(who, review)
    closed = copy_closed(found)
    if closed or found.package is None:
        return render(request, "review/closed.html", {"case": found, "closed": closed}, status=409)
    who.read("review", f"copy:{review}", case=str(found.stream), verb=Verb.EXPORT)
    package, terms = found.package, found.facts.agreement
    recipients = (package.origin, who.unit.node, *terms.standing_recipients)
    disputed = found.state.disputed
    named = f"copy-{found.number}"
    return printed_copy(who, found.stream, package, recipients, language=spoken, name=named, disputed=disputed)


@require_safe
def certificate(request: HttpRequest, review: str, language: str) -> HttpResponse:
    """Print the certificate that a received request was erased here."""
    who = acting(request, *GIVERS, purpose=Purpose.RETENTION)
    spoken = language_of_copy(language)
    found = read_case(who, review)
    done = found.state.erased
    if done is None:
        raise Http404
    who.read("review", f"certificate:{review}", case=str(found.stream), verb=Verb.EXPORT)
    erased = ErasedRequest(
        request=done.act.request,
        origin=done.act.partner,
        basis=done.act.basis,
        holders=((who.unit.node, done.at),),
        sealed_until=done.act.sealed_until,
    )
    return printed_certificate(who, erased, language=spoken, name=f"erased-{found.number}")


def copy_closed(found: Case) -> tuple[Reason, ...]:
    """Say why no copy may be printed now; empty when it may."""
    return (
        *forward_protected(found.state, found.facts, found.acting.now),
        *agreed_first(found.state),
        *without_office(),
    )
