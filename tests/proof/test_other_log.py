"""Our log files in the hands of an independent implementation: sound ones accepted, altered ones refused (I9, X8).

`aics-tlog` runs in a Python of its own (3.12 or later) through `uv`; where either is missing, or the package cannot be
fetched, the test is skipped and says why.
"""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cotejo.proof.checkpoint import Checkpoint, cosign, sign_checkpoint, with_cosignatures
from cotejo.proof.commitments import leaf
from cotejo.proof.exact import sha256
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.tilelog import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_at,
    subtrees_of,
)
from cotejo.proof.tiles import WIDTH, bundle_bytes, tile_bytes, tiles_of

VERSION = "0.2.1"
SECONDS = 60
SIZES = (1, 2, 255, 256, 257, 700)
ORIGIN = "alba/link/boreal"
LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
WITNESS = SigningKey.from_seed(b"w" * 32, Purpose.WITNESS)
LOG_KEY = NoteKey(name=ORIGIN, key=LOG.verifying)
WITNESS_KEY = NoteKey(name="boreal", key=WITNESS.verifying)
SCRIPT = Path(__file__).with_name("other_log.py")


def python() -> str:
    """Return a Python of 3.12 or later, or skip."""
    homes = sorted(Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3"))
    here = [str(path) for path in homes]
    here += [found for minor in range(12, 20) if (found := shutil.which(f"python3.{minor}"))]
    for each in here:
        if subprocess.run([each, "-c", ""], capture_output=True, check=False).returncode == 0:
            return each
    pytest.skip("no Python 3.12 or later is here")


def leaves_of(size: int) -> list[bytes]:
    return [leaf(sha256(f"{number}".encode())) for number in range(size)]


def write_log(folder: Path, leaves: list[bytes]) -> dict[str, Any]:
    """Write a log as an auditor gets it, and say what to ask about it."""
    hashes = [leaf_hash(each) for each in leaves]
    size, subtrees = len(leaves), subtrees_of(lambda start, end: hashes[start:end])
    for tile in tiles_of(size):
        put(folder / tile.path(), tile_bytes(tile, subtrees))
        if tile.level == 0:
            first = tile.number * WIDTH
            put(folder / tile.bundle_path(), bundle_bytes(leaves[first : first + tile.width]))
    checkpoint = Checkpoint(origin=ORIGIN, size=size, root=Frontier().append(*hashes).root())
    note = sign_checkpoint(checkpoint, LOG)
    line = cosign(note, log=LOG_KEY, name="boreal", key=WITNESS, now=1_795_000_000_000)
    put(folder / "checkpoint", with_cosignatures(note, line))
    places = sorted({0, size // 2, size - 1})
    olds = sorted({1, size // 2 or 1, size})
    steps = [[each.hex() for each in consistency_proof(old, size, subtrees)] for old in olds]
    return {
        "folder": folder.name,
        "origin": ORIGIN,
        "inclusion": places,
        "proofs": [
            [hashes[at].hex(), at, [each.hex() for each in inclusion_proof(at, size, subtrees)]] for at in places
        ],
        "consistency": [[old, root_at(old, subtrees).hex(), proof] for old, proof in zip(olds, steps, strict=True)],
        "consistency_steps": [[old, proof] for old, proof in zip(olds, steps, strict=True)],
    }


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def shrink(folder: Path) -> None:
    (folder / "tile/entries/000").unlink()


ALTERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "entry": (lambda folder: flip(folder / "tile/entries/000"), "tiles"),
    "tile": (lambda folder: flip(folder / "tile/0/000"), "tiles"),
    "upper": (lambda folder: flip(folder / "tile/1/000.p/2"), "tiles"),
    "missing": (shrink, "tiles"),
    "signature": (lambda folder: flip(folder / "checkpoint"), "checkpoint"),
}


def asked_of_others(folder: Path, logs: list[dict[str, Any]]) -> dict[str, Any]:
    """Let the other implementation look at these logs; skip where it cannot be run."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not here")
    expect = {"log": LOG_KEY.text(), "witness": WITNESS_KEY.text(), "logs": logs}
    (folder / "expect.json").write_text(json.dumps(expect))
    command = [uv, "run", "--isolated", "--no-project", "--python", python(), "--with", f"aics-tlog=={VERSION}"]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_HTTP_TIMEOUT": "5"}
    try:
        done = subprocess.run(
            [*command, "python", str(SCRIPT), str(folder)],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            env=environment,
            cwd=folder,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"aics-tlog {VERSION} could not be fetched in {SECONDS} s")
    if done.returncode and ("aics-tlog" in done.stderr or "error:" in done.stderr):
        pytest.skip(f"aics-tlog {VERSION} cannot be had here: {done.stderr.strip().splitlines()[-1][:200]}")
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_another_implementation_accepts_our_logs_and_refuses_altered_ones(tmp_path):
    logs = [write_log(tmp_path / f"sound-{size}", leaves_of(size)) for size in SIZES]
    for name, (alter, _what) in ALTERED.items():
        logs.append(write_log(tmp_path / name, leaves_of(600)))
        alter(tmp_path / name)
    lying = write_log(tmp_path / "lying", leaves_of(300))
    chance = random.Random(3)
    for proof in (*lying["proofs"], *lying["consistency"]):
        if proof[2]:
            proof[2][chance.randrange(len(proof[2]))] = chance.randbytes(32).hex()
    said = asked_of_others(tmp_path, [*logs, lying])

    for size in SIZES:
        found = said[f"sound-{size}"]
        assert (found["checkpoint"], found["tiles"], found["size"]) == ("accepted", "accepted", size), found
        assert found["witnesses"] == ["boreal"]
        assert found["included"]
        assert found["same_steps"]
        assert all(found["inclusion"])
        assert all(found["consistency"])
    for name, (_alter, what) in ALTERED.items():
        assert said[name][what] != "accepted", (name, said[name])
    wrong = [step for proof, step in zip(lying["proofs"], said["lying"]["inclusion"], strict=True) if proof[2]]
    wrong += [step for proof, step in zip(lying["consistency"], said["lying"]["consistency"], strict=True) if proof[2]]
    assert len(wrong) >= 4
    assert not any(wrong)
