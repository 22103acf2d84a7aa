"""Faults of machines under two real nodes: both databases restarted under load, and a clock that steps back.

A kill of any process is in `test_killed`, a full disk in `test_full_disk`.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode
from tests.node.wire.scenes import Scene, scene

pytestmark = pytest.mark.node

AN_HOUR = 3_600


@pytest.fixture
def two(folder: Path) -> Iterator[Scene]:
    """Give two nodes."""
    with scene(folder, grave="30s") as made:
        yield made


def test_restarted_databases_lose_nothing_and_a_clock_that_stepped_back_stops_what_cannot_be_undone(two: Scene) -> None:
    clocks_step(two, databases_restart(two))
    for node in two.nodes:
        node.cli("fsck", str(node.home))


def databases_restart(two: Scene) -> str:
    """Stop both databases in good order while officers work, wait for them; return the request that was sent."""
    before = {node.name: node.child("database") for node in two.nodes}
    two.alba.begin("play", seed="restart", partner="boreal")
    for database in before.values():
        os.kill(database, signal.SIGINT)
    played = two.alba.answer()
    assert "request" in played, played
    for node in two.nodes:
        assert until(lambda node=node: node.database() not in {0, before[node.name]}, SECONDS)
        assert until(lambda node=node: node.ask("connect") == {} and "outbox" in node.ask("look"), SECONDS)
    two.until_dossier("restart", outcomes=["taken"])
    assert [row["outcome"] for row in two.taken("request")] == ["taken"]
    return str(played["request"])


def clocks_step(two: Scene, request: str) -> None:
    """Let each node's machine find that its clock went back by an hour: decisions and sending stop, and it is told."""
    assert until(lambda: two.boreal.ask("refused", request=request, what="open") == {"codes": []}, SECONDS)
    for node in two.nodes:
        told = two.says(node)
        assert "clock is behind" not in told, told
        stepped_back(node)
        assert "This machine's clock is behind the node's own last entry" in two.says(node)
        assert "El reloj de esta máquina está atrasado" in two.says(node, "es_SV.UTF-8")
    assert "status.clock_went_back" in two.boreal.ask("refused", request=request, what="act")["codes"]
    assert "dossier.clock_behind" in two.alba.ask("refused_sending", seed="late", partner="boreal")["codes"]


def stepped_back(node: RealNode) -> None:
    """Let the node have worked an hour ahead, so that its clock now stands behind that."""
    assert node.ask("work_ahead", seconds=AN_HOUR) == {}
