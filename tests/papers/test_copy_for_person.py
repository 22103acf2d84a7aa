"""The copy for the person: in the reader's language to the last code; affiliations with dates; how to contest it."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from cotejo.papers.copy_for_person import Circulation, copy_for_person
from cotejo.papers.printing import print_pdf
from cotejo.rules.dispute_words import DisputeAsks, Disputed, DisputedBy
from cotejo.rules.facts import AffiliationBasis, Grade, Interval, Scale
from cotejo.rules.package import Affiliation, Package, Whereabouts
from cotejo.rules.person_typed import WHEREABOUTS_WORDS
from cotejo.rules.vocabulary import WORDS
from cotejo.rules.words import LANGUAGES, Language
from tests.builders.review import CLAIM, claim, package

CODE = "7K2MN-AAAAA-BBBBB-CCCCC"
OFFICE = "https://reparacion.example"
HELD = Affiliation(
    group="G-014",
    role_in_source="collector, says the judgment",
    start="2019-03",
    end="2021-08",
    ended=True,
    basis=AffiliationBasis.FINAL_JUDGMENT,
    document="a" * 64,
    grade=Grade(scale=Scale.ADMIRALTY, source="B", information="2"),
)


def printed(
    sent: Package, language: Language = "es", *, day: str = "2026-11-27", disputed: tuple[Disputed, ...] = ()
) -> str:
    """Return the words of a printed copy."""
    paper = copy_for_person(
        sent,
        Circulation(recipients=("alba", "boreal"), redress_address=OFFICE, paper_code=CODE),
        node="Boreal",
        reader="x",
        made_at=f"{day}T10:00:00+00:00",
        language=language,
        invented=True,
        disputed=disputed,
    )
    pages = PdfReader(io.BytesIO(print_pdf(paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_f64_the_copy_says_where_to_complain_and_carries_its_own_code(language: Language) -> None:
    said = printed(package(), language)
    assert OFFICE in said
    assert CODE in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WHEREABOUTS_WORDS)
def test_f11_where_the_person_was_is_said_in_the_readers_language(kind: str, language: Language) -> None:
    where = Whereabouts(id="1" * 32, kind=kind, interval=Interval(start="2020-01-01"), place="", document="b" * 64)
    said = printed(replace(package(), whereabouts=(where,)), language)
    assert f": {WHEREABOUTS_WORDS[kind].in_language(language)}, 2020-01-01" in said
    assert f": {kind}, " not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_affiliation_stands_with_its_period_and_basis(language: Language) -> None:
    said = printed(replace(package(), affiliations=(HELD,)), language)
    for words in (HELD.group, HELD.role_in_source, HELD.start, HELD.end, "B2"):
        assert words in said
    assert WORDS[AffiliationBasis][HELD.basis].in_language(language) in said


@pytest.mark.parametrize(
    ("day", "counts"), [("2023-08-31", True), ("2023-09-02", False), ("2026-11-27", False), ("2021-09-01", True)]
)
def test_an_affiliation_counts_for_24_months_after_its_last_day(day: str, counts: bool) -> None:
    said = printed(replace(package(), affiliations=(HELD,)), "en", day=day)
    assert ("too old to count" in said) != counts


def test_a_copy_without_an_affiliation_has_no_word_about_affiliations() -> None:
    assert "ffiliation" not in printed(replace(package(), affiliations=()), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_f64_what_is_disputed_stands_in_the_copy_beside_the_statement_and_whole(language: Language) -> None:
    dispute = Disputed(
        claims=((CLAIM, 2),),
        by=DisputedBy.COUNSEL,
        on="2026-11-20",
        statement="A clinic has the person in a bed on that day.",
        asks=DisputeAsks.CORRECT,
    )
    older = replace(dispute, claims=((CLAIM, 1),), statement="Of an older version.")
    said = printed(replace(package(), claims=(claim(version=2),)), language, disputed=(dispute, older))
    whole = {"en": "Disputed statements", "es": "Afirmaciones impugnadas"}
    beside = {
        "en": "Disputed by the person's counsel on 2026-11-20.",
        "es": "Impugnada por la defensa de la persona el 2026-11-20.",
    }
    assert whole[language] in said
    assert beside[language] in said.replace("\u2019", "'")
    assert "A clinic has the person in a bed on that day." in said
    assert "Of an older version." not in said
