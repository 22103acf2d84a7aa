"""A restored node asks its partners one by one: what fails with one of them keeps no other waiting.

That the line is another on the partner's side is written down, whichever of the two finds it (F55).
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cotejo.actions.laws import partner_state
from cotejo.actions.outside import Room, outside
from cotejo.exchange.incoming import open_letter
from cotejo.exchange.keyring import keys_of
from cotejo.node import recovering
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, make_keys
from cotejo.node.recovering import Recovery
from cotejo.node.rotation import DOCUMENT, rotate
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY, SECOND, Agreement
from cotejo.rules.line import LineMessage
from cotejo.rules.lines import Difference
from cotejo.rules.told import GivenBack, Reconciliation
from tests.builders import wire
from tests.builders.assembled import assembled
from tests.builders.memory import House, boreal
from tests.builders.node_file import WANTED
from tests.machine import free_port
from tests.node.wire.answering import Answer, Answering, Asked


def refuses(*codes: tuple[str, int]) -> Answer:
    """Answer with these refusals, one after the other, the last one from then on."""
    left = list(codes)

    def answer(asked: Asked) -> None:
        code, expected = left.pop(0) if len(left) > 1 else left[0]
        asked.say("409 Conflict", json.dumps({"code": code, "expected": expected}).encode())

    return answer


@dataclass(frozen=True, slots=True)
class Listening:
    """A partner that listens, and its keys."""

    at: Answering
    keys: NodeKeys


def agreed(moment: Millis) -> Agreement:
    """Return the agreement with each partner."""
    return replace(wire.agreement(), valid_from=moment - DAY, valid_until=moment + DAY)


@pytest.fixture
def partners(house: House, tmp_path: Path) -> Iterator[dict[str, Listening]]:
    """Pair a restored node, whose keys are made, with two partners that listen, by name."""
    moment = now()
    make_keys(house.home, name="alba", url=WANTED.url, now=moment)
    with ExitStack() as stack:
        listening = {}
        for name in ("boreal", "cresta"):
            home, port = Home.create(tmp_path / name, world="invented"), free_port()
            keys = make_keys(home, name=name, url=f"https://127.0.0.1:{port}", now=moment)
            document = keys.signed_document.decode()
            known = replace(boreal(), name=name, agreements=(agreed(moment),), key_document=document)
            house.unit.pair(known, now=moment)
            listening[name] = Listening(stack.enter_context(Answering(home, port)), keys)
        house.unit.doubt()
        yield listening


def test_a_partner_for_whom_our_own_old_key_document_is_missing_keeps_no_other_from_being_asked(
    house: House, partners: dict[str, Listening], caplog: pytest.LogCaptureFixture
) -> None:
    moment = now()
    rotate(house.home, stolen={}, now=moment)
    (house.home.keys / f"{DOCUMENT}.1").unlink()
    partners["boreal"].at.answer = refuses(("unknown_key", 0), ("gap", 1))
    partners["cresta"].at.answer = refuses(("try_again", 0))

    recovery = Recovery(assembled(house))
    recovery.ask(moment)

    assert (partners["boreal"].at.asked, partners["cresta"].at.asked) == (2, 1)
    assert "could not be asked" in caplog.text
    assert f"{DOCUMENT}.1" in caplog.text
    assert recovery.next_at(moment) > moment


def answers_about_another_line(by: NodeKeys, ours: NodeKeys, moment: Millis) -> Answer:
    """Answer the question soundly signed, with a message of ours that we never told."""
    asker = replace(
        boreal(), name=ours.own.node, agreements=(agreed(moment),), key_document=ours.signed_document.decode()
    )

    def answer(asked: Asked) -> None:
        question = open_letter(asked.body, own=by.own, partners=(keys_of(ours.document, now=moment),))
        assert isinstance(question.content, Reconciliation)
        said = replace(
            question.content,
            heard=replace(question.content.told, count=1, root="1" * 64),
            restored=False,
            back=GivenBack(lost=(), closed=(), more=False, bits=""),
        )
        room = Room(own=by.own, chance=os.urandom)
        asked.say("200 OK", outside(said, question.sha256, asker, room, now=moment).body)

    return answer


@pytest.mark.parametrize("found", [Difference.TOLD_BY_PARTNER, Difference.OURS_ALTERED])
def test_f55_that_the_line_is_another_is_written_down_whoever_finds_it_and_the_partner_is_asked_again(
    house: House, partners: dict[str, Listening], found: Difference
) -> None:
    moment, node = now(), assembled(house)
    boreals, cresta = partners["boreal"], partners["cresta"]
    boreals.at.answer = (
        refuses(("lines_differ", 0))
        if found is Difference.TOLD_BY_PARTNER
        else answers_about_another_line(boreals.keys, node.keys, moment)
    )
    cresta.at.answer = refuses(("try_again", 0))

    recovery = Recovery(node)
    recovery.ask(moment)

    for name, differ in (("boreal", (found,)), ("cresta", ())):
        state = partner_state(house.unit, name)
        assert (state.lines.differ, state.paused) == (differ, bool(differ))
    assert recovery.next_at(moment) == moment + SECOND
    recovery.ask(moment + SECOND)
    assert (boreals.at.asked, cresta.at.asked) == (2, 2)


def never_ends(by: NodeKeys, ours: NodeKeys, moment: Millis) -> Answer:
    """Answer each question soundly signed, with one more message of ours, and that others follow."""
    asker = replace(
        boreal(), name=ours.own.node, agreements=(agreed(moment),), key_document=ours.signed_document.decode()
    )

    def answer(asked: Asked) -> None:
        question = open_letter(asked.body, own=by.own, partners=(keys_of(ours.document, now=moment),))
        assert isinstance(question.content, Reconciliation)
        lost = LineMessage(
            seq=question.content.told.count + 1,
            mid="0" * 32,
            kind="status_list",
            request="",
            version=0,
            sha256="1" * 64,
            commitment="2" * 64,
            outcome="taken",
        )
        heard = replace(question.content.told, count=10**6, root="1" * 64)
        back = GivenBack(lost=(lost,), closed=(), more=True, bits="")
        said = replace(question.content, heard=heard, restored=False, back=back)
        room = Room(own=by.own, chance=os.urandom)
        asked.say("200 OK", outside(said, question.sha256, asker, room, now=moment).body)

    return answer


@pytest.mark.timeout(60)
def test_f56_a_partner_that_never_comes_to_an_end_of_what_it_gives_back_keeps_no_other_from_being_asked(
    house: House, partners: dict[str, Listening], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment, node = now(), assembled(house)
    boreals, cresta = partners["boreal"], partners["cresta"]
    boreals.at.answer = never_ends(boreals.keys, node.keys, moment)
    cresta.at.answer = refuses(("try_again", 0))
    monkeypatch.setattr(recovering, "LONGEST_ASKING", 0.5)

    recovery = Recovery(node)
    recovery.ask(moment)

    assert boreals.at.asked > 1
    assert cresta.at.asked == 1
    assert recovery.next_at(moment) == moment + SECOND
