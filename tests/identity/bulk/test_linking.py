"""Linking files: the pages' own judgement, whatever the order of the rows; namesakes, duplicates, chunks."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord, blocking
from cotejo.identity.bulk import blocks as blocks_module
from cotejo.identity.bulk.blocks import Blocks
from cotejo.identity.bulk.splink_blocking import DuckDB
from cotejo.identity.index.folder import FolderRegister, keep
from cotejo.identity.invented_population import Population
from cotejo.identity.model import standard_model
from cotejo.identity.weighing import BANDS
from tests.identity.bulk.files import dedupe, link
from tests.identity.people import JOSE, like_jose

POPULATION = Population(persons=1_500, count=300, seed=61)
REGISTER = list(POPULATION.register())
EXACT = 1e-9


def same(one, other):
    assert one.keys() == other.keys()
    assert all(one[pair][1] == other[pair][1] for pair in one)
    assert np.allclose([one[pair][0] for pair in one], [other[pair][0] for pair in one], rtol=0, atol=EXACT)


def test_a_file_and_a_page_say_the_same_of_a_pair_to_a_billionth(tmp_path, monkeypatch):
    monkeypatch.setattr(blocking, "FEW_ROWS", 0)  # the further keys of small files bring rows a page does not compare
    told = link(tmp_path, POPULATION.dossiers, REGISTER)
    keep(tmp_path / "register", REGISTER, as_of=0)
    register, alike = FolderRegister(tmp_path / "register"), 0
    for dossier in POPULATION.dossiers:
        here = {row: said for (left, row), said in told.items() if left == dossier.id}
        ranked = register.ranked(dossier, standard_model(), first=10)
        page = dict(
            zip(ranked.ids.at(np.arange(len(ranked))), zip(ranked.scores, ranked.bands, strict=True), strict=True)
        )
        if here.keys() != page.keys():  # the page's second net compares more; then more rows compete
            continue
        alike += 1
        for row, (score, band) in here.items():
            assert abs(score - page[row][0]) < EXACT
            assert band == BANDS[page[row][1]]
    assert alike > 20


def test_the_right_row_is_found_and_hardly_anybody_else(tmp_path):
    told = link(tmp_path, POPULATION.dossiers, REGISTER)
    linked = {pair for pair, (_score, band) in told.items() if band in {"possible", "many_agree"}}
    right = {(dossier, truth.row) for dossier, truth in POPULATION.truth.items() if truth.row}
    assert len(linked & right) > 0.88 * len(right)
    assert len(linked - right) < 0.03 * len(right)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_rows_changes_no_score_and_no_band(tmp_path, chance):
    left, right = POPULATION.dossiers[:60], REGISTER[:400]
    same(
        link(tmp_path, left, right),
        link(tmp_path, chance.sample(left, len(left)), chance.sample(right, len(right))),
    )


@given(copies=st.integers(2, 5), forgotten=st.sets(st.sampled_from(["pob", "father", "mother", "dui", "passport"])))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_i3_two_equal_namesakes_are_never_both_above_one_half(tmp_path, copies, forgotten):
    row = replace(JOSE, **dict.fromkeys(forgotten, ""))
    told = link(tmp_path, [row], [replace(row, id=f"R{number}") for number in range(copies)])
    assert len(told) == copies
    assert all(score <= EXACT for score, _band in told.values())


def test_a_person_registered_three_times_is_three_pairs_of_one_file(tmp_path):
    told = dedupe(tmp_path, [like_jose("A"), like_jose("B"), like_jose("C", pob=""), *REGISTER[:200]])
    three = {("A", "B"), ("A", "C"), ("B", "C")}
    assert all(told[pair][1] == "many_agree" for pair in three)
    assert not any((right, left) in told or left == right for left, right in told)


def test_the_order_of_a_file_changes_no_duplicate(tmp_path):
    records = [*REGISTER[:300], *(replace(row, id=f"X{row.id}", dui="") for row in REGISTER[:100:7])]
    shuffled = random.Random(1).sample(records, len(records))
    one, other = dedupe(tmp_path, records), dedupe(tmp_path, shuffled)
    same(
        {tuple(sorted(pair)): said for pair, said in one.items()}, {tuple(sorted(p)): said for p, said in other.items()}
    )


def test_pairs_in_small_chunks_are_the_pairs_in_one(tmp_path, monkeypatch):
    whole = link(tmp_path, POPULATION.dossiers, REGISTER)
    monkeypatch.setattr(blocks_module, "PAIRS_AT_ONCE", 1_500)
    same(link(tmp_path, POPULATION.dossiers, REGISTER), whole)


def test_all_candidates_of_one_row_are_in_one_chunk(monkeypatch):
    monkeypatch.setattr(blocks_module, "PAIRS_AT_ONCE", 3)
    asked = np.array([[1, 2], [3, 0], [1, 4], [5, 5]], np.uint64)
    stored = np.array([[1, 3], [2, 1], [4, 0], [9, 1]], np.uint64)
    chunks = [set(keyed.asked["unique_id"].to_pylist()) for keyed in Blocks(asked, stored)]
    assert not any(one & other for one, other in pairwise(chunks))
    assert set().union(*chunks) == {0, 1, 2}


def test_a_key_that_very_many_bear_is_no_reason_to_compare(monkeypatch):
    monkeypatch.setattr(blocks_module, "MOST_IN_A_BLOCK", 2)
    asked, stored = np.array([[1, 2]], np.uint64), np.array([[1, 0], [1, 2], [1, 0]], np.uint64)
    keyed = next(iter(Blocks(asked, stored)))
    left, right = DuckDB(threads=1).pairs(keyed)
    assert (left.tolist(), right.tolist()) == ([0], [1])


def test_files_that_share_nothing_have_no_pairs(tmp_path):
    assert link(tmp_path, [JOSE], [PersonRecord(id="1", full_name="Wilfrida Quijano Zaldívar", dob="1931")]) == {}


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # Spark's and Splink's own
def test_duckdb_and_spark_say_the_same(tmp_path):
    pytest.importorskip("pyspark", reason="cotejo[spark] is not installed")
    from cotejo.identity.bulk.spark import Spark, why_not

    if missing := why_not():
        pytest.skip(missing)
    spark = Spark(folder=tmp_path)
    try:
        told = link(tmp_path, POPULATION.dossiers, REGISTER, spark)
    finally:
        spark.stop()
    same(told, link(tmp_path, POPULATION.dossiers, REGISTER))
