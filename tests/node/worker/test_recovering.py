"""A restored node asks its partners one by one: what fails with one of them keeps no other waiting."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.node.assembly import Node
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import load_keys, make_keys
from cotejo.node.recovering import Recovery
from cotejo.node.rotation import DOCUMENT, rotate
from cotejo.node.wire.parts import Parts
from cotejo.rules.agreement import DAY
from tests.builders import wire
from tests.builders.memory import House, boreal
from tests.node.nodes import free_port
from tests.node.test_making import WANTED
from tests.node.wire.answering import Answer, Answering, Asked


def refuses(*codes: tuple[str, int]) -> Answer:
    """Answer with these refusals, one after the other, the last one from then on."""
    left = list(codes)

    def answer(asked: Asked) -> None:
        code, expected = left.pop(0) if len(left) > 1 else left[0]
        asked.say("409 Conflict", json.dumps({"code": code, "expected": expected}).encode())

    return answer


@pytest.fixture
def partners(house: House, tmp_path: Path) -> Iterator[dict[str, Answering]]:
    """Pair a restored node with two partners that listen, by name."""
    moment = now()
    agreed = replace(wire.agreement(), valid_from=moment - DAY, valid_until=moment + DAY)
    with ExitStack() as stack:
        listening = {}
        for name in ("boreal", "cresta"):
            home, port = Home.create(tmp_path / name, world="invented"), free_port()
            keys = make_keys(home, name=name, url=f"https://127.0.0.1:{port}", now=moment)
            document = keys.signed_document.decode()
            house.unit.pair(replace(boreal(), name=name, agreements=(agreed,), key_document=document), now=moment)
            listening[name] = stack.enter_context(Answering(home, port))
        house.unit.doubt()
        yield listening


def test_a_partner_for_whom_our_own_old_key_document_is_missing_keeps_no_other_from_being_asked(
    house: House, partners: dict[str, Answering], caplog: pytest.LogCaptureFixture
) -> None:
    moment = now()
    make_keys(house.home, name="alba", url=WANTED.url, now=moment)
    rotate(house.home, stolen={}, now=moment)
    (house.home.keys / f"{DOCUMENT}.1").unlink()
    node = Node(home=house.home, file=WANTED, keys=load_keys(house.home), unit=house.unit, parts=Parts(house.home))
    partners["boreal"].answer = refuses(("unknown_key", 0), ("gap", 1))
    partners["cresta"].answer = refuses(("try_again", 0))

    recovery = Recovery(node)
    recovery.ask(moment)

    assert (partners["boreal"].asked, partners["cresta"].asked) == (2, 1)
    assert "could not be asked" in caplog.text
    assert f"{DOCUMENT}.1" in caplog.text
    assert recovery.next_at(moment) > moment
