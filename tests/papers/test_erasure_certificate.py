"""The certificate of erasure: kinds of things, moments, the rule, what stays; nobody's name."""

import io

import pytest
from pypdf import PdfReader

from cotejo.papers.erasure_certificate import ErasedRequest, erasure_certificate
from cotejo.papers.printing import print_pdf
from cotejo.rules.dates import iso_day
from cotejo.rules.erasure_words import BASIS_WORDS, GONE_WORDS, ErasureBasis
from cotejo.rules.words import LANGUAGES, Language

DAY = 1_795_780_800_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", ErasureBasis)
def test_f59_the_certificate_says_what_went_by_which_rule_and_what_stays_for_whom(
    basis: ErasureBasis, language: Language
) -> None:
    erased = ErasedRequest(
        request="7" * 32, origin="alba", basis=basis, holders=(("boreal", DAY), ("alba", DAY)), sealed_until=2 * DAY
    )
    paper = erasure_certificate(
        erased, node="alba", reader="x", made_at="2026-11-27T10:00:00+00:00", language=language, invented=True
    )
    pages = PdfReader(io.BytesIO(print_pdf(paper))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    for word in (*GONE_WORDS.values(), BASIS_WORDS[basis]):
        assert " ".join(word.in_language(language).split()) in said
    since = {"es": "a más tardar el", "en": "at the latest on"}[language]
    for word in ("7" * 32, "boreal", f"{since} {iso_day(DAY)}", iso_day(2 * DAY)):
        assert word in said
