import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import keys
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

SEED = bytes(range(32))
P = 2**255 - 19


def test_one_seed_gives_every_purpose_another_key() -> None:
    publics = {SigningKey.from_seed(SEED, purpose).verifying.public for purpose in Purpose}
    assert len(publics) == len(list(Purpose))


def test_the_same_seed_gives_the_same_key_and_the_same_signature() -> None:
    one, two = (SigningKey.from_seed(SEED, Purpose.MESSAGE) for _ in range(2))
    assert one.key_id == two.key_id
    assert one.sign(b"x") == two.sign(b"x")
    one.verifying.verify(one.sign(b"x"), b"x")


def test_a_key_id_depends_on_the_purpose() -> None:
    public = SigningKey.from_seed(SEED, Purpose.MESSAGE).verifying.public
    assert VerifyingKey(purpose=Purpose.LOG, public=public).key_id != keys.key_id_of(Purpose.MESSAGE, public)


def test_another_key_text_or_signature_is_refused() -> None:
    key, other = SigningKey.from_seed(SEED, Purpose.LOG), SigningKey.from_seed(bytes(32), Purpose.LOG)
    for signature, data in ((key.sign(b"y"), b"x"), (other.sign(b"x"), b"x"), (b"", b"x"), (bytes(64), b"x")):
        with pytest.raises(ProofError) as refused:
            key.verifying.verify(signature, data)
        assert refused.value.reason is Reason.BAD_SIGNATURE


def test_a_signing_key_never_prints_its_secret() -> None:
    key = SigningKey.from_seed(SEED, Purpose.LOG)
    assert key.private.private_bytes_raw().hex() not in repr(key)
    assert "private" not in repr(key)


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(ProofError):
        SigningKey.from_seed(b"short", Purpose.LOG)


def recover_x(y: int) -> int:
    """Return the x of a point of edwards25519, RFC 8032 section 5.1.3."""
    d = -121665 * pow(121666, P - 2, P) % P
    square = (y * y - 1) * pow(d * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0
    return x


def add(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    d = -121665 * pow(121666, P - 2, P) % P
    (x1, y1), (x2, y2) = one, two
    k = d * x1 * x2 * y1 * y2 % P
    return (
        (x1 * y2 + y1 * x2) * pow(1 + k, P - 2, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P,
    )


def test_the_refused_points_are_exactly_those_of_small_order() -> None:
    """Each refused y is on the curve and eight times its point is the neutral one; there are eight such points."""
    found = set()
    for y in keys._SMALL_ORDER:
        x = recover_x(y)
        for point in ((x, y), (-x % P, y)):
            found.add(point)
            eight = point
            for _ in range(3):
                eight = add(eight, eight)
            assert eight == (0, 1)
    assert len(found) == 8


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*sorted(keys._SMALL_ORDER), P, P + 1, 2**255 - 1])
def test_a_public_key_that_proves_nothing_is_refused(y: int, sign: int) -> None:
    with pytest.raises(ProofError) as refused:
        VerifyingKey(purpose=Purpose.LOG, public=(y | sign << 255).to_bytes(32, "little"))
    assert refused.value.reason is Reason.BAD_KEY


def test_a_public_key_of_another_length_is_refused() -> None:
    with pytest.raises(ProofError):
        VerifyingKey(purpose=Purpose.LOG, public=bytes(31))


def test_a_fingerprint_is_eight_groups_of_four() -> None:
    shown = keys.fingerprint(b"document")
    assert [len(group) for group in shown.split(" ")] == [4] * 8
    assert not set("ILOU") & set(shown)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=8), st.binary(max_size=8))
def test_a_fingerprint_survives_dictation_and_nothing_else(one: bytes, other: bytes) -> None:
    shown = keys.fingerprint(one)
    heard = shown.lower().replace(" ", "-").replace("0", "o").replace("1", "l")
    assert keys.same_fingerprint(heard, shown)
    assert keys.same_fingerprint(heard, keys.fingerprint(other)) == (one == other)
