"""The auditor reads every log and gate decision, under the appointment of an outside body alone (F61)."""

import re

from django.urls import reverse

from cotejo.actions.laws import REVIEW
from cotejo.actions.perform import perform
from cotejo.doors.web.oversight.decisions import read_steps, steps_of
from cotejo.rules.acts import GateState, Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.gates.sender import SENDER_GATES
from cotejo.rules.purposes import Purpose
from cotejo.simulation import invented_review as path
from cotejo.store.models import Trace
from tests.builders.appointing import NAME
from tests.builders.receiving import Receiving, Staff, play

PAGES = ("/oversight/", "/oversight/gates/", "/oversight/logs/", "/oversight/logs/alba/")


def test_f61_when_the_appointment_is_over_the_duty_ends_by_itself_and_the_try_is_noted(
    house: Receiving, people: Staff, review: str
) -> None:
    assert "Gate decisions" in people.read("auditor", "/oversight/")
    house.clock.now += 70 * 365 * DAY
    before = Trace.objects.filter(what="refusal").count()
    for place, address in enumerate((*PAGES, f"/oversight/gates/review/{review}/"), start=1):
        page = people.read("auditor", address, status=403)
        assert "Gate decisions" not in page
        assert Trace.objects.filter(what="refusal", duty="auditor").count() >= place
    assert Trace.objects.filter(what="refusal").count() == before + 5


def test_f61_the_gates_of_each_step_are_shown_by_code_and_rules_and_nothing_of_the_person(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "identified")
    people.read("recorder", f"/inbox/{review}/", status=403)
    listed = people.read("auditor", "/oversight/gates/")
    address = f"/oversight/gates/review/{review}/"
    assert address in listed
    assert "1–1 of 1" in listed
    page = people.read("auditor", address)
    entries = house.unit.entries(house.state(review).stream)
    steps = steps_of(Stream(StreamKind.REVIEW, review))
    assert f"of {len(steps)}" in page
    assert "As it stands now" in page
    assert "2026.11" in page
    for personal in ("Mejía", "90000", "Brisas", "civil registry"):
        assert personal not in page + listed
    read = read_steps(house.unit, Stream(StreamKind.REVIEW, review), steps)
    brought = [each for each in read if each.gates]
    assert [each.line["code"] for each in brought] == ["review.taken"]
    assert [gate.state for gate in brought[0].gates] == [GateState.PASSED] * len(SENDER_GATES)
    assert sum(not each.refused for each in read) == len(entries)


def test_f61_a_refusal_says_which_gate_was_not_passed(house: Receiving, people: Staff, review: str) -> None:
    stream = Stream(StreamKind.REVIEW, review)
    who, command = path.decide()
    done = perform(REVIEW, house.unit, stream, command, who=who, purpose=Purpose.DECISION, now=house.clock.now)
    assert isinstance(done, Refused)
    page = people.read("auditor", f"/oversight/gates/review/{review}/")
    whole = people.read("auditor", "/oversight/?what=refusal")
    for code in done.codes:
        assert code in page
        assert code in whole


def test_f61_heads_of_every_log_and_every_line_of_a_link_are_read_paged_with_their_total(
    house: Receiving, people: Staff, review: str
) -> None:
    page = people.read("auditor", "/oversight/logs/")
    for words in ("House log", "Told to alba", "Heard from alba", "1–3 of 3", NAME, "P. Auditor", "none yet"):
        assert words in page
    line = people.read("auditor", "/oversight/logs/alba/")
    size, _root = house.unit.link_head("alba")
    assert f"of {size}<" in line
    assert "Request" in line
    assert re.search(r"<td>heard</td><td>\d+</td>", line)
    assert Trace.objects.filter(what="read", subject__in=["list:chains", "link:alba"]).count() == 2
    assert people.read("auditor", "/oversight/logs/nobody/", status=404)
    assert people.read("auditor", "/oversight/gates/person/x/", status=404)
    assert reverse("oversight:logs") in people.read("oversight", "/oversight/")
