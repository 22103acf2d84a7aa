"""What a node does every hour: each piece is carried out, and goes on from where it ended the hour before."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cotejo.node import chores
from cotejo.node.assembly import Node
from cotejo.node.chores import EVERY, Chores
from cotejo.node.home import Home
from cotejo.node.keys import make_keys
from cotejo.rules.acts import Plan
from cotejo.store.models import CardRow, Outbox, SealedPart, Term
from cotejo.store.sealed_parts import KEEP_PARTS, drop_parts
from tests.builders.assembled import assembled
from tests.builders.memory import BOREAL, NOW, House, as_recorder, boreal, suspension
from tests.builders.node_file import WANTED

LATER = NOW + KEEP_PARTS + 1


@pytest.fixture
def node(house: House, tmp_path: Path) -> Node:
    """Put a node together around a house; it and its partner have keys of their own."""
    make_keys(house.home, name="alba", url=WANTED.url, now=NOW)
    theirs = make_keys(Home.create(tmp_path / BOREAL, world="invented"), name=BOREAL, url=WANTED.url, now=NOW)
    house.unit.pair(replace(boreal(), key_document=theirs.signed_document.decode()), now=NOW)
    return assembled(house)


def part_of(row: Outbox) -> None:
    """Keep a sealed part of a message."""
    SealedPart.objects.create(partner=BOREAL, mid=row.mid, place=0, name="a" * 64, body=b"sealed")


def test_what_may_go_behind_a_page_of_what_must_stay_goes_within_the_next_hours(
    house: House, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "drop_parts", partial(drop_parts, page=2))
    sends = tuple(suspension(request=f"{number:032x}") for number in range(3))
    house.unit.commit(Plan(sends=sends), **as_recorder())
    for number, row in enumerate(Outbox.objects.order_by("seq")):
        part_of(row)
        house.unit.keep_receipt(partner=BOREAL, mid=row.mid, outcome="taken", gaps=(), now=NOW)
        if number < 2:
            card = {"state": "sent", "partner": BOREAL, "version": 1, "updated": NOW, "number": number}
            CardRow.objects.create(stream_kind="dossier", stream_id=str(number), **card)
            Term.objects.create(index="dossier.request", term=row.request, stream_kind="dossier", stream_id=str(number))
    hourly, left = Chores(node), []
    for hour in range(2):
        for _what, do in hourly.due(LATER + hour * EVERY):
            do()
        assert hourly.next_at == LATER + (hour + 1) * EVERY
        assert list(hourly.due(LATER + (hour + 1) * EVERY - 1)) == []
        left.append(SealedPart.objects.count())
    assert left == [3, 2]
