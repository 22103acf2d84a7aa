"""The certificate of a withdrawal: whether every holder has swept, and nobody who had a copy."""

import io

import pytest
from pypdf import PdfReader

from cotejo.papers.printing import print_pdf
from cotejo.papers.withdrawal_certificate import WithdrawnRequest, withdrawal_certificate
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.words import LANGUAGES, Language

DAY = 1_795_780_800_000
SWEPT = {"en": "out of use", "es": "fuera de uso"}
AWAITED = {"en": "not shown yet", "es": "aún no consta"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("swept_at", [0, 2 * DAY])
def test_f51_the_certificate_says_whether_every_holder_has_swept_and_names_none(
    swept_at: int, language: Language
) -> None:
    withdrawn = WithdrawnRequest(
        request="7" * 32,
        origin="alba",
        addressee="boreal",
        reason=WithdrawalReason.WARRANT_RECALLED,
        withdrawn_at=DAY,
        swept_at=swept_at,
    )
    paper = withdrawal_certificate(
        withdrawn, node="alba", reader="x", made_at="2026-11-27T10:00:00+00:00", language=language, invented=True
    )
    pages = PdfReader(io.BytesIO(print_pdf(paper))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    for word in ("7" * 32, "boreal", iso_day(DAY)):
        assert word in said
    assert (SWEPT[language] in said) is bool(swept_at)
    assert (AWAITED[language] in said) is not bool(swept_at)
    assert (iso_day(2 * DAY) in said) is bool(swept_at)
    assert "F51" not in said
