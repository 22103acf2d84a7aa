"""Letters of a partner turned hostile, at the real listener: each refused by name, written down, without effect."""

import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode, alba_and_boreal, ending, paired

pytestmark = pytest.mark.node


@pytest.fixture
def nodes(folder: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """Make and pair two nodes of which only the second runs, its rehearsal begun; end them whatever happens."""
    alba, boreal = alba_and_boreal(folder, hand="tests.node.wire.hand", journals=True)
    with ending(alba, boreal):
        paired(folder, alba, boreal)
        boreal.serve()
        assert until(lambda: any(row["kind"] == "rehearsal" for row in boreal.ask("look")["outbox"]), SECONDS)
        yield alba, boreal


def effects(node: RealNode) -> object:
    """Return everything a letter could have changed."""
    seen = node.ask("look")
    heard = [row for row in seen["link"] if not row["outgoing"]]
    return seen["inbox"], heard, seen["reviews"], seen["status"], node.ask("acts"), node.ask("line")


def test_every_hostile_letter_is_refused_by_name_and_written_down_without_effect(
    nodes: tuple[RealNode, RealNode],
) -> None:
    alba, boreal = nodes
    before = effects(boreal)
    agreement = boreal.ask("line")["alba"][2]
    document = (boreal.home.parent / "boreal.keys").read_text()
    heard = alba.ask("letters", document=document, agreement=agreement)
    assert heard.pop("taken") is True, heard
    assert {name: code for name, code in heard.items() if name.rpartition(": ")[2] != code} == {}
    after = effects(boreal)
    inbox = boreal.ask("look")["inbox"]
    assert [row["seq"] for row in inbox] == list(range(1, 10))
    assert {row["outcome"] for row in inbox if row["kind"] == "agreement"} == {"refused"}
    assert before[4] == after[4]  # type: ignore[index]
    journal = [
        json.loads(each)
        for each in (boreal.home.parent / "boreal.journal").read_text().splitlines()
        if each.startswith("{")
    ]
    written = [line["facts"]["code"] for line in journal if line["from"] == "cotejo.wire"]
    assert sorted(written) == sorted(heard.values())


def test_nobody_without_a_certificate_of_a_partner_is_listened_to(nodes: tuple[RealNode, RealNode]) -> None:
    _, boreal = nodes
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        _ask(context, boreal.exchange)


def _ask(context: ssl.SSLContext, port: int) -> bytes:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    with line, context.wrap_socket(line) as wrapped:
        wrapped.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        return wrapped.recv(1)
