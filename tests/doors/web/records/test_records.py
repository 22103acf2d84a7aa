"""A person's file on the pages: found, written, checked; what is refused, and to whom."""

import re
from secrets import token_hex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.claims import ClaimState
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Category
from cotejo.rules.person_commands import OpenPerson, SetCategory
from cotejo.simulation.invented import sound_case
from cotejo.store.models import Trace
from tests.builders import typed
from tests.builders.receiving import BROTHER, NAMESAKE, SUBJECT
from tests.pages import signed_in, somebody, words_in

PDF = b"%PDF-1.7\n% an invented document\n"
MISTAKES = {
    "kind": "tattoo",
    "favours": "",
    "statement_type": "",
    "start": "yesterday",
    "end": "",
    "origin": "",
    "obtained_on": "2099-01-01",
    "how_obtained": "a marero told it",
    "coercion": "",
    "language": "fr",
    "handling": "H9",
    "grade": "4x4/A/9",
}


def file_of(house, case):
    return state_of(StreamKind.PERSON, house.unit.entries(Stream(StreamKind.PERSON, case.person)))


def client_of(house, duty, language="en"):
    return signed_in(house.people[duty], language=language)


def upload(content=PDF):
    return SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")


def test_a_file_is_written_whole_through_its_pages(house):
    case = sound_case(SUBJECT, seed=3, partner="boreal")
    client = client_of(house, Duty.RECORDER)
    values = {name: value for name, value in typed.described(case.subject).items() if not name.startswith("document_")}
    begun = {"thing": case.person, "category": "accused", "since": "2025-05-02"}
    opened = client.post("/records/new/", begun | values)
    assert opened["Location"] == f"/records/{case.person}/"
    ids = {"speaks_to": [], "evidence": []}
    for step, fields in typed.steps(case):
        attached = {"attached": upload(case.documents[fields["document"]])} if fields.get("document") else {}
        known = {"quote_document", "document", *typed.MANY}
        sent = {name: value for name, value in fields.items() if name not in known and value is not False}
        thing = token_hex(16)
        sent |= {"thing": thing, **ids, **({"quote_document": fields["quote_document"]} if step == "alleged" else {})}
        answer = client.post(f"/records/{case.person}/write/{step}/", {**sent, **attached})
        assert answer.status_code == 302, words_in(answer)
        if step == "alleged":
            ids["speaks_to"] = [thing]
        if step == "evidence" and len(ids["evidence"]) < 3:
            ids["evidence"] += [thing]
    file = file_of(house, case)
    assert (len(file.court_acts), len(file.alleged), len(file.evidence), len(file.claims)) == (2, 1, 4, 1)
    assert all(house.unit.documents.has(each.document) for each in file.evidence)
    assert file.subject.names == case.subject.names


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Select a valid choice", "This field is required.", "Missing or not readable.", "marero")),
        ("es", ("Escoja una opción válida", "Este campo es obligatorio.", "Falta o no se puede leer.", "marero")),
    ],
)
def test_f02_many_mistakes_are_said_at_once_beside_their_fields_and_nothing_is_lost(house, language, said):
    case = house.case(until="opened")
    client = client_of(house, Duty.RECORDER, language)
    sent = {"thing": token_hex(16), **MISTAKES, "attached": upload()}
    page = client.post(f"/records/{case.person}/write/evidence/", sent)
    assert page.status_code == 422
    html = page.content.decode()
    for name in MISTAKES.keys() - {"end"}:
        assert f'id="id_{name}_error"' in html, name
    for words in said:
        assert words in html
    assert 'value="yesterday"' in html
    assert "a marero told it" in html
    assert re.search(r'name="attached-kept" value="[0-9a-f]{64}"', html)
    assert not file_of(house, case).evidence
    assert Trace.objects.filter(what="refusal").count() == 1


def test_f12_f21_victims_witnesses_and_children_are_in_no_search(house):
    found = house.case(seed=1, until="opened")
    hidden = {
        NAMESAKE: Category.VICTIM,
        BROTHER: Category.WITNESS,
    }
    for n, (record, category) in enumerate(hidden.items(), start=2):
        case = house.case(record, seed=n, until="opened")
        stream = Stream(StreamKind.PERSON, case.person)
        house.do(stream, SetCategory(category=category, since="2026-01-01"), Duty.RECORDER)
    page = client_of(house, Duty.RECORDER).get("/records/?q=mejia brisas")
    assert "1 file" in words_in(page)
    assert found.person in page.content.decode()


def test_i10_a_search_is_noted_by_a_token_and_never_by_the_name(house):
    house.case(until="opened")
    client_of(house, Duty.RECORDER).get("/records/?q=Mejía")
    noted = Trace.objects.get(what="search")
    assert noted.purpose == "recording"
    assert "mej" not in noted.subject.casefold()


def test_a_search_by_number_finds_the_file_and_namesakes_are_counted(house):
    first, _second = house.case(seed=1, until="opened"), house.case(seed=2, until="opened")
    client = client_of(house, Duty.RECORDER)
    page = client.get("/records/?q=1")
    assert first.person in page.content.decode()
    assert re.search(r'data-label="Others here with this name">1<', page.content.decode())
    assert "2 files" in words_in(client.get("/records/?q=josue"))


def test_i1_own_statements_are_greyed_out_with_the_reason_and_cannot_be_checked(house):
    case = house.case(until="recorded")
    claim = file_of(house, case).claims[0]
    both = somebody("a.both", Duty.RECORDER, Duty.CHECKER, unit="Unidad de análisis")
    client = signed_in(both)
    queue = client.get("/records/checking/").content.decode()
    assert "same unit and chain of command" in queue
    assert f"/check/{claim.id}/" not in queue
    refused = client.post(f"/records/{case.person}/check/{claim.id}/", {"thing": claim.id, "version": claim.version})
    assert refused.status_code == 422
    assert "must be another person" in words_in(refused)
    assert file_of(house, case).claims[0].state is ClaimState.DRAFT


def test_a_statement_is_checked_or_returned_beside_its_documents(house):
    case = house.case(until="recorded")
    claim = file_of(house, case).claims[0]
    client = client_of(house, Duty.CHECKER)
    address = f"/records/{case.person}/check/{claim.id}/"
    sent = {"thing": claim.id, "version": claim.version}
    page = client.get(address)
    assert page.content.decode().count("/document/") == 3
    assert client.post(address, {**sent, "why": " "}).status_code == 422
    assert client.post(address, {**sent, "why": "The page says another day."}).status_code == 302
    assert file_of(house, case).claims[0].state is ClaimState.RETURNED
    assert client.post(address, sent).status_code == 422, "what is returned is not checked"


def test_a_number_is_verified_by_another_office(house):
    case = house.case(until="recorded")
    assert client_of(house, Duty.CHECKER).post(f"/records/{case.person}/verify/1/").status_code == 302
    assert file_of(house, case).subject.identifiers[0].verified
    page = client_of(house, Duty.RECORDER).get(f"/records/{case.person}/")
    assert "checked against the document by Archivo judicial" in words_in(page)


def test_f01_a_document_is_shown_as_kept_through_the_file_that_cites_it_and_noted(house):
    case, other = house.case(seed=1, until="recorded"), house.case(seed=2, until="opened")
    sha256 = file_of(house, case).evidence[0].document
    client = client_of(house, Duty.CHECKER)
    page = client.get(f"/records/{case.person}/document/{sha256}/")
    assert page["Content-Type"] == "application/pdf"
    assert page.content == case.documents[sha256]
    assert Trace.objects.filter(what="read", subject=sha256).count() == 1
    assert client.get(f"/records/{other.person}/document/{sha256}/").status_code == 404


def test_what_speaks_for_the_person_stands_first(house):
    case = house.case(until="checked")
    page = words_in(client_of(house, Duty.RECORDER).get(f"/records/{case.person}/"))
    assert page.index("What speaks for the person") < page.index("What is alleged") < page.index("against the person")
    assert "%" not in page


def test_a_description_keeps_every_name_and_number_when_it_is_written_anew(house):
    case = house.case(until="checked")
    client = client_of(house, Duty.RECORDER)
    form = client.get(f"/records/{case.person}/write/description/").context["form"]
    sent = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    kept = file_of(house, case).subject
    done = client.post(f"/records/{case.person}/write/description/", {**sent, "birth_place": "Puerto Hondo"})
    assert done.status_code == 302
    after = file_of(house, case).subject
    assert (after.names, after.identifiers) == (kept.names, kept.identifiers)
    assert after.birth_place == "Puerto Hondo"


STRANGERS = (Duty.PROTECTION, Duty.AUDITOR, Duty.OVERSIGHT)


@pytest.mark.parametrize("duty", STRANGERS)
def test_f60_every_page_of_a_file_refuses_a_strangers_duty_and_notes_it(house, duty):
    case = house.case(until="recorded")
    file = file_of(house, case)
    sha256, claim = file.evidence[0].document, file.claims[0].id
    root = f"/records/{case.person}/"
    ends = ("", "history/", f"document/{sha256}/", f"check/{claim}/", "verify/1/")
    steps = ("description", "category", "whereabouts", "court-act", "alleged", "evidence", "statement", "affiliation")
    addresses = ["/records/", "/records/?q=mejia", "/records/new/", "/records/checking/"]
    addresses += [root + end for end in ends] + [f"{root}write/{step}/" for step in steps]
    client = client_of(house, duty)
    for address in addresses:
        assert client.get(address).status_code == 403, address
    assert Trace.objects.filter(what="refusal", duty=duty).count() == len(addresses)


def test_an_id_that_exists_is_not_opened_again(house):
    case = house.case(until="opened")
    opened = next(each for _, each in case.file if isinstance(each, OpenPerson))
    values = {n: v for n, v in typed.described(opened.subject).items() if not n.startswith("document_")}
    sent = {"thing": case.person, "category": "accused", "since": "2025-05-02", **values}
    page = client_of(house, Duty.RECORDER).post("/records/new/", sent)
    assert page.status_code == 422
    assert "already begun" in words_in(page)


def test_every_other_command_of_a_file_has_its_page(house):
    case = house.case(until="recorded")
    file = file_of(house, case)
    document = file.evidence[0].document
    recorder, checker = client_of(house, Duty.RECORDER), client_of(house, Duty.CHECKER)
    root = f"/records/{case.person}/write/"
    where, claim = token_hex(16), file.claims[0].id
    custody = {"kind": "custody", "start": "2025-03-01", "end": "2025-04-01", "document": document}
    affiliation = {
        "group": "G-014",
        "start": "2019",
        "end": "2021",
        "basis": "tested_testimony",
        "grade": "4x4/B/2",
        "document": document,
    }
    explained = {"thing": where, "alleged": file.alleged[0].id, "text": "Released on leave that day, page 3."}
    steps = (
        (recorder, f"{root}category/", {"category": "convicted", "since": "2026-01-10"}),
        (recorder, f"{root}whereabouts/", {"thing": where, **custody}),
        (checker, f"{root}explanation/{where}/", explained),
        (recorder, f"{root}affiliation/", {"thing": token_hex(16), **affiliation}),
        (recorder, f"{root}withdraw-statement/{claim}/", {"thing": claim, "why": "Another document contradicts it."}),
    )
    for client, address, values in steps:
        answer = client.post(address, {"thing": token_hex(16), **values})
        assert answer.status_code == 302, (address, words_in(answer))
    after = file_of(house, case)
    assert after.category is Category.CONVICTED
    assert after.whereabouts[0].explanations
    assert after.affiliations[0].group == "G-014"
    assert after.claims[0].state is ClaimState.WITHDRAWN
    page = words_in(recorder.get(f"/records/{case.person}/"))
    assert page.index("In custody") < page.index("What is alleged"), "it speaks for the person"
    assert "opens no check" in page
    assert "2019 – 2021" in page


def test_f17_f05_labels_and_barred_grounds_are_refused_as_they_are_typed(house):
    case = house.case(until="recorded")
    file = file_of(house, case)
    sent = {
        "thing": token_hex(16),
        "statement_type": "fact",
        "statement": "Es marero y tiene un tatuaje.",
        "start": "2025",
        "end": "2025",
        "as_of": "2026-01-01",
        "evidence": [file.evidence[0].id],
    }
    page = client_of(house, Duty.RECORDER, "es").post(f"/records/{case.person}/write/statement/", sent)
    assert page.status_code == 422
    errors = page.context["form"].errors["statement"]
    assert len(errors) == 2, errors
    assert "Es marero y tiene un tatuaje." in page.content.decode()
