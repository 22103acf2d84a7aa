"""What speaks for the person is searched, named, and heard first."""

from dataclasses import replace

import pytest

from cotejo.rules.acts import GateState
from cotejo.rules.facts import Ground, GroundAnswer
from cotejo.rules.gates.sender import SENDER_GATES
from cotejo.rules.package import Explanation, Notice, SearchFor
from tests.builders.sound import (
    ACT,
    ALL_GROUNDS,
    Desk,
    certified,
    codes,
    for_the_person,
    gates,
    item,
    sound_package,
    token,
    warrant,
    warrant_item,
    whereabouts,
)

SOUND = sound_package()


def test_every_gate_passes_on_a_sound_package():
    assert {each.state for each in gates(SOUND)} == {GateState.PASSED}


def test_what_speaks_for_the_person_comes_first():
    found = [each.speaks_for for each in gates(SOUND)]
    assert any(found)
    assert found == sorted(found, reverse=True)
    assert len({each.code for each in gates(SOUND)}) == len(SENDER_GATES)


def test_without_the_signed_sentence_nothing_leaves():
    assert codes(gates(replace(SOUND, search_for=None)), "search_for_person") == ("search_for_person.not_signed",)


def test_none_found_is_refused_when_the_package_itself_speaks_for_the_person():
    held = certified(evidence=(warrant_item(1), item(2), for_the_person())).package()
    liar = replace(held, search_for=SearchFor(attached=(), none_found=True, searched_on="2026-11-27"))
    assert "search_for_person.disagrees" in codes(gates(liar))
    assert not codes(gates(held))


def test_an_acquittal_must_be_named_as_speaking_for_the_person():
    acquitted = replace(warrant(), id="f" * 32, outcome="acquitted")
    package = replace(SOUND, court_acts=(*SOUND.court_acts, acquitted))
    assert "search_for_person.disagrees" in codes(gates(package))


def test_f11_an_act_during_a_stay_abroad_blocks_until_a_named_person_answers():
    package = replace(SOUND, whereabouts=(whereabouts(),))
    assert codes(gates(package)) == ("whereabouts.contradiction",)
    answer = Explanation(alleged=SOUND.alleged[0].id, text="Border stamp of a brother.", by="x")
    assert not codes(gates(replace(SOUND, whereabouts=(whereabouts(explanations=(answer,)),))))


def test_f11_a_stay_that_does_not_cover_the_act_is_no_contradiction():
    before = replace(whereabouts().interval, start="2024-01", end="2024-04")
    assert not codes(gates(replace(SOUND, whereabouts=(whereabouts(interval=before),))))


@pytest.mark.parametrize("ground", Ground)
def test_f42_a_ground_that_is_unknown_blocks(ground):
    answers = tuple(
        replace(each, answer=GroundAnswer.UNKNOWN) if each.ground is ground else each for each in ALL_GROUNDS
    )
    assert codes(gates(replace(SOUND, grounds=answers))) == ("grounds.unanswered",)


@pytest.mark.parametrize("ground", Ground)
def test_f42_a_ground_without_its_document_or_not_asked_blocks(ground):
    bare = tuple(replace(each, document="") if each.ground is ground else each for each in ALL_GROUNDS)
    left = tuple(each for each in ALL_GROUNDS if each.ground is not ground)
    assert codes(gates(replace(SOUND, grounds=bare))) == ("grounds.unanswered",)
    assert codes(gates(replace(SOUND, grounds=left))) == ("grounds.unanswered",)


def test_f42_a_person_judged_before_for_the_same_act_cannot_be_asked_for():
    answers = tuple(
        replace(each, answer=GroundAnswer.YES) if each.ground is Ground.PRIOR_JUDGMENT else each for each in ALL_GROUNDS
    )
    found = gates(replace(SOUND, grounds=answers))
    assert codes(found) == ("grounds.bars_sending",)
    assert next(each for each in found if each.code == "grounds").state is GateState.STOPPED


def test_f42_a_trial_in_absence_needs_its_remedy_named():
    def answered(remark):
        return tuple(
            replace(each, answer=GroundAnswer.YES, remark=remark) if each.ground is Ground.IN_ABSENCE else each
            for each in ALL_GROUNDS
        )

    assert codes(gates(replace(SOUND, grounds=answered("")))) == ("grounds.no_remedy_named",)
    assert not codes(gates(replace(SOUND, grounds=answered("Retrial on request within 30 days."))))


def test_f63_without_notice_or_deferral_nothing_leaves():
    assert codes(gates(replace(SOUND, notice=None))) == ("notice.not_given",)


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (Notice(given_on="2026-11-20", languages=("es",)), ("notice.one_language",)),
        (Notice(deferred_because="because", countersigned_by="x", lapses_on="2027-01-01"), ("notice.not_given",)),
        (Notice(deferred_because="flight"), ("notice.deferral_not_countersigned",)),
        (
            Notice(deferred_because="flight", countersigned_by="x", lapses_on="2026-11-27"),
            ("notice.deferral_lapsed",),
        ),
        (Notice(deferred_because="flight", countersigned_by="x", lapses_on="2027-05-27"), ()),
    ],
)
def test_f63_a_deferral_needs_a_listed_reason_a_countersignature_and_lapses(notice, expected):
    assert codes(gates(replace(SOUND, notice=notice))) == expected


def test_f13_a_charge_without_outcome_needs_a_recent_word_that_it_is_pending():
    for stale in ("", "2026-08-01", "2027-01-01"):
        package = replace(SOUND, court_acts=(replace(SOUND.court_acts[0], pending_confirmed_on=stale),))
        assert codes(gates(package)) == ("outcomes.unknown",)


def test_an_erased_document_opens_the_gate_again():
    desk = Desk()
    certified(desk)
    desk.documents.clear()
    assert {"documents", "judicial_basis", "grounds", "subject"} <= {
        each.code for each in desk.gates() if each.state is not GateState.PASSED
    }
    assert token(ACT, "") != ACT
