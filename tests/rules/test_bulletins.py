"""Groups, incidents, bulletins: knowledge without persons."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules import bulletin, group, incident
from cotejo.rules.acts import Entry, Plan, Refused
from cotejo.rules.bulletin import BulletinFacts, BulletinState, PassBulletin, PrepareBulletin, TakeBulletin
from cotejo.rules.bulletin_words import IncidentKind
from cotejo.rules.facts import Interval
from cotejo.rules.group import Group, OpenGroup, PartOf, RecordStructure
from cotejo.rules.incident import Incident, RecordIncident
from cotejo.rules.told import Bulletin
from tests.builders.sound import BOREAL, CHECKER, NOW, RECORDER, REPORT

AGREED = BulletinFacts(agreed=frozenset({"boreal"}))


def told(**changes):
    made = Bulletin(
        id="b" * 32,
        group_code="G-001",
        kind_code="extortion",
        month="2026-10",
        place_code="SV-SS",
        count=14,
        trend_code="down",
    )
    return replace(made, **changes)


def after(evolve, state, plan, who="o"):
    for new in plan.acts:
        entry = Entry(stream=new.stream, version=state.version + 1, at=NOW, by=who, duty="", rules="", act=new.act)
        state = evolve(state, entry)
    return state


def prepared():
    made = bulletin.decide(BulletinState(), PrepareBulletin(bulletin=told()), RECORDER, AGREED, NOW)
    assert isinstance(made, Plan)
    return after(bulletin.evolve, BulletinState(), made)


TEXTS = [each.name for each in fields(Bulletin) if each.name != "count"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(["Luis Ciprés", "LUIS", "G-LUIS", "SV-LUIS", "2026-LUIS"]))
def test_f18_f22_a_name_cannot_be_put_in_a_bulletin(field, name):
    made = bulletin.decide(BulletinState(), PrepareBulletin(bulletin=told(**{field: name})), RECORDER, AGREED, NOW)
    assert isinstance(made, Refused)
    assert name not in repr(made)
    taken = bulletin.decide(BulletinState(), TakeBulletin(bulletin=told(**{field: name})), BOREAL, AGREED, NOW)
    assert isinstance(taken, Refused)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.text(min_size=1, max_size=40))
def test_f18_no_free_text_passes(field, text):
    made = bulletin.decide(BulletinState(), PrepareBulletin(bulletin=told(**{field: text})), RECORDER, AGREED, NOW)
    assert isinstance(made, Refused)


@pytest.mark.parametrize("count", [-1, 10_000])
def test_a_count_is_a_count(count):
    made = bulletin.decide(BulletinState(), PrepareBulletin(bulletin=told(count=count)), RECORDER, AGREED, NOW)
    assert isinstance(made, Refused)


def test_i1_a_bulletin_is_passed_on_by_another_unit():
    state = prepared()
    same = replace(RECORDER, duty=CHECKER.duty)
    made = bulletin.decide(state, PassBulletin(partners=("boreal",)), same, AGREED, NOW)
    assert isinstance(made, Refused)
    made = bulletin.decide(state, PassBulletin(partners=("boreal",)), CHECKER, AGREED, NOW)
    assert isinstance(made, Plan)
    assert [(each.partner, each.content) for each in made.sends] == [("boreal", told())]
    passed = after(bulletin.evolve, state, made)
    assert bulletin.card(passed).state == "passed"
    again = bulletin.decide(passed, PassBulletin(partners=("boreal",)), CHECKER, AGREED, NOW)
    assert isinstance(again, Refused)


def test_a_partners_bulletin_is_kept_once_and_passed_on_by_nobody():
    made = bulletin.decide(BulletinState(), TakeBulletin(bulletin=told()), BOREAL, AGREED, NOW)
    assert isinstance(made, Plan)
    kept = after(bulletin.evolve, BulletinState(), made)
    assert (kept.origin, bulletin.card(kept).state) == ("boreal", "taken")
    assert isinstance(bulletin.decide(kept, TakeBulletin(bulletin=told()), BOREAL, AGREED, NOW), Refused)
    assert isinstance(bulletin.decide(kept, PassBulletin(partners=("cobalt",)), CHECKER, AGREED, NOW), Refused)


def test_f19_no_bulletin_goes_to_or_comes_from_an_agency_whose_agreement_covers_none():
    none = BulletinFacts(agreed=frozenset({"cobalt"}))
    passed = bulletin.decide(prepared(), PassBulletin(partners=("boreal", "cobalt")), CHECKER, none, NOW)
    taken = bulletin.decide(BulletinState(), TakeBulletin(bulletin=told()), BOREAL, none, NOW)
    for refused in (passed, taken):
        assert isinstance(refused, Refused)
        assert refused.codes == ("bulletin.not_agreed",)


def test_a_group_has_a_code_and_a_dated_structure():
    opening = OpenGroup(group="a" * 32, code="G-001", names=("Los Invented",))
    assert isinstance(group.decide(Group(), replace(opening, code="LUIS"), RECORDER, None, NOW), Refused)
    made = group.decide(Group(), opening, RECORDER, None, NOW)
    kept = after(group.evolve, Group(), made)
    part = PartOf(parent_code="G-002", interval=Interval(start="2020", end="2022"), source=REPORT)
    kept = after(group.evolve, kept, group.decide(kept, RecordStructure(part_of=part), RECORDER, None, NOW))
    assert kept.part_of == (part,)
    assert group.FOLD.terms(kept) == (("group.code", "G-001"),)
    undated = replace(part, interval=Interval(start=""))
    assert isinstance(group.decide(kept, RecordStructure(part_of=undated), RECORDER, None, NOW), Refused)
    assert isinstance(group.decide(kept, opening, RECORDER, None, NOW), Refused)


def test_f22_an_incident_is_what_when_and_where_without_a_person():
    recording = RecordIncident(
        incident="c" * 32,
        kind=IncidentKind.EXTORTION,
        interval=Interval(start="2026-10"),
        place="SV-SS",
        group_code="G-001",
        documents=(REPORT,),
    )
    made = incident.decide(Incident(), recording, RECORDER, None, NOW)
    kept = after(incident.evolve, Incident(), made)
    assert incident.FOLD.card(kept).facets == ("extortion", "SV-SS", "G-001")
    for spoiled in (
        replace(recording, place="Luis's street"),
        replace(recording, documents=()),
        replace(recording, group_code="x"),
    ):
        assert isinstance(incident.decide(Incident(), spoiled, RECORDER, None, NOW), Refused)
    assert not [each.name for each in fields(Incident) if "person" in each.name or "name" in each.name]
