"""An inquiry on both sides' pages: begun on its paper, checked, sent; named apart, answered, handed to counsel."""

import html
import re

import pytest

from cotejo.actions.laws import INQUIRY
from cotejo.actions.perform import perform
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.inquiry import InquiryState
from cotejo.rules.inquiry_commands import RecordInquiryAnswer, RecordInquiryRefusal, TakeInquiry
from cotejo.rules.inquiry_words import Asked, InquiryBasis, RecordAnswer, Searched
from cotejo.rules.purposes import Purpose
from cotejo.store.models import Outbox, SearchName, Trace, WaitingRow
from tests.builders.receiving import pdf
from tests.pages import signed_in, somebody, words_in

BOREAL = PartnerNode(name="boreal")
WHO = {
    "partner": "boreal",
    "basis": "person_asks",
    "counsel": "A. Faro, defensa pública",
    "documented": "JOSUÉ ANTONIO MEJÍA BRISAS",
    "given": "Josué Antonio",
    "first_surname": "Mejía",
    "second_surname": "Brisas",
    "birth": "1991-04-02",
    "passport": "X9000001",
}


def state(house, inquiry):
    return state_of(StreamKind.INQUIRY, house.unit.entries(Stream(StreamKind.INQUIRY, inquiry)))


@pytest.fixture
def people(house):
    """Give one person a duty, and their browser."""
    made = {duty: somebody(f"q.{duty.value}", duty) for duty in (Duty.LEGAL, Duty.DECISION)}
    held = {**house.people, **made}
    return lambda duty, language="en": signed_in(held[duty], language=language)


def told(house, inquiry, command):
    stream = Stream(StreamKind.INQUIRY, inquiry)
    done = perform(INQUIRY, house.unit, stream, command, who=BOREAL, purpose=Purpose.EXCHANGE, now=house.clock.now)
    assert not isinstance(done, Refused), done


def begun(house, people):
    legal = people(Duty.LEGAL)
    page = legal.get("/inquiries/new/")
    inquiry = page.context["form"]["inquiry"].value()
    done = legal.post("/inquiries/new/", {**WHO, "inquiry": inquiry, "document": pdf()})
    assert done.status_code == 302, words_in(done)
    return inquiry


def test_an_inquiry_is_begun_checked_sent_and_its_answer_handed_to_counsel(house, people):
    inquiry = begun(house, people)
    address = f"/inquiries/{inquiry}/"
    assert people(Duty.DECISION).post(address).status_code == 422
    assert people(Duty.PROTECTION).post(address, {"result": "nothing_registered"}).status_code == 302
    assert people(Duty.DECISION).post(address).status_code == 302
    assert Outbox.objects.filter(partner="boreal", kind="inquiry").count() == 1
    nothing = RecordAnswer(held=(), searched=tuple(Searched), on="2026-11-28")
    told(house, inquiry, RecordInquiryAnswer(answer=nothing))
    legal = people(Duty.LEGAL, "es")
    assert "No consta nada al 2026-11-28" in words_in(legal.get(address))
    for language in ("es", "en"):
        assert legal.get(f"{address}record/{language}/").content.startswith(b"%PDF")
    assert Trace.objects.filter(what="export", subject=f"inquiry:{inquiry}:record").count() == 2
    assert people(Duty.DECISION).get(f"{address}record/es/").status_code == 403


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Refused by the agency asked",
                "It does not name the counsel who asks. Without the person or a judge nobody's record is asked for.",
                "It does not name one person with a date of birth. As documented.",
                "no words for (inquiry.of_tomorrow); its program is newer",
            ),
        ),
        (
            "es",
            (
                "Rechazada por la entidad consultada",
                "No indica qué defensa lo pide. Sin la persona o un tribunal no se consulta.",
                "No indica una persona con su fecha de nacimiento. Tal como consta en un documento.",
                "Consulte a operación; cuando se actualice el programa",
            ),
        ),
    ],
)
def test_f06_whoever_asked_reads_every_gap_of_a_refused_inquiry_with_what_mends_it(house, people, language, words):
    inquiry = begun(house, people)
    address = f"/inquiries/{inquiry}/"
    people(Duty.PROTECTION).post(address, {"result": "nothing_registered"})
    people(Duty.DECISION).post(address)
    gaps = ("inquiry.mandate", "inquiry.of_tomorrow", "inquiry.subject")
    told(house, inquiry, RecordInquiryRefusal(gaps=gaps))
    legal = people(Duty.LEGAL, language)
    page = html.unescape(words_in(legal.get(address)))
    for each in words:
        assert each in page
    assert "Por qué se rechazó" in page or "Why it was refused" in page
    assert {"en": "Read why the inquiry was refused", "es": "Leer por qué se rechazó"}[language] in words_in(
        legal.get("/")
    )
    assert legal.post(address).status_code == 302
    assert legal.post(address).status_code == 404
    assert "inquiry" not in " ".join(each.step for each in WaitingRow.objects.filter(card__stream_id=inquiry))


def test_without_its_paper_everything_that_is_missing_is_said_at_once(house, people):
    legal = people(Duty.LEGAL, "es")
    page = legal.post("/inquiries/new/", {"inquiry": "1" * 32, "partner": "boreal", "basis": "person_asks"})
    assert page.status_code == 422
    said = words_in(page)
    for words in ("Falta el mandato o la orden", "qué defensa lo pide", "fecha de nacimiento"):
        assert words in said
    assert not state(house, "1" * 32).id


def test_f44_a_stop_and_a_missing_check_read_the_same_to_everybody_else(house, people):
    said = []
    for stop in (True, False):
        inquiry = begun(house, people)
        if stop:
            people(Duty.PROTECTION).post(f"/inquiries/{inquiry}/", {"result": "stop"})
        asked = people(Duty.DECISION).post(f"/inquiries/{inquiry}/")
        newest = people(Duty.LEGAL).get("/inquiries/").context["rows"][0]["state"]
        pages = (asked, people(Duty.DECISION).get("/"), people(Duty.LEGAL).get(f"/inquiries/{inquiry}/"))
        said.append((newest, *(re.sub(r"Inquiry \d|[0-9a-f]{32}", "", words_in(page)) for page in pages)))
    assert said[0] == said[1]
    assert not Outbox.objects.filter(kind="inquiry").exists()


def test_i3_two_officers_name_the_files_apart_and_a_third_answers_with_all_they_hold(house, people):
    case = house.case(until="checked")
    document = house.unit.documents.put(b"%PDF-1.7 mandate", unit=Stream(StreamKind.INQUIRY, "2" * 32))
    file = state_of(StreamKind.PERSON, house.unit.entries(Stream(StreamKind.PERSON, case.person)))
    asked = Asked(subject=file.subject, basis=InquiryBasis.PERSON_ASKS, document=document, counsel="A. Faro")
    told(house, "2" * 32, TakeInquiry(inquiry="2" * 32, asked=asked, arrived=frozenset({document})))
    address, answer = f"/inquiries/{'2' * 32}/", {"persons": "1", "reasons": "The passport agrees."}
    names = SearchName.objects.count()
    wrong = people(Duty.CHECKER).post(address, answer | {"persons": "1, 99"})
    assert "There is no file 99 here." in words_in(wrong)
    assert people(Duty.CHECKER).post(address, answer).status_code == 302
    assert "File 1" in words_in(people(Duty.CHECKER).get(address))
    assert "The passport agrees." not in words_in(people(Duty.CERTIFIER).get(address))
    assert people(Duty.CERTIFIER).post(address, answer).status_code == 302
    assert people(Duty.AUTHORISER).post(address).status_code == 302
    assert state(house, "2" * 32).state is InquiryState.ANSWERED
    assert len(state(house, "2" * 32).answer.held) == len(file.court_acts)
    assert Outbox.objects.filter(partner="boreal", kind="inquiry_answer").count() == 1
    assert SearchName.objects.count() == names
    assert people(Duty.CHECKER).get(f"{address}document/")["Content-Disposition"].startswith("attachment")


def test_an_inquiry_is_nobodys_but_those_who_work_on_it(house, people):
    inquiry = begun(house, people)
    for duty in (Duty.RECORDER, Duty.AUDITOR, Duty.OVERSIGHT, Duty.CUSTODY):
        assert people(duty).get(f"/inquiries/{inquiry}/").status_code == 403
        assert people(duty).get("/inquiries/").status_code == 403
    assert "Inquiry" not in words_in(people(Duty.RECORDER).get("/"))
    assert words_in(people(Duty.LEGAL).get("/inquiries/")).count("MEJÍA") == 0
