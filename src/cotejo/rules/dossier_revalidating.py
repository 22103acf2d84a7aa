"""Confirming a sent request anew with its court, or its withdrawal when nobody does (F41).

1. The term opens 60 days after sending and then every year, and runs for 30 days from when this node opens it.
2. The certifier confirms within it, with an answer the court gave in that term, while every gate passes (I2).
3. When the term is over the request is withdrawn, by the clock and for good; every holder is told like of any other
   withdrawal (I7). A suspension stops nothing of this.
4. A node that is being restored, or whose clock went back, opens and withdraws nothing; it looks again a day later.
5. What the partner refused is held by nobody and needs no confirming.
"""

from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Millis, Plan, Refused, Timer
from cotejo.rules.agreement import DAY
from cotejo.rules.asked import of_kind, reason
from cotejo.rules.dates import day_of, first_day, is_date, last_day
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_prepare import as_certifier
from cotejo.rules.dossier_send import stream_of
from cotejo.rules.dossier_use import no_longer, of, withdrawn
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Clockwork, Duty, Officer, Who
from cotejo.rules.revalidating import AGAIN_AFTER, OPEN_FOR, REVALIDATION_TIMER
from cotejo.rules.words import Text

LOOK_AGAIN: Final[Millis] = DAY


def _timer(dossier: Dossier, at: Millis) -> Plan:
    return Plan(timers=(Timer(kind=REVALIDATION_TIMER, stream=stream_of(dossier), at=at),))


def review(dossier: Dossier, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Open the term that is due, or withdraw the request whose term is over."""
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    if not dossier.sent or dossier.never_taken:
        return Plan(drop_timers=((REVALIDATION_TIMER, stream_of(dossier)),))
    if facts.recovering or now < facts.high_water:
        return _timer(dossier, now + LOOK_AGAIN)
    until = dossier.revalidating.until
    if not until:
        opened = acts.RevalidationOpened(until=now + OPEN_FOR)
        return of(dossier, opened).and_then(_timer(dossier, opened.until))
    if now < until:
        return _timer(dossier, until)
    return withdrawn(dossier, WithdrawalReason.NOT_REVALIDATED, facts, now)


def revalidate(
    dossier: Dossier, command: ask.Revalidate, who: Officer, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Confirm the request with the court's answer."""
    gaps = [*as_certifier(who, dossier, facts)]
    if not dossier.revalidating.until:
        gaps.append(_NOT_OPEN)
    if not command.document or not facts.documents_here(command.document):
        gaps.append(_ANSWER)
    if not _within(command.answered_on, dossier.revalidating.opened_at, now):
        gaps.append(_DAY)
    gaps += no_longer(dossier, facts, now)
    if gaps:
        return Refused(tuple(dict.fromkeys(gaps)))
    made = acts.DossierRevalidated(document=command.document, answered_on=command.answered_on, by=who)
    return of(dossier, made).and_then(_timer(dossier, now + AGAIN_AFTER))


def _within(text: str, opened_at: Millis, now: Millis) -> bool:
    return is_date(text) and day_of(opened_at) <= first_day(text) and last_day(text) <= day_of(now)


_NOT_OPEN = reason(
    "revalidation.not_open",
    Text("The request is not to be confirmed now.", "La solicitud no debe confirmarse ahora."),
    Text(
        "The term opens by itself, 60 days after sending and then every year.",
        "El plazo se abre por sí solo, a los 60 días del envío y luego cada año.",
    ),
    rows=("F41",),
)
_ANSWER = reason(
    "revalidation.answer",
    Text("The court's answer is missing.", "Falta la respuesta del tribunal."),
    Text(
        "Ask the court whether the case stands, and attach its answer.",
        "Pregunte al tribunal si el caso sigue en pie y adjunte su respuesta.",
    ),
    Duty.CERTIFIER,
    rows=("F41",),
    field="document",
)
_DAY = reason(
    "revalidation.day",
    Text(
        "The court must have answered since the term opened, and not after today.",
        "El tribunal debe haber respondido desde que se abrió el plazo y no después de hoy.",
    ),
    Text("Give the day of its answer as YYYY-MM-DD.", "Indique el día de su respuesta como AAAA-MM-DD."),
    Duty.CERTIFIER,
    rows=("F41",),
    field="answered_on",
)
