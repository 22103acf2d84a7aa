"""Meeting others at work is no answer: nothing is refused, dropped or noted as done because a case was busy."""

import pytest

from cotejo.actions import note_receipt, run_due, take_in
from cotejo.actions.perform import BUSY
from cotejo.actions.unit import Conflict
from cotejo.exchange.outgoing import receipt_content
from cotejo.rules import told
from cotejo.rules.acts import Refused, Stream, StreamKind, Timer
from tests.builders.wire import ALBA, BOREAL, NOW, letter


class _Busy:
    """A memory in which the case is always being changed: reading works, any commit would be a fault."""

    node = "boreal"

    def lookup(self, *_):
        return (Stream(StreamKind.REVIEW, "c" * 32),)

    def entries(self, *_):
        return ()

    def token(self, *_):
        return "t" * 64


@pytest.fixture
def busy(monkeypatch):
    for each in (take_in, run_due, note_receipt):
        monkeypatch.setattr(each, "perform", lambda *_args, **_kwargs: Refused((BUSY,)))
    return _Busy()


def test_i7_a_withdrawal_that_meets_a_busy_case_is_not_receipted_and_comes_again(busy, monkeypatch):
    sent = letter(told.Withdrawal(request="r" * 32, version=1, reason="acquitted"))
    opened = take_in.open_letter(sent.body, own=BOREAL.own, partners=(ALBA.public,))
    desk = take_in.Desk(unit=busy, own=BOREAL.own, part=lambda _: None, drop_parts=lambda _: None, chance=bytes)
    partner = type("P", (), {"name": "alba"})()
    with pytest.raises(Conflict):
        take_in._give_effect(desk, partner, opened, NOW)


def test_f73_a_due_moment_that_meets_a_busy_case_stays(busy):
    timer = Timer(kind="review.sweep", stream=Stream(StreamKind.REVIEW, "c" * 32), at=NOW)
    assert run_due.run_due(busy, timer, now=NOW) == Refused((BUSY,))


def test_i8_a_receipt_that_meets_a_busy_dossier_is_not_noted_as_done(busy, monkeypatch):
    monkeypatch.setattr(note_receipt, "partner_keys", lambda *_args, **_kwargs: BOREAL.public)
    receipt = receipt_content(of="a" * 32, sha256_of="b" * 64, outcome="taken", gaps=())
    sealed = letter(receipt, source=BOREAL, to=ALBA).body
    partner = type("P", (), {"name": "boreal"})()
    posted = note_receipt.Posted(mid="a" * 32, kind="request", sha256="b" * 64, request="r" * 32, version=1)
    with pytest.raises(Conflict):
        note_receipt.note_receipt(busy, partner, posted, sealed, own=ALBA.own, now=NOW)
