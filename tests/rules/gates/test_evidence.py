"""What stands behind each statement."""

from dataclasses import replace

import pytest

from cotejo.rules.facts import Coercion, EvidenceKind, Favours, Grade, Scale, StatementType
from cotejo.rules.gates.counting import OWN_WORDS
from cotejo.rules.independence import independent_sources
from cotejo.rules.package import SelfStatement, Translation
from tests.builders.sound import Desk, codes, gates, item, sound_package, warrant_item

SOUND = sound_package()
BY_COURT, GRADED = SOUND.evidence


def with_graded(**changes):
    return replace(SOUND, evidence=(BY_COURT, replace(GRADED, **changes)))


def test_f01_a_claim_without_evidence_cannot_leave():
    bare = replace(SOUND, claims=(replace(SOUND.claims[0], evidence=()),))
    assert "documents.claim_without_evidence" in codes(gates(bare))
    assert codes(gates(replace(SOUND, claims=())), "documents") == ("documents.no_claims",)


def test_f01_evidence_that_is_not_in_the_package_is_none():
    assert "documents.claim_without_evidence" in codes(gates(replace(SOUND, evidence=(BY_COURT,))))


def test_f01_an_item_has_its_document_here_or_at_a_court_with_its_hash():
    here = Desk().documents - {GRADED.document}
    assert codes(gates(SOUND, documents=here), "documents") == ("documents.item_without_document",)
    assert not codes(gates(with_graded(document_place="court:Juzgado 1, shelf 4"), documents=here), "documents")
    nameless = with_graded(document="", document_place="court:Juzgado 1, shelf 4")
    assert codes(gates(nameless), "documents") == ("documents.item_without_document",)


def test_f07_one_counting_item_is_not_enough():
    assert "support.too_few_sources" in codes(gates(with_graded(speaks_to=())), "support")


def test_f07_two_items_without_a_court_or_official_record_are_not_enough():
    reports = tuple(replace(GRADED, id=each, origin=each, document=each) for each in ("x", "y"))
    assert codes(gates(replace(SOUND, evidence=reports)), "support") == ("support.none_official",)


@pytest.mark.parametrize(
    "spoil",
    [
        {"anonymous": True},
        {"challenged": True},
        {"favours": Favours.NEUTRAL},
        {"statement_type": StatementType.ASSESSMENT},
        {"grade": Grade(scale=Scale.NONE)},
        {"grade": Grade(scale=Scale.EUROPOL_4X4, source="C", information="1")},
        {"grade": Grade(scale=Scale.ADMIRALTY, source="A", information="3")},
        {"grade": Grade(scale=Scale.UK_3X5X2, source="A", information="1")},
        {"kind": EvidenceKind.SWORN_STATEMENT, "coercion": Coercion.UNKNOWN},
        {"kind": EvidenceKind.SWORN_STATEMENT, "coercion": Coercion.ALLEGED},
        {"origin": OWN_WORDS},
    ],
)
def test_f07_f03_f15_what_does_not_count_opens_nothing(spoil):
    assert "support.too_few_sources" in codes(gates(with_graded(**spoil)), "support")


def test_f03_own_words_count_verbatim_dated_placed_and_signed():
    words = SelfStatement(
        verbatim="Yo cobré el dinero.", language="es", date="2024-06-01", place="SV-SS", recording_or_signed="rec 4"
    )
    assert not codes(gates(with_graded(origin=OWN_WORDS, self_statement=words)), "support")
    for field in ("verbatim", "language", "date", "place", "recording_or_signed"):
        spoiled = with_graded(origin=OWN_WORDS, self_statement=replace(words, **{field: ""}))
        assert codes(gates(spoiled), "support") == ("support.too_few_sources",)


def test_f08_a_and_b_from_a_and_c_from_b_are_one_source():
    a, b, c = (replace(item(n), document=f"d{n}", origin=f"o{n}") for n in (1, 2, 3))
    b, c = replace(b, derived_from=(a.id,)), replace(c, derived_from=(b.id,))
    assert independent_sources((a, b, c), (a, b, c)) == 1
    assert independent_sources((a, c), (a, b, c)) == 1


def test_f08_an_ancestor_outside_the_package_still_joins_its_descendants():
    a, b = (replace(item(n), document=f"d{n}", derived_from=("elsewhere",)) for n in (1, 2))
    assert independent_sources((a, b), (a, b)) == 1


def test_f08_one_origin_and_one_document_count_once():
    a, b = item(1, document="x"), item(2, document="y")
    assert independent_sources((a, b), (a, b)) == 2
    assert independent_sources((a, replace(b, origin=a.origin)), (a, b)) == 1
    assert independent_sources((a, replace(b, document="x")), (a, b)) == 1


def test_f08_the_gate_counts_a_returned_rumour_once():
    assert codes(gates(with_graded(derived_from=(BY_COURT.id,))), "support") == ("support.too_few_sources",)


def test_f10_an_opinion_names_its_author_and_its_facts():
    opinion = {"statement_type": StatementType.ASSESSMENT}
    assert codes(gates(with_graded(**opinion)), "statements") == ("statements.assessment_without_facts",)
    named = with_graded(assessor="Dr. Faro", underlying=(BY_COURT.id,), **opinion)
    assert not codes(gates(named), "statements")
    claims = (replace(SOUND.claims[0], statement_type=StatementType.ASSESSMENT),)
    assert codes(gates(replace(SOUND, claims=claims)), "statements") == ("statements.assessment_without_facts",)


def test_f20_a_claim_goes_stale_after_two_years_without_a_new_counting_item():
    old = replace(SOUND.claims[0], as_of="2024-09-01")
    assert not codes(gates(replace(SOUND, claims=(old,))), "fresh")
    evidence = tuple(replace(each, obtained_on="2024-10-01") for each in SOUND.evidence)
    assert codes(gates(replace(SOUND, claims=(old,), evidence=evidence)), "fresh") == ("fresh.stale_claim",)


@pytest.mark.parametrize(
    "translation",
    [
        None,
        Translation(language="en", text="x", translator=""),
        Translation(language="en", text="x", translator="a machine", by_machine=True),
        Translation(language="fr", text="x", translator="T. Faro"),
    ],
)
def test_f16_the_original_travels_with_a_named_humans_translation(translation):
    assert codes(gates(with_graded(translation=translation))) == ("translation.missing",)


def test_an_item_of_a_court_act_nobody_described_does_not_count():
    lost = replace(SOUND, evidence=(warrant_item(1, speaks_to=SOUND.evidence[0].speaks_to, document="?"), GRADED))
    assert "support.none_official" in codes(gates(lost))
