"""Agreement, promises, signatures."""

from dataclasses import replace

import pytest

from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Duty
from cotejo.rules.facts import DataClass, Handling, Route, Undertaking
from cotejo.rules.package import Notice
from cotejo.rules.succession import following
from tests.builders.sound import AUTHORISER, NOW, agreement, certified, codes, gates, sound_package

SOUND = sound_package()


@pytest.mark.parametrize(
    "terms",
    [
        agreement(valid_until=NOW),
        agreement(hash="other"),
        agreement(parties=("alba", "cobalt")),
    ],
)
def test_f19_an_agreement_in_force_between_these_two_is_needed(terms):
    assert "agreement.not_in_force" in codes(gates(SOUND, terms=terms), "agreement")


@pytest.mark.parametrize("terms", [agreement(routes=(Route.TRANSFER,)), agreement(purposes=("something_else",))])
def test_f19_route_and_purpose_are_listed(terms):
    assert codes(gates(SOUND, terms=terms), "agreement") == ("agreement.route_or_purpose",)


def after(**changes):
    """Return terms that follow the agreement the package cites."""
    return following(agreement(), NOW - DAY, NOW + 300 * DAY, **{"hash": "f" * 64, **changes})


def test_f19_the_next_agreement_covers_what_was_sent_under_the_one_before_and_no_other():
    assert codes(gates(SOUND, terms=after())) == ()
    assert codes(gates(SOUND, terms=after(replaces=("c" * 64,)))) == ("agreement.not_in_force",)


def test_f19_an_agreement_that_covers_no_requests_about_a_person_lets_none_out():
    assert codes(gates(SOUND, terms=after(data=(DataClass.BULLETIN,)))) == ("agreement.data",)


def test_f54_evidence_under_a_handling_code_the_agreement_does_not_name_does_not_go_out():
    used = {each.handling for each in SOUND.evidence}
    left = tuple(each for each in Handling if each not in used)
    found = codes(gates(SOUND, terms=after(handling=left)))
    assert found == ("agreement.handling",) * len(used)


@pytest.mark.parametrize("missing", Undertaking)
def test_f39_every_undertaking_is_signed(missing):
    left = tuple(each for each in Undertaking if each is not missing)
    assert codes(gates(replace(SOUND, undertakings=left))) == ("undertakings.missing",)


def test_i1_a_claim_checked_by_its_recorder_or_in_the_same_unit_and_chain_does_not_pass():
    claim = SOUND.claims[0]
    for spoiled in (
        replace(claim, checker=claim.recorder),
        replace(claim, checker_unit=claim.recorder_unit, checker_chain=claim.recorder_chain),
        replace(claim, checker=""),
    ):
        assert "two_people.not_checked_by_another" in codes(gates(replace(SOUND, claims=(spoiled,))))


@pytest.mark.parametrize("duty", [Duty.CERTIFIER, Duty.AUTHORISER])
def test_i1_both_signatures_are_there_once(duty):
    left = tuple(each for each in SOUND.signers if each.duty is not duty)
    assert codes(gates(replace(SOUND, signers=left))) == (f"two_people.no_{duty.value}",)
    twice = tuple(each for each in SOUND.signers if each.duty is duty)
    assert codes(gates(replace(SOUND, signers=(*SOUND.signers, *twice)))) == (f"two_people.no_{duty.value}",)


def test_i1_the_countersigning_body_is_nobody_who_signed():
    certifier = next(each.token for each in SOUND.signers if each.duty is Duty.CERTIFIER)
    notice = Notice(deferred_because="flight", countersigned_by=certifier, lapses_on="2027-05-27")
    assert codes(gates(replace(SOUND, notice=notice))) == ("two_people.same_person_twice",)


def test_no_local_id_travels():
    desk = certified()
    local = {each.id for each in desk.person.recorders.values()} | {AUTHORISER.id, desk.person.id, desk.dossier.id}
    local |= {each.id for each in (*desk.person.claims, *desk.person.evidence, *desk.person.court_acts)}
    text = repr(desk.package())
    assert not [each for each in local if each in text]
