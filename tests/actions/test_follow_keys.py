"""A partner's key documents come through whatever else waits, and no restore takes a change of keys away (X11, F19)."""

from dataclasses import replace

import pytest

from cotejo.actions.follow_keys import follow_kept
from cotejo.actions.laws import partner_state
from cotejo.actions.reconcile import not_reconciled
from cotejo.actions.recover import end_recovery, missing
from cotejo.actions.stuck import stuck
from cotejo.actions.take_in import take_in
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.key_document import sign_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.rules import told
from cotejo.rules.agreement import DAY, MINUTE
from cotejo.rules.partner import KeyDocumentSeen
from cotejo.simulation import node
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import Link, asks, delivered

WORD = told.Suspension(request="a" * 32, version=1)


def settle(link: Link) -> None:
    """Let everything arrive on both sides and every receipt come back."""
    for source, to in ((link.alba, link.boreal), (link.boreal, link.alba)):
        delivered(source, to, now=link.now)
        to.follow()


def rotated(link: Link, source: SimulatedNode) -> None:
    """Let a node make new keys, tell them, and use them."""
    link.now += MINUTE
    source.rotate(now=link.now)
    settle(link)
    assert source.use_new_keys(now=link.now)


def hear(link: Link, version: int) -> told.Receipt:
    """Let Boreal hear one of Alba's key documents outside the line; return what the receipt says."""
    letter = link.alba.key_letter("boreal", version, now=link.now)
    sealed = take_in(link.boreal.desk, letter, now=link.now)
    partner = link.alba.unit.partner("boreal")
    assert partner is not None
    from cotejo.actions.post import partner_keys
    from cotejo.exchange.incoming import open_letter

    opened = open_letter(sealed, own=link.alba.own, partners=[partner_keys(partner, now=link.now)])
    assert isinstance(opened.content, told.Receipt)
    assert opened.claims.seq == 0
    return opened.content


def refusal(link: Link, version: int) -> WireRefusal:
    """Return why Boreal does not take one of Alba's key documents."""
    with pytest.raises(WireRefusal) as caught:
        hear(link, version)
    return caught.value


def recovers(link: Link) -> None:
    """Let Boreal ask Alba what it lost, get it again, and end its recovery."""
    partner = link.boreal.unit.partner("alba")
    assert partner is not None
    partner = follow_kept(link.boreal.unit, partner, now=link.now)
    assert asks(link.boreal, link.alba, now=link.now) == 1
    settle(link)
    assert not_reconciled(link.boreal.unit, partner) == ""
    assert end_recovery(link.boreal.unit, now=link.now) == ()


def test_x11_a_node_restored_to_before_a_partners_change_of_keys_recovers():
    link = Link()
    link.tell(WORD)
    settle(link)
    before = link.boreal.unit.backup()
    rotated(link, link.alba)
    rotated(link, link.alba)
    link.tell(WORD)
    settle(link)

    link.boreal.unit.restore(before)
    assert link.boreal.unit.recovering()
    recovers(link)

    partner = link.boreal.unit.partner("alba")
    assert partner is not None
    assert partner.key_document == link.alba.key_document
    assert partner_state(link.boreal.unit, "alba").key_number == 3
    link.tell(WORD)
    settle(link)
    assert waiting_for(link.alba, "boreal") == ()


def test_x11_keys_nobody_here_knows_are_learnt_outside_the_line_one_document_after_the_other():
    link = Link()
    before = link.boreal.unit.backup()
    rotated(link, link.alba)
    rotated(link, link.alba)
    link.boreal.unit.restore(before)
    link.boreal.unit._key_documents.clear()
    word = link.tell(WORD)
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(word, now=link.now)
    assert caught.value.reason is WireReason.UNKNOWN_KEY

    waits_for = refusal(link, 3)
    assert (waits_for.reason, waits_for.expected) == (WireReason.GAP, 2)
    assert hear(link, 2).outcome == "taken"
    assert hear(link, 3).outcome == "taken"
    assert hear(link, 3).outcome == "taken", "once more, and nothing happens"
    assert hear(link, 2).gaps == ("key_document.old",)
    acts = [entry.act for entry in link.boreal.unit.entries(partner_state(link.boreal.unit, "alba").stream)]
    assert [act.number for act in acts if isinstance(act, KeyDocumentSeen)] == [2, 3]
    recovers(link)


def test_x11_a_key_document_outside_the_line_is_believed_for_the_known_roots_signature_alone():
    link = Link()
    link.alba.rotate(now=link.now)
    stranger = SigningKey.from_seed(b"s" * 32, Purpose.ROOT)
    forged = replace(link.alba.document, root=stranger.verifying)
    link.alba.key_documents[-1] = sign_key_document(forged, stranger).decode()
    assert refusal(link, 2).reason is WireReason.NOT_READABLE
    assert partner_state(link.boreal.unit, "alba").key_number == 1
    assert link.boreal.unit.partner("alba").key_document == link.alba.key_documents[0]


def test_x11_no_other_letter_under_an_unknown_key_passes_outside_the_line():
    link = Link()
    own, stranger = link.alba.own, SigningKey.from_seed(b"m" * 32, Purpose.MESSAGE)
    link.alba.use_keys(replace(own, message=stranger))
    word = link.tell(WORD)
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(word, now=link.now)
    assert caught.value.reason is WireReason.UNKNOWN_KEY
    assert link.boreal.unit.partner("alba").sequence_in == 0


def test_f19_an_expired_partners_next_key_document_does_not_wait_behind_its_older_messages(
    monkeypatch: pytest.MonkeyPatch,
):
    with monkeypatch.context() as patch:
        patch.setattr(node, "YEARS", 2 * DAY)
        link = Link()
    rotated(link, link.boreal)
    early = link.tell(WORD)
    link.alba.rotate(now=link.now)
    link.now += 2 * DAY
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(early, now=link.now)
    assert caught.value.reason is WireReason.KEY_DOCUMENT_EXPIRED

    assert hear(link, 2).outcome == "taken"
    link.boreal.hear(early, now=link.now)
    settle(link)
    assert waiting_for(link.alba, "boreal") == ()
    told_in_line = [each for each in link.alba.unit.outbox if each.sealed.kind == "key_document"]
    assert [each.receipt for each in told_in_line] == [b"taken"], "what is known already is no refusal"


def test_f19_a_restored_node_says_why_an_expired_partner_cannot_be_asked_and_goes_on_once_it_told_its_next_document(
    monkeypatch: pytest.MonkeyPatch,
):
    with monkeypatch.context() as patch:
        patch.setattr(node, "YEARS", 2 * DAY)
        link = Link()
    rotated(link, link.boreal)
    before = link.boreal.unit.backup()
    link.tell(WORD)
    settle(link)
    link.boreal.unit.restore(before)
    link.now += 2 * DAY
    (why,) = missing(link.boreal.unit, now=link.now)
    assert "cannot be asked" in why.en
    assert "keys rotate" in why.es
    partner = link.boreal.unit.partner("alba")
    assert partner is not None
    (gone, expired) = stuck(link.boreal.unit, partner, waits=None, refuses=None, now=link.now)
    assert gone.what == why
    assert expired.since == link.alba.document.expires

    link.alba.rotate(now=link.now)
    hear(link, 2)
    (why,) = missing(link.boreal.unit, now=link.now)
    assert "has not yet said what it holds" in why.en
    recovers(link)
