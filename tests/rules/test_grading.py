"""Grades stay in their scale; only some open a gate."""

import pytest

from cotejo.rules.facts import Grade, Scale
from cotejo.rules.grading import MEANINGS, grade_counts, is_grade, meaning_of

COUNTING = {
    Scale.EUROPOL_4X4: {s + i for s in "AB" for i in "123"},
    Scale.UK_3X5X2: {"1A", "1B"},
    Scale.UK_5X5X5: {s + i for s in "AB" for i in "123"},
    Scale.ADMIRALTY: {"A1", "A2", "B1", "B2"},
    Scale.NONE: set(),
}


@pytest.mark.parametrize("scale", Scale)
def test_exactly_the_counting_grades_of_each_scale_count(scale):
    meaning = MEANINGS[scale]
    found = {
        source + information
        for source in meaning.source
        for information in meaning.information
        if grade_counts(Grade(scale=scale, source=source, information=information))
    }
    assert found == COUNTING[scale]


@pytest.mark.parametrize("scale", Scale)
def test_every_code_has_its_meaning_in_both_languages(scale):
    meaning = MEANINGS[scale]
    for text in (meaning.name, *meaning.source.values(), *meaning.information.values()):
        assert text.en
        assert text.es


def test_a_code_of_another_scale_is_no_grade():
    assert not is_grade(Grade(scale=Scale.UK_3X5X2, source="A", information="1"))
    assert not is_grade(Grade(scale=Scale.NONE, source="A", information="1"))
    assert not grade_counts(Grade(scale=Scale.UK_3X5X2, source="A", information="1"))
    assert meaning_of(Grade(scale=Scale.NONE)).en == "not graded"
    assert meaning_of(Grade(scale=Scale.ADMIRALTY, source="B", information="2")).en == "usually reliable; probably true"
