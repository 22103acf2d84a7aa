"""Partner agencies paused and resumed, and the audit list that says who did what and never what it said."""

import re

from cotejo.actions.laws import partner_state
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.agreement_words import duration
from cotejo.store.trouble import note_refused, note_taken
from tests.builders.receiving import Receiving, Staff, play


def test_f73_partner_relations_pause_a_sender_and_only_oversight_resumes_it(
    house: Receiving, people: Staff, review: str
) -> None:
    page = people.read("partners", "/partners/alba/")
    for words in ("10 minutes", "extradition", "ab12 cd34", "taken in up to number 2", "Status list"):
        assert words in page
    people.give("partners", "/partners/alba/pause/", {"reasons": "A report is late."})
    assert partner_state(house.unit, "alba").paused
    assert "on hold" in people.give("intake", f"/inbox/{review}/open/", status=422)
    people.give("partners", "/partners/alba/resume/", {"reasons": "It came."}, status=403)
    assert "the sender is paused" in people.read("oversight", "/")
    assert "A report is late." in people.read("oversight", "/partners/alba/")
    people.give("oversight", "/partners/alba/resume/", {"reasons": "It came."})
    assert not partner_state(house.unit, "alba").paused
    assert "A report is late." not in people.read("oversight", "/partners/alba/")
    people.give("intake", f"/inbox/{review}/open/")


def test_f19_two_people_end_the_agreement_with_a_partner_that_is_gone(
    house: Receiving, people: Staff, review: str
) -> None:
    people.give("oversight", "/partners/alba/end/", {"reasons": "It is gone."}, status=422)
    assert "Ask for the end of the agreement" in people.read("partners", "/partners/alba/")
    people.give("partners", "/partners/alba/end/", {"reasons": "It was dissolved."})
    assert partner_state(house.unit, "alba").terms(house.clock.now).active_at(house.clock.now)
    assert "sign the end of the agreement" in people.read("oversight", "/")
    assert "It was dissolved." in people.read("oversight", "/partners/alba/")
    people.give("oversight", "/partners/alba/end/", {"reasons": "The ministry confirmed it."})
    assert not partner_state(house.unit, "alba").terms(house.clock.now).active_at(house.clock.now + 1)
    page = people.read("partners", "/partners/alba/")
    assert "/end/" not in page
    assert "/pause/" not in page
    for words in ("the agreement is over", "Not in force", "ended by this agency"):
        assert words in page
    assert "the agreement is over" in people.read("partners", "/partners/")


def test_what_waits_on_a_line_is_said_on_its_page_with_what_to_do(house: Receiving, people: Staff, review: str) -> None:
    note_refused("alba", "broken_line", expected=0, now=house.clock.now)
    page = people.read("operator", "/partners/alba/")
    assert "does not follow the last one taken in here" in page
    assert "<code>cotejo log pair</code>" in page
    note_taken("alba")
    assert "does not follow" not in people.read("operator", "/partners/alba/")


def test_a_length_of_time_is_said_in_the_largest_unit_that_divides_it() -> None:
    assert [duration(each).en for each in (DAY, 90 * MINUTE, 2 * HOUR)] == ["1 day", "90 minutes", "2 hours"]
    assert duration(HOUR).es == "1 hora"


def test_the_audit_list_is_filtered_paged_with_its_total_and_holds_no_content(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "identified")
    people.read("legal", f"/inbox/{review}/")
    people.read("recorder", f"/inbox/{review}/", status=403)
    case = f"review:{review}"
    whole = people.read("auditor", "/oversight/")
    total = int(re.findall(r"1–\d+ of ([\d,]+)", whole)[0].replace(",", ""))
    assert "Mejía" not in whole
    assert "civil registry entry" not in whole
    assert "Refusal" in whole
    assert int(re.findall(r"1–\d+ of (\d+)", people.read("auditor", "/oversight/"))[0]) == total + 1
    legal = people.read("auditor", f"/oversight/?person={people.people['legal'].id}")
    assert "1–1 of 1" in legal
    acts = people.read("auditor", f"/oversight/?what=act&case={case}")
    assert f"of {len(house.unit.entries(house.state(review).stream))}<" in acts
    assert "Identity answer given" in acts
    assert "0–0 of 0" in people.read("auditor", "/oversight/?until=2026-11-17")
    assert "1–" in people.read("auditor", "/oversight/?since=2026-11-27&until=2026-11-27&what=read")
