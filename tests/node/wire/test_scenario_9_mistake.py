"""Scenario 9, a mistake, its correction, what is disputed and a withdrawal, over two real processes (F53, F56, I7).

The holder shows old and new value and begins its steps again. What the origin disputes stands with the holder (scenario
10 as design section 12 reads it); what the person signed there suspends the request until they are answered (I12). A
withdrawal of a case waits while the holder is out of reach, goes up to the oversight body in plain words, and completes
by itself when the holder is back. What was withdrawn comes back neither from the origin's old list nor as a message.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS
from tests.node.wire.scenes import Scene, scene

pytestmark = pytest.mark.node


@pytest.fixture
def two(folder: Path) -> Iterator[Scene]:
    """Give two nodes whose withdrawals are swept every few seconds."""
    with scene(folder, grave="9s", sweep_every="3s", skew="1s") as made:
        yield made


def dispute(two: Scene, request: str) -> None:
    """Let the origin dispute a statement, then the person with their signature, and let the origin answer them."""
    two.alba.ask("origin_says", seed="mistake", partner="boreal", what="dispute")
    assert until(lambda: [row["outcome"] for row in two.taken("dispute")] == ["taken"], SECONDS)
    assert two.boreal.ask("history", request=request)["acts"][-1] == "review.disputed"
    assert until(lambda: two.boreal.ask("refused", request=request, what="open") == {"codes": []}, SECONDS)

    assert "error" not in two.boreal.ask("review", request=request, what="signed dispute")
    waiting = two.until_dossier("mistake", state="suspended")
    assert ["authoriser", "dossier.suspended"] in waiting["waits"]
    assert until(lambda: [row["outcome"] for row in two.taken("suspension")] == ["taken"], SECONDS)
    assert two.boreal.ask("refused", request=request, what="act")["codes"]
    two.alba.ask("origin_says", seed="mistake", partner="boreal", what="answer")
    two.until_dossier("mistake", state="sent")
    assert until(lambda: [row["outcome"] for row in two.taken("reinstatement")] == ["taken"], SECONDS)


def test_a_correction_shows_old_and_new_and_a_withdrawal_waits_escalates_completes_and_binds(two: Scene) -> None:
    request = two.send("mistake")
    two.until_dossier("mistake", outcomes=["taken"])
    assert until(lambda: two.boreal.ask("refused", request=request, what="open") == {"codes": []}, SECONDS)
    assert two.boreal.ask("history", request=request)["opened"]

    two.alba.ask("origin_says", seed="mistake", partner="boreal", what="correct")
    two.until_dossier("mistake", outcomes=["taken", "taken"])
    corrected = two.boreal.ask("history", request=request)
    assert corrected["acts"][-1] == "review.corrected"
    assert ["withheld", "0", "3"] in corrected["changes"]
    assert not corrected["opened"], "the steps of a corrected case begin again"
    dispute(two, request)

    two.cable.cut()
    two.alba.ask("origin_says", seed="mistake", partner="boreal", what="withdraw")
    waiting = two.until_dossier("mistake", state="withdrawn", missed=True, swept=False)
    assert ["oversight", "dossier.sweep_missed"] in waiting["waits"]
    assert until(lambda: "Nothing goes to boreal since" in two.says(two.alba), SECONDS), two.says(two.alba)
    assert "Se reintenta solo" in two.says(two.alba, "es_SV.UTF-8")
    assert two.boreal.ask("refused", request=request, what="open")["codes"] != ["case.withdrawn"]
    assert two.taken("withdrawal") == []

    two.cable.mend()
    two.alba.cli("partner", "try-again", str(two.alba.home))
    assert until(lambda: [row["outcome"] for row in two.taken("withdrawal")] == ["taken"], SECONDS)
    assert "case.withdrawn" in two.boreal.ask("refused", request=request, what="open")["codes"]
    done = two.until_dossier("mistake", swept=True)
    assert ["oversight", "dossier.sweep_missed"] not in done["waits"]

    again = two.alba.ask("same_facts_again", seed="mistake", partner="boreal")
    assert "dossier.withdrawn_before" in again["codes"], again
    assert len(two.taken("request")) == 1
    for node in two.nodes:
        node.cli("fsck", str(node.home))
