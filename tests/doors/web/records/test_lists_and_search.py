"""Long lists are paged in the database with their total, and numbers find what officers call by number."""

from dataclasses import replace

import pytest

from cotejo.doors.web.records import checking
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Category
from cotejo.rules.person_commands import SetCategory
from cotejo.store.models import Trace
from tests.builders.receiving import SUBJECT
from tests.pages import signed_in, words_in


def client_of(house, duty, language="en"):
    return signed_in(house.people[duty], language=language)


def test_the_checking_queue_opens_the_files_of_its_page_and_no_more(house, monkeypatch):
    monkeypatch.setattr(checking, "A_PAGE", 2)
    cases = [house.case(replace(SUBJECT, id=f"B-{n}"), seed=n, until="recorded") for n in range(1, 4)]
    opened: list[str] = []
    real = checking.load_file
    monkeypatch.setattr(checking, "load_file", lambda desk, stream: opened.append(stream.id) or real(desk, stream))
    page = client_of(house, Duty.CHECKER).get("/records/checking/")
    assert "3 files wait." in words_in(page)
    assert "1–2 of 3" in words_in(page)
    ids = sorted(each.person for each in cases)
    assert opened == ids[:2]
    opened.clear()
    second = client_of(house, Duty.CHECKER).get("/records/checking/?page=2")
    assert opened == ids[2:]
    assert f"/records/{ids[2]}/check/" in second.content.decode()


@pytest.mark.parametrize("shape", ["{}", "DUI {}", "{} "])
def test_a_documents_whole_number_finds_its_file(house, shape):
    case = house.case(until="recorded")
    number = case.subject.identifiers[0].value
    typed = number.replace("-", "") if shape == "{}" else shape.format(number)
    if shape == "DUI {}":
        typed = number
    page = client_of(house, Duty.RECORDER).get("/records/", {"q": typed})
    assert f"/records/{case.person}/" in page.content.decode()
    assert Trace.objects.filter(what="search").count() == 1
    assert number.split("-")[0] not in str(list(Trace.objects.values_list("subject", flat=True)))


def test_a_few_digits_of_a_number_find_nobody(house):
    case = house.case(until="recorded")
    number = case.subject.identifiers[0].value.replace("-", "")
    page = client_of(house, Duty.RECORDER).get("/records/", {"q": f"{number[:3]}-"})
    assert "0 files" in words_in(page)


def test_f12_a_victims_document_number_is_in_no_search(house):
    case = house.case(until="opened")
    stream = Stream(StreamKind.PERSON, case.person)
    house.do(stream, SetCategory(category=Category.VICTIM, since="2026-01-01"), Duty.RECORDER)
    page = client_of(house, Duty.RECORDER).get("/records/", {"q": case.subject.identifiers[0].value})
    assert "0 files" in words_in(page)


def test_the_number_of_a_request_finds_it_where_officers_look(house):
    case = house.case(until="sent")
    recorder = client_of(house, Duty.RECORDER)
    assert f"/dossiers/{case.dossier}/" in recorder.get("/records/", {"q": "#1"}).content.decode()
    assert f"/dossiers/{case.dossier}/" in recorder.get("/dossiers/", {"number": "1"}).content.decode()
    for other in ("2", "x", "9" * 30):
        assert f"/dossiers/{case.dossier}/" not in recorder.get("/dossiers/", {"number": other}).content.decode()
