import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import tilelog, tiles
from cotejo.proof.checkpoint import Checkpoint, WitnessPolicy
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo_witness.folder import verify_folder

LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
SIZE = 300
HASHES = [tilelog.leaf_hash(b"entry %d" % n) for n in range(SIZE)]
READ = tilelog.subtrees_of(lambda start, end: HASHES[start:end])


def point(size: int = SIZE, root: bytes | None = None) -> Checkpoint:
    return Checkpoint(origin=HOUSE.name, size=size, root=root or tilelog.root_at(size, READ))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "checkpoint").write_bytes(checkpoints.sign_checkpoint(point(), LOG))
    for tile in tiles.tiles_of(SIZE):
        contents = {tile.path(): tiles.tile_bytes(tile, READ)}
        if tile.level == 0:
            first = tile.number * tiles.WIDTH
            contents[tile.bundle_path()] = tiles.bundle_bytes(
                [b"entry %d" % n for n in range(first, first + tile.width)]
            )
        for path, content in contents.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
    return tmp_path


def test_a_folder_in_which_everything_agrees_is_verified(folder: Path) -> None:
    found = verify_folder(folder, HOUSE, held=point(41))
    assert found.checkpoint == point()
    assert found.files == sum(1 for path in folder.rglob("*") if path.is_file())


def rewrite(path: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = (folder / path).read_bytes()
        assert old in content
        (folder / path).write_bytes(content.replace(old, new))

    return change


def resign(size: int, root: bytes | None = None) -> Callable[[Path], None]:
    return lambda folder: (
        (folder / "checkpoint").write_bytes(checkpoints.sign_checkpoint(point(size, root), LOG)) and None
    )


FAULTS: list[tuple[str, Callable[[Path], None], Reason, str]] = [
    ("entry", rewrite("tile/entries/000", b"entry 7", b"entry X"), Reason.LOG_REWRITTEN, "entry 7 in tile/entries/000"),
    ("last", rewrite("tile/entries/001.p/44", b"299", b"298"), Reason.LOG_REWRITTEN, "entry 299 "),
    ("tile", rewrite("tile/0/000", HASHES[9], bytes(32)), Reason.LOG_REWRITTEN, "entry 9 "),
    ("longer tile", rewrite("tile/0/000", HASHES[255], HASHES[255] + b"!"), Reason.LOG_REWRITTEN, "another length"),
    ("upper", rewrite("tile/1/000.p/1", READ(8, 0), bytes(32)), Reason.LOG_REWRITTEN, "tile/1/000.p/1"),
    ("stump", rewrite("tile/entries/000", b"entry 255", b"entry"), Reason.NOT_IN_LOG, "middle of an entry"),
    ("gone", lambda folder: shutil.rmtree(folder / "tile/1"), Reason.NOT_IN_LOG, "tile/1/000.p/1 cannot be read"),
    ("no checkpoint", lambda folder: (folder / "checkpoint").unlink(), Reason.NOT_IN_LOG, "checkpoint cannot be read"),
    ("other root", resign(SIZE, b"r" * 32), Reason.LOG_REWRITTEN, "not with the checkpoint"),
    ("larger", resign(SIZE + 1, b"r" * 32), Reason.NOT_IN_LOG, "tile/0/001.p/45"),
    ("signature", rewrite("checkpoint", b"\n300\n", b"\n299\n"), Reason.BAD_SIGNATURE, ""),
]


@pytest.mark.parametrize(("change", "reason", "words"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_what_does_not_agree_is_named(folder: Path, change: Callable[[Path], None], reason: Reason, words: str) -> None:
    change(folder)
    with pytest.raises(ProofError) as refused:
        verify_folder(folder, HOUSE)
    assert refused.value.reason is reason
    assert words in refused.value.detail


def test_a_bundle_with_an_entry_more_is_named(folder: Path) -> None:
    bundle = folder / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes() + tiles.bundle_bytes([b"more"]))
    with pytest.raises(ProofError) as refused:
        verify_folder(folder, HOUSE)
    assert "45 entries, not 44" in refused.value.detail


def test_a_log_that_does_not_continue_what_was_confirmed_is_refused(folder: Path) -> None:
    for held, words in ((point(41, b"x" * 32), "first 41 entries"), (point(301, b"x" * 32), "301 were confirmed")):
        with pytest.raises(ProofError) as refused:
            verify_folder(folder, HOUSE, held=held)
        assert words in refused.value.detail


def test_a_log_without_the_witnesses_asked_for_is_refused(folder: Path) -> None:
    witness = SigningKey.from_seed(b"w" * 32, Purpose.WITNESS)
    policy = WitnessPolicy(witnesses=(NoteKey(name="ombudsman", key=witness.verifying),), quorum=1)
    with pytest.raises(ProofError) as refused:
        verify_folder(folder, HOUSE, policy=policy)
    assert refused.value.reason is Reason.NOT_ENOUGH_WITNESSES
