"""What fails here while sending is kept beside what waits, with its reason: nothing waits in silence."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions.stuck import NOT_DONE, OWN_FILES
from cotejo.node import sending
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import make_keys, tls_files
from cotejo.node.sending import Sender
from cotejo.rules.acts import Plan
from cotejo.rules.duties import Clockwork
from cotejo.rules.purposes import Purpose
from cotejo.store.queue import Mail
from cotejo.store.trouble import waits
from tests.builders.assembled import assembled
from tests.builders.memory import House, boreal, suspension
from tests.builders.node_file import WANTED


def sender_to(url: str, folder: Path, house: House) -> Sender:
    """Let a message wait for a partner whose key document names `url`."""
    make_keys(house.home, name="alba", url=WANTED.url, now=now())
    theirs = make_keys(Home.create(folder / "cima", world="invented"), name="cima", url=url, now=now())
    house.unit.pair(replace(boreal(), name="cima", key_document=theirs.signed_document.decode()), now=now())
    said = Plan(sends=(replace(suspension(), partner="cima"),))
    house.unit.commit(said, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now())
    return Sender(assembled(house), "cima", stopping=threading.Event())


def why_it_waits() -> str:
    """Return how the last try ended."""
    waiting = waits("cima")
    assert waiting is not None
    return waiting.why


def test_a_file_of_ours_that_cannot_be_read_is_named_with_what_waits(tmp_path: Path, house: House) -> None:
    sender = sender_to("https://127.0.0.1:1", tmp_path, house)
    tls_files(house.home).leaf_key.unlink()
    sender.send_all()
    assert why_it_waits() == OWN_FILES


def test_a_fault_nobody_foresaw_is_named_with_what_waits_and_goes_on_to_the_journal(
    tmp_path: Path, house: House
) -> None:
    sender = sender_to("https://xn--a", tmp_path, house)
    with pytest.raises(UnicodeError):
        sender.send_all()
    assert why_it_waits() == NOT_DONE


def test_i7_a_partner_that_answers_slowly_has_its_turn_and_no_more(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = sender_to("https://127.0.0.1:1", tmp_path, house)
    more = Plan(sends=(replace(suspension(), partner="cima"),) * 2)
    house.unit.commit(more, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now())
    went: list[int] = []

    def slowly(_sender: Sender, mail: Mail) -> str:
        went.append(mail.seq)
        house.unit.keep_receipt(partner="cima", mid=mail.mid, outcome="taken", gaps=(), now=now())
        return ""

    monkeypatch.setattr(Sender, "_try", slowly)
    monkeypatch.setattr(sending, "TURN", 0.0)
    sender.send_all()
    assert went == [1]
    monkeypatch.setattr(sending, "TURN", 60.0)
    sender.send_all()
    assert went == [1, 2, 3]
