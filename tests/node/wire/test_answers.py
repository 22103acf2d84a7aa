"""A call to a partner that answers badly ends, in time, with its name; and nothing more of it is read than fits."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import make_keys
from cotejo.node.wire import client, no_answer
from cotejo.node.wire.client import NoAnswer, NotTaken, Receipted, Wire
from cotejo.proof.key_document import KeyDocument
from tests.machine import free_port
from tests.node.wire.answering import (
    Answer,
    Answering,
    Asked,
    a_page,
    broken_off,
    byte_by_byte,
    elsewhere,
    enormous,
    nested,
    never,
)

Call = Callable[[Answer], object]


class Ends:
    """Our home, a partner's, and its key document with the address at which it answers."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.ours = Home.create(folder / "alba", world="invented")
        self.theirs = Home.create(folder / "boreal", world="invented")
        make_keys(self.ours, name="alba", url="https://127.0.0.1:1", now=now())
        keys = make_keys(self.theirs, name="boreal", url=f"https://127.0.0.1:{self.port}", now=now())
        self.document: KeyDocument = keys.document


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Ends:
    """Make both homes once."""
    return Ends(tmp_path_factory.mktemp("ends"))


@pytest.fixture
def partner(ends: Ends) -> Iterator[Answering]:
    """Have the partner listen."""
    with Answering(ends.theirs, ends.port) as partner:
        yield partner


def posted(ends: Ends) -> Receipted | NotTaken | NoAnswer:
    """Post something to the partner."""
    with Wire(home=ends.ours, partner=ends.document) as wire:
        return wire.post(b"letter")


def test_a_sound_answer_and_a_refusal_by_name_are_what_they_are(ends: Ends, partner: Answering) -> None:
    partner.answer = lambda asked: asked.say("200 OK", b"receipt of " + asked.body)
    assert posted(ends) == Receipted(sealed=b"receipt of letter")
    partner.answer = lambda asked: asked.say("409 Conflict", b'{"code": "gap", "expected": 7}')
    assert posted(ends) == NotTaken(code="gap", expected=7)
    partner.answer = lambda asked: asked.say("503 Service Unavailable", b'{"code": "try_again", "expected": 0}')
    assert posted(ends) == NoAnswer(why=no_answer.TRY_AGAIN)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (enormous, no_answer.TOO_MUCH),
        (elsewhere, no_answer.NOT_THE_EXCHANGE),
        (broken_off, no_answer.CUT_OFF),
        (nested, no_answer.NOT_THE_EXCHANGE),
        (a_page, no_answer.NOT_THE_EXCHANGE),
        (lambda asked: asked.say("400 Bad Request", b'{"code": "<b>", "expected": 0}'), no_answer.NOT_THE_EXCHANGE),
    ],
)
def test_a_bad_answer_has_a_name_and_words(
    ends: Ends, partner: Answering, answer: Callable[[Asked], None], code: str
) -> None:
    partner.answer = answer
    assert posted(ends) == NoAnswer(why=code)
    assert partner.asked == 1
    assert no_answer.in_words(code).es != code


def test_an_answer_that_comes_byte_by_byte_or_never_ends_when_patience_does(
    ends: Ends, partner: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.4)
    for answer in (byte_by_byte(partner.closing), never(partner.closing)):
        partner.answer = answer
        began = time.monotonic()
        assert posted(ends) == NoAnswer(why=no_answer.TOO_SLOW)
        assert 0.4 <= time.monotonic() - began < client.TIMEOUT.read


def test_another_certificate_is_told_from_a_machine_that_does_not_answer(ends: Ends, partner: Answering) -> None:
    partner.use(ends.ours)
    assert posted(ends) == NoAnswer(why=no_answer.OTHER_CERTIFICATE)
    assert partner.asked == 0
    partner.close()
    assert posted(ends) == NoAnswer(why=no_answer.NO_CONNECTION)


def test_every_name_of_no_answer_has_words_and_a_refusal_has_those_of_the_exchange() -> None:
    assert all(words.en not in {code, words.es} for code, words in no_answer.WORDS.items())
    assert "El acuse no corresponde al mensaje enviado" in no_answer.in_words("wrong_receipt").es
    assert no_answer.in_words("of_tomorrow").es == "of_tomorrow"
