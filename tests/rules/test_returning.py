"""The law of a return: asked for, answered with place and steps, watched until the person is back (F74)."""

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Plan, Refused
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.answers import sweep_time
from cotejo.rules.dossier import FOLD as DOSSIER
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.dossier_words import HandoverReport, WithdrawalReason
from cotejo.rules.duties import Duty
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.return_words import ReturnAnswer, ReturnCause, ReturnEnd, ReturnStep
from cotejo.rules.returning import AskReturn, CloseReturn, TakeReturnAnswer
from cotejo.rules.review import FOLD
from cotejo.rules.review_commands import (
    CloseFollowUp,
    EndRetention,
    MarkOverdue,
    MarkSwept,
    TakeAfterHandover,
    TakeErasure,
    TakeWithdrawal,
)
from cotejo.rules.review_words import Overdue, ReviewState
from cotejo.rules.told import Erasure, Return
from tests.builders.review import ALBA, CLOCK, CUSTODY, LEGAL, PAPER, REQUEST, Desk
from tests.builders.sound import BOREAL, CERTIFIER, sent
from tests.builders.sound import CUSTODIAN as SENDERS_CUSTODY

ASK = AskReturn(document=PAPER)
BACK = CloseReturn(end=ReturnEnd.RETURNED, document=PAPER)
STAYS = CloseReturn(end=ReturnEnd.PERSON_STAYS, document=PAPER)
WITHDRAW = TakeWithdrawal(
    request=REQUEST, version=1, reason=WithdrawalReason.ACQUITTED, facts_token="", review="b" * 32
)
JUDGED = TakeAfterHandover(report=HandoverReport.JUDGMENT, happened_at=1, place="SV-SS")
CLOSE = CloseFollowUp(reasons="Judged.", document=PAPER)


def answer(desk, *steps):
    steps = steps or (ReturnStep.LOCATED,)
    return TakeReturnAnswer(answer=ReturnAnswer(place="SV-SS", steps=steps, at=desk.now))


def waits(state):
    return {(each.duty, each.step) for each in FOLD.card(state).waiting}


def refused(made):
    assert isinstance(made, Refused)
    return made.codes


def test_f74_when_the_decision_falls_the_origin_is_told_and_has_48_hours():
    desk = Desk().handed_over()
    plan = desk.must(ASK, LEGAL)
    assert [each.content for each in plan.sends] == [Return(request=REQUEST, cause=ReturnCause.DECISION_FELL)]
    assert desk.timers["handover.return"].at == desk.now + 48 * HOUR
    assert {(Duty.CUSTODY, "handover.return"), (Duty.LEGAL, "return")} <= waits(desk.state)
    assert refused(desk.do(ASK, LEGAL)) == ("return.asked",)


def test_f74_only_the_legal_duty_asks_and_only_after_a_hand_over():
    desk = Desk().handed_over()
    assert "who.not_yours" in refused(desk.do(ASK, CUSTODY))
    assert "return.nobody" in refused(Desk().decided().do(ASK, LEGAL))
    assert refused(desk.do(AskReturn(document="f" * 64), LEGAL))


def test_f74_a_withdrawal_after_a_hand_over_asks_for_the_return_by_itself():
    desk = Desk().handed_over()
    plan = desk.must(WITHDRAW, ALBA)
    assert [each.content for each in plan.sends] == [Return(request=REQUEST, cause=ReturnCause.WITHDRAWN)]
    assert (Duty.LEGAL, "return") in waits(desk.state)
    assert not Desk().decided().must(WITHDRAW, ALBA).sends


def test_f74_a_late_answer_pauses_the_sender_until_it_comes():
    desk = Desk().handed_over()
    desk.must(ASK, LEGAL)
    overdue = MarkOverdue(what=Overdue.RETURN)
    assert refused(desk.do(overdue, CLOCK)) == ("clock.not_yet",)
    desk.now += 2 * DAY
    desk.must(overdue, CLOCK)
    assert desk.partner.paused
    assert desk.partner.open_causes == ((desk.state.id, Overdue.RETURN),)
    assert (Duty.OVERSIGHT, "overdue.return") in waits(desk.state)
    desk.must(answer(desk), ALBA)
    assert not desk.partner.open_causes
    assert desk.partner.paused, "the oversight body resumes it"


def test_f74_answers_come_again_and_again_until_the_return_ends():
    desk = Desk().handed_over()
    desk.must(ASK, LEGAL)
    desk.must(answer(desk, ReturnStep.NOT_FOUND), ALBA)
    assert desk.timers["handover.return"].at == desk.now + desk.terms.handover.custody_every
    desk.must(answer(desk, ReturnStep.LOCATED, ReturnStep.TRAVEL_ARRANGED), ALBA)
    assert desk.state.returning.steps == (ReturnStep.LOCATED, ReturnStep.TRAVEL_ARRANGED)
    desk.must(STAYS, LEGAL)
    assert "handover.return" not in desk.timers
    assert "handover.custody" in desk.timers, "somebody who stays is still reported on"
    assert refused(desk.do(answer(desk), ALBA)) == ("return.not_open",)
    assert refused(desk.do(BACK, LEGAL)) == ("return.not_open",)


def test_f74_an_answer_nobody_asked_for_is_none():
    assert refused(Desk().handed_over().do(answer(Desk()), ALBA)) == ("return.not_open",)


def test_f74_a_case_is_not_closed_while_somebody_has_yet_to_come_back():
    desk = Desk().handed_over()
    for report in (HandoverReport.ARRIVAL, HandoverReport.BEFORE_JUDGE, HandoverReport.COUNSEL_AND_FAMILY_TOLD):
        desk.must(TakeAfterHandover(report=report, happened_at=1, place="x"), ALBA)
    desk.must(JUDGED, ALBA)
    desk.must(ASK, LEGAL)
    assert refused(desk.do(CLOSE, LEGAL)) == ("followup.return",)
    desk.must(STAYS, LEGAL)
    desk.must(CLOSE, LEGAL)


def test_f74_a_return_opens_a_closed_case_again():
    desk = Desk().handed_over()
    for report in HandoverReport:
        desk.must(TakeAfterHandover(report=report, happened_at=1, place="x"), ALBA)
    desk.must(CLOSE, LEGAL)
    desk.must(ASK, LEGAL)
    assert desk.state.state is ReviewState.FOLLOWED
    assert (Duty.LEGAL, "return") in waits(desk.state)


def test_f74_of_somebody_who_is_back_no_report_is_owed_and_no_judgment_awaited():
    desk = Desk().handed_over()
    desk.must(WITHDRAW, ALBA)
    desk.now += 4 * DAY
    desk.must(MarkOverdue(what=Overdue.ARRIVAL), CLOCK)
    desk.must(BACK, LEGAL)
    assert not desk.partner.open_causes
    assert not [kind for kind in desk.timers if kind.startswith("handover.")]
    assert waits(desk.state) == {(Duty.LEGAL, "close")}


def test_f74_nothing_is_erased_while_somebody_has_yet_to_come_back():
    desk = Desk().handed_over()
    desk.must(WITHDRAW, ALBA)
    desk.now = sweep_time(desk.terms, desk.now)
    desk.must(MarkSwept(), CLOCK)
    demand = TakeErasure(request=REQUEST, version=1, basis=ErasureBasis.WITHDRAWN, facts_token="")
    assert not desk.must(demand, ALBA).destroys
    assert not desk.must(EndRetention(), CLOCK).destroys
    desk.must(BACK, LEGAL)
    desk.must(CLOSE, LEGAL)
    plan = desk.must(EndRetention(), CLOCK)
    assert plan.destroys
    assert [type(each.content) for each in plan.sends] == [Erasure]


def owed():
    desk = sent()
    desk.must(ask.TakeReturn(cause=ReturnCause.DECISION_FELL), BOREAL)
    return desk


def owes(desk):
    return {(each.duty, each.step, each.due) for each in DOSSIER.card(desk.dossier).waiting}


HERE = ask.AnswerReturn(place="SV-SS", steps=(ReturnStep.LOCATED, ReturnStep.LOCATED))


def test_f74_the_sender_answers_with_place_and_steps():
    desk = owed()
    assert (Duty.CUSTODY, "dossier.return", desk.now + 48 * HOUR) in owes(desk)
    plan = desk.must(HERE, SENDERS_CUSTODY)
    [told] = plan.sends
    assert told.content.answer == ReturnAnswer(place="SV-SS", steps=(ReturnStep.LOCATED,), at=desk.now)
    assert not owes(desk)


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (ask.AnswerReturn(place=" ", steps=(ReturnStep.LOCATED,)), ("return.place",)),
        (ask.AnswerReturn(place="x", steps=()), ("return.steps",)),
    ],
)
def test_f74_an_answer_without_place_or_steps_is_none(command, codes):
    assert refused(owed().ask_dossier(command, SENDERS_CUSTODY)) == codes


def test_f74_only_custody_answers_and_only_what_was_asked():
    assert refused(owed().ask_dossier(HERE, CERTIFIER))
    assert "return.not_asked" in refused(sent().ask_dossier(HERE, SENDERS_CUSTODY))


def test_f74_a_return_is_asked_for_once_and_by_the_partner_of_the_request_alone():
    desk = owed()
    again = ask.TakeReturn(cause=ReturnCause.WITHDRAWN)
    assert refused(desk.ask_dossier(again, BOREAL)) == ("return.asked",)
    assert refused(sent().ask_dossier(again, ALBA)) == ("return.not_this_partner",)
    assert refused(sent().ask_dossier(again, SENDERS_CUSTODY))


def test_f74_a_return_is_answered_after_the_withdrawal_too_and_before_anything_is_erased():
    desk = sent()
    desk.must(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    desk.must(ask.TakeReturn(cause=ReturnCause.WITHDRAWN), BOREAL)
    desk.must(ask.RecordSweep(version=1), BOREAL)
    proposal = ask.ProposeErasure(manifest=manifest_of(desk.dossier))
    assert refused(desk.ask_dossier(proposal, CERTIFIER)) == ("erasure.return",)
    desk.must(HERE, SENDERS_CUSTODY)
    assert isinstance(desk.ask_dossier(proposal, CERTIFIER), Plan)


def test_f74_who_has_departed_is_reported_on_no_more():
    desk = sent()
    arrived = ask.RecordAfterHandover(report=HandoverReport.ARRIVAL, at=desk.now, place="SV-SS")
    desk.must(arrived, SENDERS_CUSTODY)
    desk.must(ask.TakeReturn(cause=ReturnCause.DECISION_FELL), BOREAL)
    desk.must(ask.AnswerReturn(place="on the way", steps=(ReturnStep.DEPARTED,)), SENDERS_CUSTODY)
    assert not owes(desk)
