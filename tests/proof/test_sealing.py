import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import padding, parts, sealing
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import OpeningKey, SealingKey, Suite, Use

KEYS = {suite: OpeningKey.from_seed(b"k" * 32, suite) for suite in Suite}
ALL = {key.key_id: key for key in KEYS.values()}
both_suites = pytest.mark.parametrize("suite", list(Suite))


def seal(suite: Suite, content: bytes = b"content", use: Use = Use.MESSAGE) -> bytes:
    return sealing.seal(content, to=KEYS[suite].sealing, issuer="alba", addressee="boreal", use=use)


def refusal(envelope: bytes, **changes: object) -> Reason:
    asked: dict[str, object] = {"keys": ALL, "issuer": "alba", "addressee": "boreal"} | changes
    with pytest.raises(ProofError) as refused:
        sealing.open_sealed(envelope, **asked)  # type: ignore[arg-type]
    return refused.value.reason


@both_suites
def test_the_addressee_opens_what_was_sealed(suite: Suite) -> None:
    envelope = seal(suite)
    assert sealing.open_sealed(envelope, keys=ALL, issuer="alba", addressee="boreal") == b"content"
    assert len(envelope) == len(b"content") + sealing.OVERHEAD[suite]
    assert envelope[:4] == b"CTJ1"


@both_suites
def test_an_envelope_opens_only_as_what_it_was_sealed_as(suite: Suite) -> None:
    envelope = seal(suite)
    assert refusal(envelope, issuer="carta") is Reason.NOT_OPENED
    assert refusal(envelope, addressee="carta") is Reason.NOT_OPENED
    assert refusal(envelope, issuer="boreal", addressee="alba") is Reason.NOT_OPENED
    assert refusal(envelope, use=Use.DOCUMENT_PART) is Reason.NOT_OPENED
    assert refusal(envelope, issuer="alb", addressee="aboreal") is Reason.NOT_OPENED


@both_suites
def test_another_holder_cannot_open_it(suite: Suite) -> None:
    stranger = OpeningKey.from_seed(b"s" * 32, suite)
    envelope = seal(suite)
    assert refusal(envelope, keys={stranger.key_id: stranger}) is Reason.UNKNOWN_KEY
    assert refusal(envelope, keys={KEYS[suite].key_id: stranger}) is Reason.NOT_OPENED


def test_an_envelope_that_names_the_other_suite_is_refused() -> None:
    for suite, other in ((Suite.X25519, Suite.MLKEM768_X25519), (Suite.MLKEM768_X25519, Suite.X25519)):
        envelope = seal(suite)
        assert refusal(envelope[:4] + bytes((other,)) + envelope[5:]) is Reason.NOT_OPENED
        swapped = envelope[:4] + bytes((other,)) + bytes.fromhex(KEYS[other].key_id) + envelope[21:]
        assert refusal(swapped) is Reason.NOT_OPENED


def test_an_unknown_suite_form_or_stump_is_refused() -> None:
    envelope = seal(Suite.X25519)
    assert refusal(envelope[:4] + b"\x09" + envelope[5:]) is Reason.UNKNOWN_SUITE
    assert refusal(b"CTJ2" + envelope[4:]) is Reason.NOT_AN_ENVELOPE
    assert refusal(b"") is Reason.NOT_AN_ENVELOPE
    for end in (21, 30, 60, len(envelope) - 1):
        assert refusal(envelope[:end]) is Reason.NOT_OPENED


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(Suite)), st.data())
def test_no_changed_byte_opens(suite: Suite, data: st.DataObject) -> None:
    envelope = seal(suite)
    at = data.draw(st.integers(0, len(envelope) - 1))
    changed = envelope[:at] + bytes((envelope[at] ^ data.draw(st.integers(1, 255)),)) + envelope[at + 1 :]
    assert refusal(changed) in {
        Reason.NOT_OPENED,
        Reason.UNKNOWN_KEY,
        Reason.UNKNOWN_SUITE,
        Reason.NOT_AN_ENVELOPE,
    }


def test_the_better_suite_is_preferred_and_none_is_an_error() -> None:
    assert sealing.preferred(key.sealing for key in KEYS.values()).suite is Suite.MLKEM768_X25519
    with pytest.raises(ProofError) as refused:
        sealing.preferred(())
    assert refused.value.reason is Reason.UNKNOWN_SUITE


def test_one_seed_gives_the_same_key_again_and_never_prints_it() -> None:
    for suite in Suite:
        again = OpeningKey.from_seed(b"k" * 32, suite)
        assert again.sealing == KEYS[suite].sealing
        assert "private" not in repr(again)
    assert KEYS[Suite.X25519].sealing.public != KEYS[Suite.MLKEM768_X25519].sealing.public[-32:]


@pytest.mark.parametrize(("suite", "size"), [(Suite.X25519, 31), (Suite.X25519, 1216), (Suite.MLKEM768_X25519, 32)])
def test_a_sealing_key_of_another_length_is_refused(suite: Suite, size: int) -> None:
    with pytest.raises(ProofError) as refused:
        SealingKey(suite=suite, public=bytes(size))
    assert refused.value.reason is Reason.BAD_KEY


def test_a_sealing_key_that_seals_nothing_is_refused() -> None:
    with pytest.raises(ProofError) as refused:
        sealing.seal(b"x", to=SealingKey(suite=Suite.X25519, public=bytes(32)), issuer="a", addressee="b")
    assert refused.value.reason is Reason.BAD_KEY
    with pytest.raises(ProofError) as refused:
        SealingKey(suite=Suite.MLKEM768_X25519, public=b"\xff" * 1216)
    assert refused.value.reason is Reason.BAD_KEY


@settings(max_examples=60, deadline=None)
@given(st.integers(0, padding.LARGEST - padding.LENGTH_SIZE), st.sampled_from(padding.CLASSES))
def test_i6_padding_shows_the_class_and_nothing_finer(length: int, smallest: int) -> None:
    padded = padding.pad(b"\x01" * length, smallest=smallest)
    expected = min(size for size in padding.CLASSES if size >= max(smallest, length + 4))
    assert len(padded) == expected
    assert padding.unpad(padded) == b"\x01" * length


def test_i6_a_receipt_that_outgrows_its_class_is_an_error_not_a_larger_class() -> None:
    assert len(padding.pad(b"r" * 2044, largest=padding.SMALLEST)) == 2048
    for content, largest in ((b"r" * 2045, padding.SMALLEST), (b"r" * padding.LARGEST, padding.LARGEST)):
        with pytest.raises(ProofError) as refused:
            padding.pad(content, largest=largest)
        assert refused.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        bytes(2047),
        bytes(4096),
        b"\x00\x00\x07\xfd" + bytes(2044),
        b"\xff\xff\xff\xff" + bytes(2044),
        bytes(2047) + b"\x01",
    ],
)
def test_filling_that_pad_would_not_make_is_refused(padded: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        padding.unpad(padded)
    assert refused.value.reason is Reason.BAD_PADDING


def opened(names: list[str], sealed: dict[str, bytes], digest: bytes) -> bytes:
    return parts.open_document(names, sealed, sha256_of_document=digest, keys=ALL, issuer="alba", addressee="boreal")


@pytest.mark.parametrize("length", [0, 1, parts.PART_CONTENT, parts.PART_CONTENT + 1, 3 * parts.PART_CONTENT])
def test_a_document_comes_back_whole_and_its_parts_are_of_one_size(length: int) -> None:
    document = b"d" * length
    made = parts.seal_document(document, to=KEYS[Suite.MLKEM768_X25519].sealing, issuer="alba", addressee="boreal")
    assert len({len(part.sealed) for part in made}) == 1
    assert len(made) == max(1, -(-length // parts.PART_CONTENT))
    assert opened([p.name for p in made], {p.name: p.sealed for p in made}, parts.sha256(document)) == document


def test_a_part_missing_changed_misplaced_or_of_another_document_is_refused() -> None:
    key = KEYS[Suite.X25519].sealing
    document, other = b"d" * (parts.PART_CONTENT + 1), b"e" * (parts.PART_CONTENT + 1)
    one, two = parts.seal_document(document, to=key, issuer="alba", addressee="boreal")
    foreign = parts.seal_document(other, to=key, issuer="alba", addressee="boreal")[1]
    again = parts.seal_document(document, to=key, issuer="alba", addressee="boreal")[1]
    held = {part.name: part.sealed for part in (one, two, foreign)}
    digest = parts.sha256(document)
    for names, sealed in (
        ([one.name, two.name], {one.name: one.sealed}),
        ([one.name, two.name], held | {two.name: foreign.sealed}),
        ([one.name, two.name], held | {two.name: again.sealed}),
        ([two.name, one.name], held),
        ([one.name], held),
        ([one.name, foreign.name], held),
        ([], held),
    ):
        with pytest.raises(ProofError) as refused:
            opened(names, sealed, digest)
        assert refused.value.reason is Reason.MISSING_PART


def test_a_part_cannot_be_taken_for_a_message() -> None:
    part = parts.seal_document(b"x", to=KEYS[Suite.X25519].sealing, issuer="alba", addressee="boreal")[0]
    assert refusal(part.sealed) is Reason.NOT_OPENED
