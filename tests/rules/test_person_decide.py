"""What a person file accepts, and what it refuses as it is typed."""

from dataclasses import replace

import pytest

from cotejo.rules import person_commands as write
from cotejo.rules.acts import Plan, Refused
from cotejo.rules.claims import ClaimState
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import AffiliationBasis, Category, Grade, Interval, Scale
from cotejo.rules.package import Affiliation, Identifier, Name
from cotejo.rules.person import FOLD, PersonFile
from tests.builders.sound import (
    BOREAL,
    CHECKER,
    CLAIM,
    CLOCK,
    DUI,
    NOW,
    PERSON,
    RECORDER,
    REDRESS,
    REPORT,
    WARRANT,
    Desk,
    alleged,
    body,
    item,
    judgment,
    subject,
    warrant,
    whereabouts,
    with_person,
)


def codes(made):
    return made.codes if isinstance(made, Refused) else ()


@pytest.fixture
def desk():
    return with_person()


@pytest.mark.parametrize("who", [CHECKER, BOREAL, CLOCK, REDRESS])
def test_f43_only_a_recorder_records(desk, who):
    assert codes(desk.ask_person(write.RecordClaim(claim="9" * 32, body=body()), who)) == ("asked.wrong_duty",)


def test_a_file_is_begun_once_and_nothing_is_recorded_in_none():
    desk = Desk()
    assert codes(desk.ask_person(write.RecordAlleged(alleged=alleged()), RECORDER)) == ("asked.nothing_here",)
    with_person(desk)
    again = write.OpenPerson(person=PERSON, subject=subject(), category=Category.ACCUSED, category_since="2026-09-01")
    assert codes(desk.ask_person(again, RECORDER)) == ("asked.exists",)


def test_a_form_with_several_mistakes_is_answered_with_all_of_them():
    spoiled = subject(
        names=(Name(documented="EL PANDILLERO LUIS", given="Luis", first_surname="C"),),
        birth="1899",
        identifiers=(Identifier(kind="nickname", value="", issued_by="", verified=True),),
    )
    made = Desk().ask_person(
        write.OpenPerson(person=PERSON, subject=spoiled, category=Category.ACCUSED, category_since="2030-01-01"),
        RECORDER,
    )
    assert set(codes(made)) == {"dates.impossible_birth", "labels.label", "typed.unreadable"}
    assert len(codes(made)) == 4


def test_f01_a_claim_without_evidence_or_document_does_not_leave_draft(desk):
    bare = "9" * 32
    desk.must(write.RecordClaim(claim=bare, body=body(evidence=())), RECORDER)
    assert codes(desk.ask_person(write.CheckClaim(claim=bare, version=1), CHECKER)) == ("claim.no_document",)
    desk.must(write.RecordClaim(claim=bare, body=body()), RECORDER)
    desk.documents.discard(REPORT)
    assert codes(desk.ask_person(write.CheckClaim(claim=bare, version=2), CHECKER)) == ("claim.no_document",)


@pytest.mark.parametrize(
    "checker",
    [
        replace(RECORDER, duty=Duty.CHECKER),
        replace(RECORDER, duty=Duty.CHECKER, unit="checks", chain="south"),
        Officer(id="o-colleague", duty=Duty.CHECKER, unit="records", chain="north"),
    ],
)
def test_i1_nobody_checks_own_work_or_that_of_the_own_unit_and_chain(desk, checker):
    desk.must(write.RecordClaim(claim=CLAIM, body=body()), RECORDER)
    made = desk.ask_person(write.CheckClaim(claim=CLAIM, version=2), checker)
    assert codes(made) == ("claim.checker_not_independent",)


def test_i1_the_checker_recorded_none_of_the_evidence_either(desk):
    both = replace(CHECKER, duty=Duty.RECORDER)
    desk.must(write.RecordEvidence(item=item(2)), both)
    made = desk.ask_person(write.CheckClaim(claim=CLAIM, version=2), CHECKER)
    assert codes(made) == ("claim.checker_not_independent",)


def test_a_check_names_the_version_it_saw(desk):
    desk.must(write.RecordClaim(claim=CLAIM, body=body(place="SV-LI")), RECORDER)
    assert codes(desk.ask_person(write.CheckClaim(claim=CLAIM, version=1), CHECKER)) == ("claim.moved",)
    assert codes(desk.ask_person(write.CheckClaim(claim="8" * 32, version=1), CHECKER)) == ("claim.unknown",)


def test_a_checked_claim_that_is_changed_is_a_new_version_nobody_checked(desk):
    assert desk.person.claim(CLAIM).state is ClaimState.CHECKED
    desk.must(write.RecordClaim(claim=CLAIM, body=body(place="SV-LI")), RECORDER)
    claim = desk.person.claim(CLAIM)
    assert (claim.version, claim.state, claim.checker) == (2, ClaimState.DRAFT, None)


@pytest.mark.parametrize(
    "change",
    [
        write.RecordEvidence(item=item(2, place="SV-LI")),
        write.RecordAlleged(alleged=alleged(place="SV-LI")),
    ],
)
def test_what_a_checked_claim_rests_on_cannot_change_under_it(desk, change):
    desk.must(change, RECORDER)
    claim = desk.person.claim(CLAIM)
    assert (claim.version, claim.state) == (2, ClaimState.DRAFT)


def test_a_withdrawn_claim_never_comes_back(desk):
    desk.must(write.WithdrawClaim(claim=CLAIM, why="The witness took it back."), CHECKER)
    assert codes(desk.ask_person(write.RecordClaim(claim=CLAIM, body=body()), RECORDER)) == ("claim.withdrawn",)
    assert codes(desk.ask_person(write.CheckClaim(claim=CLAIM, version=1), CHECKER)) == ("claim.moved",)


def test_a_return_says_why_and_waits_for_the_recorder(desk):
    desk.must(write.RecordClaim(claim=CLAIM, body=body()), RECORDER)
    made = desk.ask_person(write.ReturnClaim(claim=CLAIM, version=2, why=" "), CHECKER)
    assert codes(made) == ("asked.no_reason_given",)
    desk.must(write.ReturnClaim(claim=CLAIM, version=2, why="The page says another street."), CHECKER)
    (waits,) = FOLD.card(desk.person).waiting
    assert (waits.duty, waits.step, waits.since) == (Duty.RECORDER, "person.claims_returned", NOW)


def test_f17_f05_labels_and_appearance_are_refused_as_they_are_typed(desk):
    made = desk.ask_person(
        write.RecordClaim(claim="9" * 32, body=body(statement="He is a marero and has a tattoo.")), RECORDER
    )
    assert codes(made) == ("labels.label", "barred.ground")
    made = desk.ask_person(write.RecordAlleged(alleged=alleged(description="Pandillero con tatuajes.")), RECORDER)
    assert codes(made) == ("labels.label", "barred.ground")


def test_f17_a_label_is_typed_only_as_a_quotation_from_a_final_judgment(desk):
    quoted = body(statement="The court called him «pandillero».", quoted_label_from=WARRANT)
    assert codes(desk.ask_person(write.RecordClaim(claim="9" * 32, body=quoted), RECORDER)) == ("labels.label",)
    desk.must(write.RecordCourtAct(court_act=judgment()), RECORDER)
    assert isinstance(desk.ask_person(write.RecordClaim(claim="9" * 32, body=quoted), RECORDER), Plan)


def test_f02_impossible_dates_are_refused_as_they_are_typed(desk):
    child_act = alleged(interval=Interval(start="1999-01-01", end="1999-01-01"))
    assert codes(desk.ask_person(write.RecordAlleged(alleged=child_act), RECORDER)) == ("typed.before_responsibility",)
    late = item(5, interval=Interval(start="2026-09-01", end="2026-09-01"))
    assert codes(desk.ask_person(write.RecordEvidence(item=late), RECORDER)) == ("typed.event_after_report",)
    future = alleged(interval=Interval(start="2027-01-01", end="2027-01-01"))
    assert codes(desk.ask_person(write.RecordAlleged(alleged=future), RECORDER)) == ("typed.event_after_report",)


@pytest.mark.parametrize(
    "command",
    [
        write.RecordAlleged(alleged=alleged(offence_class="association")),
        write.RecordEvidence(item=item(5, grade=Grade(scale=Scale.UK_3X5X2, source="A", information="1"))),
        write.RecordEvidence(item=item(5, speaks_to=("0" * 32,))),
        write.RecordClaim(claim=CLAIM, body=body(evidence=("0" * 32,))),
        write.RecordCourtAct(court_act=warrant(outcome="guilty")),
        write.RecordCourtAct(court_act=warrant(date="2030-01-01")),
        write.RecordWhereabouts(whereabouts=whereabouts(kind="seen")),
    ],
)
def test_codes_that_are_in_no_list_and_things_that_are_not_there_are_refused(desk, command):
    assert "typed.unreadable" in codes(desk.ask_person(command, RECORDER))


def test_f26_verified_is_never_typed(desk):
    typed = Identifier(kind="passport", value="X9", issued_by="alba", verified=True, document=DUI)
    number = desk.person.subject.identifiers[0]
    desk.must(write.DescribePerson(subject=subject(identifiers=(number, typed))), RECORDER)
    assert [each.verified for each in desk.person.subject.identifiers] == [True, False]
    moved = replace(number, document=REPORT)
    desk.must(write.DescribePerson(subject=subject(identifiers=(moved,))), RECORDER)
    assert not desk.person.subject.identifiers[0].verified


def test_f26_a_number_is_verified_by_another_unit_with_the_document_here(desk):
    bare = Identifier(kind="passport", value="X9", issued_by="alba", verified=False)
    desk.must(write.DescribePerson(subject=subject(identifiers=(bare,))), RECORDER)
    made = desk.ask_person(write.VerifyIdentifier(kind="passport", value="X9"), replace(RECORDER, duty=Duty.CHECKER))
    assert set(codes(made)) == {"claim.no_document", "claim.checker_not_independent"}


def test_f11_a_contradiction_is_answered_by_a_checker_in_words(desk):
    desk.must(write.RecordWhereabouts(whereabouts=whereabouts()), RECORDER)
    where, act = desk.person.whereabouts[0].id, desk.person.alleged[0].id
    empty = write.ExplainWhereabouts(whereabouts=where, alleged=act, text="")
    assert codes(desk.ask_person(empty, CHECKER)) == ("asked.no_reason_given",)
    desk.must(write.ExplainWhereabouts(whereabouts=where, alleged=act, text="A brother's stamp."), CHECKER)
    assert desk.person.whereabouts[0].explanations[0].by == CHECKER.id


def affiliation(**changes):
    made = Affiliation(
        group="G-001",
        role_in_source="collected payments",
        start="2025-01",
        end="2026-01",
        ended=True,
        basis=AffiliationBasis.TESTED_TESTIMONY,
        document=REPORT,
        grade=Grade(scale=Scale.EUROPOL_4X4, source="A", information="1"),
    )
    return replace(made, **changes)


def test_an_affiliation_needs_its_document_its_period_and_no_label(desk):
    for spoiled in (
        affiliation(document=""),
        affiliation(start=""),
        affiliation(grade=Grade(scale=Scale.ADMIRALTY, source="Z", information="1")),
        affiliation(role_in_source="pandillero"),
    ):
        assert codes(desk.ask_person(write.RecordAffiliation(affiliation=spoiled), RECORDER))
    desk.must(write.RecordAffiliation(affiliation=affiliation()), RECORDER)
    assert len(desk.person.affiliations) == 1


@pytest.mark.parametrize(
    ("category", "birth", "shown"),
    [
        (Category.ACCUSED, "1988-03-02", True),
        (Category.VICTIM, "1988-03-02", False),
        (Category.WITNESS, "1988-03-02", False),
        (Category.OTHER, "1988-03-02", False),
        (Category.ACCUSED, "2010", False),
    ],
)
def test_f12_f21_victims_witnesses_and_children_are_in_no_search(category, birth, shown):
    desk = Desk()
    desk.must(
        write.OpenPerson(person=PERSON, subject=subject(birth=birth), category=category, category_since="2026-09-01"),
        RECORDER,
    )
    assert bool(FOLD.search_names(desk.person)) is shown
    assert not FOLD.search_names(PersonFile())


def test_f09_a_file_is_found_by_every_officer_who_wrote_or_checked_in_it(desk):
    assert set(FOLD.terms(desk.person)) == {("person.officer", RECORDER.id), ("person.officer", CHECKER.id)}


def test_terms_and_cards_hold_no_name_and_no_number(desk):
    text = repr((FOLD.terms(desk.person), FOLD.card(desk.person)))
    assert "CIPRÉS" not in text
    assert "90000123" not in text
