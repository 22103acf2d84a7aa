"""Groups and incidents on their pages: recorded, checked by another unit, listed with their total, never a person."""

import re
from secrets import token_hex

import pytest

from cotejo.actions.laws import GROUP
from cotejo.actions.perform import perform
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.group import OpenGroup
from cotejo.rules.purposes import Purpose
from cotejo.store.models import Trace
from tests.builders.receiving import pdf
from tests.pages import signed_in, somebody, words_in


def client_of(house, duty, language="en"):
    return signed_in(house.people[duty], language=language)


def group_of(house, group):
    return state_of(StreamKind.GROUP, house.unit.entries(Stream(StreamKind.GROUP, group)))


def incident_of(house, incident):
    return state_of(StreamKind.INCIDENT, house.unit.entries(Stream(StreamKind.INCIDENT, incident)))


def recorded_group(house, code="G-014"):
    group = token_hex(16)
    sent = {"group": group, "code": code, "names": "Los del Faro (inventado)\nEl Faro"}
    answer = client_of(house, Duty.RECORDER).post("/knowledge/groups/new/", sent)
    assert answer.status_code == 302, words_in(answer)
    return group


def recorded_incident(house, **changes):
    incident = token_hex(16)
    sent = {
        "incident": incident,
        "kind": "extortion",
        "start": "2026-10-11",
        "end": "2026-10-11",
        "place": "SV-SM",
        "group": "G-014",
        "document": pdf("report"),
    }
    answer = client_of(house, Duty.RECORDER).post("/knowledge/incidents/new/", {**sent, **changes})
    return incident, answer


def test_a_group_is_recorded_checked_elsewhere_and_waits_again_when_more_is_recorded(house):
    group = recorded_group(house)
    address = f"/knowledge/groups/{group}/"
    checker, recorder = client_of(house, Duty.CHECKER), client_of(house, Duty.RECORDER)
    assert "Group G-014" in words_in(checker.get("/"))
    assert checker.post(address, {"version": "1"}).status_code == 302
    assert group_of(house, group).checked
    assert "checked by Archivo judicial" in words_in(checker.get(address))
    part = {"parent": "G-101", "start": "2024-05", "source": "Análisis 2026-10"}
    assert recorder.post(f"{address}structure/", part).status_code == 302
    assert not group_of(house, group).checked
    stale = checker.post(address, {"version": "2"})
    assert stale.status_code == 422
    assert "changed since it was opened" in words_in(stale)
    assert checker.post(address, {"version": "3"}).status_code == 302
    page = words_in(recorder.get(address))
    for words in ("G-101", "Análisis 2026-10", "4 acts, newest first", "Archivo judicial"):
        assert words in page


@pytest.mark.parametrize("kind", ["group", "incident"])
def test_i1_whoever_recorded_or_sits_beside_them_does_not_check(house, kind):
    thing = recorded_group(house) if kind == "group" else recorded_incident(house)[0]
    address = f"/knowledge/{kind}s/{thing}/"
    beside = signed_in(somebody("a.beside", Duty.CHECKER, unit="Unidad de análisis"))
    assert "same unit and chain of command" in words_in(beside.get(address))
    refused = beside.post(address, {"version": "1"})
    assert refused.status_code == 422
    assert "another person of another unit or chain" in words_in(refused)
    assert client_of(house, Duty.RECORDER).post(address, {"version": "1"}).status_code == 403


def test_an_incident_stands_on_a_document_that_opens_and_is_checked_beside_it(house):
    incident, answer = recorded_incident(house)
    assert answer.status_code == 302, words_in(answer)
    address = f"/knowledge/incidents/{incident}/"
    checker = client_of(house, Duty.CHECKER)
    page = checker.get(address)
    link = re.findall(r'href="(/knowledge/incidents/[0-9a-f]{32}/document/[0-9a-f]{64}/)"', page.content.decode())[0]
    document = checker.get(link)
    assert document.content.startswith(b"%PDF-")
    assert document["Content-Disposition"].startswith("attachment")
    assert checker.get(link.replace(incident, token_hex(16))).status_code == 404
    assert checker.post(address).status_code == 302
    assert incident_of(house, incident).checked_by.unit == "Archivo judicial"
    assert checker.post(address).status_code == 422, "checked once"
    assert "Extortion" in words_in(checker.get("/knowledge/incidents/?group=G-014"))
    assert "There is none." in words_in(checker.get("/knowledge/incidents/?group=G-015"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("Missing or not readable", "Select a valid choice")), ("es", ("no se puede leer", "Escoja una opción"))],
)
def test_f22_an_incident_takes_no_person_and_says_every_mistake_at_once(house, language, said):
    client = client_of(house, Duty.RECORDER, language)
    wrong = {"incident": token_hex(16), "kind": "of Luis", "start": "ayer", "place": "Luis's street", "group": "Luis"}
    page = client.post("/knowledge/incidents/new/", wrong)
    assert page.status_code == 422
    box = page.content.decode().split("problems")[1].split("</ul>")[0]
    assert box.count("<li>") >= 5, box
    for words in said:
        assert words in page.content.decode()
    assert not house.unit.lookup("incident.group", "Luis")


def test_lists_print_their_total_and_every_look_is_noted(house):
    who = house.people[Duty.RECORDER].acting(Duty.RECORDER)
    for n in range(30):
        group = token_hex(16)
        done = perform(
            GROUP,
            house.unit,
            Stream(StreamKind.GROUP, group),
            OpenGroup(group=group, code=f"G-{n:03}", names=("x",)),
            who=who,
            purpose=Purpose.ANALYSIS,
            now=house.clock.now,
        )
        assert not isinstance(done, Refused)
    before = Trace.objects.filter(what="read", purpose="analysis").count()
    page = client_of(house, Duty.CERTIFIER).get("/knowledge/groups/?page=2")
    assert "26–30 of 30" in words_in(page)
    assert Trace.objects.filter(what="read", purpose="analysis").count() == before + 1


def test_f60_no_receiving_duty_opens_these_pages(house):
    group = recorded_group(house)
    for duty in (Duty.PROTECTION, Duty.AUDITOR, Duty.CUSTODY):
        for address in ("/knowledge/groups/", f"/knowledge/groups/{group}/", "/knowledge/incidents/"):
            assert client_of(house, duty).get(address).status_code == 403, (duty, address)
