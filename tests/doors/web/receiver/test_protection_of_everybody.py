"""The protection check covers everybody the search left open, shown to identity officers or not, page by page (F44)."""

import pytest

from cotejo.identity import PersonRecord
from cotejo.rules.duties import Duty
from cotejo.store import deliveries
from tests.builders.receiving import REGISTER, SUBJECT, Receiving, Staff, play

CROWD = tuple(
    PersonRecord(id=f"{number:032x}", given=SUBJECT.given, surname=SUBJECT.surname, pob=f"Cantón {number}")
    for number in range(1, 41)
)


def test_f44_everybody_the_search_left_open_is_listed_and_checked_page_by_page(
    house: Receiving, people: Staff, review: str
) -> None:
    by = people.acting("partners")
    house.unit.register.replace([*REGISTER, *CROWD], as_of=house.clock.now, who=by, reason="trial", now=house.clock.now)
    play(house, review, "open")
    people.give("protection", f"/protection/{review}/search/")
    state = house.state(review)
    assert len(state.candidates) <= 10
    assert len(state.to_protect) >= len(CROWD)

    case = people.read("protection", f"/protection/{review}/")
    assert "Further persons the comparison does not rule out" in case
    assert f"1–25 of {len(state.to_protect) - len(state.candidates)}" in case
    assert "Cantón" in case

    address = f"/protection/{review}/check/"
    first = people.read("protection", address)
    assert f"Looked up: 0 of {len(state.to_protect)}" in first
    assert first.count('type="checkbox"') == 25
    here, rest = state.to_protect[:25], state.to_protect[25:]
    nothing = {"result": "nothing_registered"}
    left_out = people.give("protection", address, {**nothing, "candidates": here}, status=422)
    assert "The check must cover every possible same person." in left_out
    turned = people.give("protection", address, {**nothing, "candidates": here, "to": "2"}, status=200)
    assert turned.count('type="checkbox"') == len(rest)
    assert all(f'value="{token}"' in turned for token in here)
    assert f"Looked up: 25 of {len(state.to_protect)}" in turned
    assert house.state(review).protection is None
    people.give("protection", address, {**nothing, "candidates": rest, "ticked": here, "page": "2"})

    checked = house.state(review)
    assert checked.protection is not None
    assert set(checked.protection.act.candidates) == set(state.to_protect)
    assert checked.candidates_visible_to(Duty.IDENTITY) == state.candidates
    assert people.read("identity", f"/review/{review}/identity/").count("Cantón") <= len(state.candidates)


def test_f29_while_the_index_is_damaged_pages_say_that_nothing_was_searched(
    house: Receiving, people: Staff, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MERGED_FROM", 1)
    by = people.acting("partners")
    house.unit.register.replace(REGISTER, as_of=house.clock.now, who=by, reason="trial", now=house.clock.now + 1)
    play(house, review, "open")
    keys = next(house.unit.register.indexing.folder("x").parent.rglob("keys.bin"))
    keys.write_bytes(keys.read_bytes()[:-1])
    page = people.give("protection", f"/protection/{review}/search/", status=503)
    assert "Nothing was searched and nothing may be concluded from that." in page
    assert house.state(review).search is None
