"""Our key document told outside the line: who signs that it was taken in knows it, and nobody else counts."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cotejo.actions.outside import Room, outside
from cotejo.actions.unit import Partner
from cotejo.exchange.incoming import open_letter
from cotejo.exchange.keyring import keys_of
from cotejo.exchange.outgoing import receipt_content
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, load_keys, make_keys
from cotejo.node.rotation import KNOWN, NEXT, rotate
from cotejo.node.wire.client import Wire
from cotejo.node.wire.telling_keys import tell_keys
from cotejo.rules.agreement import DAY
from tests.builders import wire
from tests.builders.assembled import assembled
from tests.builders.memory import House, boreal
from tests.builders.node_file import WANTED
from tests.machine import free_port
from tests.node.wire.answering import Answering, Asked


class Ends:
    """Alba, whose new keys are on their way, and boreal, which listens; each knows the other's document."""

    def __init__(self, folder: Path, house: House) -> None:
        self.moment, self.port = now(), free_port()
        self.alba, theirs = house.home, Home.create(folder / "boreal", world="invented")
        make_keys(self.alba, name="alba", url=WANTED.url, now=self.moment)
        self.boreal = make_keys(theirs, name="boreal", url=f"https://127.0.0.1:{self.port}", now=self.moment)
        rotate(self.alba, stolen={}, now=self.moment)
        self.keys: NodeKeys = load_keys(self.alba)
        self.node = assembled(house)
        self.listening = Answering(theirs, self.port)

    def partner(self, of: NodeKeys) -> Partner:
        """Return a node as its partner has it."""
        agreed = replace(wire.agreement(), valid_from=self.moment - DAY, valid_until=self.moment + DAY)
        document = of.signed_document.decode()
        return replace(boreal(), name=of.own.node, agreements=(agreed,), key_document=document)

    def receipt(self, asked: Asked, outcome: str, *, signed_by: NodeKeys) -> None:
        """Answer a letter with a receipt."""
        ours = keys_of(self.keys.document, now=self.moment)
        heard = open_letter(asked.body, own=self.boreal.own, partners=(ours,))
        content = receipt_content(of=heard.claims.mid, sha256_of=heard.sha256, outcome=outcome, gaps=())
        room = Room(own=signed_by.own, chance=os.urandom)
        asked.say("200 OK", outside(content, heard.sha256, self.partner(self.keys), room, now=self.moment).body)

    def tell(self) -> bool:
        """Tell alba's document to boreal."""
        with Wire(home=self.alba, partner=self.boreal.document) as line:
            return tell_keys(self.node, line, self.partner(self.boreal), now=self.moment)

    def known(self) -> str:
        """Return who is written down as knowing the document."""
        path = self.alba.keys / NEXT / KNOWN
        return path.read_text() if path.exists() else ""


@pytest.fixture
def ends(tmp_path: Path, house: House) -> Iterator[Ends]:
    """Have boreal listen."""
    made = Ends(tmp_path, house)
    with made.listening:
        yield made


def test_x11_who_signs_that_our_document_was_taken_in_is_written_down_as_knowing_it(ends: Ends) -> None:
    ends.listening.answer = lambda asked: ends.receipt(asked, "taken", signed_by=ends.boreal)
    assert ends.tell()
    assert ends.tell()
    assert ends.known() == "boreal\n"


def test_x11_a_receipt_of_another_outcome_or_without_the_partners_signature_shows_nothing(ends: Ends) -> None:
    stranger = replace(ends.keys, own=replace(ends.keys.own, node="boreal"))
    for outcome, signer in (("refused", ends.boreal), ("taken", stranger)):
        ends.listening.answer = partial(ends.receipt, outcome=outcome, signed_by=signer)
        assert ends.tell()
    ends.listening.answer = lambda asked: asked.say("200 OK", b"taken")
    assert ends.tell()
    assert ends.known() == ""
