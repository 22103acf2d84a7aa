import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import tilelog, witnessing
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.witnessing import AddCheckpoint

LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
HASHES = [tilelog.leaf_hash(bytes((n,))) for n in range(100)]
READ = tilelog.subtrees_of(lambda start, end: HASHES[start:end])


def point(size: int) -> Checkpoint:
    return Checkpoint(origin=HOUSE.name, size=size, root=tilelog.root_at(size, READ))


def asked(old: int, new: int) -> AddCheckpoint:
    signed = checkpoints.sign_checkpoint(point(new), LOG)
    return AddCheckpoint(old=old, proof=tilelog.consistency_proof(old, new, READ), checkpoint=signed)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100), st.data())
def test_a_request_reads_back_and_continues_what_was_held(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    request = AddCheckpoint.from_bytes(asked(old, new).to_bytes())
    assert request == asked(old, new)
    assert request.continuing(point(old), HOUSE) == point(new)


def test_a_log_that_shrinks_is_rewritten_or_shows_two_faces_is_refused_by_name() -> None:
    other = Checkpoint(origin=HOUSE.name, size=9, root=b"x" * 32)
    for held, request, reason in (
        (point(10), asked(5, 9), Reason.LOG_REWRITTEN),
        (Checkpoint(origin=HOUSE.name, size=5, root=b"x" * 32), asked(5, 9), Reason.LOG_REWRITTEN),
        (other, asked(9, 9), Reason.LOG_TWO_FACES),
    ):
        with pytest.raises(ProofError) as refused:
            request.continuing(held, HOUSE)
        assert refused.value.reason is reason


STEP = base64.b64encode(bytes(32))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 5\n",
        b"old 05\n\ncheckpoint",
        b"old -5\n\ncheckpoint",
        b"old " + b"9" * 30 + b"\n\ncheckpoint",
        b"new 5\n\ncheckpoint",
        b"old 5\nnot base64\n\ncheckpoint",
        b"old 5\nAAAA\n\ncheckpoint",
        b"old 5\n" + (STEP + b"\n") * 64 + b"\ncheckpoint",
        b"old \xff\n\ncheckpoint",
    ],
)
def test_a_malformed_request_is_refused(body: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        AddCheckpoint.from_bytes(body)
    assert refused.value.reason is Reason.BAD_CHECKPOINT


def test_a_request_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProofError) as refused:
        AddCheckpoint.from_bytes(bytes(witnessing.LARGEST_REQUEST + 1))
    assert refused.value.reason is Reason.TOO_LARGE


def test_the_answer_of_a_witness_is_signature_lines_and_nothing_else() -> None:
    witness = SigningKey.from_seed(b"w" * 32, Purpose.WITNESS)
    line = checkpoints.cosign(asked(0, 3).checkpoint, log=HOUSE, name="ombudsman", key=witness, now=1_764_000_000_000)
    assert witnessing.read_cosignatures(line.text().encode()) == (line,)
    for body in (b"", b"\n", line.text().encode()[:-1], b"\xff\n", b"words\n"):
        with pytest.raises(ProofError) as refused:
            witnessing.read_cosignatures(body)
        assert refused.value.reason is Reason.BAD_CHECKPOINT
