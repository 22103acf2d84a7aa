"""Holds bind: who may place one, who alone may end it, and what ending it needs (I4).

1. Placing is wide, ending is narrow: only the duties in `HOLDS` end a hold, two people together, on a document.
2. No duty, rank or urgency ends a hold outside this table; a complaint ends only through the redress door (I12).
3. A protection hold (order, pending claim, motion to reopen, stated fear) ends by the final decision of the body named
   for its ground, appeal time over, counsel told, the same decision entered by two people; and frees only the country
   that decision names (F44).
4. Kinds are shown only to those in `seen_by`; everybody else reads "on hold" (F44, F45, I12).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.duties import Duty
from cotejo.rules.words import Text


class HoldKind(StrEnum):
    """Why a case pauses (failures.md 2.3)."""

    PROTECTION = "protection"
    COURT_ORDER = "court_order"
    CITIZENSHIP_CLAIM = "citizenship_claim"
    JUVENILE = "juvenile"
    TRAFFICKING_OR_VIOLENCE = "trafficking_or_violence"
    IDENTITY_DOUBT = "identity_doubt"
    EVIDENCE_CHALLENGE = "evidence_challenge"
    COMPLAINT = "complaint"
    HUMANITARIAN = "humanitarian"


class ProtectionGround(StrEnum):
    """What a protection hold rests on; an order, or what comes before one (I4)."""

    WITHHOLDING = "withholding"
    TORTURE_CONVENTION = "torture_convention"
    ASYLUM = "asylum"
    VICTIM_STATUS = "victim_status"
    STAY = "stay"
    PENDING_CLAIM = "pending_claim"
    MOTION_TO_REOPEN = "motion_to_reopen"
    STATED_FEAR = "stated_fear"


class Body(StrEnum):
    """The bodies whose final decision can end a protection hold."""

    IMMIGRATION_COURT = "immigration_court"
    ASYLUM_AUTHORITY = "asylum_authority"
    VICTIM_AUTHORITY = "victim_authority"
    COURT_THAT_STAYED = "court_that_stayed"


BODY_FOR: Final[Mapping[ProtectionGround, Body]] = {
    ProtectionGround.WITHHOLDING: Body.IMMIGRATION_COURT,
    ProtectionGround.TORTURE_CONVENTION: Body.IMMIGRATION_COURT,
    ProtectionGround.ASYLUM: Body.ASYLUM_AUTHORITY,
    ProtectionGround.VICTIM_STATUS: Body.VICTIM_AUTHORITY,
    ProtectionGround.STAY: Body.COURT_THAT_STAYED,
    ProtectionGround.PENDING_CLAIM: Body.ASYLUM_AUTHORITY,
    ProtectionGround.MOTION_TO_REOPEN: Body.IMMIGRATION_COURT,
    ProtectionGround.STATED_FEAR: Body.ASYLUM_AUTHORITY,
}
"""Which body's decision ends which protection ground; no other body's does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalDecision:
    """The decision that ends a protection hold. Days are ISO dates; `frees` is the one country it names."""

    body: Body
    number: str
    decided_on: str
    appeal_over_on: str
    counsel_told_on: str
    frees: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRule:
    """The law of one kind of hold. `ended_by` lists the signatures needed, each of another person."""

    title: Text
    placed_by: frozenset[Duty]
    ended_by: tuple[Duty, ...]
    seen_by: frozenset[Duty]


ANYBODY_WHO_REVIEWS: Final = frozenset(
    {
        Duty.INTAKE,
        Duty.PROTECTION,
        Duty.NATIONALITY,
        Duty.IDENTITY,
        Duty.LEGAL,
        Duty.RISK,
        Duty.DECISION,
        Duty.CUSTODY,
        Duty.DUTY_OFFICER,
        Duty.REDRESS,
        Duty.OVERSIGHT,
    }
)

HOLDS: Final[Mapping[HoldKind, HoldRule]] = {
    HoldKind.PROTECTION: HoldRule(
        title=Text(
            "protection order, pending claim or stated fear", "orden de protección, trámite pendiente o temor expresado"
        ),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.PROTECTION, Duty.PROTECTION),
        seen_by=frozenset({Duty.PROTECTION}),
    ),
    HoldKind.COURT_ORDER: HoldRule(
        title=Text("court order", "orden judicial"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.DUTY_OFFICER, Duty.LEGAL),
        seen_by=frozenset({Duty.DUTY_OFFICER, Duty.LEGAL}),
    ),
    HoldKind.CITIZENSHIP_CLAIM: HoldRule(
        title=Text("claim or evidence of citizenship here", "alegación o indicio de nacionalidad de este Estado"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.NATIONALITY, Duty.LEGAL),
        seen_by=frozenset({Duty.NATIONALITY, Duty.LEGAL}),
    ),
    HoldKind.JUVENILE: HoldRule(
        title=Text("person may be, or may have been, under 18", "la persona puede ser o haber sido menor de 18 años"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.PROTECTION, Duty.LEGAL),
        seen_by=frozenset({Duty.PROTECTION, Duty.LEGAL}),
    ),
    HoldKind.TRAFFICKING_OR_VIOLENCE: HoldRule(
        title=Text("victim of trafficking or violence", "víctima de trata o de violencia"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.PROTECTION, Duty.PROTECTION),
        seen_by=frozenset({Duty.PROTECTION}),
    ),
    HoldKind.IDENTITY_DOUBT: HoldRule(
        title=Text("doubt about identity", "duda sobre la identidad"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.IDENTITY, Duty.IDENTITY),
        seen_by=frozenset({Duty.IDENTITY, Duty.LEGAL}),
    ),
    HoldKind.EVIDENCE_CHALLENGE: HoldRule(
        title=Text("evidence is contested", "prueba impugnada"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.LEGAL, Duty.REDRESS),
        seen_by=frozenset({Duty.LEGAL, Duty.REDRESS}),
    ),
    HoldKind.COMPLAINT: HoldRule(
        title=Text("complaint", "queja"),
        placed_by=frozenset(),
        ended_by=(),
        seen_by=frozenset({Duty.REDRESS}),
    ),
    HoldKind.HUMANITARIAN: HoldRule(
        title=Text("humanitarian ground", "motivo humanitario"),
        placed_by=ANYBODY_WHO_REVIEWS,
        ended_by=(Duty.LEGAL, Duty.RISK),
        seen_by=frozenset({Duty.LEGAL, Duty.RISK}),
    ),
}
"""Every kind, complete. Protection kinds need a `FinalDecision`, all others a document."""

DUTIES_TOLD_OF_A_HOLD: Final[tuple[Duty, ...]] = (
    Duty.PROTECTION,
    Duty.NATIONALITY,
    Duty.IDENTITY,
    Duty.LEGAL,
    Duty.DUTY_OFFICER,
)
"""The same for every kind, so that a list does not show by whom it waits (F44)."""


def still_needed(kind: HoldKind, signed: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """Return the signatures still missing to end a hold of this kind."""
    missing = list(HOLDS[kind].ended_by)
    for duty in signed:
        if duty in missing:
            missing.remove(duty)
    return tuple(missing)
