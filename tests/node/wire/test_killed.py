"""SIGKILL of every process two nodes are made of, at seeded moments: no act lost, no effect repeated (I8, I9)."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode, alba_and_boreal, ending, paired

pytestmark = pytest.mark.node

VICTIMS = ("exchange", "worker", "pages", "database", "parent")
LONGEST_PAUSE = 0.8


class Story:
    """Two nodes whose officers work while somebody kills their processes; `seed` says whose and when."""

    def __init__(self, alba: RealNode, boreal: RealNode, *, seed: int) -> None:
        self.alba = alba
        self.boreal = boreal
        self.sent: list[str] = []
        self.acts: dict[tuple[str, str, str], int] = {}
        self.killed: list[tuple[str, str]] = []
        self._chance = random.Random(seed)

    def play(self, kills: int) -> None:
        """Play requests and the beginning of their reviews until so many processes were killed meanwhile."""
        deck: list[tuple[RealNode, str]] = []
        while len(self.killed) < kills:
            self.alba.begin("play", seed=f"story {len(self.sent)}", partner="boreal")
            self.boreal.begin("open_reviews")
            for _ in range(min(5, kills - len(self.killed))):
                if not deck:
                    deck = [(node, which) for node in (self.alba, self.boreal) for which in VICTIMS]
                    self._chance.shuffle(deck)
                time.sleep(self._chance.uniform(0, LONGEST_PAUSE))
                self._kill(*deck.pop())
            played = self._told(self.alba)
            self.sent.append(played["request"])
            self._told(self.boreal)

    def end(self) -> None:
        """Wait until everything was delivered and every review begun."""
        for node in (self.alba, self.boreal):
            assert until(lambda node=node: node.ask("connect") == {} and "outbox" in node.ask("look"), SECONDS)

        def delivered() -> bool:
            rows = self.alba.ask("look").get("outbox", [])
            return {row["request"] for row in rows if row["state"] == "receipted"} >= set(self.sent)

        assert until(delivered, 2 * SECONDS), self.alba.ask("look")["outbox"]

        def begun() -> bool:
            self.boreal.begin("open_reviews")
            return not self._told(self.boreal)["waiting"]

        assert until(begun, SECONDS), "a review waits for the status of its request"

    def check(self) -> None:
        """Compare what officers were told with what is there, and what one node holds with what the other holds."""
        for node in (self.alba, self.boreal):
            held = {(kind, id_): (count, newest) for kind, id_, count, newest in node.ask("acts")["acts"]}
            for (name, kind, id_), count in self.acts.items():
                if name == node.name:
                    assert held[kind, id_][0] >= count, (name, kind, held[kind, id_], count)
            assert all(count == newest for count, newest in held.values())
            node.cli("fsck", str(node.home))
        early, boreal, alba = (node.ask("look") for node in (self.alba, self.boreal, self.alba))
        requests = [row for row in alba["outbox"] if row["kind"] == "request"]
        assert [(row["request"], row["outcome"]) for row in requests] == [(each, "taken") for each in self.sent]
        assert sorted(row["term"] for row in boreal["reviews"]) == sorted(f"alba/{each}" for each in self.sent)
        for ours, theirs in ((alba, boreal), (boreal, early)):  # who sent is looked at after who took it in
            assert [row["seq"] for row in theirs["inbox"]] == list(range(1, len(theirs["inbox"]) + 1))
            told = [leaf["leaf"] for leaf in ours["link"] if leaf["outgoing"]]
            heard = [leaf["leaf"] for leaf in theirs["link"] if not leaf["outgoing"]]
            assert heard
            assert told[: len(heard)] == heard
        answered, given = self.alba.ask("post_again", partner="boreal"), self.boreal.ask("receipts")
        assert answered
        assert answered == {mid: given[mid] for mid in answered}

    def _told(self, node: RealNode) -> dict[str, object]:
        answer = node.answer()
        assert "error" not in answer, (answer, self.killed)
        for kind, id_, count in answer["acts"]:
            self.acts[node.name, kind, id_] = count
        return answer

    def _kill(self, node: RealNode, which: str) -> None:
        self.killed.append((node.name, which))
        assert node.served is not None
        if which == "parent":
            node.served.kill()
            node.served.wait()
            assert node.served.stdout is not None
            node.served.stdout.close()
            assert until(lambda: node.processes() == [], SECONDS), node.processes()
            node.start()
            return
        node.kill(which)


@pytest.fixture
def nodes(folder: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """Make, pair and start two nodes; end them whatever happens."""
    alba, boreal = alba_and_boreal(folder, hand="tests.node.wire.hand")
    with ending(alba, boreal):
        paired(folder, alba, boreal)
        for node in (alba, boreal):
            node.serve()
        yield alba, boreal


def told(nodes: tuple[RealNode, RealNode], *, kills: int, seed: int) -> Story:
    """Tell a whole story and check its end."""
    story = Story(*nodes, seed=seed)
    story.play(kills)
    story.end()
    story.check()
    return story


def test_i8_five_kills_lose_no_act_and_repeat_no_effect(nodes: tuple[RealNode, RealNode]) -> None:
    assert len(told(nodes, kills=5, seed=5).killed) == 5


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_i8_fifty_kills_of_every_process_lose_no_act_and_repeat_no_effect(nodes: tuple[RealNode, RealNode]) -> None:
    story = told(nodes, kills=50, seed=50)
    assert {which for _, which in story.killed} == set(VICTIMS)
    assert len(story.acts) >= 3 * len(story.sent)
