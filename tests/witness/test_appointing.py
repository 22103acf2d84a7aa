"""What an outside body does for its auditors: appoints them, ends it, and keeps each day's head of each log (F61)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import tilelog
from cotejo.proof.appointments import Appointment, Revocation, hash_of, open_signed
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.witnessing import AddCheckpoint
from cotejo_witness.confirm import confirm
from cotejo_witness.heads import SILENT_AFTER, silent
from cotejo_witness.main import app
from cotejo_witness.memory import Memory

NOW = 1_764_000_000_000
DAY = 24 * 60 * 60 * 1000
LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
HASHES = [tilelog.leaf_hash(bytes((n,))) for n in range(60)]
READ = tilelog.subtrees_of(lambda start, end: HASHES[start:end])


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    made = Memory.create(tmp_path / "home", name="ombudsman", seed=b"w" * 32)
    made.add(HOUSE, now=NOW)
    return made


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def run(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == status, done.output
    return done.output


def tell(memory: Memory, old: int, new: int, *, now: int) -> None:
    """Let the log ask for confirmation of `new` entries."""
    point = Checkpoint(origin=HOUSE.name, size=new, root=tilelog.root_at(new, READ))
    proof = tilelog.consistency_proof(old, new, READ)
    body = AddCheckpoint(old=old, proof=proof, checkpoint=checkpoints.sign_checkpoint(point, LOG)).to_bytes()
    assert confirm(memory, body, now=now).status == 200


def test_f61_a_witness_appoints_an_auditor_and_ends_it_with_its_own_key_alone(memory: Memory, tmp_path: Path) -> None:
    paper, end = tmp_path / "paper", tmp_path / "end"
    home = ("--home", memory.folder)
    whom = ("--node", "alba", "--account", "aldo.vega", "--person", "Aldo Vega", "--until", "2090-01-01")
    before = today()
    assert "Aldo Vega is the auditor of alba" in run("appoint", *home, *whom, "--out", paper)
    said, by = open_signed(paper.read_bytes(), Appointment, (memory.note_key,))
    assert by == memory.note_key
    assert said.body == "ombudsman"
    assert before <= said.since <= today(), "midnight may have passed"
    run("revoke", *home, paper, "--out", end)
    ended, by = open_signed(end.read_bytes(), Revocation, (memory.note_key,))
    assert by == memory.note_key
    assert ended.appointment == hash_of(said)
    assert {each.read_bytes() for each in (memory.folder / "signed").iterdir()} == {
        paper.read_bytes(),
        end.read_bytes(),
    }
    other = Memory.create(tmp_path / "other", name="ombudsman", seed=b"x" * 32)
    assert "not signed by ombudsman" in run("revoke", "--home", other.folder, paper, "--out", end, status=1)


@pytest.mark.parametrize("wrong", [("--until", "2001-01-01"), ("--until", "soon"), ("--person", " ")])
def test_a_wrong_appointment_is_not_signed_and_nothing_is_written(
    memory: Memory, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    given = {"--node": "alba", "--account": "aldo.vega", "--person": "A", "--until": "2090-01-01"} | dict([wrong])
    words = [word for pair in given.items() for word in pair]
    said = run("appoint", "--home", memory.folder, *words, "--out", tmp_path / "paper", status=1)
    assert "Nothing was signed" in said
    assert not (tmp_path / "paper").exists()
    assert "is no appointment" in run(
        "revoke", "--home", memory.folder, memory.folder / "witness.json", "--out", tmp_path / "x", status=1
    )


def test_f61_the_head_of_each_day_is_kept_once_with_the_logs_signature(memory: Memory) -> None:
    first, second = NOW, NOW + DAY
    for old, new, at in ((0, 3, first), (3, 9, first + 1), (9, 20, second), (20, 31, second + 5)):
        tell(memory, old, new, now=at)
    lines = [line.split(" ") for line in memory.heads()]
    assert [(day, name, int(size)) for day, name, size, *_ in lines] == [
        ("2025-11-24", "alba/house", 3),
        ("2025-11-25", "alba/house", 20),
    ]
    for _, name, size, root, signature in lines:
        note = f"{name}\n{size}\n{root}\n\n\N{EM DASH} {name} {signature}\n"
        assert checkpoints.open_checkpoint(note.encode(), HOUSE).root == tilelog.root_at(int(size), READ)
    assert not silent(memory.watched(), now=second + 5 + SILENT_AFTER)
    said = silent(memory.watched(), now=second + 6 + SILENT_AFTER)
    assert "no head for more than 24 hours: the last one came 2025-11-25" in said[0]


def test_f61_a_log_that_never_told_a_head_is_silent_a_day_after_it_was_followed(memory: Memory) -> None:
    assert not silent(memory.watched(), now=NOW + SILENT_AFTER)
    assert "never told one" in silent(memory.watched(), now=NOW + SILENT_AFTER + 1)[0]


def test_f61_the_command_prints_the_heads_and_fails_while_a_log_is_silent(memory: Memory) -> None:
    tell(memory, 0, 3, now=NOW)
    said = run("heads", "--home", memory.folder, status=1)
    assert "2025-11-24 alba/house 3 " in said
    assert "more than 24 hours" in said
    assert "2025-11-24" not in run("heads", "--home", memory.folder, "--since", "2026-01-01", "--log", "x")
    tell(memory, 3, 9, now=int(datetime.now(UTC).timestamp() * 1000))
    run("heads", "--home", memory.folder)


def test_a_line_written_twice_or_torn_by_a_crash_is_told_once_and_whole(memory: Memory) -> None:
    (memory.folder / "heads").write_text("2025-11-24 alba/ho", encoding="utf-8")
    for _ in range(2):
        memory.keep_head("2025-11-24 alba/house 3 root signature")
    memory.keep_head("2025-11-25 alba/house 5 root signature")
    assert len(memory.heads()) == 2
