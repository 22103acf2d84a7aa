"""Placing holds and signing for their end (I4, I12, F28, F44, F47).

1. To stop is nearly everybody's: placing asks for no other duty, no open step and no complete document.
2. To end is for the named alone: two different people, each in a duty the kind asks for, on the same document and, for
   protection, the same final decision. A signature on something else starts anew.
3. A complaint is placed and ended by the redress door alone.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, Plan, Reason, Refused
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.holds import BODY_FOR, HOLDS, HoldKind, still_needed
from cotejo.rules.review_acts import HoldLiftSigned, HoldPlaced
from cotejo.rules.review_checks import exists, joined, reason
from cotejo.rules.review_commands import LiftHold, PlaceHold, RedressLift, RedressSuspend, RegisterCourtOrder
from cotejo.rules.review_decide.common import (
    WRONG_WHO,
    by_redress,
    judge,
    kept,
    officer,
    past_days,
    plan_of,
    written,
)
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Hold, Review


def place(state: Review, command: PlaceHold, who: Who) -> Plan | Refused:
    """Pause the case."""

    def found() -> Iterator[Reason]:
        yield from exists(state)
        if not isinstance(who, Officer) or who.duty not in HOLDS[command.kind].placed_by:
            yield WRONG_WHO
        yield from written(grounds=command.grounds)
        if command.kind is HoldKind.PROTECTION and command.ground is None:
            yield reason("ground.missing", "Choose the ground.", "Elija el motivo.", field="ground", rows=("F44",))

    def make() -> Plan:
        act = HoldPlaced(
            kind=command.kind,
            grounds=command.grounds,
            ground=command.ground if command.kind is HoldKind.PROTECTION else None,
            feared=command.feared,
            documents=command.documents,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)


def register_court_order(state: Review, command: RegisterCourtOrder, who: Who) -> Plan | Refused:
    """Freeze at once; the duty officer needs nothing but the court and the number (F47)."""

    def found() -> Iterator[Reason]:
        yield from exists(state)
        if not isinstance(who, Officer) or who.duty is not Duty.DUTY_OFFICER:
            yield WRONG_WHO
        yield from written(court=command.court)

    def make() -> Plan:
        act = HoldPlaced(
            kind=HoldKind.COURT_ORDER,
            grounds=f"{command.court} {command.number}".strip(),
            ground=None,
            feared="",
            documents=command.documents,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)


def redress_suspend(state: Review, _command: RedressSuspend, who: Who) -> Plan | Refused:
    """Block the case for the redress office; nothing is sent to anybody (I12)."""

    def found() -> Iterator[Reason]:
        yield from by_redress(state, who)
        if _complaint(state) is not None:
            yield reason("redress.blocked", "The case is blocked already.", "El caso ya está bloqueado.")

    act = HoldPlaced(kind=HoldKind.COMPLAINT, grounds="", ground=None, feared="", documents=(), by=None)
    return judge(found(), lambda: plan_of(state, act))


def redress_lift(state: Review, _command: RedressLift, who: Who) -> Plan | Refused:
    """End the block of the redress office."""
    hold = _complaint(state)

    def found() -> Iterator[Reason]:
        yield from by_redress(state, who)
        if hold is None:
            yield reason("redress.free", "The case is not blocked.", "El caso no está bloqueado.")

    act = HoldLiftSigned(hold=hold.id if hold else 0, decision=None, document="", reasons="", complete=True, by=None)
    return judge(found(), lambda: plan_of(state, act))


def _complaint(state: Review) -> Hold | None:
    return next((each for each in state.holds if each.kind is HoldKind.COMPLAINT and not each.ended), None)


def lift(state: Review, command: LiftHold, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Sign for the end of a hold; the last signature needed ends it."""
    hold = next((each for each in state.holds if each.id == command.hold and not each.ended), None)

    def make() -> Plan:
        signer = officer(who)
        act = HoldLiftSigned(
            hold=command.hold,
            decision=command.decision if hold is not None and hold.ground is not None else None,
            document=command.document,
            reasons=command.reasons,
            complete=hold is not None and _completes(hold, command, signer),
            by=signer,
        )
        return plan_of(state, act)

    return judge(_against_lifting(state, hold, command, who, facts, now), make)


def _against_lifting(
    state: Review, hold: Hold | None, command: LiftHold, who: Who, facts: ReviewFacts, now: Millis
) -> Iterator[Reason]:
    yield from exists(state)
    if hold is None or not isinstance(who, Officer) or who.duty not in HOLDS[hold.kind].ended_by:
        yield WRONG_WHO
        return
    yield from joined(state, who)
    if facts.recovering:
        yield reason("node.recovering", "This node is being restored.", "Este nodo se está restaurando.")
    yield from written(reasons=command.reasons)
    yield from kept(facts, document=command.document)
    if hold.ground is not None:
        yield from _against_decision(hold, command, now)


def _against_decision(hold: Hold, command: LiftHold, now: Millis) -> Iterator[Reason]:
    decision = command.decision
    if decision is None or hold.ground is None:
        yield reason(
            "decision.missing",
            "Only the final decision of the body named for this ground ends the hold.",
            "Solo la decisión firme del órgano previsto para este motivo pone fin a la pausa.",
            field="decision",
            rows=("F44",),
        )
        return
    if decision.body is not BODY_FOR[hold.ground]:
        yield reason(
            "decision.body",
            "This is not the body whose decision ends this hold.",
            "No es el órgano cuya decisión pone fin a esta pausa.",
            field="body",
            rows=("F44",),
        )
    yield from written(number=decision.number, frees=decision.frees)
    yield from past_days(
        now,
        decided_on=decision.decided_on,
        appeal_over_on=decision.appeal_over_on,
        counsel_told_on=decision.counsel_told_on,
    )
    if decision.appeal_over_on < decision.decided_on or decision.counsel_told_on < decision.decided_on:
        yield reason(
            "decision.order",
            "Counsel is told and the time to appeal runs after the decision.",
            "La defensa se informa y el plazo para recurrir corre después de la decisión.",
            field="decided_on",
            rows=("F44",),
        )


def _completes(hold: Hold, command: LiftHold, signer: Officer) -> bool:
    signed = tuple(
        each.by.duty
        for each in hold.signatures
        if each.by.id != signer.id
        and each.document == command.document
        and each.decision == (command.decision if hold.ground is not None else None)
    )
    return not still_needed(hold.kind, (*signed, signer.duty))
