"""The program itself: a real process on a free port, killed at the worst moment, and its commands."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import tilelog, tiles
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
from cotejo_witness.memory import Memory

pytestmark = pytest.mark.node

SECONDS = 120
"""How long the program may take to answer or to end on a busy machine."""

LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
LEAVES = [f"entry {n}".encode() for n in range(600)]
HASHES = [tilelog.leaf_hash(leaf) for leaf in LEAVES]
READ = tilelog.subtrees_of(lambda start, end: HASHES[start:end])
LIE = tilelog.subtrees_of(lambda start, end: [tilelog.leaf_hash(b"lie"), *HASHES[1:]][start:end])


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from cotejo_witness.main import app; app()", *map(str, words)]


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=SECONDS, check=False)


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    with subprocess.Popen(command("serve", "--home", home, "--port", 0), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            at = urlsplit(process.stdout.readline().split()[-1])
            assert at.hostname
            assert at.port
            yield process, at.hostname, at.port
        finally:
            process.kill()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    Memory.create(folder, name="ombudsman", seed=b"w" * 32).add(HOUSE)
    return folder


def body(old: int, new: int, read: tilelog.Subtrees = READ) -> bytes:
    point = Checkpoint(origin=HOUSE.name, size=new, root=tilelog.root_at(new, read))
    signed = checkpoints.sign_checkpoint(point, LOG)
    return AddCheckpoint(old=old, proof=tilelog.consistency_proof(old, new, read), checkpoint=signed).to_bytes()


def post(host: str, port: int, content: bytes, path: str = "/add-checkpoint") -> tuple[int, str]:
    with closing(HTTPConnection(host, port, timeout=SECONDS)) as line:
        line.request("POST", path, content)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def held(home: Path) -> int:
    (watched,) = Memory.open(home).watched()
    return watched.held.size


def test_the_program_confirms_and_refuses_over_the_network(home: Path) -> None:
    with serving(home) as (process, host, port):
        status, answer = post(host, port, body(0, 5))
        (line,) = read_cosignatures(answer.encode())
        assert (status, line.name) == (200, "ombudsman")
        assert post(host, port, body(0, 9)) == (409, "5\n")
        assert post(host, port, body(5, 9, LIE))[0] == 422
        assert post(host, port, body(5, 5, LIE))[0] == 409
        assert post(host, port, b"", path="/other")[0] == 404
        assert post(host, port, bytes(80_000))[0] == 413
        with closing(HTTPConnection(host, port, timeout=SECONDS)) as ask:
            ask.request("GET", "/")
            assert "ombudsman+" in ask.getresponse().read().decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=SECONDS) == 0
    assert held(home) == 5
    assert "EVIDENCE" in run("status", "--home", home).stdout


def test_killed_between_keeping_a_checkpoint_and_answering_it_never_confirms_another_history(home: Path) -> None:
    size = 0
    for step in range(3):
        with serving(home) as (process, host, port):
            content = body(size, size + 7)
            head = f"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            with create_connection((host, port), timeout=SECONDS) as line:
                line.sendall(head + content)
                until = time.monotonic() + SECONDS
                while held(home) == size:
                    assert time.monotonic() < until, "the checkpoint was never kept"
                process.kill()
                process.wait(timeout=SECONDS)
        size += 7
        assert held(home) == size, step
    with serving(home) as (_, host, port):
        assert post(host, port, body(size - 7, size)) == (409, f"{size}\n")
        assert post(host, port, body(size, size, LIE))[0] == 409
        assert post(host, port, body(size, size + 1, LIE))[0] == 422
        assert post(host, port, body(size, size))[0] == 200
        assert post(host, port, body(size, 90))[0] == 200


def test_killed_at_any_moment_it_holds_at_least_what_it_confirmed(home: Path) -> None:
    confirmed = 0
    for requests in (1, 4, 9):
        with serving(home) as (process, host, port):
            for _ in range(requests):
                now = held(home)
                if post(host, port, body(now, now + 1))[0] == 200:
                    confirmed = now + 1
            with create_connection((host, port), timeout=SECONDS) as line:
                line.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold")
                process.kill()
                process.wait(timeout=SECONDS)
        assert held(home) == confirmed


def write_log(folder: Path, size: int, *cosigners: SigningKey) -> None:
    point = Checkpoint(origin=HOUSE.name, size=size, root=tilelog.root_at(size, READ))
    signed = checkpoints.sign_checkpoint(point, LOG)
    lines = [
        checkpoints.cosign(signed, log=HOUSE, name="ombudsman", key=key, now=1_764_000_000_000) for key in cosigners
    ]
    folder.mkdir(parents=True)
    (folder / "checkpoint").write_bytes(checkpoints.with_cosignatures(signed, *lines))
    for tile in tiles.tiles_of(size):
        contents = {tile.path(): tiles.tile_bytes(tile, READ)}
        if tile.level == 0:
            start = tile.number * tiles.WIDTH
            contents[tile.bundle_path()] = tiles.bundle_bytes(LEAVES[start : start + tile.width])
        for path, content in contents.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def test_a_folder_is_verified_from_files_alone_and_one_altered_entry_is_named(home: Path, tmp_path: Path) -> None:
    folder, witness = tmp_path / "log", Memory.open(home)
    write_log(folder, 600, witness.key)
    words = ("verify", folder, "--log-key", HOUSE.text(), "--witness", witness.note_key.text())
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert "600 entries" in done.stdout
    assert "confirmed by ombudsman 2025-11-24" in done.stdout
    bundle = folder / "tile/entries/001"
    bundle.write_bytes(bundle.read_bytes().replace(b"entry 300", b"entry 3OO"))
    done = run(*words)
    assert done.returncode == 1
    assert "entry 300 in tile/entries/001 was altered" in done.stderr


def test_a_witness_compares_a_folder_with_what_it_confirmed(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    write_log(folder, 300)
    memory = Memory.open(home)
    with serving(home) as (_, host, port):
        assert post(host, port, body(0, 280))[0] == 200
    done = run("verify", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert "continues the 280 entries" in done.stdout
    with serving(home) as (_, host, port):
        assert post(host, port, body(280, 301))[0] == 200
    done = run("verify", folder, "--home", home)
    assert (done.returncode, "301 were confirmed before" in done.stderr) == (1, True)
    assert read_note((folder / "checkpoint").read_bytes()).signed_by(memory.note_key) is None


def test_the_commands_say_what_they_did_and_what_to_do(tmp_path: Path) -> None:
    home, key_file = tmp_path / "new", tmp_path / "key.txt"
    made = run("init", home, "--name", "university")
    assert NoteKey.from_text(made.stdout).name == "university"
    key_file.write_text(HOUSE.text(), encoding="utf-8")
    assert "now followed" in run("add-log", key_file, "--home", home).stdout
    assert "already followed" in run("add-log", HOUSE.text(), "--home", home).stdout
    assert "alba/house: 0 entries, not confirmed yet" in run("status", "--home", home).stdout
    for words, hint in (
        (("init", home), "new folder"),
        (("status", "--home", tmp_path / "none"), "cotejo-witness init"),
        (("add-log", "nonsense", "--home", home), "Not a key"),
        (("verify", tmp_path / "none", "--home", home), "cannot be read"),
    ):
        done = run(*words)
        assert (done.returncode, hint in done.stderr) == (1, True), done
        assert "Traceback" not in done.stderr
