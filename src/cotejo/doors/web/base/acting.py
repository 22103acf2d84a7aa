"""How a page acts: who acts in which duty, for what purpose, at which one moment; reads that are asked for and noted.

1. Every view begins with `acting(request, *duties)`: the first of these duties the person holds, or the page "not for
   your duties" and a refusal in the log.
2. A read is asked of `access` and noted before anything is shown (I10); a subject is an id or a keyed token, never a
   name.
3. A write goes through `perform`; what the law refuses is shown whole with the `problems` piece.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.actions.perform import Law, perform
from cotejo.actions.unit import Committed
from cotejo.rules.acts import Millis, Plan, Reason, Refused, Stream
from cotejo.rules.duties import Duty
from cotejo.rules.duties import Officer as ActingOfficer
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text
from cotejo.store import current
from cotejo.store.people import Officer
from cotejo.store.unit import PgUnit

PURPOSE_OF: Final[Mapping[Duty, Purpose]] = {
    Duty.RECORDER: Purpose.RECORDING,
    Duty.CHECKER: Purpose.CHECKING,
    Duty.CERTIFIER: Purpose.REQUEST,
    Duty.AUTHORISER: Purpose.REQUEST,
    Duty.INTAKE: Purpose.INTAKE,
    Duty.PROTECTION: Purpose.PROTECTION,
    Duty.NATIONALITY: Purpose.NATIONALITY,
    Duty.IDENTITY: Purpose.IDENTITY,
    Duty.LEGAL: Purpose.LEGAL_REVIEW,
    Duty.RISK: Purpose.RISK,
    Duty.DECISION: Purpose.DECISION,
    Duty.DUTY_OFFICER: Purpose.COURT_ORDER,
    Duty.CUSTODY: Purpose.HANDOVER,
    Duty.REDRESS: Purpose.REDRESS,
    Duty.AUDITOR: Purpose.AUDIT,
    Duty.STATISTICS: Purpose.STATISTICS,
    Duty.OVERSIGHT: Purpose.OVERSIGHT,
    Duty.OPERATOR: Purpose.OPERATION,
    Duty.PARTNERS: Purpose.PARTNERS,
}
"""What a duty reads and acts for unless a page says otherwise."""

_NOT_YOURS: Final = Reason(
    code="access.duty", text=Text("This page is not for your duties.", "Esta página no corresponde a sus cargos.")
)


def now() -> Millis:
    """Return the current time in milliseconds UTC; a page reads it once and passes it down."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person acting in one duty, for one purpose, at one moment, on this node's memory."""

    unit: PgUnit
    who: ActingOfficer
    purpose: Purpose
    now: Millis

    def read(self, kind: str, subject: str, *, case: str = "", verb: Verb = Verb.READ) -> None:
        """Ask whether this may be read, searched or taken out, and note that it is.

        Raises `PermissionDenied` after noting the refusal. `kind` is a kind the policies know; `subject` an id or a
        keyed token; `case` the stream it belongs to.
        """
        answer = may(self.who, verb, Thing(kind=kind, id=subject), purpose=self.purpose)
        if isinstance(answer, Denied):
            self.unit.note_refusal(
                who=self.who, purpose=self.purpose, subject=subject, reasons=(answer.reason,), now=self.now
            )
            raise PermissionDenied
        self.unit.note(verb, who=self.who, purpose=self.purpose, subject=subject, case=case or subject, now=self.now)

    def perform(
        self,
        law: Law[Any, Any, Any],
        stream: Stream,
        command: object,
        *,
        also: Callable[[Plan], Plan] = lambda plan: plan,
    ) -> Committed | Refused:
        """Carry out one command of this person on one stream."""
        return perform(law, self.unit, stream, command, who=self.who, purpose=self.purpose, now=self.now, also=also)


def acting(request: HttpRequest, *duties: Duty, purpose: Purpose | None = None) -> Acting:
    """Return the person looking, acting in the first of these duties they hold.

    Raises `PermissionDenied` after noting the refusal when they hold none of them.
    """
    officer, moment = request.user, now()
    if not isinstance(officer, Officer):
        raise PermissionDenied
    held = next((duty for duty in duties if officer.holds(duty, at=moment)), None)
    if held is None:
        _note_stranger(officer, request.resolver_match.view_name if request.resolver_match else "", moment)
        raise PermissionDenied
    who = officer.acting(held, at=moment)
    return Acting(unit=current.unit(), who=who, purpose=purpose or PURPOSE_OF[held], now=moment)


def _note_stranger(officer: Officer, view: str, moment: Millis) -> None:
    """Write down that somebody asked for a page of other people's duties."""
    own = next((Duty(duty) for duty in officer.duties), None)
    if own is not None:
        current.unit().note_refusal(
            who=officer.named(own), purpose=PURPOSE_OF[own], subject=f"page:{view}", reasons=(_NOT_YOURS,), now=moment
        )
