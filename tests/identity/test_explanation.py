"""The words officers read: differences first, the other reading named, no number but counts (F27)."""

import dataclasses
import math
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import Explanation, Field, Verdict, explain, standard_model
from cotejo.identity.explanation import added
from cotejo.identity.levels import COLUMNS_OF_LEVELS, PARENT_NAMED, READING, Level
from cotejo.identity.model import HYPOTHESES, Hypothesis
from cotejo.identity.phrases import BANDS, FIELDS, LEVELS
from cotejo.identity.ranking import weigh_all
from cotejo.identity.weighing import Band
from cotejo.rules.words import Text
from tests.identity.people import JOSE, like_jose, records, told

_NAMES = [COLUMNS_OF_LEVELS.index(field) for field in (Field.GIVEN, Field.FIRST_SURNAME, Field.SECOND_SURNAME)]
_PAIR = [COLUMNS_OF_LEVELS.index(column) for column in (READING, PARENT_NAMED)]
READING_ORDER = [Verdict.DIFFER, Verdict.CLOSE, Verdict.UNKNOWN, Verdict.AGREE]


def only(subject, candidate, namesakes=3) -> Explanation:
    return explain(subject, [candidate], namesakes)[0]


def values_in(part: object) -> Iterator[object]:
    """Return everything that hangs on an object."""
    if dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from values_in(getattr(part, field.name))
    elif isinstance(part, tuple):
        for each in part:
            yield from values_in(each)
    else:
        yield part


@given(records("Q"), records())
@settings(max_examples=60, deadline=None)
def test_f27_differences_come_first_and_agreement_last(subject, row):
    order = [READING_ORDER.index(line.verdict) for line in only(subject, row).lines]
    assert order == sorted(order)


@given(records("Q"), records())
@settings(max_examples=60, deadline=None)
def test_every_field_is_shown_once_counted_and_with_both_values_as_documented(subject, row):
    explanation = only(subject, row)
    assert sorted(line.field for line in explanation.lines) == sorted(Field)
    counted = (explanation.differing, explanation.close, explanation.unknown, explanation.agreeing)
    assert sum(counted) == len(Field)
    assert explanation.unknown == sum(line.verdict is Verdict.UNKNOWN for line in explanation.lines)
    born = next(line for line in explanation.lines if line.field is Field.BIRTH_DATE)
    assert (born.subject, born.candidate) == (subject.dob, row.dob)


@given(records("Q"), st.lists(records(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_score_leaves_with_an_explanation(subject, rows):
    for explanation in explain(subject, rows, 4):
        values = list(values_in(explanation))
        assert not any(isinstance(value, float) for value in values)
        whole = [value for value in values if isinstance(value, int)]
        counts = [explanation.differing, explanation.close, explanation.unknown, explanation.agreeing]
        assert whole == [*counts, explanation.namesakes]
        assert not any("%" in value for value in values if isinstance(value, str))


def test_a_brother_is_named_as_the_other_reading_with_what_it_rests_on():
    brother = like_jose(given="José Manuel", dob="1991-07-13", dui="", passport="", pob="")
    rival = only(JOSE, brother).rival
    assert rival.kind == "sibling"
    assert rival.words.en == (
        "Explained as well or better by a brother: "
        "same parents, same surnames, other second given name, 14 months apart."
    )
    assert rival.words.es == (
        "Se explica igual de bien o mejor por un hermano: mismos padres, mismos apellidos, otro segundo nombre, "
        "14 meses de diferencia."
    )


def test_a_twin_is_named():
    twin = like_jose(given="Luis Alonso", dui="", passport="")
    assert only(told(JOSE, "given", "surname", "dob", "sex", "father", "mother"), twin).rival.kind == "twin"


def test_father_and_son_of_one_name_are_named():
    father = like_jose(surname="Hernández Gil", dob="1962-08-30", father="Luis Hernández", mother="Rosa Gil", dui="")
    son = like_jose("Q", dui="", passport="", father="José Antonio Hernández Gil")
    rival = only(son, father).rival
    assert rival.kind == "parent_child"
    assert "the father" in rival.words.en
    assert "one bears the name the other gives for a parent" in rival.words.en
    assert "27 years apart" in rival.words.en


def test_another_person_of_the_same_name_is_named_when_nothing_else_is_known():
    person = told(JOSE, "given", "surname")
    explanation = only(person, person, 40)
    assert explanation.rival.kind == "namesake"
    assert explanation.namesakes_words.en == "40 rows of this register bear the name José Hernández López."
    assert explanation.namesakes_words.es == "40 filas de este registro llevan el nombre José Hernández López."


def test_no_other_reading_is_named_when_many_details_agree():
    assert only(JOSE, like_jose()).rival is None


def test_the_field_that_would_decide_is_one_the_register_tells():
    subject = told(JOSE, "given", "surname", "dob")
    explanation = only(subject, told(like_jose(), "given", "surname", "mother"))
    assert explanation.decisive is Field.MOTHER
    assert explanation.decisive_words.es == ("Lo que más diría: madre. Este registro lo dice, la solicitud no.")


def test_nothing_is_left_to_decide_when_every_field_is_known():
    assert only(JOSE, like_jose()).decisive is None


def test_a_name_with_one_more_detail_is_called_not_enough():
    person = told(JOSE, "given", "surname", "dob")
    assert any("never enough" in note.en for note in only(person, person).notes)


def test_a_number_against_other_details_is_pointed_out():
    row = like_jose(dob="1941-03-29", mother="Xiomara Quijano Velis")
    assert any("does not outweigh" in note.en for note in only(JOSE, row).notes)


def test_words_exist_in_both_languages_for_every_field_level_and_band():
    assert (set(FIELDS), set(LEVELS), set(BANDS)) == (set(Field), set(Level), set(Band))
    for words in (*FIELDS.values(), *LEVELS.values(), *BANDS.values()):
        assert isinstance(words, Text)
        assert words.es
        assert words.en


def test_a_candidate_named_with_braces_is_shown_as_documented():
    line = next(line for line in only(JOSE, like_jose(pob="{x} {0}")).lines if line.field is Field.BIRTH_PLACE)
    assert "{x} {0}" in line.words.es


def test_each_field_says_in_words_what_it_adds_or_takes():
    explanation = only(JOSE, like_jose(dob="1941-03-29", passport=""))
    adds = {line.field: line.adds.en for line in explanation.lines}
    assert adds[Field.DUI] == "adds much"
    assert adds[Field.BIRTH_DATE] == "takes much"
    assert adds[Field.PASSPORT] == "adds nothing"


def test_a_mother_adds_nothing_where_a_brother_is_the_likeliest_other_reading():
    told_short = only(JOSE, like_jose(mother="Ana López", father="", dui="", passport="", dob=""))
    assert next(line for line in told_short.lines if line.field is Field.MOTHER).adds.es == "no suma nada"


def test_a_brother_of_the_same_names_is_told_to_be_rare_and_a_namesake_as_likely_is_named_instead():
    row = like_jose(dob="1991-07-13", dui="", passport="", pob="")
    rare = only(JOSE, row).rival
    assert rare.kind == "sibling"
    assert "a brother given the same names again, which is rare: same parents, same surnames" in rare.words.en
    assert "un hermano con los mismos nombres otra vez, lo que es raro: mismos padres" in rare.words.es
    unnamed = told(JOSE, "given", "surname", "dob", "sex")
    namesake = only(unnamed, told(row, "given", "surname", "dob", "sex"), 40).rival
    assert namesake.kind == "namesake"


def test_a_reading_that_explains_less_well_is_called_less_likely():
    subject = told(JOSE, "given", "surname", "dob", "mother", "father", "sex", "pob")
    row = told(like_jose(given="José"), "given", "surname", "mother", "father", "sex")
    assert only(subject, row).rival.words == Text(
        "Less likely, but not ruled out, is a brother: same parents, same surnames, "
        "the same given names as far as both tell them.",
        "Menos probable, pero sin descartar: un hermano; mismos padres, mismos apellidos, "
        "los mismos nombres hasta donde ambos los dicen.",
    )


def test_against_which_other_reading_a_field_adds_or_takes_is_said():
    brother = like_jose(given="José Manuel", dob="1991-07-13", dui="", passport="", pob="")
    assert only(JOSE, brother).against.en.endswith("the likeliest other explanation: a brother.")
    untold = dict.fromkeys(("father", "mother", "dui", "passport"), "")
    stranger = like_jose(given="Wilfredo", surname="Zavaleta Ulloa", dob="1944", **untold)
    assert only(JOSE, stranger).against.es.endswith("la otra explicación más probable: otra persona, sin parentesco.")


@given(records("Q"), records(), st.integers(0, 60), st.sampled_from(HYPOTHESES[1:]))
@settings(max_examples=60, deadline=None)
def test_what_a_field_is_said_to_add_is_what_it_weighs(subject, row, namesakes, against):
    """With how common the name is, how it was read, a parent's name and the priors the fields make the whole weight."""
    model = standard_model()
    pair = weigh_all(subject, [row], namesakes, model=model, rows=1_000)[0]
    codes, place = pair.comparison.codes, HYPOTHESES.index(against)
    further = sum(model.table[column, codes[column], 0] - model.table[column, codes[column], place] for column in _PAIR)
    priors = model.priors_among(1_000)
    whole = sum(added([pair.comparison], model, [against])[0]) + further + priors[0] - priors[place]
    if against is Hypothesis.UNRELATED:
        strangers = sum(model.table[column, codes[column], place] for column in _NAMES)
        whole -= max(0.0, float(model.borne(namesakes, 1_000)) - strangers)
    assert math.isclose(whole, pair.weight(Hypothesis.SAME) - pair.weight(against), abs_tol=1e-9)
