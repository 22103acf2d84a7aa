"""Two real nodes agree on the next terms by their commands; both change over at one moment, and every request too."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.database.leftover import until
from tests.machine import free_port
from tests.node.cable import Cable
from tests.node.nodes import SECONDS, RealNode, ending, paired, sound

pytestmark = pytest.mark.node

LIVES = {"grave": "9s", "administrative": "9s", "reading": "9s", "skew": "1s", "sweep_every": "4s"}
BEGINS_IN = ("8s", "30s", "90s")
"""When the next terms begin; later ones are drafted where a busy machine let the time for an answer pass."""
SIGN = ("--by", "pilar.n", "--approved-by", "ovidio.n")


class Two:
    """Alba asks Boreal, which lies behind a cable; Boreal reaches Alba without one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        hand, port = "tests.node.wire.onward_hand", free_port()
        self.cable = Cable(port)
        self.alba = RealNode(folder, "alba", profile="sv", hand=hand)
        self.boreal = RealNode(folder, "boreal", profile="us", hand=hand, exchange=port, url_port=self.cable.port)
        self.nodes = (self.alba, self.boreal)

    def start(self) -> None:
        paired(self.folder, *self.nodes, **LIVES)
        person = ["--username", "ovidio.n", "--name", "Ovidio N", "--unit", "oversight", "--chain", "south"]
        for node in self.nodes:
            node.cli("officer", "add", str(node.home), *person, "--duty", "oversight")
            node.serve()

    def send(self, seed: str, route: str) -> str:
        """Let Alba send a request; wait until Boreal has it and its status list."""
        request: str = sound(self.alba.ask("play", seed=seed, partner="boreal", route=route))["request"]
        assert until(lambda: self.case(request).get("usability") == "usable", SECONDS)
        return request

    def mend(self) -> None:
        """Let Alba reach Boreal again, at once."""
        self.cable.mend()
        self.alba.cli("partner", "try-again", str(self.alba.home), "boreal")

    def say(self, seed: str, what: str) -> None:
        sound(self.alba.ask("origin_says", seed=seed, partner="boreal", what=what))

    def case(self, request: str) -> dict[str, Any]:
        """Show Boreal's case."""
        return dict(sound(self.boreal.ask("case", speaker="alba", request=request)))

    def dossier(self, request: str) -> dict[str, Any]:
        """Show Alba's side."""
        return dict(sound(self.alba.ask("dossier", request=request)))

    def offer(self, begins_in: str) -> str:
        """Let Alba draft terms without the route of information only, and offer them; give their number at Boreal."""
        draft, alba = str(self.folder / f"next-{begins_in}"), str(self.alba.home)
        changes = ["--begins-in", begins_in, "--sweep-every", "2s", "--route", "extradition"]
        said = self.alba.cli("agreement", "renew", alba, "boreal", "--out", draft, *changes)
        assert "Legal routes" in said
        self.alba.cli("agreement", "offer", alba, "boreal", draft, *SIGN)
        assert "Signed here, not by boreal" in self.alba.cli("agreement", "show", alba, "boreal")
        return self.wait_for_offer()

    def wait_for_offer(self) -> str:
        """Return the number of the terms that Boreal's page and command name."""
        found: list[str] = []

        def offered() -> bool:
            said = self.boreal.cli("agreement", "show", str(self.boreal.home), "alba")
            found[:] = re.findall(r"^Signed by alba, not here: .*, terms ([0-9a-f]{16})$", said, re.MULTILINE)
            return bool(found)

        assert until(offered, SECONDS)
        return found[0]

    def accept(self, number: str) -> bool:
        """Let Boreal's two sign the terms with this number; say whether there was time enough."""
        words = ["agreement", "accept", str(self.boreal.home), "alba", "--terms", number, *SIGN]
        done = self.boreal.ask("cli", words=words)
        assert done["status"] == 0 or "begin before the partner can have answered" in done["err"], done["err"]
        return bool(done["status"] == 0)

    def turn(self, node: RealNode, other: RealNode) -> str:
        """Return the number of the agreement whose turn it is at a node."""
        said = node.cli("agreement", "show", str(node.home), other.name)
        [number] = re.findall(r"^In turn: .*, terms ([0-9a-f]{16})$", said, re.MULTILINE)
        return str(number)

    def cited(self) -> dict[str, str]:
        """Give the agreement that Alba's newest message of each kind cites, as Boreal opens them."""
        sent = sound(self.alba.ask("toward", partner="boreal"))["outbox"]
        claims: Any = self.boreal.ask("opened", bodies=[row["body"] for row in sent if row["body"]])
        return {each["kind"]: str(each["agreement"])[:16] for each in claims}


@pytest.fixture
def two(folder: Path) -> Iterator[Two]:
    """Make two nodes; end them whatever happens."""
    made = Two(folder)
    with ending(*made.nodes):
        yield made


def test_f19_the_next_agreement_takes_its_turn_at_both_nodes_and_what_it_does_not_cover_is_withdrawn(two: Two) -> None:
    two.start()
    first = two.turn(two.alba, two.boreal)
    kept, dropped = two.send("kept", "extradition"), two.send("dropped", "information_only")

    for begins_in in BEGINS_IN:
        number = two.offer(begins_in)
        two.cable.cut()
        two.say("kept", "suspend")  # sealed while nothing but the first agreement is agreed
        if two.accept(number):
            break
        two.mend()
        two.say("kept", "reinstate")
    else:
        pytest.fail("no terms were accepted in time")

    assert until(lambda: two.turn(two.boreal, two.alba) == number, SECONDS)
    assert until(lambda: two.turn(two.alba, two.boreal) == number, SECONDS)
    assert until(lambda: two.dossier(dropped)["state"] == "withdrawn", SECONDS)
    assert two.case(dropped)["usability"] == "usable"
    two.mend()

    assert until(lambda: two.case(dropped)["usability"] == "withdrawn", SECONDS)
    assert two.case(kept)["usability"] == "suspended"
    two.say("kept", "reinstate")
    assert until(lambda: two.case(kept)["usability"] == "usable", SECONDS)
    assert until(lambda: bool(two.dossier(dropped)["swept_at"]), SECONDS)
    assert two.dossier(kept)["state"] == "sent"
    cited = two.cited()
    assert (cited["suspension"], cited["withdrawal"], cited["reinstatement"]) == (first, number, number)
    taken = {(row["kind"], row["outcome"]) for row in two.boreal.ask("look")["inbox"]}
    assert {("suspension", "taken"), ("withdrawal", "taken"), ("reinstatement", "taken")} <= taken
