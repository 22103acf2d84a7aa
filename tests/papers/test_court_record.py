"""The court record an inquiry brings back: with nothing held it says where, and on which day, and claims no more."""

import io

import pytest
from pypdf import PdfReader

from cotejo.papers.court_record import Record, court_record
from cotejo.papers.printing import print_pdf
from cotejo.rules.facts import Sex
from cotejo.rules.inquiry_words import Asked, InquiryBasis, RecordAnswer, Searched
from cotejo.rules.package import Identifier, Name, Subject
from cotejo.rules.words import LANGUAGES, Language

WHO = Subject(
    names=(
        Name(
            documented="Josué Antonio Mejía Brisas",
            given="Josué Antonio",
            first_surname="Mejía",
            second_surname="Brisas",
        ),
    ),
    birth="1991-04-02",
    sex=Sex.M,
    birth_place="Villa Clara",
    nationality="",
    nationality_basis="",
    identifiers=(Identifier(kind="passport", value="X9000001", issued_by="", verified=False),),
)
NOTHING = {
    "es": "En boreal no consta nada al 2026-11-28. No se buscó en otros tribunales ni registros.",
    "en": "Nothing is held at boreal on 2026-11-28. Other courts and registers were not searched.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_f29_nothing_held_is_said_of_one_agency_and_one_day_and_nothing_empty_is_printed(language: Language) -> None:
    asked = Asked(subject=WHO, basis=InquiryBasis.PERSON_ASKS, document="0" * 64, counsel="A. Faro")
    answer = RecordAnswer(held=(), searched=tuple(Searched), on="2026-11-28")
    record = Record(number="3" * 32, asked_of="boreal", asked=asked, answer=answer)
    made_at = "2026-11-28T10:00:00+00:00"
    paper = court_record(record, node="Alba", reader="x", made_at=made_at, language=language, invented=True)
    pages = PdfReader(io.BytesIO(print_pdf(paper))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert NOTHING[language] in said
    assert "X9000001" in said
    assert "()" not in said
