"""The law of weighing: one for a page and for millions of pairs, checked here against the model's own numbers."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity.comparison import compare, compare_all
from cotejo.identity.levels import COLUMNS_OF_LEVELS, FATHER_OF_SAME_SURNAME, LEVELS, MOTHER_OF_SAME_SURNAME, Level
from cotejo.identity.model import HYPOTHESES, standard_model
from cotejo.identity.ranking import weigh_all
from cotejo.identity.weighing import BANDS, bands_of, compete, log_odds, weights
from tests.identity.people import JOSE, like_jose, records, told

MODEL = standard_model()
AGREES = {Level.SAME, Level.SPELLING, Level.AS_FAR_AS_DOCUMENTED, Level.OTHER_ORDER}
EXACT = 1e-9


def by_hand(codes: bytes, namesakes: int, rows: int) -> list[float]:
    """Return the four weights of a pair, added up from the model as its rules say."""
    seen = {column: LEVELS[code] for column, code in zip(COLUMNS_OF_LEVELS, codes, strict=True)}
    column_of = {column: column for column in seen}
    if seen["first_surname"] in AGREES:
        column_of["father"] = FATHER_OF_SAME_SURNAME
    if seen["second_surname"] in AGREES:
        column_of["mother"] = MOTHER_OF_SAME_SURNAME
    names = ("given", "first_surname", "second_surname")
    sums = []
    for place, prior in enumerate(MODEL.priors_among(rows)):
        name = math.fsum(MODEL.likelihoods(column, seen[column])[place] for column in names)
        if HYPOTHESES[place] == "unrelated":
            name = max(name, min(0.0, math.log(max(namesakes, MODEL.presumed_namesakes) / max(rows, MODEL.rows))))
        rest = (
            MODEL.likelihoods(column_of[column], level)[place] for column, level in seen.items() if column not in names
        )
        sums.append(math.fsum((prior, name, *rest)))
    return sums


@given(records("Q"), st.lists(records(), min_size=1, max_size=4), st.integers(0, 500), st.sampled_from([0, 500, 10**7]))
@settings(max_examples=60, deadline=None)
def test_pages_and_files_weigh_as_the_model_says_to_a_billionth(subject, rows, namesakes, size):
    compared = compare_all(subject, rows)
    weighed = weights(compared.codes, MODEL, namesakes, size)
    for number, row in enumerate(rows):
        expected = by_hand(compare(subject, row).codes, namesakes, size)
        assert np.allclose(weighed[number], expected, rtol=0, atol=EXACT)
    odds = log_odds(weighed)
    told_bands = bands_of(compared.codes, odds, compete(odds, np.zeros(len(rows), np.int64)), MODEL)
    named = [replace(row, id=str(place)) for place, row in enumerate(rows)]
    for pair in weigh_all(subject, named, namesakes, rows=size, model=MODEL):
        number = int(pair.comparison.candidate.id)
        assert np.allclose(pair.weights, weighed[number], rtol=0, atol=EXACT)
        assert pair.band is BANDS[told_bands[number]]


def test_a_common_name_costs_and_a_rare_one_earns_nothing():
    seen = compare_all(told(JOSE, "given", "surname"), [JOSE]).codes
    rare, presumed, common = (log_odds(weights(seen, MODEL, borne, 100_000))[0] for borne in (0, 1, 40))
    assert rare == presumed
    assert common < presumed


def test_in_a_larger_register_the_same_agreement_says_less():
    seen = compare_all(JOSE, [told(JOSE, "given", "surname", "dob")]).codes
    small, large = (log_odds(weights(seen, MODEL, 1, rows))[0] for rows in (100_000, 10_000_000))
    assert large < small


def test_a_parents_name_says_less_of_people_who_share_the_surname_anyway():
    child = told(JOSE, "given", "surname", "father")
    namesake = like_jose(father="Juan Hernández", dob="", dui="", passport="", mother="", pob="", sex="")
    stranger = replace(namesake, surname="Gómez Ruiz")
    alone = [
        weights(compare_all(child, [replace(row, father=father)]).codes, MODEL, 1)[0]
        for row in (namesake, stranger)
        for father in (row.father, "")
    ]
    gain = [(told_it[0] - told_it[1]) - (without[0] - without[1]) for told_it, without in (alone[:2], alone[2:])]
    assert 0 < 2 * gain[0] < gain[1]


@given(st.lists(st.tuples(st.floats(-40, 40), st.integers(0, 3)), min_size=1, max_size=12), st.randoms())
@settings(max_examples=60, deadline=None)
def test_competition_is_the_same_in_any_order_and_at_most_one_candidate_passes_one_half(pairs, chance):
    odds, whose = (np.array(each) for each in zip(*pairs, strict=True))
    scores = compete(odds, whose)
    order = list(range(len(pairs)))
    chance.shuffle(order)
    assert np.allclose(compete(odds[order], whose[order]), scores[order], rtol=0, atol=EXACT)
    assert (scores <= odds + EXACT).all()
    for subject in set(whose.tolist()):
        assert (scores[whose == subject] > 0).sum() <= 1


@pytest.mark.parametrize("odds", [0.5, 5.0, 700.0])
def test_two_equal_candidates_never_both_pass_one_half(odds):
    assert (compete(np.array([odds, odds]), np.array([0, 0])) <= 0).all()
