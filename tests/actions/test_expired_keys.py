"""A partner whose key document has expired is heard again by the next one, by the root we know; by nothing else."""

from dataclasses import replace

import pytest

from cotejo.actions.announce import tell_partners
from cotejo.actions.confirm import state_checkpoint
from cotejo.actions.reconcile import state_lines
from cotejo.actions.status import push_status
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.key_document import sign_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.rules import told
from cotejo.rules.agreement import DAY
from cotejo.simulation import node
from tests.builders.line import START, Link

WORD = told.Suspension(request="a" * 32, version=1)


@pytest.fixture
def link(monkeypatch):
    """Pair two nodes whose key documents expire in a day."""
    monkeypatch.setattr(node, "YEARS", 2 * DAY)
    return Link()


def following(link):
    """Return the next key document of Alba, in force for long."""
    held, until = link.alba.document, START + 200 * DAY
    document = replace(
        held,
        version=2,
        previous=held.digest(),
        issued=START,
        expires=until,
        keys=tuple(replace(each, until=until) for each in held.keys),
        sealing=tuple(replace(each, until=until) for each in held.sealing),
    )
    return told.KeyDocumentPush(document=sign_key_document(document, link.alba.root).decode())


def test_f19_after_its_document_expired_a_partner_is_heard_again_by_the_next_and_nothing_else_before(link):
    early, late, word = link.tell(WORD), link.tell(following(link)), link.tell(WORD)
    link.now += 2 * DAY
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(early, now=link.now)
    assert caught.value.reason is WireReason.KEY_DOCUMENT_EXPIRED
    link.now -= 2 * DAY
    link.boreal.hear(early, now=link.now)

    link.now += 2 * DAY
    receipt = link.boreal.hear(late, now=link.now)
    assert receipt == link.boreal.hear(late, now=link.now)
    assert link.boreal.unit.partner("alba").key_document == late.send.content.document
    link.boreal.follow()
    link.boreal.hear(word, now=link.now)
    assert link.boreal.unit.partner("alba").sequence_in == 3


def test_f19_a_document_of_another_root_brings_nobody_back(link):
    stranger = SigningKey.from_seed(b"s" * 32, Purpose.ROOT)
    forged = link.tell(_forged(link, stranger))
    link.now += 2 * DAY
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(forged, now=link.now)
    assert caught.value.reason is WireReason.KEY_DOCUMENT_EXPIRED


def _forged(link, stranger):
    held, until = link.alba.document, START + 200 * DAY
    document = replace(held, version=2, previous=held.digest(), issued=START, expires=until, root=stranger.verifying)
    return told.KeyDocumentPush(document=sign_key_document(document, stranger).decode())


def test_f19_while_nothing_can_be_sealed_for_a_partner_nothing_new_is_made_for_it(link):
    link.now += 2 * DAY
    alba, boreal = link.alba, link.alba.unit.partner("boreal")
    before = len(alba.unit.outbox)
    for round_ in range(3):
        assert tell_partners(alba.unit, alba.document, alba.key_document, now=link.now + round_) == 0
        push_status(alba.unit, boreal, own=alba.own, now=link.now + round_)
        state_lines(alba.unit, boreal, now=link.now + round_)
        state_checkpoint(alba.unit, boreal, own=alba.own, now=link.now + round_)
    link.boreal.rotate(now=link.now)
    alba.unit.pair(replace(boreal, key_document=link.boreal.key_document))
    assert alba.unit.send_scheduled(now=link.now + DAY) == 0
    assert len(alba.unit.outbox) == before

    boreal = alba.unit.partner("boreal")
    push_status(alba.unit, boreal, own=alba.own, now=link.now)
    state_lines(alba.unit, boreal, now=link.now)
    state_checkpoint(alba.unit, boreal, own=alba.own, now=link.now)
    kinds = [each.sealed.kind for each in alba.unit.outbox[before:]]
    assert kinds == ["status_list", "reconciliation", "link_checkpoint"]
