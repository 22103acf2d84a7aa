import threading
from pathlib import Path

import pytest

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import tilelog
from cotejo.proof.checkpoint import Checkpoint, WitnessPolicy
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
from cotejo_witness.confirm import Answer, confirm
from cotejo_witness.memory import Memory, MemoryFault

NOW = 1_764_000_000_000
LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
TRUE = [tilelog.leaf_hash(bytes((n,))) for n in range(60)]
FALSE = [*TRUE[:3], tilelog.leaf_hash(b"rewritten"), *TRUE[4:]]


def request(old: int, new: int, *, hashes: list[bytes] = TRUE, key: SigningKey = LOG, name: str = HOUSE.name) -> bytes:
    read = tilelog.subtrees_of(lambda start, end: hashes[start:end])
    point = Checkpoint(origin=name, size=new, root=tilelog.root_at(new, read))
    signed = checkpoints.sign_checkpoint(point, key)
    proof = tilelog.consistency_proof(old, new, read) if old <= new else ()
    return AddCheckpoint(old=old, proof=proof, checkpoint=signed).to_bytes()


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    made = Memory.create(tmp_path / "home", name="ombudsman", seed=b"w" * 32)
    made.add(HOUSE)
    return made


def size_held(memory: Memory) -> int:
    watched = memory.find(HOUSE.name)
    assert watched
    return watched.held.size


def test_a_checkpoint_that_continues_is_confirmed_and_kept_before_the_answer(memory: Memory) -> None:
    for old, new in ((0, 5), (5, 5), (5, 33)):
        body = request(old, new)
        answer = confirm(memory, body, now=NOW)
        assert answer.status == 200
        assert size_held(Memory.open(memory.folder)) == new
        note = read_note(AddCheckpoint.from_bytes(body).checkpoint).with_lines(*read_cosignatures(answer.body.encode()))
        policy = WitnessPolicy(witnesses=(memory.note_key,), quorum=1)
        assert [found.seconds for found in policy.check(note)] == [NOW // 1000]


def test_a_log_that_asks_from_an_old_size_is_told_the_size_held(memory: Memory) -> None:
    confirm(memory, request(0, 9), now=NOW)
    for body in (request(0, 12), request(5, 12), request(10, 12), request(0, 7)):
        assert confirm(memory, body, now=NOW) == Answer(status=409, body="9\n", kind="text/x.tlog.size")
    assert size_held(memory) == 9


STRANGER = SigningKey.from_seed(b"s" * 32, Purpose.LOG)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (request(9, 12, hashes=FALSE), 422, "does not continue"),
        (request(9, 7), 400, "7 entries cannot continue 9"),
        (request(9, 9, hashes=FALSE), 409, "two different contents"),
        (request(2, 9, hashes=FALSE), 409, "two different contents"),
        (request(0, 3, name="boreal/house"), 404, "does not follow that log"),
        (request(9, 12, key=STRANGER), 403, "signature"),
        (b"hello", 400, "malformed"),
        (b"old 0\n\nhello", 400, "malformed"),
        (bytes(100_000), 413, "larger"),
    ],
)
def test_anything_else_is_refused_in_plain_words_and_changes_nothing(
    memory: Memory, body: bytes, status: int, words: str
) -> None:
    confirm(memory, request(0, 9), now=NOW)
    answer = confirm(memory, body, now=NOW + 1)
    assert (answer.status, words in answer.body) == (status, True), answer
    assert len(answer.body.splitlines()) == 3
    assert size_held(Memory.open(memory.folder)) == 9


def test_two_faces_of_a_log_are_kept_as_evidence_that_anybody_can_check(memory: Memory) -> None:
    confirm(memory, request(0, 9), now=NOW)
    lie = request(9, 9, hashes=FALSE)
    for _ in range(2):
        confirm(memory, lie, now=NOW)
    (path,) = memory.evidence()
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    first, _, second = rest.partition("\n----\n\n")
    log = NoteKey.from_text(head)
    faces = [checkpoints.open_checkpoint(text.encode(), log) for text in (first, second)]
    assert faces[0].size == faces[1].size
    assert faces[0].root != faces[1].root


def test_of_two_histories_that_race_only_one_is_ever_confirmed(memory: Memory) -> None:
    answers: list[tuple[bool, Answer]] = []

    def ask(size: int, *, lying: bool) -> None:
        hashes = FALSE if lying else TRUE
        answers.append((lying, confirm(Memory.open(memory.folder), request(0, size, hashes=hashes), now=NOW)))

    threads = [threading.Thread(target=ask, args=(10 + n,), kwargs={"lying": bool(n % 2)}) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for _, answer in answers].count(200) == 1
    assert {answer.status for _, answer in answers} == {200, 409}


def test_a_log_is_followed_once_and_for_ever_under_one_key(memory: Memory) -> None:
    confirm(memory, request(0, 9), now=NOW)
    assert memory.add(HOUSE) is False
    assert size_held(memory) == 9
    with pytest.raises(MemoryFault, match="never changes"):
        memory.add(NoteKey(name=HOUSE.name, key=STRANGER.verifying))
    with pytest.raises(MemoryFault, match="key of a witness"):
        memory.add(memory.note_key)


def test_a_damaged_or_missing_folder_is_told_with_what_to_do(memory: Memory, tmp_path: Path) -> None:
    with pytest.raises(MemoryFault, match="cotejo-witness init"):
        Memory.open(tmp_path / "nothing")
    with pytest.raises(MemoryFault, match="new folder"):
        Memory.create(memory.folder, name="again", seed=b"w" * 32)
    with pytest.raises(MemoryFault, match="letters"):
        Memory.create(tmp_path / "other", name="two words", seed=b"w" * 32)
    (state,) = (memory.folder / "logs").glob("*.json")
    state.write_text('{"log": ', encoding="utf-8")
    with pytest.raises(MemoryFault, match="retire"):
        Memory.open(memory.folder)
    (memory.folder / "witness.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MemoryFault, match="retire"):
        Memory.open(memory.folder)


def test_a_state_edited_by_hand_is_noticed_because_the_log_signed_it(memory: Memory) -> None:
    confirm(memory, request(0, 9), now=NOW)
    (state,) = (memory.folder / "logs").glob("*.json")
    text = state.read_text(encoding="utf-8")
    state.write_text(text.replace("\\n9\\n", "\\n2\\n"), encoding="utf-8")
    assert state.read_text(encoding="utf-8") != text
    with pytest.raises(MemoryFault, match="damaged"):
        Memory.open(memory.folder)


def test_nobody_else_on_the_machine_can_read_the_key(memory: Memory) -> None:
    assert memory.folder.stat().st_mode & 0o077 == 0
    assert (memory.folder / "witness.json").stat().st_mode & 0o077 == 0
