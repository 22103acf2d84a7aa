"""The receiver's rows of the failure catalogue: each test fails when its safeguard is removed."""

from dataclasses import replace

import pytest

from cotejo.rules.agreement import DAY, HOUR, MINUTE, SECOND
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Ground, GroundAnswer, Route
from cotejo.rules.holds import Body, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.package import GroundStatement
from cotejo.rules.review import card
from cotejo.rules.review_acts import MarkAnswer, Searched
from cotejo.rules.review_commands import (
    CheckCourtOrders,
    Decide,
    LiftHold,
    PlaceHold,
    RecordCopyServed,
    RecordLegalReview,
    RecordNationality,
    RecordOwnLawOrder,
    RecordProtectionCheck,
    RecordRiskAssessment,
    RecordSearch,
    RegisterCourtOrder,
)
from cotejo.rules.review_gates import review_gates
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Protection,
    ReviewState,
    Risk,
    Sameness,
    UniqueIdentifier,
)
from tests.builders.review import (
    ACT,
    CUSTODY,
    DECIDER,
    EVERYBODY,
    FIRST,
    GUARD,
    HAND_OVER,
    LEGAL,
    NATIONALITY,
    PAPER,
    PROTECTION,
    RISK,
    SECOND_OFFICER,
    SECOND_PROTECTION,
    Desk,
    identity_answer,
    officer,
    reviewing,
    status,
)

STOP = RecordProtectionCheck(
    candidates=("c1",), result=Protection.STOP, ground=ProtectionGround.WITHHOLDING, feared="sv"
)
NOTHING = RecordProtectionCheck(candidates=("c1",), result=Protection.NOTHING_REGISTERED)
FINAL = FinalDecision(
    body=Body.IMMIGRATION_COURT,
    number="31",
    decided_on="2026-01-01",
    appeal_over_on="2026-03-01",
    counsel_told_on="2026-01-02",
    frees="sv",
)


def lift(desk: Desk, **changes: object) -> LiftHold:
    hold = desk.state.binding_holds[0]
    decision = FINAL if hold.ground else None
    asked = LiftHold(hold=hold.id, reasons="The decision is final.", document=PAPER, decision=decision)
    return replace(asked, **changes)  # type: ignore[arg-type]


def searched() -> Desk:
    return Desk().take_in().open().search()


def test_f26_a_name_and_a_birth_date_are_never_enough() -> None:
    desk = searched()
    assert desk.refused(identity_answer(identifier=None), FIRST) == ("identity.no_identifier",)


@pytest.mark.parametrize("kind", [UniqueIdentifier.PASSPORT, UniqueIdentifier.CIVIL_REGISTRY])
def test_f26_an_identifier_that_is_not_verified_or_does_not_agree_singles_nobody_out(kind: UniqueIdentifier) -> None:
    desk = searched()
    assert desk.refused(identity_answer(identifier=kind), FIRST) == ("identity.no_identifier",)


def test_f26_an_identifier_of_the_request_must_agree_with_the_own_register() -> None:
    desk = searched()
    desk.compared = (replace(desk.compared[0], agreeing=()),)
    assert desk.refused(identity_answer(), FIRST) == ("identity.no_identifier",)


def test_f26_an_examiners_report_counts_when_it_is_kept_here() -> None:
    desk = searched()
    report = identity_answer(identifier=UniqueIdentifier.EXAMINER_REPORT, document="e" * 64)
    assert desk.refused(report, FIRST) == ("document.missing",)
    desk.must(replace(report, document=PAPER), FIRST)


def test_f26_one_officer_never_gives_both_answers() -> None:
    desk = searched().answer(FIRST)
    assert "identity.answered" in desk.refused(identity_answer(), FIRST)
    assert desk.state.agreed is None


def test_f27_every_difference_needs_a_written_resolution() -> None:
    desk = searched()
    desk.compared = (replace(desk.compared[0], differences=("mother", "stature")),)
    assert desk.refused(identity_answer(), FIRST) == ("identity.unresolved",)
    assert desk.refused(identity_answer(resolutions=(("mother", " "), ("stature", "x"))), FIRST) == (
        "identity.unresolved",
    )
    both = identity_answer(resolutions=(("mother", "Married name."), ("stature", "Shoes.")))
    desk.must(both, FIRST)
    desk.must(both, SECOND_OFFICER)
    assert desk.state.agreed is not None


def test_f27_a_difference_that_appears_after_the_answers_stops_the_decision() -> None:
    desk = Desk().ready()
    desk.compared = (replace(desk.compared[0], differences=("stature", "mother")),)
    assert desk.refused(ACT, DECIDER) == ("identity.unresolved",)


def test_f27_nobody_is_called_the_same_without_a_comparison() -> None:
    desk = searched()
    desk.compared = ()
    assert "identity.not_compared" in desk.refused(identity_answer(), FIRST)


@pytest.mark.parametrize("found", [Citizenship.CLAIM, Citizenship.EVIDENCE])
def test_f28_a_claim_or_evidence_of_citizenship_pauses_until_both_named_officers_sign(found: Citizenship) -> None:
    desk = Desk().ready()
    desk.must(RecordNationality(found=found, sources=()), officer(Duty.NATIONALITY))
    assert desk.refused(ACT, DECIDER) == ("case.on_hold",)
    ending = lift(desk)
    for who in EVERYBODY:
        if who not in (NATIONALITY, LEGAL):
            desk.refused(ending, who)
    desk.must(ending, NATIONALITY)
    assert desk.state.binding_holds
    desk.must(ending, NATIONALITY)
    assert desk.state.binding_holds
    desk.must(ending, LEGAL)
    assert not desk.state.binding_holds
    desk.must(ACT, DECIDER)


def test_f28_the_nationality_check_cannot_be_skipped() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=("c1",), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    desk.check().identify().review().check()
    assert desk.refused(ACT, DECIDER) == ("nationality.open",)


def test_f28_anybody_who_reviews_may_record_that_somebody_says_they_are_a_citizen() -> None:
    desk = Desk().decided()
    desk.must(PlaceHold(kind=HoldKind.CITIZENSHIP_CLAIM, grounds="She says so."), CUSTODY)
    assert "case.on_hold" in desk.refused(HAND_OVER, CUSTODY)


def test_f32_who_was_not_this_person_stays_excluded_for_every_later_search_and_version() -> None:
    desk = Desk().take_in().open().search("c1", "c2")
    desk.answer(FIRST, Sameness.NOT_SAME, "c2").answer(SECOND_OFFICER, Sameness.NOT_SAME, "c2")
    assert desk.state.candidates == ("c1",)
    again = desk.must(RecordSearch(candidates=("c1", "c2"), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert isinstance(again.acts[0].act, Searched)
    assert again.acts[0].act.candidates == desk.state.candidates == ("c1",)
    assert "identity.unknown_candidate" in desk.refused(identity_answer(candidate="c2"), FIRST)


def test_f32_two_not_the_same_close_the_case_for_this_person() -> None:
    desk = searched().answer(FIRST, Sameness.NOT_SAME).answer(SECOND_OFFICER, Sameness.NOT_SAME)
    assert desk.state.state is ReviewState.CLOSED
    assert "case.not_open" in desk.refused(ACT, DECIDER)


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != DECIDER])
def test_f43_nobody_but_a_deciding_officer_with_reasons_decides(who: object) -> None:
    desk = Desk().ready()
    assert "who.not_yours" in desk.refused(ACT, who)  # type: ignore[arg-type]


def test_f43_a_decision_without_reasons_is_refused() -> None:
    assert Desk().ready().refused(Decide(outcome=Outcome.ACT, reasons="  "), DECIDER) == ("reasons.empty",)


def test_f44_without_a_protection_check_nobody_answers_about_identity() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=("c1",), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert desk.refused(identity_answer(), FIRST) == ("case.on_hold",)


def test_f44_a_check_covers_every_candidate_or_does_not_count() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=("c1", "c2"), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert desk.refused(NOTHING, PROTECTION) == ("protection.not_all",)
    desk.check("c1", "c2")
    desk.must(RecordSearch(candidates=("c1", "c3"), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert desk.refused(identity_answer(), FIRST) == ("case.on_hold",)


def test_f44_a_check_covers_everybody_the_search_left_open_not_only_those_shown() -> None:
    desk = Desk().take_in().open()
    searched = RecordSearch(candidates=("c1",), set_aside=2, register_as_of="2026-01-01")
    desk.must(searched, PROTECTION, further=("c7", "c8"))
    assert desk.state.candidates == ("c1",)
    assert desk.state.to_protect == ("c1", "c7", "c8")
    assert desk.refused(NOTHING, PROTECTION) == ("protection.not_all",)
    desk.check("c1", "c7", "c8")
    assert desk.state.candidates_visible_to(Duty.IDENTITY) == ("c1",)
    desk.must(searched, PROTECTION, further=("c7", "c8", "c9"))
    assert desk.refused(identity_answer(), FIRST) == ("case.on_hold",)


def test_f44_a_door_that_leaves_out_somebody_shown_leaves_them_in_the_check() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=(), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert desk.state.to_protect == ("c1",)


def test_f44_once_identity_is_agreed_the_check_is_about_that_person() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=("c1",), set_aside=1, register_as_of="2026-01-01"), PROTECTION, further=("c7",))
    desk.check("c1", "c7").identify()
    assert desk.state.to_protect == ("c1",)


def test_f44_a_check_of_yesterday_does_not_count_at_the_identity_answers() -> None:
    desk = searched()
    desk.now += DAY
    assert desk.refused(identity_answer(), FIRST) == ("case.on_hold",)


def test_f44_the_decision_needs_a_second_check_made_after_identity_was_agreed() -> None:
    desk = Desk().take_in().open().search().identify().review()
    assert desk.refused(ACT, DECIDER) == ("case.on_hold",)
    desk.check()
    desk.now += DAY
    assert desk.refused(ACT, DECIDER) == ("case.on_hold",)
    desk.check().must(ACT, DECIDER)


def test_f44_the_hand_over_needs_a_third_check_made_after_the_decision() -> None:
    desk = Desk().decided()
    desk.must(CheckCourtOrders(found=CourtOrders.NONE_IN_FORCE), GUARD)
    assert "case.on_hold" in desk.refused(HAND_OVER, CUSTODY)


def test_f44_a_stop_between_decision_and_hand_over_binds() -> None:
    desk = Desk().decided().last_looks()
    desk.must(STOP, PROTECTION)
    assert "case.on_hold" in desk.refused(HAND_OVER, CUSTODY)


@pytest.mark.parametrize("who", EVERYBODY)
def test_f44_no_role_ends_a_protection_hold_alone(who: object) -> None:
    desk = searched()
    desk.must(STOP, PROTECTION)
    asked = lift(desk)
    desk.do(asked, who)  # type: ignore[arg-type]
    desk.do(asked, who)  # type: ignore[arg-type]
    assert desk.state.binding_holds


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (None, "decision.missing"),
        (replace(FINAL, body=Body.ASYLUM_AUTHORITY), "decision.body"),
        (replace(FINAL, appeal_over_on="2099-01-01"), "day.not_past"),
        (replace(FINAL, appeal_over_on="2025-12-01"), "decision.order"),
        (replace(FINAL, counsel_told_on=""), "day.not_past"),
        (replace(FINAL, frees=" "), "frees.empty"),
    ],
)
def test_f44_only_the_final_decision_of_the_named_body_ends_it(decision: FinalDecision | None, code: str) -> None:
    desk = searched()
    desk.must(STOP, PROTECTION)
    assert code in desk.refused(lift(desk, decision=decision), PROTECTION)


def test_f44_both_people_enter_the_same_decision() -> None:
    desk = searched()
    desk.must(STOP, PROTECTION)
    desk.must(lift(desk), PROTECTION)
    desk.must(lift(desk, decision=replace(FINAL, number="32")), SECOND_PROTECTION)
    assert desk.state.binding_holds
    desk.must(lift(desk), SECOND_PROTECTION)
    assert not desk.state.binding_holds


def test_f44_a_final_decision_frees_only_the_country_it_names() -> None:
    desk = searched()
    desk.must(STOP, PROTECTION)
    other = lift(desk, decision=replace(FINAL, frees="hn"))
    desk.must(other, PROTECTION)
    desk.must(other, SECOND_PROTECTION)
    assert desk.state.binding_holds
    assert "case.on_hold" in desk.refused(identity_answer(), FIRST)


def test_f44_after_the_end_of_a_hold_protection_is_checked_anew() -> None:
    desk = searched()
    desk.must(STOP, PROTECTION)
    ending = lift(desk)
    desk.must(ending, PROTECTION)
    desk.must(ending, SECOND_PROTECTION)
    assert desk.state.candidates_visible_to(Duty.IDENTITY) == ()
    assert desk.refused(identity_answer(), FIRST) == ("case.on_hold",)
    desk.check().identify()


def test_f44_identity_officers_see_candidates_only_when_nothing_is_registered() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=("c1",), set_aside=0, register_as_of="2026-01-01"), PROTECTION)
    assert desk.state.candidates_visible_to(Duty.IDENTITY) == ()
    assert desk.state.candidates_visible_to(Duty.PROTECTION) == ("c1",)
    desk.check()
    assert desk.state.candidates_visible_to(Duty.IDENTITY) == ("c1",)
    desk.must(STOP, PROTECTION)
    assert desk.state.candidates_visible_to(Duty.IDENTITY) == ()


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty is not Duty.PROTECTION])
def test_f44_nobody_else_can_tell_a_protected_person_from_any_other_pause(duty: Duty) -> None:
    protected, challenged = searched(), searched()
    protected.must(STOP, PROTECTION)
    challenged.must(PlaceHold(kind=HoldKind.HUMANITARIAN, grounds="Illness."), LEGAL)
    assert card(protected.state) == card(challenged.state)
    if duty not in (Duty.LEGAL, Duty.RISK):
        assert protected.state.holds_visible_to(duty) == challenged.state.holds_visible_to(duty)
    shown = [review_gates(desk.state, desk.facts(), duty, desk.now) for desk in (protected, challenged)]
    assert shown[0] == shown[1]
    assert not any("protection" in gate.code for gate in shown[0])


def test_f45_whatever_stands_against_acting_nothing_but_the_blunt_answer_is_ever_sent() -> None:
    for command, who in (
        (STOP, PROTECTION),
        (PlaceHold(kind=HoldKind.PROTECTION, grounds="Fear.", ground=ProtectionGround.STATED_FEAR), CUSTODY),
        (Decide(outcome=Outcome.NOT_ACT, reasons="No ground here."), DECIDER),
    ):
        plan = Desk().ready().must(command, who)  # type: ignore[arg-type]
        assert (plan.sends, plan.timers, plan.drop_timers, plan.slots) == ((), (), (), ())


def test_f46_two_answers_that_differ_or_cannot_tell_pause_the_case_by_themselves() -> None:
    for second in (Sameness.NOT_SAME, Sameness.CANNOT_TELL):
        desk = searched().answer(FIRST).answer(SECOND_OFFICER, second)
        assert [hold.kind for hold in desk.state.binding_holds] == [HoldKind.IDENTITY_DOUBT]
        assert card(desk.state).state == "on_hold"


def test_f46_after_a_doubt_both_answers_are_given_again() -> None:
    desk = searched().answer(FIRST).answer(SECOND_OFFICER, Sameness.CANNOT_TELL)
    ending = lift(desk)
    desk.must(ending, FIRST)
    desk.must(ending, SECOND_OFFICER)
    assert desk.state.answers == ()
    desk.identify()
    assert desk.state.agreed is not None


def test_f47_a_court_order_freezes_at_any_hour_and_point_whoever_is_on_duty() -> None:
    order = RegisterCourtOrder(court="District Court", number="9")
    for desk in (Desk().take_in(), searched(), Desk().ready(), Desk().decided().last_looks()):
        on_duty = replace(GUARD, id=FIRST.id)
        desk.must(order, on_duty)
        assert card(desk.state).state == "on_hold"
        assert "case.on_hold" in desk.refused(HAND_OVER if desk.state.decision else ACT, CUSTODY)


def test_f47_an_order_found_at_the_last_look_pauses_by_itself() -> None:
    desk = Desk().decided()
    desk.must(CheckCourtOrders(found=CourtOrders.IN_FORCE), GUARD)
    assert [hold.kind for hold in desk.state.binding_holds] == [HoldKind.COURT_ORDER]


@pytest.mark.parametrize("lacking", ["handover.court_orders", "handover.identity"])
def test_f47_the_last_looks_are_made_after_the_decision(lacking: str) -> None:
    desk = Desk().decided().last_looks()
    desk.state = replace(desk.state, **{lacking.split(".")[1].replace("identity", "reconfirmed"): None})
    assert desk.refused(HAND_OVER, CUSTODY) == (lacking,)


def test_f48_risk_is_assessed_from_outside_with_sources_and_the_persons_own_statement() -> None:
    desk = searched().identify()
    sound = reviewing()[2][0]
    assert isinstance(sound, RecordRiskAssessment)
    assert desk.refused(sound, officer(Duty.RISK)) == ("risk.same_unit",)
    bare = replace(sound, sources=(), with_counsel=False, statement_document="")
    assert set(desk.refused(bare, RISK)) == {"risk.sources", "risk.statement", "document.missing"}


def test_f48_a_real_risk_stops_the_decision() -> None:
    desk = searched().identify()
    for command, who in reviewing():
        real = replace(command, found=Risk.REAL_RISK) if isinstance(command, RecordRiskAssessment) else command
        desk.must(real, who)
    assert desk.check().refused(ACT, DECIDER) == ("risk.real",)


def test_f49_a_request_is_no_ground_and_the_copy_served_is_that_of_the_version_in_hand() -> None:
    desk = searched().identify()
    order, served = reviewing()[1][0], reviewing()[3][0]
    assert isinstance(order, RecordOwnLawOrder)
    assert isinstance(served, RecordCopyServed)
    assert desk.refused(replace(order, own_evidence=()), LEGAL) == ("own_evidence.missing",)
    assert desk.refused(replace(served, version=2, counsel=""), LEGAL) == ("counsel.empty", "copy.version")
    early = iso_day(desk.now - DAY)
    assert desk.refused(replace(served, served_on=early), LEGAL) == ("copy.order",)


def test_f49_an_order_that_is_not_final_stops_the_decision() -> None:
    desk = searched().identify()
    for command, who in reviewing():
        early = replace(command, final=False) if isinstance(command, RecordOwnLawOrder) else command
        desk.must(early, who)
    assert desk.check().refused(ACT, DECIDER) == ("own_law.not_final",)


@pytest.mark.parametrize("after", [10 * MINUTE, HOUR, 8 * DAY])
def test_f52_a_node_that_cannot_refresh_the_status_refuses_to_act(after: int) -> None:
    desk = Desk().ready()
    last = status(desk.now + 59 * SECOND)
    desk.now += after
    desk.check()
    assert "status.not_fresh" in desk.refused(ACT, DECIDER, status=last)
    desk.must(ACT, DECIDER)


@pytest.mark.parametrize(("bits", "code"), [(0, "status.unused"), (2, "status.suspended"), (3, "status.never_again")])
def test_f40_only_a_slot_that_is_valid_at_the_act_counts(bits: int, code: str) -> None:
    desk = Desk().ready()
    assert desk.refused(ACT, DECIDER, status=status(desk.now, state=bits)) == (code,)


def test_f40_the_status_was_issued_after_the_second_identity_answer() -> None:
    desk = Desk().take_in().open().search().identify()
    agreed_at = desk.now
    desk.review().check()
    assert desk.refused(ACT, DECIDER, status=status(agreed_at)) == ("status.before_identity",)
    assert desk.state.agreed is not None


def test_f38_a_prosecution_pursued_by_removal_needs_a_written_reason_and_a_person_who_was_told() -> None:
    desk = Desk().take_in(route=Route.REMOVAL_INFORMATION).open().search().identify()
    unanswered = RecordLegalReview(route_lawful=True, answers=(), reasons="x")
    assert desk.refused(unanswered, LEGAL) == ("legal_review.removal_route",)
    answer = MarkAnswer(mark="legal_review.removal_route", may_go_on=True, reasons="The order is final since 2019.")
    silent = replace(unanswered, answers=(answer,))
    desk.must(silent, LEGAL)
    for command, who in reviewing()[1:]:
        desk.must(command, who)
    assert desk.check().refused(ACT, DECIDER) == ("legal.not_told",)
    desk.must(replace(silent, person_told_of_route=True), LEGAL)
    desk.must(ACT, DECIDER)


def test_f38_a_mark_the_lawyer_finds_against_acting_stops_the_decision() -> None:
    grounds = (GroundStatement(ground=Ground.POLITICAL, answer=GroundAnswer.YES, document=PAPER),)
    desk = Desk().take_in(grounds=grounds).open().search().identify()
    against = MarkAnswer(mark="legal_review.ground", may_go_on=False, reasons="It is political.")
    desk.must(RecordLegalReview(route_lawful=True, answers=(against,), reasons="x"), LEGAL)
    for command, who in reviewing()[1:]:
        desk.must(command, who)
    assert desk.check().refused(ACT, DECIDER) == ("legal_review.ground",)


def test_f38_information_alone_hands_nobody_over() -> None:
    desk = Desk().ready(route=Route.INFORMATION_ONLY)
    desk.must(ACT, DECIDER)
    assert desk.last_looks().refused(HAND_OVER, CUSTODY) == ("handover.information_only",)


def test_f39_a_hand_over_goes_to_the_country_of_the_origin_and_nowhere_else() -> None:
    desk = Desk().decided().last_looks()
    assert desk.refused(replace(HAND_OVER, to="hn"), CUSTODY) == ("handover.destination",)
