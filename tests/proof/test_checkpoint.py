import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import checkpoint as checkpoints
from cotejo.proof import notes
from cotejo.proof.checkpoint import Checkpoint, WitnessPolicy
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError, Reason

LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
WITNESSES = [SigningKey.from_seed(bytes((n,)) * 32, Purpose.WITNESS) for n in range(3)]
HOUSE = NoteKey(name="alba/house", key=LOG.verifying)
WITNESS_KEYS = tuple(NoteKey(name=f"witness-{n}", key=key.verifying) for n, key in enumerate(WITNESSES))
POINT = Checkpoint(origin="alba/house", size=5, root=b"r" * 32)
SIGNED = checkpoints.sign_checkpoint(POINT, LOG)
NOW = 1_764_000_000_123


def cosigned(*numbers: int, data: bytes = SIGNED) -> bytes:
    lines = [checkpoints.cosign(SIGNED, log=HOUSE, name=f"witness-{n}", key=WITNESSES[n], now=NOW + n) for n in numbers]
    return checkpoints.with_cosignatures(data, *lines)


def test_a_note_of_another_implementation_verifies() -> None:
    """The example of Go's `golang.org/x/mod/sumdb/note`."""
    key = NoteKey.from_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    note = notes.read_note(text.encode())
    assert note.signed_by(key) is not None
    assert note.to_bytes() == text.encode()
    changed = notes.read_note(text.replace("answer", "remedy").encode())
    with pytest.raises(ProofError):
        changed.signed_by(key)


def test_a_checkpoint_reads_as_three_lines_and_comes_back_under_its_signature() -> None:
    root = base64.b64encode(b"r" * 32).decode()
    assert SIGNED.decode().startswith(f"alba/house\n5\n{root}\n\n— alba/house ")
    assert checkpoints.open_checkpoint(SIGNED, HOUSE) == POINT


def test_enough_witnesses_confirm_and_say_when() -> None:
    policy = WitnessPolicy(witnesses=WITNESS_KEYS, quorum=2)
    opened, found = checkpoints.witnessed_checkpoint(cosigned(0, 2), HOUSE, policy)
    assert opened == POINT
    assert [(c.witness, c.seconds) for c in found] == [("witness-0", NOW // 1000), ("witness-2", NOW // 1000)]


def test_too_few_strangers_and_repeated_witnesses_do_not_count() -> None:
    policy = WitnessPolicy(witnesses=WITNESS_KEYS[:2], quorum=2)
    for data in (SIGNED, cosigned(0), cosigned(0, 2), cosigned(0, data=cosigned(0))):
        with pytest.raises(ProofError) as refused:
            checkpoints.witnessed_checkpoint(data, HOUSE, policy)
        assert refused.value.reason is Reason.NOT_ENOUGH_WITNESSES


def test_a_later_cosignature_of_the_same_witness_counts_once() -> None:
    later = checkpoints.cosign(SIGNED, log=HOUSE, name="witness-0", key=WITNESSES[0], now=NOW + 5000)
    data = checkpoints.with_cosignatures(cosigned(0), later)
    with pytest.raises(ProofError):
        WitnessPolicy(witnesses=WITNESS_KEYS, quorum=2).check(notes.read_note(data))


def test_a_cosignature_moved_to_another_checkpoint_or_time_is_refused() -> None:
    line = checkpoints.cosign(SIGNED, log=HOUSE, name="witness-0", key=WITNESSES[0], now=NOW)
    other = checkpoints.sign_checkpoint(Checkpoint(origin="alba/house", size=6, root=b"r" * 32), LOG)
    moved = notes.SignatureLine(name=line.name, key_hash=line.key_hash, signature=bytes(8) + line.signature[8:])
    short = notes.SignatureLine(name=line.name, key_hash=line.key_hash, signature=line.signature[8:])
    for data in (
        checkpoints.with_cosignatures(other, line),
        checkpoints.with_cosignatures(SIGNED, moved),
        checkpoints.with_cosignatures(SIGNED, short),
    ):
        with pytest.raises(ProofError) as refused:
            WitnessPolicy(witnesses=WITNESS_KEYS, quorum=1).check(notes.read_note(data))
        assert refused.value.reason is Reason.BAD_SIGNATURE


def test_f61_a_number_of_confirmations_asked_for_without_witnesses_is_refused_and_not_forgotten() -> None:
    assert WitnessPolicy.asked((), 0) is None
    for quorum in (1, -1):
        with pytest.raises(ProofError):
            WitnessPolicy.asked((), quorum)


def test_a_policy_needs_different_witness_keys_and_a_possible_quorum() -> None:
    for witnesses, quorum in ((WITNESS_KEYS, 0), (WITNESS_KEYS, 4), ((), 0), (WITNESS_KEYS[:1] * 2, 2), ((HOUSE,), 1)):
        with pytest.raises(ProofError):
            WitnessPolicy(witnesses=witnesses, quorum=quorum)
    renamed = NoteKey(name="other-name", key=WITNESSES[0].verifying)
    for listed in ((WITNESS_KEYS[0], renamed), (WITNESS_KEYS[0], renamed, WITNESS_KEYS[1])):
        with pytest.raises(ProofError):
            WitnessPolicy(witnesses=listed, quorum=2)


def test_a_checkpoint_of_another_log_or_under_another_key_is_refused() -> None:
    elsewhere = NoteKey(name="boreal/house", key=LOG.verifying)
    stranger = NoteKey(name="alba/house", key=SigningKey.from_seed(b"s" * 32, Purpose.LOG).verifying)
    for log, reason in (
        (elsewhere, Reason.OTHER_LOG),
        (stranger, Reason.BAD_SIGNATURE),
        (WITNESS_KEYS[0], Reason.OTHER_LOG),
    ):
        with pytest.raises(ProofError) as refused:
            checkpoints.open_checkpoint(SIGNED, log)
        assert refused.value.reason is reason


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_checkpoint_passes(at: int, change: int) -> None:
    changed = SIGNED[:at] + bytes((SIGNED[at] ^ change,)) + SIGNED[at + 1 :]
    with pytest.raises(ProofError):
        checkpoints.open_checkpoint(changed, HOUSE)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"alba/house\n05\n{ROOT}\n",
        f"alba/house\n-5\n{ROOT}\n",
        f"alba/house\n٥\n{ROOT}\n",
        f"alba/house\n{2**63}\n{ROOT}\n",
        f"alba/house\n{'9' * 5000}\n{ROOT}\n",
        f"\n5\n{ROOT}\n",
        "alba/house\n5\nAAAA\n",
        "alba/house\n5\nA\n",
        f"alba/house\n5\n{ROOT}\nextension\n",
        f"alba/house\n5\n{ROOT}",
        "",
    ],
)
def test_another_spelling_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ProofError) as refused:
        Checkpoint.from_text(text)
    assert refused.value.reason is Reason.BAD_CHECKPOINT


GOOD_LINE = "— a AAAAAAA="


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nnot a signature\n",
        f"text\n\n{GOOD_LINE}".encode(),
        f"text\n\n{GOOD_LINE}=\n".encode(),
        "text\n\n— a AAAA\n".encode(),
        "text\n\n—  AAAAAAA=\n".encode(),
        f"te\rxt\n\n{GOOD_LINE}\n".encode(),
        b"\xff\n\n" + f"{GOOD_LINE}\n".encode(),
        ("text\n\n" + f"{GOOD_LINE}\n" * 101).encode(),
    ],
)
def test_a_malformed_note_is_refused(data: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        notes.read_note(data)
    assert refused.value.reason is Reason.BAD_CHECKPOINT


def test_a_note_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProofError) as refused:
        notes.read_note(bytes(notes.LARGEST_NOTE + 1))
    assert refused.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("key", [HOUSE, WITNESS_KEYS[0]])
def test_a_note_key_reads_back_from_its_text(key: NoteKey) -> None:
    assert NoteKey.from_text(key.text() + "\n") == key


@pytest.mark.parametrize(
    "text", ["", "a", "a+b", "a+00000000+!!", "a+00000000+CQ==", HOUSE.text().replace("alba", "alta")]
)
def test_a_malformed_note_key_is_refused(text: str) -> None:
    with pytest.raises(ProofError) as refused:
        NoteKey.from_text(text)
    assert refused.value.reason is Reason.BAD_KEY


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "bell\a"])
def test_a_signer_name_with_spaces_or_plus_signs_is_refused(name: str) -> None:
    with pytest.raises(ProofError):
        NoteKey(name=name, key=LOG.verifying)


def test_a_key_of_another_purpose_signs_no_note() -> None:
    message = SigningKey.from_seed(b"m" * 32, Purpose.MESSAGE)
    for attempt in (
        lambda: notes.sign_note("x\n", name="a", key=message),
        lambda: notes.sign_note("x\n", name="a", key=WITNESSES[0]),
        lambda: notes.cosign_note("x\n", name="a", key=LOG, now=NOW),
    ):
        with pytest.raises(ProofError) as refused:
            attempt()
        assert refused.value.reason is Reason.WRONG_PURPOSE
