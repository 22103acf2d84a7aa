"""What a band needs, and what can never move it (I3, F26, F29)."""

import json
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import Band, PersonRecord, explain
from cotejo.identity.invented import invented_dui
from cotejo.identity.model import ModelError, read_model
from tests.identity.people import CONTRADICTING, JOSE, VALUES, like_jose, records, told

ORDER = list(Band)
NAMES = ("given", "surname")
candidate_lists = st.lists(records(), min_size=1, max_size=4).map(
    lambda rows: [replace(row, id=f"R{place}") for place, row in enumerate(rows)]
)


def band(subject: PersonRecord, candidate: PersonRecord, namesakes: int = 1) -> Band:
    return explain(subject, [candidate], namesakes)[0].band


@given(st.sampled_from(VALUES["dob"]), st.integers(0, 500))
@settings(max_examples=40, deadline=None)
def test_i3_f26_a_name_and_a_birth_date_alone_never_make_many_details_agree(dob, namesakes):
    person = told(like_jose(dob=dob), *NAMES, "dob")
    assert band(person, person, namesakes) is not Band.MANY_AGREE


@given(records("Q"), candidate_lists, st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_i3_f26_many_details_agree_only_with_a_number_or_two_fields_beyond_name_sex_and_place(subject, rows, namesakes):
    for explanation in explain(subject, rows, namesakes):
        if explanation.band is Band.MANY_AGREE:
            agreeing = {line.field.value for line in explanation.lines if line.verdict == "agree"}
            assert agreeing & {"dui", "passport"} or len(agreeing & {"birth_date", "father", "mother"}) >= 2
            assert {line.field.value for line in explanation.lines if line.verdict == "differ"} <= {"birth_place"}


def test_a_number_or_two_fields_beyond_the_name_let_many_details_agree():
    assert band(told(JOSE, *NAMES, "dob", "mother"), JOSE) is Band.MANY_AGREE
    assert band(told(JOSE, *NAMES, "dui"), JOSE) is Band.MANY_AGREE


@pytest.mark.parametrize("namesakes", [1, 300])
def test_a_name_alone_tells_nothing_when_it_is_common(namesakes):
    person = told(JOSE, *NAMES, "sex", "pob")
    assert band(person, person, namesakes) is not Band.MANY_AGREE
    assert namesakes == 1 or band(told(JOSE, *NAMES), told(JOSE, *NAMES), namesakes) is Band.CANNOT_TELL


def test_a_valid_number_that_differs_keeps_many_details_from_agreeing():
    assert band(JOSE, like_jose(dui=invented_dui(2), passport="")) is not Band.MANY_AGREE
    assert band(JOSE, like_jose(passport="B91234567")) is not Band.MANY_AGREE


def test_a_badly_written_number_neither_confirms_nor_contradicts():
    wrong = "90000000-1"
    person = told(like_jose(dui=wrong), *NAMES, "dui")
    assert band(person, person) is not Band.MANY_AGREE
    assert band(told(JOSE, *NAMES, "dob", "mother", "dui"), like_jose(dui=wrong)) is Band.MANY_AGREE


def test_a_number_never_outvotes_a_birth_date_and_a_parent_that_differ():
    other = like_jose(dob=CONTRADICTING["dob"], mother=CONTRADICTING["mother"], father="")
    assert band(JOSE, other) is Band.CONTRADICTED


def test_a_namesake_of_another_age_is_contradicted():
    assert band(told(JOSE, *NAMES, "dob"), told(like_jose(dob="1962-08-30"), *NAMES, "dob"), 20) is Band.CONTRADICTED


@given(records("Q"), candidate_lists, st.randoms(), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_the_order_of_candidates_changes_nothing(subject, rows, chance, namesakes):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert explain(subject, rows, namesakes) == explain(subject, shuffled, namesakes)


@given(records("Q"), records(), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_two_equal_namesakes_never_both_pass(subject, row, namesakes):
    twins = [replace(row, id="R1"), replace(row, id="R2")]
    assert {each.band for each in explain(subject, twins, namesakes)} <= {Band.CONTRADICTED, Band.CANNOT_TELL}


@given(records("Q"), candidate_lists, st.sampled_from(sorted(CONTRADICTING)), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_adding_a_contradicting_field_never_raises_a_band(subject, rows, field, namesakes):
    subject = replace(subject, **{field: getattr(subject, field) or VALUES[field][0]})
    untold = [replace(rows[0], **{field: ""}), *rows[1:]]
    value = "M" if field == "sex" and subject.sex == "F" else CONTRADICTING[field]
    contradicting = [replace(rows[0], **{field: value}), *rows[1:]]
    before, after = (
        next(each.band for each in explain(subject, each_rows, namesakes) if each.candidate.id == rows[0].id)
        for each_rows in (untold, contradicting)
    )
    assert ORDER.index(after) <= ORDER.index(before)


@given(records("Q"), candidate_lists, st.sampled_from(sorted(VALUES)), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_removing_a_field_never_turns_contradicted_into_many_agree(subject, rows, field, namesakes):
    before = {each.candidate.id: each.band for each in explain(subject, rows, namesakes)}
    without = explain(replace(subject, **{field: ""}), rows, namesakes)
    raised = {each.candidate.id for each in without if each.band is Band.MANY_AGREE}
    assert not any(before[row] is Band.CONTRADICTED for row in raised)


@pytest.mark.parametrize("differing", ["dui", "dob", "sex", "mother", "father"])
def test_one_difference_among_many_details_that_agree_is_not_called_a_contradiction(differing):
    row = like_jose(passport="", **{differing: CONTRADICTING[differing]})
    assert band(JOSE, row) is not Band.CONTRADICTED


@given(records("Q"), records(), st.integers(0, 50))
@settings(max_examples=40, deadline=None)
def test_f29_what_another_register_does_not_hold_changes_no_band(subject, row, namesakes):
    nothing_more = PersonRecord(id="R9", given="Xiomara", surname="Zavaleta Ulloa", sex="F")
    alone = explain(subject, [row], namesakes)[0].band
    beside = next(e.band for e in explain(subject, [row, nothing_more], namesakes) if e.candidate.id == row.id)
    assert alone is beside


def _model() -> dict:
    return json.loads(resources.files("cotejo.identity").joinpath("model.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("fields", "mother", "differs"), [0.5, 0.9, 0.04, 0.9]),
        (("fields", "mother", "same"), [0.5, 0.0, 0.04, 0.9]),
        (("fields", "mother", "same"), [0.5, 0.1]),
        (("gate", "fields_beyond_name"), 1),
        (("gate", "possible_above"), 0.4),
        (("presumed_namesakes",), 0.01),
        (("fields", "mother", "no_such_level"), [0.1, 0.1, 0.1, 0.1]),
    ],
)
def test_a_model_that_would_weaken_a_safeguard_is_refused(path, value):
    data = _model()
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ModelError):
        read_model(json.dumps(data))


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_what_is_no_model_is_refused(text):
    with pytest.raises(ModelError):
        read_model(text)
