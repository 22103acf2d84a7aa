import hmac
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import commitments
from cotejo.proof.refusals import ProofError, Reason

SALT, OTHER_SALT = b"s" * 32, b"t" * 32
salts = st.binary(min_size=32, max_size=32)


@settings(max_examples=40, deadline=None)
@given(salts, st.binary(max_size=60), st.binary(max_size=60))
def test_a_leaf_holds_for_its_content_alone(salt: bytes, content: bytes, other: bytes) -> None:
    leaf = commitments.house_leaf(salt=salt, act=content)
    commitments.verify_content(leaf, salt=salt, content=content)
    if other != content:
        with pytest.raises(ProofError) as refused:
            commitments.verify_content(leaf, salt=salt, content=other)
        assert refused.value.reason is Reason.OTHER_CONTENT


def test_a_leaf_is_two_fields_in_exact_spelling() -> None:
    expected = hmac.new(SALT, sha256(b"act").digest(), sha256).hexdigest()
    assert commitments.house_leaf(salt=SALT, act=b"act") == f'{{"c":"{expected}","v":1}}'.encode()


def test_both_sides_of_a_link_write_the_same_leaf() -> None:
    sender = commitments.link_leaf(salt=SALT, message=b"jws")
    receiver = commitments.link_leaf(salt=SALT, message=b"jws")
    assert sender == receiver != commitments.link_leaf(salt=OTHER_SALT, message=b"jws")


def test_a_statistics_row_can_be_shown_without_the_act() -> None:
    leaf = commitments.house_leaf(salt=SALT, act=b"act", row_salt=OTHER_SALT, row=b"row")
    commitments.verify_row(leaf, salt=OTHER_SALT, row=b"row")
    commitments.verify_content(leaf, salt=SALT, content=b"act")
    for salt, row in ((OTHER_SALT, b"other"), (SALT, b"row")):
        with pytest.raises(ProofError):
            commitments.verify_row(leaf, salt=salt, row=row)
    with pytest.raises(ProofError):
        commitments.verify_row(commitments.house_leaf(salt=SALT, act=b"act"), salt=OTHER_SALT, row=b"row")


def test_a_row_without_its_own_salt_is_not_committed_to() -> None:
    with pytest.raises(ValueError, match="salt"):
        commitments.house_leaf(salt=SALT, act=b"act", row=b"row")


C = "0" * 64


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"[]",
        b'{"v":1}',
        f'{{"c":"{C}","v":2}}'.encode(),
        f'{{"c":"{C}","name":"x","v":1}}'.encode(),
        b'{"c":7,"v":1}',
        b'{"c":"00","v":1}',
        f'{{"v":1,"c":"{C}"}}'.encode(),
        f'{{"c":"{C}","v":true}}'.encode(),
    ],
)
def test_a_malformed_leaf_is_refused(leaf: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        commitments.read_leaf(leaf)
    assert refused.value.reason is Reason.NOT_EXACT


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ProofError) as refused:
        commitments.commit(b"short", b"x")
    assert refused.value.reason is Reason.BAD_KEY
