"""Who speaks for the copies of a request: whoever brought that request, not whoever uses its id (F54, I7, I12)."""

from dataclasses import replace
from typing import Any, Final

import pytest

from cotejo.identity import RegisterInMemory
from cotejo.proof.status_list import SlotState
from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Plan, Send, SlotChange, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.duties import Clockwork, RedressDoor
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.onward import PassOn
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Usability
from cotejo.rules.told import Erasure, Reinstatement, Request, Suspension, Withdrawal
from cotejo.simulation import invented_review as desk
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import START
from tests.builders.tree import PERIOD, Tree

WORDS: Final = {
    "withdrawal": lambda request: Withdrawal(request=request, version=1, reason="acquitted"),
    "erasure": lambda request: Erasure(request=request, version=1, basis=ErasureBasis.WITHDRAWN),
}


def with_delta(tree: Tree) -> Tree:
    """Pair one more origin with both agencies; of what it sends to Boreal, Cobre may have copies as well."""
    tree.nodes["delta"] = SimulatedNode(
        name="delta", profile="sv", register=RegisterInMemory([], as_of=START), seed="delta", start=START - DAY
    )
    tree._pair("delta", "boreal", sweep_every=PERIOD, standing_recipients=("cobre",))
    tree._pair("delta", "cobre", sweep_every=HOUR)
    return tree


def say(tree: Tree, content: Any, version: int = 1) -> bytes:
    """Let Delta say something to Boreal, and everybody work; return what its receipt says."""
    delta = tree.nodes["delta"]
    send = Send(partner="boreal", content=content, request=tree.case.request, version=version)
    delta.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=tree.now)
    message = waiting_for(delta, "boreal")[-1]
    tree._send("delta", "boreal")
    tree.work()
    return bytes(message.receipt)


def bring(tree: Tree, *, sound: bool = True, version: int = 1) -> bytes:
    """Let Delta send Boreal a request of its own under the id of Alba's."""
    package, delta = tree.received.package, tree.nodes["delta"]
    assert package is not None
    for each in package.documents if sound else ():
        content = tree.alba.unit.documents.get(each.sha256)
        delta.unit.documents.put(content, unit=Stream(StreamKind.PERSON, "f" * 32))
    terms = tree.boreal.unit.partner("delta").terms(tree.now)
    own = replace(package, origin="delta", agreement=terms.hash, version=version, case_number="Delta-1")
    return say(tree, Request(package=own), version)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("sound", [True, False])
def test_f54_a_request_of_ones_own_under_the_id_of_anothers_ends_no_copy_of_it(word: str, sound: bool) -> None:
    tree = with_delta(Tree().passed_on())
    assert bring(tree, sound=sound) == (b"taken" if sound else b"refused")
    assert say(tree, WORDS[word](tree.case.request)) == b"taken"
    assert tree.sent("boreal", "cobre", word) == []
    assert tree.copy.usability is Usability.USABLE
    assert tree.received.usability is Usability.USABLE


def test_i12_a_request_of_ones_own_under_the_id_of_anothers_frees_no_copy_of_it() -> None:
    tree = with_delta(Tree().passed_on())
    assert tree.act("boreal", tree.received, ask.RedressSuspend(), RedressDoor()) == ()
    tree.work()
    assert tree.copy.usability is Usability.SUSPENDED
    assert bring(tree) == b"taken"
    for word in (Suspension, Reinstatement):
        assert say(tree, word(request=tree.case.request, version=1)) == b"taken"
    assert tree.review("boreal", "delta").usability is Usability.USABLE
    assert tree.copy.usability is Usability.SUSPENDED
    assert tree.act("boreal", tree.received, ask.RedressLift(), RedressDoor()) == ()
    tree.work()
    assert tree.copy.usability is Usability.USABLE


def restored(*, sound: bool) -> Tree:
    """Bring Boreal to where a restore took that it passed Alba's request on; Delta uses its id as well."""
    tree = with_delta(Tree().open())
    assert bring(tree, sound=sound) == (b"taken" if sound else b"refused")
    backup = tree.boreal.unit.backup()
    assert tree.pass_on() == ()
    tree.work().push()
    tree.boreal.unit.restore(backup)
    tree.recover("boreal")
    assert tree.received.passed_to == ()
    return tree


def test_f54_whose_request_under_an_id_was_refused_stops_no_copy_even_after_a_restore() -> None:
    tree = restored(sound=False)
    for word in WORDS.values():
        assert say(tree, word(tree.case.request)) == b"taken"
    assert tree.copy.usability is Usability.USABLE


def test_i7_a_request_of_another_under_the_same_id_keeps_no_withdrawal_from_a_copy_even_after_a_restore() -> None:
    tree = restored(sound=True)
    say(tree, Suspension(request=tree.case.request, version=1))
    assert tree.copy.usability is Usability.SUSPENDED
    say(tree, Reinstatement(request=tree.case.request, version=1))
    assert tree.copy.usability is Usability.SUSPENDED
    tree.tell("alba", "boreal", WORDS["withdrawal"](tree.case.request))
    tree.work()
    assert tree.copy.usability is Usability.WITHDRAWN


def test_f54_a_request_of_another_passed_on_under_the_same_id_does_not_take_the_place_of_the_copy() -> None:
    tree = with_delta(Tree().passed_on())
    copy = tree.copy
    assert copy.package is not None
    assert bring(tree, version=2) == b"taken"
    theirs, delta = tree.review("boreal", "delta"), tree.nodes["delta"]
    slot = SlotChange(partner="boreal", slot=copy.package.slot, state=SlotState.VALID)
    delta.unit.commit(Plan(slots=(slot,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=tree.now)
    delta.push_status(now=tree.now)
    tree._send("delta", "boreal")
    for who, command in desk.begin():
        assert tree.act("boreal", theirs, command, who) == ()
    assert tree.act("boreal", theirs, PassOn(recipients=("cobre",)), desk.LEGAL) == ()
    tree.work()
    assert [each.receipt for each in tree.sent("boreal", "cobre", "request")] == [b"taken", b"taken"]
    assert tree.copy == copy
    assert tree.copy.package == tree.received.package


def test_f54_a_letter_is_passed_on_as_the_request_it_is_of_or_has_no_effect() -> None:
    tree = Tree().open()
    assert tree.pass_on() == ()
    tree.cut = {frozenset({"boreal", "cobre"})}
    tree.work()
    said = tree.sent("boreal", "cobre", "request")[-1].send.content
    tree.cut = set()
    tree.boreal.unit._memory.outbox.clear()
    tree.boreal.unit._memory.partners["cobre"] = replace(tree.boreal.unit.partner("cobre"), sequence_out=0, last_out="")
    assert tree.tell("boreal", "cobre", said, request="0" * 32).receipt == b"refused"
    assert tree.cobre.unit.traces[-1].codes == ("not_the_origins",)
    assert tree.tell("boreal", "cobre", said).receipt == b"taken"
