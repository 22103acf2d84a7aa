"""New keys: told first, used once every partner knows them, old ones in overlap, stolen ones at an end (X11)."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions.announce import known_to_all, tell_partners
from cotejo.actions.laws import PARTNER, partner_state
from cotejo.actions.perform import perform
from cotejo.actions.post import PostRoom
from cotejo.exchange.refusals import WireRefusal
from cotejo.identity import RegisterInMemory
from cotejo.node.expiring import is_news, own_ends, partner_ends, warnings
from cotejo.node.home import Home, NodeError
from cotejo.node.keys import NodeKeys, certificate_end, load_keys, make_keys
from cotejo.node.rotation import OVERLAP, note_known, ready, rotate, use_new_keys
from cotejo.proof.key_document import follow_key_document, open_key_document
from cotejo.proof.keys import Purpose
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.partner import PairPartner
from cotejo.rules.purposes import Purpose as For
from cotejo.simulation.node import SimulatedNode, waiting_for
from cotejo.simulation.world import START
from tests.builders.line import delivered
from tests.builders.wire import agreement, paired_with

TERMS = agreement(valid_from=START - DAY, valid_until=START + 300 * DAY)
PILAR = Officer(id="0d" * 16, duty=Duty.PARTNERS, unit="exchange", chain="north")
MADE = START - DAY


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Give a home with keys."""
    made = Home.create(tmp_path / "alba", world="invented")
    make_keys(made, name="alba", url="https://127.0.0.1:8443", now=MADE)
    return made


class Two:
    """Alba with the keys of a real home, and boreal; both in memory."""

    def __init__(self, home: Home) -> None:
        self.home, self.now = home, START
        self.alba, self.boreal = (
            SimulatedNode(
                name=name, profile=profile, register=RegisterInMemory([], as_of=START), seed="keys", start=MADE
            )
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        )
        self.use(load_keys(home))
        self._pair(self.alba, "boreal", self.boreal.key_document)
        self._pair(self.boreal, "alba", load_keys(home).signed_document.decode())

    def use(self, keys: NodeKeys) -> None:
        """Let alba use what its home holds, as a start does."""
        self.alba.own = keys.own
        self.alba.desk = replace(self.alba.desk, own=keys.own)
        chance = random.Random(f"use/{keys.own.message.key_id}").randbytes
        post = PostRoom(own=keys.own, chance=chance, document=self.alba.unit.documents.get)
        self.alba.unit.post = post

    def _pair(self, node: SimulatedNode, other: str, document: str) -> None:
        opened = open_key_document(document.encode())
        command = PairPartner(
            name=other,
            node=node.name,
            agreement=TERMS,
            key_document=document,
            key_number=opened.version,
            fingerprint=opened.fingerprint(),
            read_aloud=opened.fingerprint(),
        )
        done = perform(
            PARTNER,
            node.unit,
            Stream(StreamKind.PARTNER, other),
            command,
            who=PILAR,
            purpose=For.PARTNERS,
            now=MADE - DAY,
        )
        assert not isinstance(done, Refused), done.codes
        node.unit.pair(paired_with(other, TERMS, document))

    def settle(self) -> None:
        """Let every message arrive, and both follow what their partners' acts say."""
        for source, to in ((self.alba, self.boreal), (self.boreal, self.alba)):
            delivered(source, to, now=self.now)
            for partner in to.unit.partners():
                state = partner_state(to.unit, partner.name)
                to.unit.pair(replace(partner, key_document=state.key_document, paused=state.paused))


@pytest.fixture
def two(home: Home) -> Two:
    """Give two paired nodes."""
    return Two(home)


def rotated(two: Two, **stolen: int) -> NodeKeys:
    """Make new keys for alba and start with what it has."""
    rotate(two.home, stolen={Purpose(name): moment for name, moment in stolen.items()}, now=two.now)
    keys = load_keys(two.home)
    two.use(keys)
    signed = keys.signed_document.decode()
    assert tell_partners(two.alba.unit, keys.document, signed, now=two.now) == 1
    assert tell_partners(two.alba.unit, keys.document, signed, now=two.now) == 0
    return keys


def test_x11_new_keys_are_told_before_they_are_used_and_no_moment_is_without_a_key(two: Two) -> None:
    old = load_keys(two.home)
    keys = rotated(two)
    assert follow_key_document(old.document, keys.signed_document) == keys.document
    assert keys.own.message == old.own.message
    assert not ready(two.home, two.alba.unit, now=two.now)
    two.settle()
    assert partner_state(two.boreal.unit, "alba").key_number == 2
    assert known_to_all(two.alba.unit, keys.document, now=two.now)
    assert ready(two.home, two.alba.unit, now=two.now)

    two.boreal.push_status(now=two.now)
    two.settle()
    assert two.alba.unit.status_held("boreal") is not None

    use_new_keys(two.home)
    new = load_keys(two.home)
    two.use(new)
    assert new.own.message != old.own.message
    assert new.log == old.log
    two.alba.push_status(now=two.now)
    two.boreal.push_status(now=two.now + 1)
    two.settle()
    assert two.boreal.unit.status_held("alba") is not None
    assert not ready(two.home, two.alba.unit, now=two.now)


def test_x11_a_partner_that_took_the_document_in_outside_its_line_knows_it_too(two: Two) -> None:
    rotated(two)
    assert not ready(two.home, two.alba.unit, now=two.now)
    for _ in range(2):
        note_known(two.home, "boreal")
    assert ready(two.home, two.alba.unit, now=two.now)

    use_new_keys(two.home)
    assert not list(two.home.keys.rglob("known"))


def test_x11_new_keys_are_used_when_the_old_ones_have_ended_whoever_knows_them(two: Two) -> None:
    rotated(two)
    assert not ready(two.home, two.alba.unit, now=two.now + OVERLAP - 1)
    assert ready(two.home, two.alba.unit, now=two.now + OVERLAP)


def test_x11_old_keys_overlap_for_thirty_days_and_the_logs_key_stays(two: Two) -> None:
    old = load_keys(two.home)
    document = rotated(two).document
    first, last = (document.verifying_keys(Purpose.MESSAGE, now=two.now + at) for at in (OVERLAP - 1, OVERLAP))
    assert old.own.message.key_id in first
    assert old.own.message.key_id not in last
    assert len(last) == 1
    assert list(document.verifying_keys(Purpose.LOG, now=two.now + 300 * DAY)) == [old.log.key_id]
    assert document.tls_ca.count("BEGIN CERTIFICATE") == 2


def test_x11_a_stolen_key_counts_no_more_and_pauses_the_sender_at_the_partner(two: Two) -> None:
    old = load_keys(two.home)
    rotated(two, message=two.now - DAY)
    two.settle()
    state = partner_state(two.boreal.unit, "alba")
    assert state.paused
    two.alba.push_status(now=two.now)
    with pytest.raises(WireRefusal):
        two.settle()
    use_new_keys(two.home)
    two.use(load_keys(two.home))
    document = load_keys(two.home).document
    assert [each.key for each in document.revoked] == [old.own.message.key_id]


def test_f19_a_certificate_outlives_the_document_that_names_it_so_that_the_next_one_can_be_told(two: Two) -> None:
    assert certificate_end(two.home) > load_keys(two.home).document.expires + 8 * 365 * DAY
    rotated(two)
    two.settle()
    use_new_keys(two.home)
    assert certificate_end(two.home) > load_keys(two.home).document.expires + 365 * DAY


def test_f19_a_partner_for_whom_nothing_can_be_sealed_is_told_in_its_line_once_something_can(two: Two) -> None:
    late = two.boreal.document.expires
    rotate(two.home, stolen={}, now=two.now)
    keys = load_keys(two.home)
    two.use(keys)
    signed = keys.signed_document.decode()
    for now in (late, late + 1):
        assert tell_partners(two.alba.unit, keys.document, signed, now=now) == 0
    assert not waiting_for(two.alba, "boreal")
    assert two.alba.unit.send_scheduled(now=two.now) == 0
    assert tell_partners(two.alba.unit, keys.document, signed, now=two.now) == 1


def test_a_move_that_was_broken_off_is_gone_on_with(two: Two) -> None:
    rotated(two)
    two.settle()
    draft = two.home.keys / "next"
    kept = {path.name: path.read_bytes() for path in draft.iterdir()}
    (draft / "in-use").write_text("2")
    (draft / "message.seed").replace(two.home.keys / "message.seed")
    assert ready(two.home, two.alba.unit, now=two.now)
    use_new_keys(two.home)
    assert all((two.home.keys / name).read_bytes() == content for name, content in kept.items())
    assert not draft.exists()
    assert load_keys(two.home).own.message.verifying in {each.key for each in load_keys(two.home).document.keys}


def test_new_keys_on_their_way_are_not_replaced(two: Two) -> None:
    rotated(two)
    with pytest.raises(NodeError):
        rotate(two.home, stolen={}, now=two.now)


def test_what_ends_is_said_sixty_thirty_and_seven_days_ahead_and_once_in_the_log(home: Home) -> None:
    keys = load_keys(home)
    end = keys.document.expires

    def said(days: int) -> list[str]:
        ends = own_ends(keys.document, keys.own, certificate=end)
        return [each.words("alba").en for each in warnings(ends, now=end - days * DAY)]

    assert said(61) == []
    assert len(said(60 - 1)) == 7
    assert "alba: the key document ends in 29 days." in said(29)
    assert "Now: alba: the key of messages ends in 6 days." in said(6)
    assert "alba: the certificate of the exchange has ended; nothing under it counts." in said(-1)
    terms = agreement(valid_until=end - 20 * DAY, sweep_every=DAY)
    partner = paired_with("boreal", terms, keys.signed_document.decode())
    over, document, *_ = warnings(partner_ends(partner), now=end - 29 * DAY)
    assert over.words("boreal").en == "Now: boreal: the agreement's time for requests ends in 6 days."
    assert is_news(document, now=end - 30 * DAY, last=end - 31 * DAY)
    assert not is_news(document, now=end - 20 * DAY, last=end - 21 * DAY)
