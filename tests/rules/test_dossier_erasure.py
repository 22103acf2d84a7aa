"""The law of erasing at the origin: who, when, what stands against it, who waits when nothing happens (F58, F59)."""

from dataclasses import replace

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Entry, Erased, Plan, Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.cases import state_of
from cotejo.rules.dossier import FOLD
from cotejo.rules.dossier_acts import HandoverReported
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.dossier_words import DossierState, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis
from cotejo.rules.told import Answered, Erasure
from tests.builders.sound import AUTHORISER, BOREAL, CERTIFIER, CLOCK, COURT_ORDER, GUARD, REDRESS, certified, sent

WHOLE = Certificate(gone=EVERYTHING, since=1, basis=ErasureBasis.WITHDRAWN, sealed_until=2)


def swept():
    desk = sent()
    desk.must(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    desk.must(ask.RecordSweep(version=1), BOREAL)
    return desk


def proposal(desk):
    return ask.ProposeErasure(manifest=manifest_of(desk.dossier))


def approval(desk):
    return ask.ApproveErasure(manifest=manifest_of(desk.dossier))


def codes(made):
    assert isinstance(made, Refused)
    return made.codes


def waits(desk):
    return [(each.duty, each.step) for each in FOLD.card(desk.dossier).waiting]


def test_f59_an_erasure_is_proposed_signed_demanded_and_ends_with_the_certificate():
    desk = swept()
    assert waits(desk) == [(Duty.CERTIFIER, "dossier.erase")]
    desk.must(proposal(desk), CERTIFIER)
    assert waits(desk) == [(Duty.AUTHORISER, "dossier.erase_sign")]
    plan = desk.must(approval(desk), AUTHORISER)
    assert [each.content for each in plan.sends] == [
        Erasure(request=desk.dossier.request, version=1, basis=ErasureBasis.WITHDRAWN)
    ]
    assert not plan.destroys
    assert waits(desk) == [(Duty.PARTNERS, "dossier.certificate")]
    plan = desk.must(ask.RecordErased(certificate=WHOLE), BOREAL)
    assert [each.stream.id for each in plan.destroys] == [desk.dossier.id]
    assert desk.dossier.state is DossierState.ERASED
    assert (desk.dossier.person, desk.dossier.sent, waits(desk)) == ("", (), [])


def test_i1_f58_who_proposed_an_erasure_does_not_sign_it():
    desk = swept()
    desk.must(proposal(desk), CERTIFIER)
    alone = replace(CERTIFIER, duty=Duty.AUTHORISER)
    assert "asked.same_person" in codes(desk.ask_dossier(approval(desk), alone))


@pytest.mark.parametrize("who", [AUTHORISER, GUARD, BOREAL, CLOCK, REDRESS], ids=str)
def test_f58_only_the_certifier_proposes(who):
    desk = swept()
    assert isinstance(desk.ask_dossier(proposal(desk), who), Refused)


def test_f58_a_request_that_changed_since_it_was_read_is_not_erased():
    desk = swept()
    read = approval(desk)
    desk.must(proposal(desk), CERTIFIER)
    desk.must(ask.RecordAnswer(period=9, answered=Answered.NO_ACTION), BOREAL)
    assert codes(desk.ask_dossier(read, AUTHORISER)) == ("erasure.changed",)
    assert codes(desk.ask_dossier(approval(desk), AUTHORISER)) == ("erasure.changed",)
    desk.must(proposal(desk), CERTIFIER)
    desk.must(approval(desk), AUTHORISER)


def test_f58_what_the_partner_says_again_or_too_early_puts_no_erasure_off():
    desk = swept()
    desk.must(ask.RecordAnswer(period=2, answered=Answered.NO_ACTION), BOREAL)
    before, read = desk.dossier, approval(desk)
    desk.must(proposal(desk), CERTIFIER)
    desk.must(ask.RecordAnswer(period=2, answered=Answered.ACTION_REPORTED), BOREAL)
    for period in (-1, 10**6):
        early = ask.RecordAnswer(period=period, answered=Answered.NO_ACTION)
        assert codes(desk.ask_dossier(early, BOREAL)) == ("dossier.no_such_period",)
    desk.now += DAY
    desk.must(ask.RecordSweep(version=1), BOREAL)
    assert (desk.dossier.answers, desk.dossier.swept_at) == (before.answers, before.swept_at)
    desk.must(read, AUTHORISER)


def test_f51_nothing_is_erased_before_the_withdrawal_is_swept_or_known_to_be_missed():
    desk = sent()
    assert "erasure.not_withdrawn" in codes(desk.ask_dossier(proposal(desk), CERTIFIER))
    desk.must(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    assert codes(desk.ask_dossier(proposal(desk), CERTIFIER)) == ("erasure.not_swept",)
    desk.must(ask.MissSweep(), CLOCK)
    assert (Duty.OVERSIGHT, "dossier.sweep_missed") in waits(desk)
    desk.must(proposal(desk), CERTIFIER)


def test_f58_a_courts_order_after_the_withdrawal_stands_against_it_until_the_court_ends_it():
    desk = swept()
    desk.must(ask.Suspend(cause=SuspensionCause.COURT_ORDER), GUARD)
    assert not desk.sent[-1].content.__class__.__name__.startswith("Suspension")
    assert codes(desk.ask_dossier(proposal(desk), CERTIFIER)) == ("erasure.exempt",)
    without = ask.Reinstate(cause=SuspensionCause.COURT_ORDER)
    assert codes(desk.ask_dossier(without, GUARD)) == ("dossier.court_document",)
    desk.must(ask.Reinstate(cause=SuspensionCause.COURT_ORDER, document=COURT_ORDER), GUARD)
    desk.must(proposal(desk), CERTIFIER)


def test_f58_a_complaint_that_comes_after_the_demand_keeps_our_own_copy_until_it_ends():
    desk = swept()
    desk.must(proposal(desk), CERTIFIER)
    desk.must(approval(desk), AUTHORISER)
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    plan = desk.must(ask.RecordErased(certificate=WHOLE), BOREAL)
    assert not plan.destroys
    assert (desk.dossier.state, waits(desk)) == (DossierState.WITHDRAWN, [])
    desk.must(ask.Suspend(cause=SuspensionCause.COURT_ORDER), GUARD)
    assert not desk.must(ask.Reinstate(cause=SuspensionCause.REDRESS), REDRESS).destroys
    plan = desk.must(ask.Reinstate(cause=SuspensionCause.COURT_ORDER, document=COURT_ORDER), GUARD)
    assert plan.destroys
    assert desk.dossier.state is DossierState.ERASED
    assert desk.dossier.erasing.certificate == WHOLE


def test_f73_nothing_is_erased_while_reports_after_a_hand_over_are_owed():
    desk = swept()
    for report, refused in ((HandoverReport.ARRIVAL, True), (HandoverReport.JUDGMENT, False)):
        act = HandoverReported(report=report, happened_at=1, place="x", court="", charges=(), next_due=0)
        entry = replace(desk.entries[-1], act=act, version=desk.dossier.version + 1)
        desk.dossier = FOLD.evolve(desk.dossier, entry)
        assert isinstance(desk.ask_dossier(proposal(desk), CERTIFIER), Refused) is refused


def test_f59_ten_days_after_the_withdrawal_the_oversight_body_waits_and_what_is_exempt_waits_on():
    desk = swept()
    assert desk.timers["dossier.erasure"].at == desk.now + 10 * DAY
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    desk.must(ask.MissErasure(), CLOCK)
    assert desk.timers["dossier.erasure"].at == desk.now + DAY
    desk.must(ask.Reinstate(cause=SuspensionCause.REDRESS), REDRESS)
    desk.must(ask.MissErasure(), CLOCK)
    assert (Duty.OVERSIGHT, "dossier.erasure_overdue") in waits(desk)


def test_f59_a_certificate_that_does_not_come_waits_for_the_oversight_body():
    desk = swept()
    desk.must(proposal(desk), CERTIFIER)
    desk.must(approval(desk), AUTHORISER)
    desk.now += 2 * DAY
    desk.must(ask.MissErasure(), CLOCK)
    assert waits(desk) == [(Duty.OVERSIGHT, "dossier.erasure_overdue"), (Duty.PARTNERS, "dossier.certificate")]
    desk.must(ask.RecordErased(certificate=WHOLE), BOREAL)
    assert desk.dossier.state is DossierState.ERASED


def test_a_draft_that_was_withdrawn_is_erased_without_a_word_to_anybody():
    desk = certified()
    desk.must(ask.Withdraw(reason=WithdrawalReason.NO_LONGER_NEEDED), CERTIFIER)
    desk.must(proposal(desk), CERTIFIER)
    plan = desk.must(approval(desk), AUTHORISER)
    assert plan.destroys
    assert not plan.sends
    assert desk.dossier.erasing.certificate is None


def test_f57_at_the_end_of_its_time_the_clock_withdraws_a_request_and_nobody_else_does():
    desk = sent()
    desk.now = desk.timers["dossier.retention"].at
    assert isinstance(desk.ask_dossier(ask.EndRetention(), AUTHORISER), Refused)
    plan = desk.must(ask.EndRetention(), CLOCK)
    assert plan.marks
    assert desk.dossier.withdrawn_for is WithdrawalReason.RETENTION_OVER
    desk.must(ask.RecordSweep(version=1), BOREAL)
    desk.must(proposal(desk), CERTIFIER)
    plan = desk.must(approval(desk), AUTHORISER)
    assert plan.sends[0].content.basis is ErasureBasis.RETENTION_OVER


def test_i11_what_stands_before_an_erasure_is_nothing_and_what_stands_after_is_known():
    desk = swept()
    desk.must(proposal(desk), CERTIFIER)
    desk.must(approval(desk), AUTHORISER)
    desk.must(ask.RecordErased(certificate=WHOLE), BOREAL)
    kept = [each for each in desk.entries if each.stream.kind == "dossier"]
    gone = [_erased(each) if each is not kept[-1] else each for each in kept]
    state = state_of(kept[-1].stream.kind, gone)
    assert state == desk.dossier
    assert FOLD.terms(state)[1] == ("dossier.request", desk.dossier.request)


def _erased(entry: Entry) -> Entry:
    return replace(entry, act=Erased(was=entry.act.code))


def test_an_officer_cannot_take_the_partners_word_for_it():
    desk = swept()
    desk.must(proposal(desk), CERTIFIER)
    desk.must(approval(desk), AUTHORISER)
    for who in (AUTHORISER, CLOCK, replace(BOREAL, name="cresta")):
        assert not isinstance(desk.ask_dossier(ask.RecordErased(certificate=WHOLE), who), Plan)
    assert isinstance(AUTHORISER, Officer)
