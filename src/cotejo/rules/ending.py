"""What is accepted about ending an agreement by this house alone: two people, of two duties, each with their reasons.

1. Partner relations asks; the oversight body signs. Nobody does both (I1).
2. A node that recovers may do it: a partner that is gone for ever would hold its recovery up for ever. What was decided
   about requests changes nothing by it; they stay blocked, because nothing of that partner is in force any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.ended import AgreementEnded, EndingAsked
from cotejo.rules.partner import WRONG_DUTY, PartnerState
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAgreement:
    """Ask that the agreement with this partner be ended (partner relations), or sign that it is (oversight)."""

    reasons: str


UNKNOWN = Reason(
    code="partner.unknown", text=Text("There is no such partner.", "No existe esa contraparte."), rows=("F19",)
)
NO_REASONS = Reason(
    code="reasons.empty",
    field="reasons",
    text=Text("Write this in your own words.", "Escríbalo con sus propias palabras."),
    rows=("F43",),
)
OVER = Reason(
    code="ending.over",
    text=Text("The agreement with this agency is over already.", "El acuerdo con esta entidad ya terminó."),
    rows=("F19",),
)
NOT_ASKED = Reason(
    code="ending.not_asked",
    text=Text(
        "Nobody in partner relations has asked to end this agreement.",
        "Nadie de relaciones con contrapartes ha pedido terminar este acuerdo.",
    ),
    remedy=Text(
        "Partner relations asks first; you sign after them.", "Primero lo pide esa función; usted firma después."
    ),
)
ASKED = Reason(
    code="ending.asked",
    text=Text(
        "The end of this agreement was asked for already; the oversight body signs next.",
        "Ya se pidió terminar este acuerdo; a continuación firma el órgano de supervisión.",
    ),
)
SAME_PERSON = Reason(
    code="ending.same_person",
    text=Text("Whoever asked does not sign as well.", "Quien lo pidió no puede firmarlo también."),
    rows=("I1",),
)


def decide(state: PartnerState, command: EndAgreement, who: Who, _facts: object, _now: Millis) -> Plan | Refused:
    """Say what a command about the end of an agreement leads to, or refuse with all reasons."""
    if not isinstance(who, Officer) or who.duty not in {Duty.PARTNERS, Duty.OVERSIGHT}:
        return Refused((WRONG_DUTY,))
    found = tuple(_gaps(state, command, who))
    if found:
        return Refused(found)
    asked = state.ending
    done: Act = EndingAsked(reasons=command.reasons, by=who)
    if asked.asked_by is not None:
        done = AgreementEnded(reasons=command.reasons, asked_by=asked.asked_by, by=who)
    return Plan(acts=(NewAct(stream=state.stream, act=done),), expect={state.stream: state.version})


def _gaps(state: PartnerState, command: EndAgreement, who: Officer) -> Iterator[Reason]:
    asked = state.ending
    if not state.agreements:
        yield UNKNOWN
    if not command.reasons.strip():
        yield NO_REASONS
    if asked.ended_at:
        yield OVER
    elif who.duty is Duty.PARTNERS and asked.asked_by is not None:
        yield ASKED
    elif who.duty is Duty.OVERSIGHT and asked.asked_by is None:
        yield NOT_ASKED
    elif asked.asked_by is not None and asked.asked_by.id == who.id:
        yield SAME_PERSON
