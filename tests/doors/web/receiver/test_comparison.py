"""The comparison page: differences first, what each field adds or takes and against whom, and no number but counts."""

import re
from dataclasses import replace

from cotejo.identity import standard_model
from tests.builders.receiving import REGISTER, SUBJECT, Receiving, Staff, play


def test_f27_a_page_says_what_each_field_adds_or_takes_and_who_else_it_may_be(
    house: Receiving, people: Staff, review: str
) -> None:
    alike = replace(SUBJECT, id="B-5522", dob="1992-06-30", dui="")
    by = people.acting("partners")
    house.unit.register.replace(
        [*REGISTER, alike], as_of=house.clock.now, who=by, reason="test", now=house.clock.now + 1
    )
    play(house, review, "checked")
    page = people.read("identity", f"/review/{review}/identity/")
    shown = next(each for each in page.split('<section class="comparison"')[1:] if "1992-06-30" in each)
    assert "Explained as well by a brother given the same names again, which is rare: same parents" in shown
    assert "against the likeliest other explanation: a brother." in shown
    rows = re.findall(r'<tr class="verdict-(\w+)">(.*?)</tr>', shown, re.DOTALL)
    assert next(verdict for verdict, _row in rows) == "differ"
    said = {words for _verdict, row in rows for words in re.findall(r'data-label="Adds or takes">([^<]+)<', row)}
    assert said <= {"Adds much", "Adds a little", "Adds nothing", "Takes a little", "Takes much"}
    assert {"Takes much", "Adds nothing"} <= said
    assert len(rows) == shown.count('data-label="Adds or takes"')
    assert not re.search(r"\d+ ?%|score", shown)


def test_a_search_records_the_model_that_weighed_whom_it_found(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "open")
    people.give("protection", f"/protection/{review}/search/")
    search = house.state(review).search
    assert search is not None
    assert (search.act.model, search.act.model_digest) == (standard_model().version, standard_model().digest)
