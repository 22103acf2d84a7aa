"""What a partner's listener answers, fuzzed: a receipt, a refusal by its code, or no answer; never anything else."""

import json
import random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.node.wire.client import LARGEST_ANSWER, NoAnswer, NotTaken, Receipted, _read
from tests.builders.mutated import mutated, mutated_json

SOUND = json.dumps({"code": "gap", "expected": 7}).encode()
ODD = (
    b'{"code":"gap","expected":Infinity}',
    b'{"code":"gap","expected":-Infinity}',
    b'{"code":"gap","expected":NaN}',
    b'{"code":"gap","expected":1e999}',
    b'{"code":"gap","expected":' + b"9" * 5000 + b"}",
    b'{"code":["gap"],"expected":"7"}',
    b'{"code":null,"expected":null}',
    b'{"expected":{}}',
    b"[" * 100_000,
    b'{"code":"\\ud800","expected":1}',
    b"\xff\xfe",
    b"null",
    b"",
)


def heard(status: int, content: bytes) -> Receipted | NotTaken | NoAnswer:
    return _read(httpx.Response(status, stream=httpx.ByteStream(content)))


@pytest.mark.parametrize("content", ODD, ids=range(len(ODD)))
def test_an_answer_of_no_form_is_no_answer_and_is_told_in_words(content):
    said = heard(400, content)
    assert isinstance(said, NoAnswer | NotTaken)
    assert len(str(said)) < 200


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**48), status=st.sampled_from((200, 204, 400, 409, 500, 503, 599)))
def test_fuzz_any_answer_is_a_receipt_a_refusal_or_none(seed, status):
    chance = random.Random(seed)
    content = mutated_json(SOUND, chance) if chance.random() < 0.5 else mutated(SOUND, chance)
    said = heard(status, content)
    assert isinstance(said, Receipted) if status < 300 else isinstance(said, NotTaken | NoAnswer)


def test_no_more_of_an_answer_is_read_than_one_may_hold():
    assert isinstance(heard(200, bytes(LARGEST_ANSWER)), Receipted)
    assert isinstance(heard(200, bytes(LARGEST_ANSWER + 1)), NoAnswer)
