import json
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import exact
from cotejo.proof.refusals import ProofError, Reason

LIMIT = 100_000
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-exact.LARGEST_INTEGER, exact.LARGEST_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(
    scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=5), v, max_size=4), max_leaves=12
)


@settings(max_examples=60, deadline=None)
@given(values)
def test_every_value_has_one_spelling_and_reads_back(value: object) -> None:
    data = exact.to_bytes(value)
    assert exact.from_bytes(data, at_most=LIMIT) == value
    assert exact.to_bytes(json.loads(data)) == data


def test_the_order_in_which_a_mapping_was_built_does_not_matter() -> None:
    assert exact.to_bytes({"b": 1, "a": [True, None]}) == exact.to_bytes({"a": (True, None), "b": 1})
    assert exact.to_bytes({"b": 1, "a": "ñ"}) == '{"a":"ñ","b":1}'.encode()


def test_a_named_constant_is_spelled_as_its_text() -> None:
    class Colour(StrEnum):
        RED = "red"

    assert exact.to_bytes({"c": Colour.RED}) == b'{"c":"red"}'


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), b"bytes", {1: "number as key"}, {"a": {"set"}}, "\ud800", object()],
)
def test_what_has_no_exact_spelling_is_refused(value: object) -> None:
    with pytest.raises(ProofError) as refused:
        exact.to_bytes(value)
    assert refused.value.reason is Reason.NOT_EXACT


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1, "b":2}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b"[" * 5000 + b"]" * 5000,
        b"[" * 40 + b"]" * 40,
        b'{"a":"\xff"}',
        b'{"a":1}\n',
        b"",
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        exact.from_bytes(data, at_most=LIMIT)
    assert refused.value.reason is Reason.NOT_EXACT


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(ProofError) as refused:
        exact.from_bytes(b"[]", at_most=1)
    assert refused.value.reason is Reason.TOO_LARGE


def test_an_object_must_have_exactly_the_fields_expected() -> None:
    assert exact.object_of(b'{"a":1}', frozenset({"a"}), at_most=LIMIT) == {"a": 1}
    for data in (b'{"a":1,"b":1}', b"{}", b"[]"):
        with pytest.raises(ProofError):
            exact.object_of(data, frozenset({"a"}), at_most=LIMIT)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_two_lists_of_parts_never_share_a_framing(one: list[bytes], other: list[bytes]) -> None:
    assert (exact.framed(*one) == exact.framed(*other)) == (one == other)


def test_a_hash_depends_on_its_purpose() -> None:
    assert exact.digest_for("a", b"x") != exact.digest_for("b", b"x")
    assert exact.digest_for("ab", b"x") != exact.digest_for("a", b"bx")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=40))
def test_base64url_and_hexadecimal_read_back(data: bytes) -> None:
    assert exact.from_base64url(exact.to_base64url(data)) == data
    assert exact.from_hex(data.hex(), size=len(data)) == data


@pytest.mark.parametrize("text", ["YQ==", "YR", "Y", "a+b/", "Y Q", "ñ", "YQ\n"])
def test_another_spelling_of_base64url_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        exact.from_base64url(text)


@pytest.mark.parametrize("text", ["AB", "abc", "ab ", "abcd", "zz", ""])
def test_another_spelling_of_one_byte_of_hexadecimal_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        exact.from_hex(text, size=1)


def test_every_reason_speaks_both_languages_and_has_its_own_words() -> None:
    english = [reason.sentence("en") for reason in Reason]
    spanish = [reason.sentence("es-SV") for reason in Reason]
    assert len(set(english)) == len(set(spanish)) == len(list(Reason))
    assert all(text.endswith(".") for text in english + spanish)
    assert str(ProofError(Reason.BAD_KEY)) == "bad_key"
    assert str(ProofError(Reason.BAD_KEY, "short")) == "bad_key: short"
