"""Two real nodes over TLS: a request crosses once, whatever is cut or killed on its way (I8, I9)."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.database.leftover import until
from tests.machine import free_port
from tests.node.cable import Cable
from tests.node.nodes import SECONDS, STOPS_WITHIN, RealNode, ending, paired

pytestmark = pytest.mark.node

VICTIMS = (("boreal", "exchange"), ("alba", "worker"), ("boreal", "worker"), ("alba", "exchange"), ("boreal", "pages"))


class Two:
    """Two paired nodes that run, and the cable that leads to the second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        exchange = free_port()
        self.cable = Cable(to=exchange)
        self.alba = RealNode(folder, "alba", profile="sv")
        self.boreal = RealNode(folder, "boreal", profile="us", exchange=exchange, url_port=self.cable.port)
        self.sent: list[str] = []

    def send(self, seed: str) -> None:
        """Let alba send one sound request."""
        done = self.alba.ask("send", seed=seed, partner="boreal")
        assert "request" in done, done
        self.sent.append(done["request"])

    def wait_until_receipted(self) -> None:
        """Wait until every request alba sent has its receipt."""

        def done() -> bool:
            rows = self.alba.ask("look")["outbox"]
            return {row["request"] for row in rows if row["state"] == "receipted"} >= set(self.sent)

        assert until(done, SECONDS), self.alba.ask("look")["outbox"]

    def check_rehearsal(self) -> None:
        """Say that the invented record went the whole way in both directions, before any request."""

        def told(node: RealNode) -> list[dict[str, Any]]:
            return [row for row in node.ask("look")["outbox"] if row["kind"] == "rehearsal"]

        for node, other in ((self.alba, self.boreal), (self.boreal, self.alba)):
            whole = partial(lambda node: [row["outcome"] for row in told(node)] == ["taken"] * 4, node)
            assert until(whole, SECONDS), told(node)
            assert {row["mid"] for row in told(node)} <= {row["mid"] for row in other.ask("look")["inbox"]}
        alba = self.alba.ask("look")
        before = [row["kind"] for row in alba["outbox"] if row["partner"] == "boreal"]
        assert "rehearsal" not in before[before.index("request") :]
        for node in (self.alba, self.boreal):
            assert "rehearsal" not in node.ask("cli", words=["check", str(node.home)])["err"]

    def check(self) -> None:
        """Nothing lost, nothing repeated, in either direction, and both sides can show it.

        The nodes go on talking: a receipt is held against what was taken in a moment later, and that against what was
        sent as seen later still.
        """
        early, boreal, alba = (node.ask("look") for node in (self.alba, self.boreal, self.alba))
        for seen in (early, alba):
            for name in ("outbox", "link"):
                seen[name] = [row for row in seen[name] if row["partner"] == "boreal"]
        requests = [row for row in alba["outbox"] if row["kind"] == "request"]
        assert [row["request"] for row in requests] == self.sent
        assert {row["outcome"] for row in requests} == {"taken"}, requests
        assert sorted(row["term"] for row in boreal["reviews"]) == sorted(f"alba/{each}" for each in self.sent)
        for before, between, after in ((early, boreal, alba), (boreal, alba, None), (None, early, boreal)):
            assert [row["seq"] for row in between["inbox"]] == list(range(1, len(between["inbox"]) + 1))
            taken = {row["mid"] for row in between["inbox"]}
            if before is not None:
                assert {row["mid"] for row in before["outbox"] if row["state"] == "receipted"} <= taken
            if after is not None:
                assert taken <= {row["mid"] for row in after["outbox"]}
                told = [leaf["leaf"] for leaf in after["link"] if leaf["outgoing"]]
                heard = [leaf["leaf"] for leaf in between["link"] if not leaf["outgoing"]]
                assert told[: len(heard)] == heard
        for node in (self.alba, self.boreal):
            node.cli("fsck", str(node.home))


@pytest.fixture
def two(folder: Path) -> Iterator[Two]:
    """Make, pair and start two nodes; end them whatever happens."""
    made = Two(folder)
    with ending(made.alba, made.boreal):
        paired(folder, made.alba, made.boreal)
        for node in (made.alba, made.boreal):
            node.serve()
        yield made


def waiting(two: Two, partner: str) -> list[dict[str, object]]:
    """Return alba's messages that wait for a partner."""
    rows = two.alba.ask("look")["outbox"]
    return [row for row in rows if row["partner"] == partner and row["state"] == "waiting"]


def test_i8_a_request_crosses_exactly_once_through_a_cut_cable_and_killed_processes(two: Two) -> None:
    unreachable = {"folder": str(two.folder), "name": "cresta", "port": free_port()}
    assert two.alba.ask("pair_unreachable", **unreachable) == {}
    two.send("first")
    two.wait_until_receipted()
    two.check()
    two.check_rehearsal()
    assert two.boreal.ask("redress", request=two.sent[0], word="suspend") == {}
    assert until(lambda: two.boreal.ask("look")["redress"] == [{"outcome": "taken"}], SECONDS), "redress was not heard"
    assert until(lambda: any(row["tries"] for row in waiting(two, "cresta")), SECONDS), "cresta was not tried"
    assert until(lambda: bool(two.boreal.ask("look")["status"]), SECONDS), "no status list came"

    two.cable.cut()
    two.send("lost by the partner")
    assert two.alba.ask("lose", request=two.sent[-1]) == {"lost": 1}
    two.send("while the cable is cut")
    assert until(lambda: any(row["tries"] for row in waiting(two, "boreal")), SECONDS), "nothing was tried"
    assert len(two.boreal.ask("look")["reviews"]) == 1
    two.cable.mend()
    two.wait_until_receipted()
    two.check()

    for number, (node, which) in enumerate(VICTIMS):
        if number % 2:
            two.send(f"kill {number}")
        getattr(two, node).kill(which)
    two.wait_until_receipted()
    two.check()

    for node in (two.alba, two.boreal):
        assert node.stop() < STOPS_WITHIN
        assert node.processes() == []


@pytest.mark.long
def test_i8_fifty_kills_lose_and_repeat_nothing(two: Two) -> None:
    chance = random.Random(50)
    for number in range(50):
        if number % 5 == 0:
            two.send(f"kill {number}")
        node, which = chance.choice(VICTIMS)
        getattr(two, node).kill(which)
    two.wait_until_receipted()
    two.check()
