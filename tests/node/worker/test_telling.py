"""What a node tells its partners by itself, and when its worker looks again: not soon while nothing can be sealed."""

from dataclasses import replace

import pytest

from cotejo.identity import RegisterInMemory
from cotejo.node.telling import NEVER, Telling
from cotejo.rules.agreement import DAY, HOUR
from cotejo.simulation import node as simulated
from cotejo.simulation.node import SimulatedNode
from cotejo.store.models import Outbox, Scheduled
from tests.builders import wire
from tests.builders.memory import ALBA, BOREAL, NOW, House, boreal

LAPSE = NOW + 2 * DAY


@pytest.fixture
def partner(monkeypatch: pytest.MonkeyPatch) -> SimulatedNode:
    """Give Boreal's keys, under a document that ends at `LAPSE`."""
    monkeypatch.setattr(simulated, "YEARS", LAPSE - NOW)
    register = RegisterInMemory((), as_of=NOW)
    return SimulatedNode(name=BOREAL, profile="us", register=register, seed="telling", start=NOW)


def tell_all(telling: Telling, house: House, now: int) -> list[str]:
    """Tell everything that is due, as a round of the worker does; return what it was."""
    told = []
    for each in house.unit.partners():
        for what, tell in telling.due(each, now):
            tell()
            told.append(what)
    return told


def test_f19_for_whom_nothing_can_be_sealed_nothing_piles_up_and_no_moment_comes(
    house: House, partner: SimulatedNode
) -> None:
    terms = wire.agreement(ALBA, BOREAL, valid_from=NOW - DAY, valid_until=NOW + 300 * DAY, sweep_every=HOUR)
    house.unit.pair(replace(boreal(), agreements=(terms,), key_document=partner.key_document), now=NOW)
    telling = Telling(house.unit, partner.own)

    for round_ in range(3):
        assert tell_all(telling, house, LAPSE + round_) == []
    assert (Outbox.objects.count(), Scheduled.objects.count()) == (0, 0)
    known = house.unit.partner(BOREAL)
    assert known is not None
    assert telling.next_at(known, LAPSE) == NEVER
    assert telling.next_at(known, LAPSE - 1) <= LAPSE - 1

    assert tell_all(telling, house, LAPSE - 1) == [
        "a status list", "what is held of the line", "a checkpoint of the line",
    ]  # fmt: skip
    assert Outbox.objects.count() == 3
    assert tell_all(telling, house, LAPSE - 1) == []
