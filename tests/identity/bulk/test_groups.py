"""Rows judged together: a third row speaks for or against two others, and joins nobody who contradicts each other."""

import math
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord
from cotejo.identity.bulk.groups import LINKED_FROM, judged, small_groups
from cotejo.identity.columns import encode, levels
from cotejo.identity.kernel_groups import LARGEST_GROUP, judge_groups
from cotejo.identity.model import standard_model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, bands_of, enough, gains, log_odds, weights
from tests.identity.people import JOSE, VALUES, records

MODEL = standard_model()
EXACT = 1e-9
BROTHER = replace(JOSE, given="Carlos Mauricio", dob="1992-01-30", dui="90765434-9", passport="A90000077")
NAMESAKE = replace(
    JOSE, dob="1971-11-03", dui="90765434-9", passport="A90000077", father="Luis Cruz", mother="Rosa Paz"
)


def together(rows: list[PersonRecord]) -> dict[tuple[int, int], tuple[float, float, Band, Band]]:
    """Return of each pair the log odds and the band, alone and among all the rows given."""
    tokens = Tokens()
    people = encode([replace(row, id=str(number)) for number, row in enumerate(rows)], tokens)
    pairs = np.array(list(combinations(range(len(rows)), 2)), np.int64)
    links = pairs[:, 0], pairs[:, 1], np.zeros(len(pairs))
    found = judged(people, tokens, links, model=MODEL, borne=np.ones(len(rows), np.int64))
    alone = log_odds(found.weights)
    bands = [bands_of(found.levels, odds, odds, MODEL) for odds in (alone, found.odds)]
    return {
        (int(i), int(j)): (float(alone[k]), float(found.odds[k]), BANDS[bands[0][k]], BANDS[bands[1][k]])
        for k, (i, j) in enumerate(zip(found.left, found.right, strict=True))
    }


def test_what_fields_add_is_what_the_pair_weighs_against_strangers():
    tokens = Tokens()
    people = encode([JOSE, BROTHER, NAMESAKE, replace(JOSE, given="Jose A.", dob="1990")], tokens)
    i, j = np.array(list(combinations(range(4), 2)), np.int64).T
    compared = levels(people, i, people, j, tokens)
    weighed = weights(compared, MODEL, 7, 500)
    added = gains(compared, MODEL, 7, 500).sum(axis=1) + MODEL.priors_among(500)[0]
    assert np.allclose(added, weighed[:, 0] - weighed[:, 1], rtol=0, atol=EXACT)


@given(st.lists(st.floats(-6, 6), min_size=11, max_size=11), st.floats(0, 4), st.floats(-12, -1))
@settings(max_examples=40, deadline=None)
def test_two_rows_alone_come_out_at_their_own_odds(added, others, prior):
    out = np.zeros(1)
    no = np.zeros((1, 11), np.bool_)
    told = np.ones((2, 11), np.int64)
    judge_groups(np.array([2]), np.array([added]), np.array([others]), no, told, prior, out)
    assert math.isclose(out[0], math.fsum(added) + prior - others, rel_tol=0, abs_tol=EXACT)


@given(st.lists(records(), min_size=3, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_a_group_changes_nothing(rows, chance):
    order = chance.sample(range(len(rows)), len(rows))
    told, shuffled = together(rows), together([rows[number] for number in order])
    for i, j in combinations(range(len(rows)), 2):
        here = shuffled[i, j]
        there = told[tuple(sorted((order[i], order[j])))]
        assert math.isclose(here[1], there[1], rel_tol=0, abs_tol=1e-7)
        assert here[3] is there[3] or abs(here[1]) < 1e-6  # exactly on an edge, either side is right


@given(st.lists(records(), min_size=3, max_size=5))
@settings(max_examples=60, deadline=None)
def test_i3_no_third_row_makes_many_details_agree_of_two_that_do_not(rows):
    tokens = Tokens()
    people = encode(rows, tokens)
    for (i, j), (_alone, _odds, before, after) in together(rows).items():
        seen = levels(people, np.array([i]), people, np.array([j]), tokens)
        if before is Band.CONTRADICTED or not enough(seen, MODEL)[0]:
            assert after is not Band.MANY_AGREE


@pytest.mark.parametrize("other", [BROTHER, NAMESAKE], ids=["brother", "namesake"])
def test_i3_a_row_that_tells_little_joins_nobody_with_a_brother_or_a_namesake(other):
    """The bridge tells any of the fields of one of the two, and none that only the other bears."""
    for fields in chain.from_iterable(combinations(VALUES, count) for count in range(1, 5)):
        bridge = PersonRecord(**{field: getattr(JOSE, field) for field in fields})
        told = together([JOSE, other, bridge])
        assert told[0, 1][3] in {Band.CONTRADICTED, Band.CANNOT_TELL}, fields
        assert not (told[0, 2][1] > 0 and told[1, 2][1] > 0), fields


@given(st.lists(records(), min_size=3, max_size=5))
@settings(max_examples=60, deadline=None)
def test_i3_two_rows_are_joined_by_a_third_only_as_far_as_they_may_be_one_person(rows):
    """Both links to a third row are never likelier than the link between the two allows: they are one judgement."""
    likely = {pair: 1 / (1 + math.exp(-odds)) for pair, (_, odds, _, _) in together(rows).items()}
    for a, b, c in combinations(range(len(rows)), 3):
        one, other, between = likely[a, b], likely[a, c], likely[b, c]
        for link, second, third in ((one, other, between), (one, between, other), (other, between, one)):
            assert link + second - 1 <= third + EXACT


def test_i3_a_year_between_two_birth_dates_is_no_bridge():
    one = replace(JOSE, dui="", passport="")
    told = together([one, replace(one, dob="1990-11-23"), replace(one, dob="1990")])
    assert told[0, 1][1] <= told[0, 1][0]  # the year speaks for neither date
    assert max(told[0, 2][1], told[1, 2][1]) < told[0, 2][0] - 3  # and whose it is cannot be told


def test_two_damaged_copies_are_joined_by_the_row_they_were_copied_from():
    one = replace(JOSE, dob="1961-11-27", father="", mother="", passport="")
    other = replace(JOSE, given="Wilfrido", dui="90765434-9", father="", mother="")
    told = together([one, JOSE, other])
    assert told[0, 2][0] < -3
    assert min(told[0, 1][1], told[1, 2][1], told[0, 2][1]) > 1
    assert told[0, 2][3] is Band.POSSIBLE


def test_who_shares_a_number_with_a_row_is_contradicted_by_what_that_row_tells():
    one = replace(JOSE, dob="", passport="", father="", mother="")
    other = replace(JOSE, dui="", passport="", father="")
    third = replace(JOSE, dob="1955-08-09", passport="", father="", mother="Rosa Paz Gil")
    alone, among, _, after = together([one, other, third])[0, 1]
    assert among < alone - 1
    assert after is Band.CANNOT_TELL


def groups(*links: tuple[int, int, float]) -> list[tuple[int, ...]]:
    left, right, odds = zip(*links, strict=True)
    return sorted(small_groups(np.array(left), np.array(right), np.array(odds, float)))


def test_rows_linked_by_nothing_likely_are_in_no_group():
    assert groups((0, 1, 3.0), (1, 2, LINKED_FROM), (3, 4, 9.0)) == []
    assert groups((0, 1, 3.0), (1, 2, -1.0), (3, 4, 9.0)) == [(0, 1, 2)]


def test_a_chain_of_namesakes_falls_apart_and_strong_groups_stay():
    strong = [(0, 1, 9.0), (1, 2, 9.0), (20, 21, 9.0), (21, 22, 8.0)]
    chain = [(number, number + 1, -1.0) for number in range(2, 20)]
    assert groups(*strong, *chain) == [(0, 1, 2), (20, 21, 22)]


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.sampled_from([-4.0, -1.0, 2.0, 7.0]))))
@settings(max_examples=60, deadline=None)
def test_groups_are_small_and_the_same_in_any_order(links):
    links = [link for link in links if link[0] != link[1]]
    if links:
        found = groups(*links)
        assert found == groups(*reversed(links))
        assert all(3 <= len(group) <= LARGEST_GROUP for group in found)
        rows = [row for group in found for row in group]
        assert len(rows) == len(set(rows))
