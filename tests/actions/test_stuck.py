"""Nothing waits in silence: every cause says what, since when and what to do, in both languages."""

from dataclasses import replace

import pytest

from cotejo.actions.reconcile import hear_other_line
from cotejo.actions.stuck import HERE, PATIENCE, SENDING, TAKING_IN, Refuses, Stuck, Waits, stuck
from cotejo.actions.unit import Partner
from cotejo.exchange.refusals import WireReason
from cotejo.exchange.unanswered import WORDS
from cotejo.proof.key_document import Revoked, sign_key_document
from cotejo.rules import told
from cotejo.rules.acts import Act, NewAct, Plan, Stream, StreamKind
from cotejo.rules.agreement import DAY, MINUTE
from cotejo.rules.duties import Clockwork
from cotejo.rules.partner import KeysStolen, PartnerResumed
from cotejo.rules.purposes import Purpose
from cotejo.simulation import node
from cotejo.simulation.renewals import OVERSIGHT
from tests.builders.line import START, Link


def found(link: Link, *, waits: Waits | None = None, refuses: Refuses | None = None) -> list[Stuck]:
    """Return what waits on Boreal's line to Alba."""
    partner = link.boreal.unit.partner("alba")
    assert isinstance(partner, Partner)
    return list(stuck(link.boreal.unit, partner, waits=waits, refuses=refuses, now=link.now))


def whole(each: Stuck) -> None:
    """Look whether both languages say something, with the partner's name in place and no place left open."""
    for text in (each.what, each.do):
        for words in (text.en, text.es):
            assert words.endswith(".")
            assert "{" not in words
    assert each.what.en != each.what.es
    assert each.do.en != each.do.es


def test_a_line_on_which_nothing_waits_says_nothing():
    assert found(Link()) == []


EVERY_WIRE_CODE = {each.code for each in WireReason}


@pytest.mark.parametrize("why", sorted({*SENDING, *WORDS, *EVERY_WIRE_CODE, f"{HERE}{WireReason.NOT_READABLE.code}"}))
def test_a_message_that_waits_says_why_since_when_and_what_to_do(why: str):
    link = Link()
    waits = Waits(seq=7, since=link.now - PATIENCE - MINUTE, why=why)
    (said,) = found(link, waits=waits)
    whole(said)
    assert "7" in said.what.en
    assert said.since == waits.since
    assert why not in said.what.es
    assert why not in said.what.en


@pytest.mark.parametrize("code", sorted({*TAKING_IN, *EVERY_WIRE_CODE}))
def test_a_line_that_is_not_taken_in_says_why_since_when_and_what_to_do(code: str):
    link = Link()
    refuses = Refuses(code=code, expected=5, since=link.now - PATIENCE - MINUTE)
    (said,) = found(link, refuses=refuses)
    whole(said)
    assert "alba" in said.what.en
    assert code not in said.what.es or code == WireReason.GAP.code
    assert said.since == refuses.since
    if code == WireReason.GAP.code:
        assert "5" in said.what.es


def test_what_mends_itself_is_told_only_once_it_lasts():
    link = Link()
    young = link.now - MINUTE
    assert found(link, refuses=Refuses(code=WireReason.GAP.code, expected=5, since=young)) == []
    assert found(link, waits=Waits(seq=1, since=young, why=WireReason.RECOVERING.code)) == []
    assert len(found(link, waits=Waits(seq=1, since=young, why=WireReason.BROKEN_LINE.code))) == 1
    assert found(link, waits=Waits(seq=1, since=young, why="")) == []


def test_a_recovery_says_for_whom_it_waits_and_what_to_do_when_that_partner_is_gone():
    link = Link()
    copy = link.boreal.unit.backup()
    link.boreal.push_status(now=link.now)
    link.boreal.unit.restore(copy)
    (said,) = found(link)
    whole(said)
    assert "alba has not yet said what it holds" in said.what.en
    assert "end the agreement" in said.do.en


def test_an_expired_partner_a_held_line_and_a_clock_behind_are_named(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(node, "YEARS", 2 * DAY)
        link = Link()
    link.boreal.push_status(now=link.now)
    hear_other_line(link.boreal.unit, "alba", now=link.now)
    link.now = START - MINUTE
    held, behind = found(link)
    whole(held)
    whole(behind)
    assert "log pair" in held.do.en
    assert "60 s behind" in behind.what.en.replace("61", "60")
    link.now = START + 2 * DAY
    held, expired = found(link, refuses=Refuses(code=WireReason.KEY_DOCUMENT_EXPIRED.code, expected=0, since=link.now))
    whole(expired)
    assert expired.since == link.alba.document.expires
    assert "what it is to be told waits" in expired.what.en
    assert "keys rotate" in expired.do.es
    assert found(link, waits=Waits(seq=1, since=link.now, why=f"{HERE}key_document_expired")) == [held, expired]


def test_f19_keys_named_as_stolen_are_told_until_the_oversight_body_resumes_the_partner():
    link = Link()
    stream = Stream(StreamKind.PARTNER, "alba")

    def happens(act: Act) -> None:
        expect = {stream: len(link.boreal.unit.entries(stream))}
        plan = Plan(acts=(NewAct(stream=stream, act=act),), expect=expect)
        link.boreal.unit.commit(plan, who=Clockwork(), purpose=Purpose.EXCHANGE, now=link.now)

    happens(KeysStolen(keys=(("message", link.now),)))
    (said,) = found(link)
    whole(said)
    assert "stolen" in said.what.en
    assert said.since == link.now
    happens(PartnerResumed(reasons="Compared.", settled=(), by=OVERSIGHT))
    assert found(link) == []


def test_a_partner_without_a_key_to_seal_for_is_named_since_its_last_one_ended():
    link = Link()
    partner, held = link.boreal.unit.partner("alba"), link.alba.document
    assert partner is not None
    ends = link.now - DAY
    stolen = replace(
        held,
        version=2,
        previous=held.digest(),
        revoked=tuple(Revoked(key=each.key.key_id, invalid_after=ends) for each in held.sealing),
    )
    link.boreal.unit.pair(replace(partner, key_document=sign_key_document(stolen, link.alba.root).decode()))
    (said,) = found(link)
    whole(said)
    assert said.since == ends
    assert "what it is to be told waits" in said.what.en
    assert "keys rotate" in said.do.en


def test_f19_i7_what_an_expired_partner_is_to_be_told_waits_in_order_and_no_act_fails(
    monkeypatch: pytest.MonkeyPatch,
):
    with monkeypatch.context() as patch:
        patch.setattr(node, "YEARS", 2 * DAY)
        link = Link()
    late = link.boreal.document
    link.now += 2 * DAY
    words = [told.Suspension(request=f"{number:032x}", version=1) for number in range(3)]
    before = len(link.alba.unit.outbox)
    node_alba = link.alba
    for word in words[:2]:
        _tells(link, word)
    assert len(node_alba.unit.outbox) == before

    link.boreal.rotate(now=link.now)
    partner = node_alba.unit.partner("boreal")
    assert partner is not None
    assert partner.key_document != link.boreal.key_document
    assert late.expires <= link.now
    node_alba.unit.pair(replace(partner, key_document=link.boreal.key_document))
    _tells(link, words[2])
    assert [each.send.content for each in node_alba.unit.outbox[before:]] == words


def _tells(link: Link, word: told.Suspension) -> None:
    from cotejo.rules.acts import Plan, Send
    from cotejo.rules.duties import Clockwork
    from cotejo.rules.purposes import Purpose

    send = Send(partner="boreal", content=word, request=word.request)
    link.alba.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=link.now)
