"""A request from its opening to its end."""

from dataclasses import replace

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules import person_commands as write
from cotejo.rules.acts import Entry, Erased, Plan, Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.dossier import FOLD, Dossier, evolve
from cotejo.rules.dossier_words import (
    DeferralReason,
    DossierState,
    HandoverReport,
    SuspensionCause,
    WithdrawalReason,
)
from cotejo.rules.duties import Duty, Officer, PartnerNode
from cotejo.rules.facts import Category, Ground, GroundAnswer, Route, Undertaking
from cotejo.rules.package import GroundStatement
from cotejo.rules.told import Answered, Correction, Reinstatement, Request, Supplement, Suspension, Withdrawal
from tests.builders.sound import (
    ALL_GROUNDS,
    AUTHORISER,
    BOREAL,
    CERTIFIER,
    CHECKER,
    CLAIM,
    CLOCK,
    COURT_ORDER,
    CUSTODIAN,
    DOSSIER,
    GUARD,
    NOW,
    OVERSEER,
    PERSON,
    RECORDER,
    REDRESS,
    REQUEST,
    Desk,
    agreement,
    body,
    certified,
    certify,
    codes,
    for_the_person,
    item,
    prepared,
    sent,
    token,
    warrant,
    warrant_item,
    whereabouts,
    with_person,
)


def refused(made):
    return made.codes if isinstance(made, Refused) else ()


def opening(**changes):
    made = ask.OpenDossier(
        dossier=DOSSIER,
        request=REQUEST,
        person=PERSON,
        partner="boreal",
        route=Route.EXTRADITION,
        purpose="criminal_justice",
        case_number="17-2026",
    )
    return replace(made, **changes)


# Preparing


def test_f19_a_request_needs_an_agreement_that_lists_its_route_and_purpose():
    desk = with_person()
    assert refused(desk.ask_dossier(opening(purpose="curiosity"), RECORDER)) == ("dossier.route_or_purpose",)
    desk.terms = agreement(valid_until=NOW)
    assert refused(desk.ask_dossier(opening(), RECORDER)) == ("dossier.no_agreement",)
    desk.terms = None
    assert refused(desk.ask_dossier(opening(), RECORDER)) == ("dossier.no_agreement",)


def test_f12_no_request_is_begun_about_a_victim_or_a_witness():
    for category in (Category.VICTIM, Category.WITNESS, Category.SUSPECT, Category.OTHER):
        desk = with_person(category=category)
        assert refused(desk.ask_dossier(opening(), RECORDER)) == ("dossier.category",)


def test_f18_one_live_request_a_person_and_partner():
    desk = with_person()
    desk.open_dossiers = ("5" * 32,)
    assert refused(desk.ask_dossier(opening(), RECORDER)) == ("dossier.another_open",)


def test_only_claims_checked_in_exactly_this_version_are_pinned():
    desk = prepared()
    assert refused(desk.ask_dossier(ask.PinClaims(claims=()), RECORDER)) == ("dossier.nothing_pinned",)
    for wrong in ((CLAIM, 2), ("0" * 32, 1)):
        made = desk.ask_dossier(ask.PinClaims(claims=(wrong,)), RECORDER)
        assert refused(made) == ("dossier.claim_not_checked",)
    desk.must(write.RecordClaim(claim=CLAIM, body=body()), RECORDER)
    assert refused(desk.ask_dossier(ask.PinClaims(claims=((CLAIM, 2),)), RECORDER)) == ("dossier.claim_not_checked",)


def test_i1_nobody_records_and_checks_in_one_request():
    desk = prepared()
    made = desk.ask_dossier(ask.PinClaims(claims=((CLAIM, 1),)), replace(CHECKER, duty=Duty.RECORDER))
    assert refused(made) == ("dossier.recorded_and_checked",)


def test_a_ground_cites_a_document_that_is_here():
    answer = GroundStatement(ground=Ground.MILITARY, answer=GroundAnswer.NO, document="0" * 64)
    assert refused(prepared().ask_dossier(ask.AnswerGrounds(answers=(answer,)), CERTIFIER)) == (
        "dossier.ground_document",
    )


def test_f63_a_deferral_counts_only_countersigned_and_lapses_in_six_months():
    desk = prepared()
    desk.must(ask.DeferNotice(because=DeferralReason.FLIGHT), CERTIFIER)
    assert codes(desk.gates(), "notice") == ("notice.deferral_not_countersigned",)
    made = desk.ask_dossier(ask.CountersignDeferral(), CERTIFIER)
    assert refused(made) == ("asked.wrong_duty", "asked.same_person")
    desk.must(ask.CountersignDeferral(), OVERSEER)
    assert desk.dossier.notice.lapses_on == "2027-05-27"
    assert not codes(desk.gates(), "notice")
    assert refused(desk.ask_dossier(ask.CountersignDeferral(), OVERSEER)) == ("dossier.no_deferral",)


def test_the_certifier_names_everything_that_speaks_for_the_person():
    desk = prepared(evidence=(warrant_item(1), item(2), for_the_person()))
    for wrong in (
        ask.Certify(attached=(), none_found=True),
        ask.Certify(attached=(), none_found=False),
        ask.Certify(attached=(for_the_person().id,), none_found=True),
    ):
        assert "dossier.search" in refused(desk.ask_dossier(wrong, CERTIFIER))
    desk.must(ask.Certify(attached=(for_the_person().id,), none_found=False), CERTIFIER)
    package = desk.package()
    assert token(for_the_person().id, REQUEST) in {each.id for each in package.evidence}


def test_what_speaks_for_the_person_travels_though_nobody_pinned_it():
    desk = sent(evidence=(warrant_item(1), item(2), for_the_person()))
    assert not set(body().evidence) & {for_the_person().id}
    assert len(desk.dossier.latest.package.evidence) == 3


def test_what_speaks_against_and_rests_on_no_checked_claim_stays_home():
    desk = sent(evidence=(warrant_item(1), item(2), item(3)))
    assert len(desk.dossier.latest.package.evidence) == 2


def test_certifying_hears_every_open_gate_at_once():
    desk = prepared(grounds=ALL_GROUNDS[:-1])
    desk.must(ask.SignUndertakings(undertakings=tuple(Undertaking)[:-1]), CERTIFIER)
    made = desk.ask_dossier(ask.Certify(attached=(), none_found=True), CERTIFIER)
    assert set(refused(made)) == {"grounds.unanswered", "undertakings.missing"}


def test_changing_what_was_certified_undoes_the_certificate():
    desk = certified()
    assert desk.dossier.state is DossierState.CERTIFIED
    desk.must(ask.SignUndertakings(undertakings=tuple(Undertaking)), CERTIFIER)
    assert desk.dossier.state is DossierState.DRAFT
    assert "dossier.not_certified" in refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER))


# Sending


def test_a_sound_request_leaves_with_its_documents_slot_and_timer():
    desk = sent()
    (message,) = desk.sent
    assert isinstance(message.content, Request)
    assert (message.partner, message.request, message.version) == ("boreal", REQUEST, 1)
    assert set(message.documents) <= desk.documents
    assert desk.slots == {message.content.package.slot: 1}
    assert desk.timers["dossier.validity"].at == NOW + 7 * DAY
    assert desk.dossier.state is DossierState.SENT


@pytest.mark.parametrize("who", [RECORDER, CHECKER, CERTIFIER])
def test_i1_who_took_part_does_not_authorise(who):
    desk = certified()
    assert "asked.same_person" in refused(desk.ask_dossier(ask.AuthoriseSending(), replace(who, duty=Duty.AUTHORISER)))


def test_i1_whoever_countersigned_neither_sends_certifies_nor_records():
    desk = prepared()
    desk.must(ask.DeferNotice(because=DeferralReason.FLIGHT), CERTIFIER)
    desk.must(ask.CountersignDeferral(), OVERSEER)
    certify(desk)
    for command, duty in (
        (ask.AuthoriseSending(), Duty.AUTHORISER),
        (ask.SignUndertakings(undertakings=tuple(Undertaking)), Duty.CERTIFIER),
        (ask.PinClaims(claims=((CLAIM, 1),)), Duty.RECORDER),
    ):
        assert "asked.same_person" in refused(desk.ask_dossier(command, replace(OVERSEER, duty=duty)))
    desk.must(ask.RecordNotice(given_on="2026-11-20", languages=("es", "en")), CERTIFIER)
    certify(desk)
    made = desk.ask_dossier(ask.AuthoriseSending(), replace(OVERSEER, duty=Duty.AUTHORISER))
    assert refused(made) == ("asked.same_person",), "also when the deferral was replaced"


def test_i1_whoever_sent_does_not_countersign():
    desk = sent()
    desk.must(ask.DeferNotice(because=DeferralReason.FLIGHT), CERTIFIER)
    made = desk.ask_dossier(ask.CountersignDeferral(), replace(AUTHORISER, duty=Duty.OVERSIGHT))
    assert refused(made) == ("asked.same_person",)


def test_i1_a_signer_who_checks_or_records_afterwards_stops_the_sending():
    stranger = replace(CERTIFIER, id="stand-in", unit="elsewhere", chain="another")
    for later in ("records", "checks"):
        desk = prepared()
        desk.must(ask.SignUndertakings(undertakings=tuple(Undertaking)), stranger)
        desk.must(
            write.RecordClaim(claim=CLAIM, body=body()),
            replace(stranger if later == "records" else RECORDER, duty=Duty.RECORDER),
        )
        desk.must(
            write.CheckClaim(claim=CLAIM, version=2),
            replace(stranger if later == "checks" else CHECKER, duty=Duty.CHECKER),
        )
        desk.must(ask.PinClaims(claims=((CLAIM, 2),)), RECORDER)
        certify(desk)
        made = desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)
        assert refused(made) == ("dossier.two_duties",), later
        assert not desk.sent


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (write.RecordEvidence(item=for_the_person()), "search_for_person.disagrees"),
        (write.RecordWhereabouts(whereabouts=whereabouts()), "whereabouts.contradiction"),
        (write.WithdrawClaim(claim=CLAIM, why="Mistaken."), "documents.no_claims"),
        (write.RecordCourtAct(court_act=warrant(outcome="recalled")), "judicial_basis.none"),
    ],
)
def test_i2_what_changed_between_certifying_and_sending_is_seen(change, expected):
    desk = certified()
    desk.must(change, RECORDER)
    assert expected in refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER))
    assert not desk.sent


def test_a_certificate_holds_for_the_file_it_was_signed_on():
    desk = certified()
    desk.must(write.RecordCourtAct(court_act=warrant(number="OC-99-2026")), RECORDER)
    assert refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == ("dossier.not_certified",)
    certify(desk)
    desk.must(ask.AuthoriseSending(), AUTHORISER)


def test_f36_over_the_agreed_number_nothing_new_leaves():
    desk = certified()
    desk.sent_this_month = 100
    assert refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == ("dossier.ceiling",)


def test_a_node_that_is_being_restored_or_whose_clock_went_back_sends_nothing():
    desk = certified()
    desk.recovering, desk.high_water = True, NOW + 1
    assert refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == (
        "dossier.recovering",
        "dossier.clock_behind",
    )


def test_f56_withdrawn_facts_do_not_come_back():
    desk = sent()
    desk.must(ask.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)
    again = certified(Desk(marks=desk.marks))
    assert refused(again.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == ("dossier.withdrawn_before",)


def test_a_request_is_sent_once():
    assert "dossier.already_sent" in refused(sent().ask_dossier(ask.AuthoriseSending(), AUTHORISER))


def test_a_request_the_partner_never_took_in_is_authorised_anew_under_the_next_number():
    desk = sent()
    partner = PartnerNode(name="boreal")
    desk.must(ask.RecordReceipt(version=1, outcome="refused", gaps=("wrong_body",)), partner)
    desk.must(ask.AuthoriseSending(), AUTHORISER)
    assert [each.version for each in desk.dossier.sent] == [1, 2]
    desk.must(ask.RecordReceipt(version=2, outcome="taken", gaps=()), partner)
    assert "dossier.already_sent" in refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER))


# Correcting


def corrected():
    desk = sent()
    desk.now += 1000
    desk.must(write.RecordClaim(claim=CLAIM, body=body(place="SV-LI")), RECORDER)
    desk.must(write.CheckClaim(claim=CLAIM, version=2), CHECKER)
    desk.must(ask.PinClaims(claims=((CLAIM, 2),)), RECORDER)
    return certify(desk)


def test_f53_a_correction_names_old_and_new_and_the_old_version_is_never_valid_again():
    desk = corrected()
    desk.must(ask.Correct(reason="The street was wrong."), AUTHORISER)
    content = desk.sent[-1].content
    assert isinstance(content, Correction)
    changed = {each.field.rsplit(".", 1)[-1]: (each.old, each.new) for each in content.changes}
    assert changed["place"] == ("SV-SS-01", "SV-LI")
    assert changed["version"] == ("1", "2")
    old, new = (each.package.slot for each in desk.dossier.sent)
    assert (desk.slots[old], desk.slots[new]) == (3, 1)
    assert content.package.version == 2


def test_a_correction_changes_something_says_why_and_passes_every_gate():
    desk = sent()
    made = desk.ask_dossier(ask.Correct(reason=" "), AUTHORISER)
    assert {"asked.no_reason_given", "dossier.nothing_changed"} <= set(refused(made))
    desk = corrected()
    desk.documents.clear()
    assert "documents.item_without_document" in refused(desk.ask_dossier(ask.Correct(reason="x"), AUTHORISER))


def test_a_correction_of_a_suspended_request_is_sent_suspended():
    desk = corrected()
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    desk.must(ask.Correct(reason="The street was wrong."), AUTHORISER)
    old, new = (each.package.slot for each in desk.dossier.sent)
    assert (desk.slots[old], desk.slots[new]) == (3, 2)
    assert desk.dossier.state is DossierState.SUSPENDED


def test_questions_are_answered_with_a_new_version_all_of_them():
    desk = sent()
    desk.must(ask.RecordQuestions(version=1, asked=(("unclear", "place"),)), BOREAL)
    assert FOLD.card(desk.dossier).waiting[0].step == "dossier.questions"
    made = desk.ask_dossier(ask.SendSupplement(answers=(("father", "x"),)), AUTHORISER)
    assert refused(made) == ("dossier.questions",)
    desk.must(ask.SendSupplement(answers=(("place", "Villa Nube, market"),)), AUTHORISER)
    assert isinstance(desk.sent[-1].content, Supplement)
    assert not desk.dossier.questions


# Suspending and reinstating


def test_i12_every_cause_sends_the_same_words_and_the_same_slot():
    told = []
    for cause, who in (
        (SuspensionCause.REDRESS, REDRESS),
        (SuspensionCause.COURT_ORDER, GUARD),
        (SuspensionCause.EVIDENCE_DOUBT, CHECKER),
        (SuspensionCause.UNRELIABLE_SOURCE, OVERSEER),
        (SuspensionCause.GATES, CLOCK),
        (SuspensionCause.OWN, AUTHORISER),
    ):
        desk = sent()
        desk.must(ask.Suspend(cause=cause), who)
        told.append((desk.sent[-1], tuple(desk.slots.items())))
        assert isinstance(desk.sent[-1].content, Suspension)
    assert len({repr(each) for each in told}) == 1


def test_only_the_first_cause_sends_and_only_the_last_lift_reinstates():
    desk = sent()
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    desk.must(ask.Suspend(cause=SuspensionCause.OWN), RECORDER)
    assert len(desk.sent) == 2
    desk.must(ask.Reinstate(cause=SuspensionCause.OWN), AUTHORISER)
    assert (len(desk.sent), desk.dossier.state) == (2, DossierState.SUSPENDED)
    desk.must(ask.Reinstate(cause=SuspensionCause.REDRESS), REDRESS)
    assert isinstance(desk.sent[-1].content, Reinstatement)
    assert list(desk.slots.values()) == [1]


@pytest.mark.parametrize("cause", SuspensionCause)
def test_i4_each_cause_is_placed_and_lifted_by_its_own_side_only(cause):
    side = {
        SuspensionCause.REDRESS: (REDRESS, REDRESS),
        SuspensionCause.COURT_ORDER: (GUARD, GUARD),
        SuspensionCause.GATES: (CLOCK, AUTHORISER),
        SuspensionCause.DISPUTED: (BOREAL, AUTHORISER),
    }
    places, lifts = side.get(cause, (AUTHORISER, AUTHORISER))
    desk = sent()
    desk.must(ask.Suspend(cause=cause), places)
    everybody = (REDRESS, GUARD, CLOCK, AUTHORISER, RECORDER, CERTIFIER, OVERSEER, BOREAL)
    for who in everybody:
        if who != lifts:
            assert refused(desk.ask_dossier(ask.Reinstate(cause=cause, document=COURT_ORDER), who))
    desk.must(ask.Reinstate(cause=cause, document=COURT_ORDER), lifts)


def test_f47_a_court_order_is_lifted_only_with_the_courts_document():
    desk = sent()
    desk.must(ask.Suspend(cause=SuspensionCause.COURT_ORDER), GUARD)
    for document in ("", "0" * 64):
        made = desk.ask_dossier(ask.Reinstate(cause=SuspensionCause.COURT_ORDER, document=document), GUARD)
        assert refused(made) == ("dossier.court_document",)


def test_i2_nothing_is_reinstated_while_a_gate_is_closed():
    desk = sent()
    desk.must(ask.Suspend(cause=SuspensionCause.EVIDENCE_DOUBT), CHECKER)
    desk.must(write.WithdrawClaim(claim=CLAIM, why="Mistaken."), CHECKER)
    made = desk.ask_dossier(ask.Reinstate(cause=SuspensionCause.EVIDENCE_DOUBT), AUTHORISER)
    assert refused(made) == ("dossier.claim_not_checked",)


def test_i12_when_redress_lifts_and_a_gate_is_closed_the_request_stays_suspended_in_silence():
    desk = sent()
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    desk.documents.clear()
    desk.must(ask.Reinstate(cause=SuspensionCause.REDRESS), REDRESS)
    assert desk.dossier.suspended_for == (SuspensionCause.GATES,)
    assert len(desk.sent) == 2
    assert list(desk.slots.values()) == [2]


def test_f65_a_complaint_before_sending_blocks_the_sending():
    desk = certified()
    desk.must(ask.Suspend(cause=SuspensionCause.REDRESS), REDRESS)
    assert refused(desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == ("dossier.not_usable",)
    assert not desk.sent


def test_f52_a_live_request_is_looked_at_again_and_suspended_when_it_no_longer_passes():
    desk = sent()
    desk.now += 7 * DAY
    desk.must(ask.ReviewValidity(), CLOCK)
    assert desk.timers["dossier.validity"].at == desk.now + 7 * DAY
    desk.now += 200 * DAY
    desk.must(ask.ReviewValidity(), CLOCK)
    assert desk.dossier.suspended_for == (SuspensionCause.GATES,)
    assert "dossier.validity" not in desk.timers
    assert refused(desk.ask_dossier(ask.ReviewValidity(), AUTHORISER)) == ("asked.wrong_origin",)


# Withdrawing


def test_i7_a_withdrawal_sets_the_slot_leaves_a_mark_and_waits_for_the_sweep():
    desk = sent()
    desk.must(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), AUTHORISER)
    assert isinstance(desk.sent[-1].content, Withdrawal)
    assert list(desk.slots.values()) == [3]
    assert [(each.origin, each.request) for each in desk.marks] == [("alba", REQUEST)]
    assert set(desk.timers) == {"dossier.sweep", "dossier.erasure"}
    assert FOLD.card(desk.dossier).waiting[0].step == "dossier.sweep"
    desk.must(ask.MissSweep(), CLOCK)
    assert FOLD.card(desk.dossier).waiting[0].duty is Duty.OVERSIGHT
    desk.must(ask.RecordSweep(version=1), BOREAL)
    assert [each.step for each in FOLD.card(desk.dossier).waiting] == ["dossier.erase"]


def test_i7_after_a_withdrawal_nothing_but_the_partners_word_is_taken():
    desk = sent()
    desk.must(ask.Withdraw(reason=WithdrawalReason.SERVED), AUTHORISER)
    for command, who in (
        (ask.Reinstate(cause=SuspensionCause.OWN), AUTHORISER),
        (ask.Correct(reason="x"), AUTHORISER),
        (ask.AuthoriseSending(), AUTHORISER),
        (ask.PinClaims(claims=((CLAIM, 1),)), RECORDER),
        (ask.Suspend(cause=SuspensionCause.OWN), AUTHORISER),
    ):
        assert refused(desk.ask_dossier(command, who)) == ("dossier.not_live",)
    desk.must(ask.RecordAnswer(period=3, answered=Answered.NO_ACTION), BOREAL)


def test_a_draft_is_withdrawn_without_a_word_to_anybody():
    desk = certified()
    desk.must(ask.Withdraw(reason=WithdrawalReason.NO_LONGER_NEEDED), CERTIFIER)
    assert not desk.sent
    assert not desk.marks


# What the partner tells, and what is told after a hand-over


def test_only_the_partner_it_was_sent_to_reports_on_a_version_that_was_sent():
    desk = sent()
    receipt = ask.RecordReceipt(version=1, outcome="taken")
    assert refused(desk.ask_dossier(receipt, PartnerNode(name="cobalt"))) == ("dossier.not_this_partner",)
    assert refused(desk.ask_dossier(receipt, RECORDER)) == ("asked.wrong_origin",)
    assert refused(desk.ask_dossier(replace(receipt, version=2), BOREAL)) == ("dossier.no_such_version",)
    assert refused(certified().ask_dossier(receipt, BOREAL)) == ("dossier.not_sent",)
    desk.must(ask.RecordReceipt(version=1, outcome="refused", gaps=("support",)), BOREAL)
    assert FOLD.card(desk.dossier).waiting[0].step == "dossier.gaps"


def test_f73_reports_after_a_hand_over_follow_each_other_and_say_until_when_the_next_is_due():
    desk = sent()
    judge = ask.RecordAfterHandover(report=HandoverReport.BEFORE_JUDGE, at=NOW, place="SV-SS")
    assert refused(desk.ask_dossier(judge, CUSTODIAN)) == ("handover.court_and_charges", "handover.arrival_first")
    desk.must(replace(judge, report=HandoverReport.ARRIVAL), CUSTODIAN)
    (waits,) = FOLD.card(desk.dossier).waiting
    assert (waits.duty, waits.due) == (Duty.CUSTODY, NOW + 3 * DAY)
    desk.must(replace(judge, court="Juzgado 1", charges=("CP 214",)), CUSTODIAN)
    told = replace(judge, report=HandoverReport.COUNSEL_AND_FAMILY_TOLD)
    desk.must(told, CUSTODIAN)
    assert FOLD.card(desk.dossier).waiting[0].due == NOW + 30 * DAY
    desk.must(replace(judge, report=HandoverReport.JUDGMENT), CUSTODIAN)
    assert not FOLD.card(desk.dossier).waiting
    assert refused(desk.ask_dossier(replace(told, place=" ", at=NOW + 1), CUSTODIAN)) == ("handover.place_and_time",)


# What waits


def test_each_step_waits_for_its_duty_and_since_when():
    steps = []
    desk = with_person()
    desk.must(opening(), RECORDER)
    steps.append(FOLD.card(desk.dossier).waiting)
    desk = certified()
    steps.append(FOLD.card(desk.dossier).waiting)
    desk.must(ask.DeferNotice(because=DeferralReason.FLIGHT), CERTIFIER)
    steps.append(FOLD.card(desk.dossier).waiting)
    assert [[(each.duty.value, each.step) for each in step] for step in steps] == [
        [("recorder", "dossier.prepare")],
        [("authoriser", "dossier.authorise")],
        [("authoriser", "dossier.authorise"), ("oversight", "dossier.countersign")],
    ]
    assert {each.since for step in steps for each in step} == {NOW}


def test_a_dossier_is_found_by_person_claim_and_request():
    assert FOLD.terms(sent().dossier) == (
        ("dossier.of_person", PERSON),
        ("dossier.request", REQUEST),
        ("dossier.with_claim", CLAIM),
    )


def test_an_erased_body_ends_the_dossier():
    stream = Stream(StreamKind.DOSSIER, DOSSIER)
    entry = Entry(stream=stream, version=1, at=NOW, by="", duty="", rules="", act=Erased("dossier.opened"))
    gone = evolve(Dossier(), entry)
    assert gone.state is DossierState.ERASED
    assert not FOLD.card(gone).waiting


def test_nothing_is_asked_of_a_dossier_that_is_not_there():
    made = with_person().ask_dossier(ask.AuthoriseSending(), AUTHORISER)
    assert refused(made) == ("asked.nothing_here",)


def test_officers_of_other_duties_are_refused_with_the_duty_named():
    desk = prepared()
    stranger = Officer(id="o-x", duty=Duty.STATISTICS, unit="x", chain="x")
    for command in (
        ask.PinClaims(claims=((CLAIM, 1),)),
        ask.SetBasis(alleged=(desk.person.alleged[0].id,), case_number="1"),
        ask.AnswerGrounds(answers=ALL_GROUNDS),
        ask.SignUndertakings(undertakings=()),
        ask.RecordNotice(given_on="2026-11-01", languages=("es",)),
        ask.DeferNotice(because=DeferralReason.FLIGHT),
        ask.Certify(attached=(), none_found=True),
        ask.AuthoriseSending(),
        ask.Suspend(cause=SuspensionCause.OWN),
        ask.Withdraw(reason=WithdrawalReason.SERVED),
    ):
        made = desk.ask_dossier(command, stranger)
        assert not isinstance(made, Plan)
        assert "asked.wrong_duty" in made.codes
        assert all(reason.text.es and reason.text.en for reason in made.reasons)
