"""What is kept of the line to a partner and how it is mended, in both memories alike (F55, I8)."""

from dataclasses import replace

import pytest

from cotejo.actions.unit import Conflict, Taken
from cotejo.exchange.reconciling import line_held
from cotejo.rules.acts import FloorRaise, Plan
from cotejo.rules.line import LineMessage, LineRepair
from tests.builders.memory import BOREAL, NOW, REQUEST, House, Node, as_partner, as_recorder, incoming, suspension


def lost(seq: int) -> LineMessage:
    """Give a message of ours that only the partner still knows."""
    return LineMessage(
        seq=seq,
        mid=f"{seq:032x}",
        kind="suspension",
        request=REQUEST,
        version=1,
        sha256=f"{seq:064x}",
        commitment=f"{seq + 1:064x}",
        outcome="taken",
    )


def test_a_line_holds_what_was_told_and_heard_in_order_with_its_floors(node: Node) -> None:
    first = replace(incoming(1), request=REQUEST, version=3)
    floor = Plan(sends=(suspension(), suspension()), floors=(FloorRaise(origin=BOREAL, request=REQUEST, version=3),))
    node.unit.commit(floor, taken=Taken(incoming=first, outcome="refused"), **as_partner())

    held = node.unit.line_held(BOREAL)
    assert [(each.seq, each.kind, each.request, each.outcome) for each in held.told] == [
        (1, "suspension", REQUEST, ""),
        (2, "suspension", REQUEST, ""),
    ]
    heard = held.heard[0]
    assert (heard.seq, heard.mid, heard.request, heard.version, heard.outcome) == (1, first.mid, REQUEST, 3, "refused")
    assert held.floors == {REQUEST: 3}
    partner = node.unit.partner(BOREAL)
    assert partner is not None
    assert line_held(held.told).last == partner.last_out
    with pytest.raises(KeyError):
        node.unit.line_held("stranger")


def test_i8_a_lost_message_takes_its_place_and_its_number_is_not_used_again(node: Node) -> None:
    node.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    repair = LineRepair(partner=BOREAL, lost=(lost(2), lost(3)))
    node.unit.commit(Plan(repairs=(repair,), sends=(suspension(),)), **as_partner())

    held = node.unit.line_held(BOREAL)
    assert [each.seq for each in held.told] == [1, 2, 3, 4]
    assert held.told[1:3] == (lost(2), lost(3))
    spoken = node.unit.spoken_of(REQUEST)
    assert {each.sha256 for each in spoken} >= {lost(2).sha256, lost(3).sha256}, "what is asked of the line finds it"
    assert node.link_leaves() == 4
    assert f"after {lost(3).sha256}" in node.sent()[3][1].decode()


def test_i8_a_line_that_moved_meanwhile_is_not_mended(node: Node) -> None:
    node.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    with pytest.raises(Conflict):
        node.unit.commit(Plan(repairs=(LineRepair(partner=BOREAL, lost=(lost(1),)),)), **as_partner())
    assert [each.mid for each in node.unit.line_held(BOREAL).told] != [lost(1).mid]


def test_what_a_restored_partner_lacks_waits_again_but_not_what_is_known_without_its_bytes(node: Node) -> None:
    node.unit.commit(Plan(sends=(suspension(), suspension())), **as_recorder())
    for each in node.unit.line_held(BOREAL).told:
        node.unit.keep_receipt(partner=BOREAL, mid=each.mid, outcome="taken", gaps=(), now=NOW)
    node.unit.commit(Plan(repairs=(LineRepair(partner=BOREAL, lost=(lost(3),)),)), **as_partner())

    node.unit.commit(Plan(repairs=(LineRepair(partner=BOREAL, again_after=1),)), **as_partner())

    assert [each.outcome for each in node.unit.line_held(BOREAL).told] == ["taken", "", "taken"]


def test_i8_while_a_node_recovers_what_it_sends_waits_without_a_number(house: House) -> None:
    house.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    house.unit.doubt()
    assert house.unit.recovering_from()
    house.unit.commit(Plan(sends=(suspension(),)), **as_recorder(NOW + 1))
    assert len(house.unit.line_held(BOREAL).told) == 1
    house.unit.recovered(now=NOW + 2)
    assert not house.unit.recovering()
    assert house.unit.send_scheduled(now=NOW + 3) == 0
    assert [each.seq for each in house.unit.line_held(BOREAL).told] == [1, 2]


def test_f19_what_cannot_be_sealed_waits_and_nothing_overtakes_it(house: House) -> None:
    def keys(document: str) -> None:
        house.unit.pair(replace(house.unit.partner(BOREAL), key_document=document), now=NOW)

    keys("")
    house.unit.commit(Plan(sends=(suspension(request="1" * 32),)), **as_recorder())
    house.unit.commit(Plan(sends=(suspension(request="2" * 32),)), **as_recorder(NOW + 1))
    assert house.unit.send_scheduled(now=NOW + 2) == 0
    assert len(house.unit.line_held(BOREAL).told) == 0
    keys("signed")
    house.unit.commit(Plan(sends=(suspension(request="3" * 32),)), **as_recorder(NOW + 3))
    assert [each.request[0] for each in house.unit.line_held(BOREAL).told] == ["1", "2", "3"]


def test_f56_a_restore_that_lost_nothing_but_a_message_would_be_noticed(house: House) -> None:
    before = house.unit.house_head()
    house.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    assert house.unit.house_head() != before
