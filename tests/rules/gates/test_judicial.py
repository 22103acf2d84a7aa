"""No request without a court."""

from dataclasses import replace

import pytest

from cotejo.rules.facts import EvidenceKind
from cotejo.rules.gates.legal_review import opens_legal_review
from cotejo.rules.gates.reading import Reading
from tests.builders.sound import NOW, Desk, agreement, codes, gates, sound_package

SOUND = sound_package()
WARRANT = SOUND.court_acts[0]


def with_warrant(**changes):
    return replace(SOUND, court_acts=(replace(WARRANT, **changes),))


def test_f34_without_a_warrant_or_judgment_nothing_leaves():
    assert codes(gates(replace(SOUND, court_acts=())), "judicial_basis") == ("judicial_basis.none",)


@pytest.mark.parametrize("field", ["court", "number", "date", "offence_text", "penalty", "document"])
def test_f34_a_warrant_lacking_one_thing_is_no_basis(field):
    assert codes(gates(with_warrant(**{field: ""})), "judicial_basis") == ("judicial_basis.incomplete",)


def test_f34_the_copy_must_be_here_itself():
    without = Desk().documents - {WARRANT.document}
    assert codes(gates(SOUND, documents=without), "judicial_basis") == ("judicial_basis.incomplete",)


@pytest.mark.parametrize("outcome", ["recalled", "acquitted", "dismissed", "served"])
def test_f34_a_warrant_that_fell_is_no_basis(outcome):
    assert codes(gates(with_warrant(outcome=outcome)), "judicial_basis") == ("judicial_basis.none",)


def test_f34_a_charge_alone_is_no_basis():
    assert codes(gates(with_warrant(kind=EvidenceKind.CHARGE)), "judicial_basis") == ("judicial_basis.none",)


@pytest.mark.parametrize("how", [{"collective": True, "accused_count": 486}, {"judge_named": False}])
def test_f34_a_collective_or_anonymous_act_counts_only_with_a_passage_about_this_person(how):
    bare = gates(with_warrant(passage_about_person="", **how))
    assert codes(bare, "judicial_basis") == ("judicial_basis.not_about_this_person",)
    assert "support.none_official" in codes(bare, "support")
    assert not codes(gates(with_warrant(**how)))


def test_how_a_court_act_came_about_opens_legal_review():
    package = with_warrant(
        collective=True, accused_count=486, judge_named=False, counsel_present=False, emergency_rules=True
    )
    reading = Reading(package=package, agreement=agreement(), now=NOW, documents_here=lambda _: True)
    assert [each.code for each in opens_legal_review(reading)] == [
        "legal_review.collective",
        "legal_review.anonymous_judge",
        "legal_review.no_counsel",
        "legal_review.emergency_rules",
    ]
    assert not opens_legal_review(replace(reading, package=SOUND))
