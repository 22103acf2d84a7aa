"""One real node: made once, started fast, watched over, its log cosigned and verified, stopped without a trace."""

import os
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from cotejo.node.clock import now
from cotejo.node.database.leftover import until
from cotejo_witness.memory import Memory
from cotejo_witness.serving import application
from tests.machine import passable_folder
from tests.node.nodes import SECONDS, STOPS_WITHIN, RealNode, ending

pytestmark = pytest.mark.node

REGISTER = "id,full_name,dob,dui\n1,MARÍA LAGO,1990-02-30,90000001-1\n2,,1988-01-01,\n3,LUIS CIPRÉS,1988-03-02,\n"


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with passable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def witness(folder: Path) -> Iterator[tuple[str, Memory]]:
    """Let an outside witness answer; it follows no log yet."""
    memory = Memory.create(folder / "witness", name="witness.example", seed=os.urandom(32))
    with make_server("127.0.0.1", 0, application(memory, now), handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", memory
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def alba(folder: Path, witness: tuple[str, Memory]) -> Iterator[RealNode]:
    """Make a node; end it whatever happens."""
    url, memory = witness
    node = RealNode(folder, "alba", profile="sv", witness=f"{url} {memory.note_key.text()}")
    with ending(node):
        node.begin_init()
        made = node.answer()
        assert made["status"] == 0, made["err"]
        yield node


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
    assert seconds < STOPS_WITHIN
    assert pages_answer(alba)
    assert "already running" in alba.ask("cli", words=["serve", str(alba.home)])["err"]

    for which in ("pages", "worker"):
        before = alba.kill(which)
        assert until(lambda which=which, before=before: alba.child(which) != before, SECONDS)
    assert until(lambda: pages_answer(alba), SECONDS)

    before = alba.kill("database")
    assert until(lambda: alba.database() not in {0, before}, SECONDS)
    assert until(lambda: alba.ask("connect") == {} and "outbox" in alba.ask("look"), SECONDS)
    assert until(lambda: pages_answer(alba), SECONDS)

    assert alba.served is not None
    alba.served.kill()
    alba.served.wait()
    assert until(lambda: alba.processes() == [], SECONDS), alba.processes()


def test_a_register_is_imported_with_every_fault_named_and_the_log_is_cosigned_and_verified(
    alba: RealNode, folder: Path, witness: tuple[str, Memory]
) -> None:
    home, register = str(alba.home), folder / "register.csv"
    person = ["--name", "Olga P", "--unit", "systems", "--chain", "north", "--duty", "operator"]
    link = alba.cli("officer", "add", home, "--username", "olga.p", *person)
    assert f"http://127.0.0.1:{alba.pages}/account/enrol/" in link
    again = alba.ask("cli", words=["officer", "add", home, "--username", "olga.p", *person])
    assert (again["status"], again["err"]) == (1, "This user name is taken.\n")

    register.write_text(REGISTER, encoding="utf-8")
    words = ["register", "import", home, str(register), "--by", "olga.p", "--reason", "no_connector"]
    for _ in range(2):
        said = alba.cli(*words, "--as-of", "2026-01-31")
        assert "Line 2, dob" in said
        assert "Line 3, full_name" in said
        assert "Rows in the register copy: 2. Left out: 1." in said
    stranger = alba.ask("cli", words=[*words[:-3], "nobody", *words[-2:], "--as-of", "2026-01-31"])
    assert (stranger["status"], stranger["err"]) == (1, "There is no account nobody on this node.\n")

    _, memory = witness
    from cotejo.proof.notes import NoteKey

    memory.add(NoteKey.from_text(alba.cli("log", "key", home)))
    alba.serve()
    alba.cli("key-document", home, "--out", str(folder / "alba.keys"))
    verify = ["log", "verify", str(alba.home / "logs" / "house"), "--key", str(folder / "alba.keys")]
    verify += ["--witness", memory.note_key.text()]
    assert until(lambda: alba.ask("cli", words=verify)["status"] == 0, SECONDS), alba.ask("cli", words=verify)
    assert "does not say where people complain" in alba.ask("cli", words=["check", home])["err"]
    alba.cli("redress", "init", home, "--url", "https://redress.example")
    assert alba.cli("check", home) == "Nothing is wrong.\n"
    assert "everything belongs together" in alba.cli("fsck", home)
    assert alba.stop() < STOPS_WITHIN
    assert alba.processes() == []

    bundle = next((alba.home / "logs" / "house" / "tile" / "entries").glob("*"))
    entries = next(bundle.iterdir()) if bundle.is_dir() else bundle
    content = entries.read_bytes()
    entries.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    altered = alba.ask("cli", words=verify)
    assert altered["status"] == 1
    assert "altered" in altered["err"]
    entries.write_bytes(content)
