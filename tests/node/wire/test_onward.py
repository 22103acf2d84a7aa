"""Three real nodes: a request is passed on, withdrawn while the line to the recipient is cut, swept by everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.database.leftover import until
from cotejo.rules.answers import sweep_time
from tests.machine import free_port
from tests.node.cable import Cable
from tests.node.nodes import SECONDS, RealNode, alba_and_boreal, ending, pair, paired, sound
from tests.node.wire.desk import agreement_of

pytestmark = pytest.mark.node

LIVES = {"grave": "9s", "administrative": "9s", "reading": "9s", "skew": "1s"}
TERMS = LIVES | {"sweep_every": "12s", "standing_recipient": "cobre"}
BEHIND = LIVES | {"sweep_every": "4s"}


class Three:
    """Alba asks Boreal; Cobre is the standing recipient of their agreement and lies behind a cable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        hand = "tests.node.wire.onward_hand"
        self.alba, self.boreal = alba_and_boreal(folder, hand=hand)
        port = free_port()
        self.cable = Cable(port)
        self.cobre = RealNode(folder, "cobre", profile="us", hand=hand, exchange=port, url_port=self.cable.port)
        self.nodes = (self.alba, self.boreal, self.cobre)

    def start(self) -> None:
        paired(self.folder, *self.nodes, **TERMS)
        pair(self.folder, self.boreal, self.cobre, **BEHIND)
        for node in self.nodes:
            node.serve()

    def send(self, seed: str) -> str:
        """Let Alba send a request, Boreal begin it and pass it on; wait until Cobre has it under a fresh status."""
        request: str = sound(self.alba.ask("play", seed=seed, partner="boreal"))["request"]
        assert until(lambda: bool(self.received(request)), SECONDS)
        sound(self.boreal.ask("pass_on", request=request, to=["cobre"]))
        assert until(lambda: bool(self.copy(request)), SECONDS)
        assert until(lambda: self.cobre.ask("begin", speaker="boreal", request=request)["codes"] == [], SECONDS)
        return request

    def withdraw(self, seed: str) -> None:
        sound(self.alba.ask("origin_says", seed=seed, partner="boreal", what="withdraw"))

    def received(self, request: str) -> dict[str, Any]:
        """Show Boreal's case."""
        return dict(sound(self.boreal.ask("case", speaker="alba", request=request)))

    def copy(self, request: str) -> dict[str, Any]:
        """Show Cobre's case."""
        return dict(sound(self.cobre.ask("case", speaker="boreal", request=request)))

    def dossier(self, request: str) -> dict[str, Any]:
        """Show Alba's side."""
        return dict(sound(self.alba.ask("dossier", request=request)))


@pytest.fixture
def three(folder: Path) -> Iterator[Three]:
    """Make three nodes; end them whatever happens."""
    made = Three(folder)
    with ending(*made.nodes):
        yield made


def test_f51_a_withdrawal_reaches_everybody_behind_its_receiver_and_the_origin_knows_when_it_has(three: Three) -> None:
    three.start()
    whole, late = three.send("whole"), three.send("late")
    assert three.copy(whole)["documents"]

    three.withdraw("whole")
    assert until(lambda: three.received(whole)["usability"] == "withdrawn", SECONDS)
    assert until(lambda: three.copy(whole)["usability"] == "withdrawn", SECONDS)

    three.cable.cut()
    three.withdraw("late")
    assert until(lambda: three.received(late)["usability"] == "withdrawn", SECONDS)
    assert three.copy(late)["usability"] == "usable"
    stale = lambda: "status.not_fresh" in three.cobre.ask("begin", speaker="boreal", request=late)["codes"]  # noqa: E731
    assert until(stale, SECONDS)

    assert until(lambda: three.received(late)["missed"] == ["cobre"], SECONDS)
    assert ["oversight", "sweep_missed"] in three.received(late)["waiting"]
    assert until(lambda: bool(three.dossier(late)["missed_at"]), SECONDS)
    assert not three.dossier(late)["swept_at"]
    assert until(lambda: bool(three.dossier(whole)["swept_at"]), SECONDS)

    three.cable.mend()
    assert until(lambda: three.copy(late)["usability"] == "withdrawn", SECONDS)
    assert until(lambda: bool(three.dossier(late)["swept_at"]), SECONDS)
    assert three.copy(late)["swept"]
    assert three.received(late)["swept"]
    assert three.received(late)["waiting"] == []

    held = sound(three.boreal.ask("toward", partner="alba"))
    terms = agreement_of(held["agreement"])
    moments = {row["request"]: row["at"] for row in held["outbox"] if row["kind"] == "sweep"}
    assert sweep_time(terms, three.received(whole)["withdrawn_at"]) <= moments[whole] < moments[late]
    assert moments[late] > sweep_time(terms, three.received(late)["withdrawn_at"])
    assert {(at - terms.valid_from) % terms.sweep_every for at in moments.values()} == {0}
