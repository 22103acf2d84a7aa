"""One real node: made once, started fast, watched over, stopped without a trace."""

import os
import shutil
import signal
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode

pytestmark = pytest.mark.node


@pytest.fixture
def alba() -> Iterator[RealNode]:
    """Make a node; end it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="cotejo-"))
    folder.chmod(0o711)
    node = RealNode(folder, "alba", profile="sv")
    try:
        node.begin_init()
        assert node.answer()["status"] == 0
        yield node
    finally:
        node.close()
        shutil.rmtree(folder, ignore_errors=True)


def pages_answer(node: RealNode) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.pages}/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_a_node_is_made_once_starts_again_fast_survives_its_parts_and_leaves_nothing(
    alba: RealNode, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = {path: path.read_bytes() for path in sorted((alba.home / "keys").iterdir()) if path.is_file()}
    alba.begin_init()
    assert alba.answer()["status"] == 0
    assert {path: path.read_bytes() for path in keys} == keys

    seconds = alba.serve()
    with capsys.disabled():
        print(f"\nsecond start of a node: {seconds:.1f} s")  # noqa: T201 - the figure is what this shows
    assert seconds < 15
    assert pages_answer(alba)
    assert "running" in alba.ask("cli", words=["serve", str(alba.home)])["err"]

    for which in ("pages", "worker"):
        before = alba.child(which)
        os.kill(before, signal.SIGKILL)
        assert until(lambda which=which, before=before: alba.child(which) != before, SECONDS)
    assert until(lambda: pages_answer(alba), SECONDS)

    before = alba.database()
    os.kill(before, signal.SIGKILL)
    assert until(lambda: alba.database() not in {0, before}, SECONDS)
    assert until(lambda: alba.ask("connect") == {} and "outbox" in alba.ask("look"), SECONDS)
    assert until(lambda: pages_answer(alba), SECONDS)

    assert alba.served is not None
    alba.served.kill()
    alba.served.wait()
    assert until(lambda: alba.processes() == [], 15), alba.processes()

    alba.serve()
    assert alba.stop() < 10
    assert alba.processes() == []
