"""Copies of a request elsewhere: who has one, whether withdrawals reached them, and passing the request on.

1. What is shown of a holder is read from the line: when the request went, how it was answered, when its withdrawal was
   applied and swept. None of it is shown or told to the origin.
2. Passing on is offered to the legal duty alone; what stands against it is said before a form is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cotejo.actions.laws import review_facts
from cotejo.actions.onward import PACKAGES
from cotejo.actions.unit import Spoken
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.review.case import READERS, Case, read_case
from cotejo.doors.web.review.forms_onward import PassingOn
from cotejo.doors.web.review.stepping import Showing, sent, take
from cotejo.rules.acts import Millis, Reason, Refused
from cotejo.rules.duties import Duty
from cotejo.rules.onward import TWICE, PassOn, recipients_of
from cotejo.rules.review_decide.onward import pass_on
from cotejo.rules.words import Text

TITLE = Text("Copies elsewhere", "Copias en otras entidades")
ON_ITS_WAY = Text("on its way", "en camino")
ANSWERED = {
    "": ON_ITS_WAY,
    "taken": Text("taken in", "recibida"),
    "refused": Text("refused", "rechazada"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderLine:
    """One holder of a copy: version and moment of the newest that went, and how far a withdrawal has come there."""

    name: str
    version: int
    sent_at: Millis
    answered: Text
    withdrawn: bool
    applied: bool
    swept_at: Millis


@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, review: str) -> HttpResponse:
    """Show who has a copy, and let the legal duty pass the request on."""
    legal = request.user.holds(Duty.LEGAL)  # type: ignore[union-attr]
    found = read_case(acting(request, Duty.LEGAL) if legal else acting(request, *READERS), review)
    holders = list(holder_lines(found))
    if not legal:
        return render(request, "review/copies.html", {"case": found, "showing": _showing(found), "holders": holders})
    form = PassingOn(*sent(request), case=found)
    return take(request, found, form, _showing(found), closed=against(found), holders=holders, may_pass=True)


def holder_lines(found: Case) -> Iterator[HolderLine]:
    """Yield who has, or may have, a copy of this request through this node."""
    said = found.acting.unit.spoken_of(found.state.request) if found.state.request else ()
    told = [each for each in said if each.outgoing and each.partner != found.state.partner]
    reached = {each.partner for each in told if each.kind in PACKAGES}
    for name in sorted(reached | set(found.state.passed_to)):
        yield _line(name, [each for each in told if each.partner == name], said)


def _line(name: str, told: list[Spoken], said: tuple[Spoken, ...]) -> HolderLine:
    letters = [each for each in told if each.kind in PACKAGES]
    stops = [each for each in told if each.kind == "withdrawal"]
    sweeps = [each.at for each in said if not each.outgoing and each.partner == name and each.kind == "sweep"]
    newest = letters[-1] if letters else None
    return HolderLine(
        name=name,
        version=newest.version if newest else 0,
        sent_at=newest.at if newest else 0,
        answered=ANSWERED.get(newest.outcome, ON_ITS_WAY) if newest else ON_ITS_WAY,
        withdrawn=bool(stops),
        applied=any(each.outcome for each in stops),
        swept_at=sweeps[-1] if stops and sweeps else 0,
    )


def against(found: Case) -> tuple[Reason, ...]:
    """Return what stands against passing this request on to everybody who does not have it yet."""
    who, state = found.acting.who, found.state
    if state.through is not None:
        return (TWICE,)
    everybody = PassOn(recipients=recipients_of(found.facts.agreement))
    facts = review_facts(found.acting.unit, found.stream, state, everybody, who, found.acting.now)
    asked = pass_on(state, everybody, who, facts, found.acting.now)
    return asked.reasons if isinstance(asked, Refused) else ()


def _showing(found: Case) -> Showing:
    return Showing(
        title=TITLE,
        explained=Text(
            "A standing recipient of the agreement may hold a copy of the request, to know and to review.",
            "Un destinatario permanente del acuerdo puede tener copia de la solicitud, para conocerla y revisarla.",
        ),
        said=Text("The request is passed on.", "La solicitud se reenvía."),
        back=reverse("review:copies", args=[found.id]),
        template="review/copies.html",
        button=Text("Pass on", "Reenviar"),
    )
