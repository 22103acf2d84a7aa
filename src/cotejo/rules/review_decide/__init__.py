"""What a command about a received request leads to: one plan, or every reason against it at once.

1. The same function serves every door: screens, API, messages and timers (I1).
2. `facts` are loaded by the action at the moment of the command; `now` is that moment.
3. No plan of an officer holds anything to send, but for the questions asked once before any register is looked into,
   and what the person signed for; answers and sweeps come from the clock, on agreed dates (I6, I12). What others who
   hold copies are told is added to every plan alike (`onward.also_behind`).
4. What goes on to others is short, whatever it was when it came: a withdrawal blocks, however much its sender wrote for
   a reason, and no more of that is kept than a reason's code has.
"""

from dataclasses import replace
from typing import Final

from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Millis, Plan, Refused
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute, TakeDispute
from cotejo.rules.duties import Who
from cotejo.rules.onward import PassOn, TakePassedOn
from cotejo.rules.returning import AskReturn, CloseReturn, TakeReturnAnswer
from cotejo.rules.review_decide import (
    clock,
    decision,
    disputing,
    erasing,
    handing,
    holding,
    identity,
    intake,
    legal,
    onward,
    protection,
    returning,
)
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import START, Review

LONGEST_REASON: Final = 64
DIRECT: Final = (ask.TakeIn, ask.TakeCorrection, ask.TakeSupplement)
"""What a requesting agency sends to the agency it addresses; a copy that came through another one is no case of it."""


def decide(state: Review, command: ask.ReviewCommand, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Say what a command leads to, whoever asks, or refuse with all reasons."""
    if isinstance(command, ask.TakeWithdrawal):
        command = replace(command, reason=command.reason[:LONGEST_REASON])
    return onward.also_behind(state, command, _decide(state, command, who, facts, now), facts, now)


def _decide(state: Review, command: ask.ReviewCommand, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    if isinstance(command, ask.PartnerCommand):
        return _of_partner(state, command, who, facts, now)
    if isinstance(command, ask.ClockCommand):
        return _of_clock(state, command, who, facts, now)
    if isinstance(command, ask.BeginningCommand):
        return _of_beginning(state, command, who, facts, now)
    if isinstance(command, ask.HoldCommand):
        return _of_holds(state, command, who, facts, now)
    if isinstance(command, ask.ReviewingCommand):
        return _of_reviewing(state, command, who, facts, now)
    return _of_decision(state, command, who, facts, now)


def _of_partner(
    state: Review, command: ask.PartnerCommand, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    if state.through is not None and isinstance(command, DIRECT):
        state = START
    match command:
        case ask.TakeIn():
            return intake.take_in(state, command, who, facts, now)
        case ask.TakeCorrection():
            return intake.take_correction(state, command, who, facts, now)
        case ask.TakeSupplement():
            return intake.take_supplement(state, command, who, facts, now)
        case ask.TakeSuspension():
            return intake.take_suspension(state, command, who)
        case ask.TakeReinstatement():
            return intake.take_reinstatement(state, command, who)
        case ask.TakeWithdrawal():
            return intake.take_withdrawal(state, command, who, facts, now)
        case ask.TakeErasure():
            return erasing.take_erasure(state, command, who, facts, now)
        case ask.TakeAfterHandover():
            return handing.take_report(state, command, who, now)
        case TakeReturnAnswer():
            return returning.decide_return(state, command, who, facts, now)
        case TakePassedOn():
            return onward.take_passed_on(state, command, who, facts, now)
        case TakeDispute():
            return disputing.decide_dispute(state, command, who, facts, now)


def _of_clock(state: Review, command: ask.ClockCommand, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    match command:
        case ask.MarkSwept():
            return clock.mark_swept(state, command, who, facts, now)
        case ask.GiveAnswer():
            return clock.give_answer(state, command, who, facts, now)
        case ask.MarkOverdue():
            return clock.mark_overdue(state, command, who, now)
        case ask.EndRetention():
            return erasing.end_retention(state, command, who, facts, now)
        case ask.RecountDates():
            return intake.recount_dates(state, who, facts, now)


def _of_holds(state: Review, command: ask.HoldCommand, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    match command:
        case ask.PlaceHold():
            return holding.place(state, command, who)
        case ask.RegisterCourtOrder():
            return holding.register_court_order(state, command, who)
        case ask.LiftHold():
            return holding.lift(state, command, who, facts, now)
        case ask.RedressSuspend():
            return holding.redress_suspend(state, command, who)
        case ask.RedressLift():
            return holding.redress_lift(state, command, who)


def _of_beginning(
    state: Review, command: ask.BeginningCommand, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.AskQuestions():
            return intake.ask_questions(state, command, who, facts, now)
        case ask.OpenReview():
            return intake.open_review(state, command, who, facts, now)
        case ask.RecordSearch():
            return protection.record_search(state, command, who, facts, now)
        case ask.RecordProtectionCheck():
            return protection.record_check(state, command, who)


def _of_reviewing(
    state: Review, command: ask.ReviewingCommand, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.RecordNationality():
            return identity.record_nationality(state, command, who, facts)
        case ask.AnswerIdentity():
            return identity.answer(state, command, who, facts, now)
        case ask.RecordOwnLawOrder():
            return legal.record_own_law(state, command, who, facts, now)
        case ask.RecordLegalReview():
            return legal.record_review(state, command, who, facts, now)
        case ask.RecordRiskAssessment():
            return legal.record_risk(state, command, who, facts, now)
        case ask.RecordCopyServed():
            return legal.record_copy(state, command, who, facts, now)
        case PassOn():
            return onward.pass_on(state, command, who, facts, now)
        case RecordSignedDispute() | SendSignedDispute():
            return disputing.decide_dispute(state, command, who, facts, now)


def _of_decision(
    state: Review, command: ask.DecisionCommand, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.Decide():
            return decision.decide_case(state, command, who, facts, now)
        case ask.ReconfirmIdentity():
            return handing.reconfirm(state, command, who, facts, now)
        case ask.CheckCourtOrders():
            return handing.check_court_orders(state, command, who, facts)
        case ask.RecordHandover():
            return handing.hand_over(state, command, who, facts, now)
        case AskReturn() | CloseReturn():
            return returning.decide_return(state, command, who, facts, now)
        case ask.CloseFollowUp():
            return handing.close(state, command, who, facts, now)
