"""The receiver's path from taking in to the end of the follow-up, and what its steps refuse."""

import pytest

from cotejo.rules.acts import Entry, Erased, Plan, Reason, gate
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.receipts import gaps_of
from cotejo.rules.review import START, card, evolve, search_names, terms
from cotejo.rules.review_commands import (
    AskQuestions,
    CloseFollowUp,
    Decide,
    MarkSwept,
    OpenReview,
    RecordSearch,
    TakeAfterHandover,
    TakeCorrection,
    TakeIn,
    TakeReinstatement,
    TakeSupplement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_decide import decide
from cotejo.rules.review_gates import review_gates
from cotejo.rules.review_words import Outcome, QuestionCode, ReviewState, Usability
from cotejo.rules.told import Change, Questions, Sweep
from cotejo.rules.words import Text
from tests.builders.review import (
    ACT,
    ALBA,
    CLOCK,
    DECIDER,
    INTAKE,
    LEGAL,
    PAPER,
    PROTECTION,
    REQUEST,
    REVIEW,
    Desk,
    package,
    status,
)

CHANGED = (Change(field="subject.birth", old="1990-04-03", new="1990-04-04"),)
CORRECTION = TakeCorrection(package=package(version=2), changes=CHANGED, reason="A clerk's error.")
WITHDRAW = TakeWithdrawal(request=REQUEST, version=1, reason="warrant_recalled", facts_token="f" * 64)
ASK = AskQuestions(asked=((QuestionCode.UNCLEAR, "alleged.0.place"),))
ONE_SOURCE = Reason(code="support.too_few_sources", text=Text("One source.", "Una fuente."))


def test_a_sound_case_goes_the_whole_way_to_the_end_of_the_follow_up() -> None:
    desk = Desk().handed_over()
    assert desk.state.state is ReviewState.FOLLOWED
    for report in HandoverReport:
        desk.must(TakeAfterHandover(report=report, happened_at=1, place="SV-SS"), ALBA)
    desk.must(CloseFollowUp(reasons="The judgment is final.", document=PAPER), LEGAL)
    assert desk.state.state is ReviewState.CLOSED
    assert not [kind for kind in desk.timers if kind.startswith("handover.")]
    assert not desk.sends


def test_taking_in_raises_the_floor_and_sets_the_first_answer_date() -> None:
    desk = Desk().take_in(version=3)
    assert desk.floor == 3
    first = desk.timers["review.answer"].at
    assert (first - desk.terms.valid_from) % desk.terms.answer_every == 0
    assert first - desk.now > desk.terms.answer_every
    assert terms(desk.state)[0] == ("review.request", f"alba/{REQUEST}")


def test_a_taking_in_names_all_gaps_at_once_and_writes_nothing() -> None:
    desk = Desk(gates=(gate("f07", Text("x", "x"), [ONE_SOURCE], rows=()),), floor=5)
    bad = package(addressee="other", purpose="family", slot=-1, agreement="b" * 64)
    taking = TakeIn(review=REVIEW, package=bad)
    refused = decide(START, taking, ALBA, desk.facts(documents=frozenset()), desk.now)
    assert not isinstance(refused, Plan)
    assert gaps_of(taking, refused) == (
        "agreement.not_active",
        "request.addressee",
        "request.documents",
        "request.known",
        "request.purpose",
        "request.slot",
        "request.version",
        "support.too_few_sources",
    )


def test_a_request_is_taken_in_once_from_its_own_origin_and_within_the_ceiling() -> None:
    desk = Desk()
    taking = TakeIn(review=REVIEW, package=package())
    assert "who.not_yours" in desk.refused(taking, PartnerNode(name="mallory"))
    assert "request.ceiling" in desk.refused(taking, ALBA, ceiling_reached=True)
    assert "case.withdrawn" in desk.refused(taking, ALBA, marked=True)
    desk.take_in()
    assert "request.known" in desk.refused(taking, ALBA)


def test_i2_gates_that_were_not_evaluated_are_not_passed() -> None:
    desk = Desk()
    assert "gates.not_evaluated" in desk.refused(TakeIn(review=REVIEW, package=package()), ALBA, sender_gates=())
    desk.ready()
    assert "gates.not_evaluated" in desk.refused(ACT, DECIDER, sender_gates=())


def test_i2_a_sender_gate_that_no_longer_passes_stops_the_decision() -> None:
    desk = Desk().ready()
    open_gate = (gate("f07", Text("x", "x"), [ONE_SOURCE], rows=()),)
    assert desk.refused(ACT, DECIDER, sender_gates=open_gate) == ("support.too_few_sources",)


def test_questions_are_asked_once_about_fields_before_any_register_is_touched() -> None:
    desk = Desk().take_in()
    assert "questions.field" in desk.refused(AskQuestions(asked=((QuestionCode.UNCLEAR, "presence"),)), INTAKE)
    assert "questions.none" in desk.refused(AskQuestions(asked=()), INTAKE)
    plan = desk.must(ASK, INTAKE)
    assert [send.content for send in plan.sends] == [Questions(request=REQUEST, version=1, asked=ASK.asked)]
    assert "questions.over" in desk.refused(ASK, INTAKE)
    late = Desk().take_in().open().search()
    late.must(CORRECTION, ALBA)
    assert "questions.over" in late.refused(ASK, INTAKE)


def test_answers_to_questions_are_a_new_version_and_come_only_when_asked() -> None:
    desk = Desk().take_in()
    supplement = TakeSupplement(package=package(version=2), answers=(("alleged.0.place", "SV-LI"),))
    assert "supplement.unasked" in desk.refused(supplement, ALBA)
    desk.must(ASK, INTAKE)
    desk.must(supplement, ALBA)
    assert desk.floor == 2
    assert "supplement.unasked" in desk.refused(TakeSupplement(package=package(version=3), answers=()), ALBA)


def test_i8_questions_that_only_the_line_remembers_were_asked() -> None:
    desk = Desk().take_in()
    supplement = TakeSupplement(package=package(version=2), answers=(("alleged.0.place", "SV-LI"),))
    assert "questions.over" in desk.refused(ASK, INTAKE, asked_before=True)
    desk.must(supplement, ALBA, asked_before=True)
    assert desk.floor == 2
    again = TakeSupplement(package=package(version=3), answers=())
    assert "supplement.unasked" in desk.refused(again, ALBA, asked_before=True)


def test_a_correction_opens_every_step_again_and_voids_the_decision() -> None:
    desk = Desk().decided()
    desk.must(CORRECTION, ALBA)
    assert desk.state.state is ReviewState.RECEIVED
    assert desk.state.decision is None
    assert desk.state.answers == ()
    assert desk.floor == 2
    assert "case.not_open" in desk.refused(ACT, DECIDER)


def test_a_correction_after_the_hand_over_leaves_the_follow_up_as_it_is() -> None:
    desk = Desk().handed_over()
    desk.must(CORRECTION, ALBA)
    assert desk.state.state is ReviewState.FOLLOWED
    assert desk.state.package is not None
    assert desk.state.package.version == 2


@pytest.mark.parametrize("version", [0, 1])
def test_i8_an_older_or_equal_version_never_replaces_a_newer(version: int) -> None:
    desk = Desk().take_in()
    old = TakeCorrection(package=package(version=version), changes=CHANGED, reason="x")
    assert "request.version" in desk.refused(old, ALBA)


def test_a_correction_names_its_differences() -> None:
    unnamed = TakeCorrection(package=package(version=2), changes=(), reason="x")
    assert desk_taken().refused(unnamed, ALBA) == ("correction.unnamed",)


def desk_taken() -> Desk:
    return Desk().take_in()


def test_a_suspension_counts_for_any_version_a_reinstatement_only_for_the_one_in_hand() -> None:
    desk = desk_taken()
    desk.must(TakeSuspension(request=REQUEST, version=7), ALBA)
    assert desk.state.usability is Usability.SUSPENDED
    assert "case.on_hold" in desk.refused(OpenReview(), INTAKE)
    assert "request.version" in desk.refused(TakeReinstatement(request=REQUEST, version=7), ALBA)
    desk.must(TakeReinstatement(request=REQUEST, version=1), ALBA)
    desk.open()


def test_i7_a_withdrawal_blocks_at_once_is_marked_for_ever_and_swept_at_the_agreed_moment() -> None:
    desk = Desk().ready()
    desk.must(WITHDRAW, ALBA)
    assert "case.withdrawn" in desk.refused(ACT, DECIDER)
    assert desk.marks[0].request == REQUEST
    assert desk.floor == 2
    assert "review.answer" not in desk.timers
    assert card(desk.state).state == "withdrawn"
    assert "case.withdrawn" in desk.refused(TakeReinstatement(request=REQUEST, version=1), ALBA)
    assert "case.withdrawn" in desk.refused(CORRECTION, ALBA)
    sweep_at = desk.timers["review.sweep"].at
    assert "clock.not_yet" in desk.refused(MarkSwept(), CLOCK)
    desk.now = sweep_at
    plan = desk.must(MarkSwept(), CLOCK)
    assert [(send.content, send.at) for send in plan.sends] == [(Sweep(request=REQUEST, version=1), sweep_at)]
    assert "clock.not_due" in desk.refused(MarkSwept(), CLOCK)


def test_i7_a_withdrawal_of_a_request_that_never_came_keeps_it_from_coming() -> None:
    desk = Desk()
    desk.must(WITHDRAW, ALBA)
    assert "case.withdrawn" in desk.refused(TakeIn(review=REVIEW, package=package()), ALBA)
    assert desk.state == START


def test_a_second_withdrawal_changes_nothing_and_is_no_error() -> None:
    desk = desk_taken()
    desk.must(WITHDRAW, ALBA)
    before = desk.state
    assert desk.must(WITHDRAW, ALBA).acts == ()
    assert desk.state == before


def test_nobody_found_leaves_the_decision_not_to_act() -> None:
    desk = Desk().take_in().open()
    desk.must(RecordSearch(candidates=(), set_aside=3, register_as_of="2026-01-01"), PROTECTION)
    desk.check()
    assert "decision" in [each.step for each in card(desk.state).waiting]
    assert "identity.open" in desk.refused(ACT, DECIDER)
    desk.must(Decide(outcome=Outcome.NOT_ACT, reasons="Nobody of this name is registered here."), DECIDER)
    assert desk.state.state is ReviewState.CLOSED


def test_every_reason_against_a_decision_is_named_at_once() -> None:
    desk = Desk().take_in().open()
    codes = desk.refused(Decide(outcome=Outcome.ACT, reasons=" "), INTAKE, status=None, recovering=True)
    expected = {
        "who.not_yours",
        "reasons.empty",
        "node.recovering",
        "case.on_hold",
        "nationality.open",
        "copy.open",
        "risk.open",
        "identity.open",
        "legal.open",
        "own_law.open",
        "status.none",
    }
    assert expected <= set(codes)


def test_each_waiting_step_says_for_whom_and_since_when() -> None:
    desk = Desk().take_in()
    assert [(each.duty, each.step, each.since) for each in card(desk.state).waiting] == [
        (Duty.INTAKE, "open", desk.now)
    ]
    desk.open().search()
    assert {(each.duty, each.step) for each in card(desk.state).waiting} == {
        (Duty.LEGAL, "legal_review"),
        (Duty.IDENTITY, "identity"),
    }
    desk.identify().review()
    assert {(each.duty, each.step) for each in card(desk.state).waiting} == {
        (Duty.PROTECTION, "protection_again"),
        (Duty.DECISION, "decision"),
    }


def test_the_gates_show_what_speaks_for_the_person_first_and_agree_with_the_decision() -> None:
    desk = Desk().ready()
    gates = review_gates(desk.state, desk.facts(), Duty.DECISION, desk.now)
    speaks = [each.speaks_for for each in gates]
    assert speaks == sorted(speaks, reverse=True)
    assert {each.state.value for each in gates} == {"passed"}
    assert isinstance(desk.do(ACT, DECIDER), Plan)
    after = {each.code: each.state.value for each in review_gates(desk.state, desk.facts(), Duty.CUSTODY, desk.now)}
    assert after["review.last_look"] == after["review.usable"] == "open"
    desk.last_looks()
    gates = review_gates(desk.state, desk.facts(), Duty.CUSTODY, desk.now)
    assert {each.state.value for each in gates} == {"passed"}


def test_f37_a_case_that_is_not_opened_yet_is_found_by_no_name() -> None:
    desk = Desk().take_in()
    assert search_names(desk.state) == ()
    desk.open()
    assert search_names(desk.state) == ("Inés Brisa Roble",)


def test_i11_after_erasure_nothing_is_known_and_nothing_is_allowed() -> None:
    desk = Desk().ready()
    last = desk.entries[-1]
    gone = Entry(
        stream=last.stream,
        version=last.version + 1,
        at=desk.now,
        by="clock",
        duty="",
        rules="",
        act=Erased(was="review.hold_placed"),
    )
    desk.state = evolve(desk.state, gone)
    assert desk.state.state is ReviewState.ERASED
    assert card(desk.state).waiting == ()
    assert "case.erased" in desk.refused(ACT, DECIDER)
    gates = review_gates(desk.state, desk.facts(), Duty.PROTECTION, desk.now)
    own = [each for each in gates if each.code.startswith("review.")]
    assert all(each.state.value != "passed" for each in own)


def test_a_status_that_is_missing_stops_administrative_steps_as_well() -> None:
    desk = Desk().take_in()
    assert desk.refused(OpenReview(), INTAKE, status=None) == ("status.none",)
    assert desk.refused(OpenReview(), INTAKE, status=status(desk.now, state=2)) == ("status.suspended",)
