"""A line is compared from its nearest running digest on: what is read does not grow with the line (F55)."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.exchange.directions import Digest, Messages
from cotejo.rules.acts import Plan
from cotejo.rules.line import LineMessage, LineRepair
from cotejo.store import directions
from cotejo.store.directions import STEP
from tests.builders.memory import BOREAL, NOW, House, as_partner, as_recorder, suspension

LONG = 3 * STEP + 5


def said(seq: int, *, outcome: str = "taken", kind: str = "suspension") -> LineMessage:
    """Give one message of a direction."""
    return LineMessage(
        seq=seq,
        mid=f"{seq:032x}",
        kind=kind,
        request=f"{seq % 3:032x}",
        version=seq,
        sha256=f"{seq:064x}",
        commitment=f"{seq + 1:064x}",
        outcome=outcome,
    )


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count the messages that are read from the database; each call begins anew."""
    count = 0
    message = directions._message

    def counted(row: tuple[object, ...]) -> LineMessage:
        nonlocal count
        count += 1
        return message(row)

    def taken() -> int:
        nonlocal count
        found, count = count, 0
        return found

    monkeypatch.setattr(directions, "_message", counted)
    return taken


def long_line(house: House, count: int) -> None:
    """Let so many answered messages of ours stand in the line."""
    lost = tuple(said(seq) for seq in range(1, count + 1))
    house.unit.commit(Plan(repairs=(LineRepair(partner=BOREAL, lost=lost),)), **as_partner())


@given(st.lists(st.sampled_from(["taken", "refused", ""]), max_size=9), st.data())
@settings(max_examples=40, deadline=None)
def test_a_digest_that_grew_is_the_digest_of_the_whole(outcomes: list[str], data: st.DataObject) -> None:
    line = [said(seq, outcome=outcome) for seq, outcome in enumerate(outcomes, 1)]
    at = data.draw(st.integers(min_value=0, max_value=len(line)))
    assert Digest().after(line[:at]).after(line[at:]) == Digest().after(line)
    assert Messages(line).digest(at) == Digest().after(line[:at])


@given(st.integers(min_value=1, max_value=8), st.integers(min_value=1, max_value=8))
@settings(max_examples=30, deadline=None)
def test_f55_one_other_answer_gives_another_chain_and_one_without_gives_none(length: int, place: int) -> None:
    line = [said(seq) for seq in range(1, length + 1)]
    at = place % length
    other = [*line[:at], said(at + 1, outcome="refused"), *line[at + 1 :]]
    assert Digest().after(line).outcomes != Digest().after(other).outcomes
    waiting = [*line[:at], said(at + 1, outcome=""), *line[at + 1 :]]
    assert Digest().after(waiting).outcomes is None
    assert Digest().after(waiting).held() == Digest().after(line).held()


def test_a_kept_line_is_what_its_messages_say_at_every_size(house: House) -> None:
    long_line(house, LONG)
    told = house.unit.line_held(BOREAL).told
    whole = Messages(told)
    assert len(whole) == len(told) == LONG
    for size in (0, 1, STEP - 1, STEP, STEP + 1, LONG):
        assert told.digest(size) == whole.digest(size)
    assert told.digest(STEP - 1) == whole.digest(STEP - 1), "a size below the newest digest"
    assert told[3:5] == whole[3:5]
    assert told[-1] == whole[-1]
    assert told[LONG:] == ()
    assert told.without_bytes(LONG - 2) == whole[LONG - 2 :]
    assert told.floors(LONG) == whole.floors(LONG)


def test_comparing_a_line_reads_no_more_however_long_it_is(house: House, read: Callable[[], int]) -> None:
    long_line(house, LONG)
    house.unit.line_held(BOREAL).told.whole()
    assert read() == LONG, "the first time, and once"
    for _ in range(2):
        house.unit.line_held(BOREAL).told.whole()
        assert read() == LONG % STEP
    house.unit.line_held(BOREAL).told.digest(LONG - STEP)
    assert read() < STEP
    house.unit.line_held(BOREAL)
    assert len(house.unit.line_held(BOREAL).heard) == 0
    assert read() == 0


def test_f55_what_goes_out_again_is_covered_by_no_digest(house: House) -> None:
    for _ in range(STEP):
        house.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    for each in house.unit.line_held(BOREAL).told:
        house.unit.keep_receipt(partner=BOREAL, mid=each.mid, outcome="taken", gaps=(), now=NOW)
    before = house.unit.line_held(BOREAL).told.whole()

    house.unit.commit(Plan(repairs=(LineRepair(partner=BOREAL, again_after=STEP - 2),)), **as_partner())
    assert house.unit.line_held(BOREAL).told.whole().outcomes is None
    for each in house.unit.line_held(BOREAL).told[STEP - 2 :]:
        house.unit.keep_receipt(partner=BOREAL, mid=each.mid, outcome="refused", gaps=(), now=NOW)

    after = house.unit.line_held(BOREAL).told.whole()
    assert after.held() == before.held()
    assert after.outcomes not in {None, before.outcomes}
