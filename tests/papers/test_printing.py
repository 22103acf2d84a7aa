"""A paper is the same bytes every time, readable by machines for the blind, and nothing in it is read as markup."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from cotejo.papers.paper import Fact, Facts, Paper, Points, Quotation, Section, Sentence, Table
from cotejo.papers.printing import print_pdf
from cotejo.rules.words import LANGUAGES, Text

HOSTILE = "#let x = 1 *no* $y$ <z> \\ @a [b] «c» // d"
PAPER = Paper(
    title=Text("Copy", "Traslado"),
    subtitle=Text("One person", "Una persona"),
    sections=(
        Section(
            heading=Text("First", "Primero"),
            blocks=(
                Sentence(text=Text("A sentence.", "Una frase."), strong=True),
                Facts(rows=(Fact(label=Text("Name", "Nombre"), value=HOSTILE),)),
                Quotation(words=HOSTILE, source="p. 3"),
                Points(items=(Text("one", "uno"), Text("two", "dos"))),
                Table(headings=(Text("A", "A"), Text("B", "B")), rows=(("1", "2"),)),
            ),
        ),
    ),
    node="Alba",
    reader="Counsel",
    reference="R-1",
    made_at="2026-11-27T10:00:00+00:00",
    valid_until="2026-12-04",
    invented=True,
)


def words(paper: Paper) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(print_pdf(paper))).pages)
    return " ".join(text.split())


def test_two_prints_of_one_paper_are_equal_byte_for_byte():
    assert print_pdf(PAPER) == print_pdf(PAPER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_documented_stands_as_documented_whatever_it_looks_like(language):
    said = words(replace(PAPER, language=language))
    assert said.count("#let x = 1 *no* $y$ <z>") == 2
    assert PAPER.title.in_language(language) in said


def test_f25_every_copy_says_for_whom_when_and_until_when():
    said = words(PAPER)
    assert "Para: Counsel" in said
    assert "Emitido: 2026-11-27T10:00:00+00:00" in said
    assert "Válido hasta: 2026-12-04" in said


def test_an_invented_world_is_marked_and_a_real_one_is_not():
    assert "DEMOSTRACIÓN" in words(PAPER)
    assert "DEMOSTRACIÓN" not in words(replace(PAPER, invented=False))


def test_f49_every_paper_says_that_it_is_no_warrant():
    assert "no es una orden de captura" in words(PAPER)


def test_the_pdf_is_tagged_and_names_its_language():
    root = PdfReader(io.BytesIO(print_pdf(PAPER))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("es")
