"""Scenario 5, delivery and states, over two real processes: what the sender sees of a request, and nothing else.

It sees `received` and later the periodic answer, the same for a case somebody works on and one nobody opened. A request
whose line breaks in the middle of its body while the receiver stops waits with a plain reason and arrives exactly once;
so does one whose sender dies before it has the receipt that was given (I6, I8).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS
from tests.node.wire.scenes import ABOUT_THE_LINE, Scene, scene

pytestmark = pytest.mark.node

INSIDE_A_BODY = 60_000


@pytest.fixture
def two(folder: Path) -> Iterator[Scene]:
    """Give two nodes whose agreement has short dates."""
    with scene(folder, grave="9s", answer_every="4s", skew="1s") as made:
        yield made


def test_a_request_is_received_once_whatever_breaks_and_the_sender_sees_that_and_a_blunt_answer(two: Scene) -> None:
    opened = two.send("opened")
    assert two.until_dossier("opened", outcomes=["taken"])["state"] == "sent"
    assert until(lambda: two.boreal.ask("refused", request=opened, what="open") == {"codes": []}, SECONDS)

    two.cable.delay = 0.05
    two.cable.break_after(INSIDE_A_BODY)
    two.send("broken off")
    assert two.cable.broke.wait(SECONDS), "nothing was sent"
    two.boreal.stop()
    two.cable.mend()
    assert until(lambda: "Nothing goes to boreal since" in two.says(two.alba), SECONDS), two.says(two.alba)
    assert "nada responde en su dirección" in two.says(two.alba, "es_SV.UTF-8")
    assert two.dossier("broken off")["outcomes"] == [""]
    two.cable.delay = 0.0
    two.boreal.serve()
    two.until_dossier("broken off", outcomes=["taken"])

    two.cable.hold_answers()
    two.send("no receipt")
    assert until(lambda: kept_back(two, requests=3), SECONDS), two.taken("request")
    assert two.dossier("no receipt")["outcomes"] == [""]
    two.alba.kill("worker")
    two.cable.end_connections()
    two.cable.let_answers_go()
    two.until_dossier("no receipt", outcomes=["taken"])
    assert [row["outcome"] for row in two.taken("request")] == ["taken"] * 3

    sees_no_more_than_answers(two)


def kept_back(two: Scene, *, requests: int) -> bool:
    """Say whether the receipt kept back is that of the newest request; let any other one go."""
    if not two.cable.held.is_set():
        return False
    if len(two.taken("request")) == requests:
        return True
    two.cable.let_answers_go()
    two.cable.hold_answers()
    return False


def sees_no_more_than_answers(two: Scene) -> None:
    """Wait for answers to every case; compare what the sender knows of the one that was opened and of the others."""
    cases = ("opened", "broken off", "no receipt")
    for case in cases:
        assert until(lambda case=case: two.dossier(case)["answers"] != [], SECONDS), two.dossier(case)
    known = [two.dossier(case) for case in cases]
    assert {answer for each in known for answer in each["answers"]} == {"no_action_to_report"}
    assert all({**each, "answers": []} == {**known[0], "answers": []} for each in known)
    heard = {row["kind"] for row in two.alba.ask("look")["inbox"]}
    assert heard <= {*ABOUT_THE_LINE, "answer"}
    for node in two.nodes:
        node.cli("fsck", str(node.home))
    assert until(lambda: "Nothing goes to" not in two.says(two.alba), SECONDS)
