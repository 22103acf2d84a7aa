"""A request stops being usable the moment a claim it rests on falls, and the partner hears one code for every cause."""

from dataclasses import replace

import pytest

from cotejo.rules import person_commands
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.dossier_words import DossierState, SuspensionCause
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Suspension
from cotejo.simulation.invented import CERTIFIER, RECORDER
from tests.builders.line import START, Link


@pytest.fixture
def sent():
    link = Link()
    return link.alba, link.case()


def record(alba, case, who, command):
    done = alba.act(StreamKind.PERSON, case.person, command, who=who, purpose=Purpose.RECORDING, now=START + 1000)
    assert not isinstance(done, Refused), done.codes


def test_f53_withdrawing_a_claim_suspends_the_request_that_rests_on_it_in_the_same_commit(sent):
    alba, case = sent
    claim = alba.state(StreamKind.PERSON, case.person).claims[0]
    record(alba, case, CERTIFIER, person_commands.WithdrawClaim(claim=claim.id, why="Another person's document."))
    dossier = alba.state(StreamKind.DOSSIER, case.dossier)
    assert dossier.state is DossierState.SUSPENDED
    assert dossier.suspended_for == (SuspensionCause.EVIDENCE_DOUBT,)
    last = alba.unit.outbox[-1].send
    assert last.content == Suspension(request=case.request, version=1)
    assert alba.unit.slots("boreal")[dossier.latest.package.slot] == 2


def test_replacing_an_item_a_claim_rests_on_suspends_as_well(sent):
    alba, case = sent
    item = alba.state(StreamKind.PERSON, case.person).evidence[0]
    record(alba, case, RECORDER, person_commands.RecordEvidence(item=replace(item, challenged=True)))
    assert alba.state(StreamKind.DOSSIER, case.dossier).state is DossierState.SUSPENDED


def test_a_change_that_touches_no_pinned_claim_suspends_nothing(sent):
    alba, case = sent
    claim = alba.state(StreamKind.PERSON, case.person).claims[0]
    record(alba, case, RECORDER, person_commands.RecordClaim(claim="f" * 32, body=claim.body))
    assert alba.state(StreamKind.DOSSIER, case.dossier).state is DossierState.SENT
