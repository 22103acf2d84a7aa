"""Who stands several times in one file: noisy copies are found, a register without copies has none."""

import random
from dataclasses import replace

import numpy as np
import pytest

from cotejo.identity.blocking import bearing_once, namesakes, stored_keys
from cotejo.identity.bulk import blocks as blocks_module
from cotejo.identity.bulk.duplicates import duplicates
from cotejo.identity.bulk.linking import Scored
from cotejo.identity.bulk.splink_blocking import DuckDB
from cotejo.identity.columns import encode
from cotejo.identity.fitting import FEWEST_REQUESTS, learn_copies
from cotejo.identity.invented import invented_register
from cotejo.identity.invented_slips import dropped_letter, swapped_letters, wrong_digit
from cotejo.identity.model import standard_model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band
from tests.identity.people import JOSE, told

BASE = standard_model()
KEPT = ("given", "surname", "dob", "pob", "passport")
POSSIBLE = BANDS.index(Band.POSSIBLE)


def copied(chance, record, others, number):
    """Return a copy with one to four faults: a field not told, one of somebody else's, or a slip."""
    values = {field: getattr(record, field) for field in KEPT}
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        field = chance.choice(KEPT)
        drawn = chance.random()
        if drawn < 0.2:
            values[field] = ""
        elif drawn < 0.3:
            values[field] = getattr(chance.choice(others), field)
        elif values[field]:
            slips = (wrong_digit,) if field in {"dob", "passport"} else (dropped_letter, swapped_letters)
            values[field] = chance.choice(slips)(values[field], chance)
    return replace(told(record, *KEPT), id=f"{record.id}-{number}", **values)


@pytest.fixture(scope="module")
def noisy():
    """Return a file of people as they are and in copies, and which pairs are right."""
    chance = random.Random(31)
    originals = [told(row, *KEPT) for row in invented_register(900, 77)]
    originals = [replace(row, passport=f"A{90_000_000 + 7_919 * place}") for place, row in enumerate(originals)]
    rows, right = [], set()
    for original in originals:
        family = [original]
        copies = chance.choices(range(5), (60, 15, 10, 10, 5))[0]
        family += [copied(chance, original, originals, number) for number in range(copies)]
        right |= {frozenset((one.id, other.id)) for one in family for other in family if one.id < other.id}
        rows += family
    chance.shuffle(rows)
    return rows, right


def found(rows, *, every=True):
    tokens = Tokens()
    people = encode(rows, tokens)
    model = learn_copies(people, tokens, BASE)
    chunks = duplicates(people, tokens, model=model, blocking=DuckDB(threads=1), every=every)
    return Scored.joined(list(chunks))


def by_ids(pairs, rows):
    return {
        frozenset((rows[i].id, rows[j].id)): (float(score), int(band))
        for i, j, score, band in zip(pairs.left, pairs.right, pairs.scores, pairs.bands, strict=True)
    }


def test_noisy_copies_are_found_and_hardly_anybody_else(noisy):
    rows, right = noisy
    told = by_ids(found(rows), rows)
    linked = {pair for pair, (_score, band) in told.items() if band >= POSSIBLE}
    assert 2 * len(linked & right) / (len(linked) + len(right)) > 0.95
    assert len(linked - right) < 0.04 * len(linked)
    many = {pair for pair, (_score, band) in told.items() if BANDS[band] is Band.MANY_AGREE}
    assert many <= right


def test_the_order_of_the_rows_changes_nothing_that_is_learnt_or_said(noisy):
    rows, _right = noisy
    rows = rows[:600]
    shuffled = random.Random(5).sample(rows, len(rows))
    one, other = by_ids(found(rows), rows), by_ids(found(shuffled), shuffled)
    assert one.keys() == other.keys()
    assert np.allclose([one[pair][0] for pair in one], [other[pair][0] for pair in one], rtol=0, atol=1e-4)


def test_the_possible_pairs_alone_are_those_among_all(noisy, monkeypatch):
    rows, _right = noisy
    monkeypatch.setattr(blocks_module, "PAIRS_AT_ONCE", 12_000)
    rows = rows[:250]
    every, fewer = found(rows), found(rows, every=False)
    assert by_ids(every.possible(), rows) == by_ids(fewer.possible(), rows)
    assert (np.diff(every.left) >= 0).all()
    assert len(by_ids(every, rows)) == len(every.left) > len(fewer.left)


def test_in_a_register_without_copies_nobody_stands_twice():
    rows = list(invented_register(800, 78))
    assert len(found(rows).possible().left) == 0


def test_what_other_rows_say_decides_the_band_and_is_marked():
    one = replace(JOSE, id="A", dob="1961-11-27", father="", mother="", passport="")
    other = replace(JOSE, id="B", given="Wilfrido", dui="90765434-9", father="", mother="")
    rows = [one, other, JOSE, *invented_register(20, 5)]
    tokens = Tokens()
    pairs = Scored.joined(list(duplicates(encode(rows, tokens), tokens, model=BASE, blocking=DuckDB(threads=1))))
    (damaged,) = np.flatnonzero((pairs.left == 0) & (pairs.right == 1))
    assert BANDS[pairs.bands[damaged]] is Band.POSSIBLE
    assert pairs.swayed[damaged] == 1


def test_copies_of_a_row_make_no_name_common_and_namesakes_do():
    tokens = Tokens()
    copies = [replace(JOSE, id=f"C{number}") for number in range(6)]
    namesakes_of_jose = [
        replace(JOSE, id=f"N{number}", dob=dob) for number, dob in enumerate(("1971-03-04", "1960", ""))
    ]
    people = encode([*copies, *namesakes_of_jose, *invented_register(50, 5)], tokens)
    stored = stored_keys(people, tokens)
    assert namesakes(people, stored, tokens)[0] == 9
    assert namesakes(people, bearing_once(people, stored), tokens)[0] == 4


def test_from_too_little_nothing_is_learnt():
    tokens = Tokens()
    assert learn_copies(encode(list(invented_register(FEWEST_REQUESTS - 1, 3)), tokens), tokens, BASE) is BASE
