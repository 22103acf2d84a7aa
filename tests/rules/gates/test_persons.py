"""Who can be asked for at all."""

from dataclasses import replace

import pytest

from cotejo.rules.acts import GateState
from cotejo.rules.facts import Category, EvidenceKind, Interval
from cotejo.rules.package import Name
from tests.builders.sound import certified, codes, gates, judgment, sound_package, warrant_item

SOUND = sound_package()


@pytest.mark.parametrize("category", [Category.SUSPECT, Category.VICTIM, Category.WITNESS, Category.OTHER])
def test_f12_only_an_accused_or_convicted_person_can_be_asked_for(category):
    assert codes(gates(replace(SOUND, category=category)), "category") == ("category.not_accused_or_convicted",)


def test_f12_a_category_has_a_date_and_a_court_act_behind_it():
    assert codes(gates(replace(SOUND, category_since="")), "category") == ("category.not_accused_or_convicted",)
    assert codes(gates(replace(SOUND, category=Category.CONVICTED)), "category") == ("category.without_court_act",)


def test_f12_a_convicted_person_with_a_final_judgment_passes():
    desk = certified(
        category=Category.CONVICTED,
        court_acts=(judgment(),),
        evidence=(warrant_item(1, kind=EvidenceKind.JUDGMENT), *certified().person.evidence[1:]),
    )
    assert not codes(desk.gates())


@pytest.mark.parametrize("birth", ["1898-01-01", "2026-12-01", "1901", "not a date", "March 1988"])
def test_f02_impossible_birth_dates_are_refused(birth):
    found = codes(gates(replace(SOUND, subject=replace(SOUND.subject, birth=birth))), "dates")
    assert found[0] in ("dates.impossible_birth", "dates.unreadable")


def test_f02_a_person_of_110_years_is_possible():
    old = replace(SOUND.subject, birth="1916-12-01")
    assert not codes(gates(replace(SOUND, subject=old)), "dates")


def test_f02_an_act_before_the_age_of_responsibility_is_refused():
    young = replace(SOUND.subject, birth="2013-05-11")
    assert "dates.before_responsibility" in codes(gates(replace(SOUND, subject=young)), "dates")


def test_f02_an_event_after_the_record_that_reports_it_is_refused():
    late = Interval(start="2026-10-01", end="2026-10-02")
    evidence = (replace(SOUND.evidence[0], interval=late), *SOUND.evidence[1:])
    assert codes(gates(replace(SOUND, evidence=evidence)), "dates") == ("dates.event_after_report",)
    claims = (replace(SOUND.claims[0], interval=late),)
    assert codes(gates(replace(SOUND, claims=claims)), "dates") == ("dates.event_after_report",)


@pytest.mark.parametrize("birth", ["2007-06-01", "2009-01-01", ""])
def test_f21_a_child_now_or_at_the_act_is_not_asked_for_and_nobody_can_clear_it(birth):
    child = replace(SOUND.subject, birth=birth)
    found = next(each for each in gates(replace(SOUND, subject=child)) if each.code == "child")
    assert found.state is GateState.STOPPED


def test_f21_a_birth_year_alone_counts_for_the_person():
    act = replace(SOUND.alleged[0], interval=Interval(start="2024-05-10", end="2024-05-10"))
    package = replace(SOUND, alleged=(act,), subject=replace(SOUND.subject, birth="2006"))
    assert codes(gates(package), "child") == ("child.under_eighteen",)


def test_f26_a_name_and_birth_date_are_not_enough():
    bare = replace(SOUND.subject, identifiers=())
    assert codes(gates(replace(SOUND, subject=bare))) == ("subject.no_verified_identifier",)


def test_f26_a_number_counts_only_verified_and_with_its_document():
    number = SOUND.subject.identifiers[0]
    for spoiled in (replace(number, verified=False), replace(number, document=""), replace(number, kind="nickname")):
        package = replace(SOUND, subject=replace(SOUND.subject, identifiers=(spoiled,)))
        assert "subject.no_verified_identifier" in codes(gates(package))


def test_f30_a_name_has_parts():
    whole = (Name(documented="LUIS CIPRÉS", given="", first_surname=""),)
    assert codes(gates(replace(SOUND, subject=replace(SOUND.subject, names=whole)))) == ("subject.no_full_name",)
