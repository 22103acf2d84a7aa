"""Checkpoints of the link: signed by the sender, confirmed by the partner, two faces told to oversight (X8, F55)."""

import random
from dataclasses import replace

import pytest

from cotejo.actions.confirm import NOT_OURS, state_checkpoint
from cotejo.actions.laws import partner_state
from cotejo.exchange import confirming
from cotejo.exchange.reconciling import line_held
from cotejo.identity import RegisterInMemory
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.key_document import PublishedKey, open_key_document, sign_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import read_note
from cotejo.rules.acts import Plan, Send
from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Clockwork
from cotejo.rules.lines import Difference
from cotejo.rules.purposes import Purpose as For
from cotejo.rules.told import Cosignature, LinkCheckpoint
from cotejo.simulation.node import SimulatedNode
from cotejo.simulation.world import START
from tests.builders.line import delivered
from tests.builders.wire import agreement, paired_with

TERMS = agreement(valid_from=START - DAY, valid_until=START + 300 * DAY, sweep_every=DAY)


def signing(node: str, purpose: Purpose) -> SigningKey:
    """Give a node's key of one purpose."""
    return SigningKey.from_seed(random.Random(f"confirm/{node}/{purpose}").randbytes(32), purpose)


class Two:
    """Two nodes with log and witness keys, paired, each with a status list told."""

    def __init__(self, *, witness: bool = True) -> None:
        self.now = START
        self.nodes = {
            name: SimulatedNode(
                name=name,
                profile=profile,
                register=RegisterInMemory([], as_of=START),
                seed="confirm",
                start=START - DAY,
            )
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        }
        documents = {name: self._keys(name, witness=witness) for name in self.nodes}
        for name, other in (("alba", "boreal"), ("boreal", "alba")):
            self.nodes[name].unit.pair(paired_with(other, TERMS, documents[other]))
            self.nodes[name].push_status(now=self.now)
        self.settle()

    def _keys(self, name: str, *, witness: bool) -> str:
        """Give a node log and witness keys and return the document that publishes them."""
        node = self.nodes[name]
        log, confirms, root = (signing(name, each) for each in (Purpose.LOG, Purpose.WITNESS, Purpose.ROOT))
        node.own = replace(node.own, log=log, witness=confirms if witness else None)
        node.desk = replace(node.desk, own=node.own)
        held = open_key_document(node.key_document.encode())
        kept = tuple(each for each in held.keys if each.key.purpose is not Purpose.LOG)
        made = tuple(PublishedKey(key=each.verifying, until=held.expires) for each in (log, confirms))
        document = replace(held, root=root.verifying, keys=(*kept, *made))
        return sign_key_document(document, root).decode()

    def settle(self) -> None:
        """Let every message arrive, and what is said in answer as well."""
        for _ in range(4):
            for name, other in (("alba", "boreal"), ("boreal", "alba")):
                delivered(self.nodes[name], self.nodes[other], now=self.now)

    def checkpoint(self, name: str, other: str) -> None:
        """Let a node state the checkpoint of its direction, and everything that follows."""
        node = self.nodes[name]
        partner = node.unit.partner(other)
        assert partner is not None
        state_checkpoint(node.unit, partner, own=node.own, now=self.now)
        self.settle()

    def says(self, name: str, other: str, content: object) -> None:
        """Let a node say anything."""
        self.nodes[name].unit.commit(
            Plan(sends=(Send(partner=other, content=content),)), who=Clockwork(), purpose=For.EXCHANGE, now=self.now
        )
        self.settle()

    def outcome(self, name: str, kind: str) -> list[bytes]:
        """Return the outcomes of a node's messages of one kind."""
        return [each.receipt for each in self.nodes[name].unit.outbox if each.sealed.kind == kind]


def test_x8_a_checkpoint_comes_back_confirmed_and_both_keep_the_same_note():
    two = Two()
    two.checkpoint("alba", "boreal")
    alba, boreal = two.nodes["alba"].unit, two.nodes["boreal"].unit
    note = alba.checkpoint_held("boreal", outgoing=True)
    assert note == boreal.checkpoint_held("alba", outgoing=False) != b""
    assert Checkpoint.from_text(read_note(note).text).size == 1
    keys = {key.key_id: key.verifying for key in [signing("boreal", Purpose.WITNESS)]}
    assert confirming.confirmed_by(note, keys, addressee="boreal")
    assert two.outcome("alba", "link_checkpoint") == [b"taken"]
    assert two.outcome("boreal", "cosignature") == [b"taken"]
    two.checkpoint("boreal", "alba")
    assert boreal.checkpoint_held("alba", outgoing=True)


def test_f55_another_line_than_came_in_is_never_confirmed_kept_as_evidence_and_told_to_oversight():
    two = Two()
    alba, boreal = two.nodes["alba"], two.nodes["boreal"]
    other = replace(alba.unit.line_held("boreal").told[0], commitment="0" * 64)
    assert alba.own.log is not None
    note = confirming.sign_line(line_held((other,)), sender="alba", addressee="boreal", key=alba.own.log)
    two.says("alba", "boreal", LinkCheckpoint(note=note.decode()))
    state = partner_state(boreal.unit, "alba")
    assert state.paused
    assert state.lines.differ == (Difference.CHECKPOINT,)
    kept = [each.act for each in boreal.unit.entries(state.stream)]
    assert any(getattr(each, "evidence", "") == note.decode() for each in kept)
    assert boreal.unit.checkpoint_held("alba", outgoing=False) == b""
    assert two.outcome("alba", "link_checkpoint") == [b"refused"]


@pytest.mark.parametrize("size", [2, 5])
def test_a_checkpoint_over_more_than_came_in_is_not_confirmed(size: int):
    two = Two()
    alba = two.nodes["alba"]
    assert alba.own.log is not None
    held = tuple(alba.unit.line_held("boreal").told) * size
    note = confirming.sign_line(line_held(held), sender="alba", addressee="boreal", key=alba.own.log)
    two.says("alba", "boreal", LinkCheckpoint(note=note.decode()))
    assert two.outcome("alba", "link_checkpoint") == [b"refused"]


def test_x11_a_checkpoint_under_a_strangers_key_is_refused_and_changes_nothing():
    two = Two()
    note = confirming.sign_line(
        two.nodes["alba"].unit.line_held("boreal").told.whole().held(),
        sender="alba",
        addressee="boreal",
        key=signing("stranger", Purpose.LOG),
    )
    two.says("alba", "boreal", LinkCheckpoint(note=note.decode()))
    assert two.outcome("alba", "link_checkpoint") == [b"refused"]
    assert not partner_state(two.nodes["boreal"].unit, "alba").paused


def test_a_confirmation_of_something_else_is_not_kept():
    two = Two()
    two.checkpoint("alba", "boreal")
    alba = two.nodes["alba"]
    before = alba.unit.checkpoint_held("boreal", outgoing=True)
    assert alba.own.log is not None
    told = alba.unit.line_held("boreal").told.whole().held()
    bare = confirming.sign_line(told, sender="alba", addressee="boreal", key=alba.own.log)
    two.says("boreal", "alba", Cosignature(note=bare.decode()))
    said = [each for each in two.nodes["boreal"].unit.outbox if each.sealed.kind == "cosignature"]
    assert said[-1].receipt == b"refused"
    assert alba.unit.checkpoint_held("boreal", outgoing=True) == before
    assert NOT_OURS.startswith("cosignature.")


def test_a_node_without_a_witness_key_takes_a_checkpoint_and_confirms_nothing():
    two = Two(witness=False)
    two.checkpoint("alba", "boreal")
    assert two.outcome("alba", "link_checkpoint") == [b"taken"]
    assert two.outcome("boreal", "cosignature") == []
