"""Records as numbers: read as the parser reads them, kept and loaded, and leaving no trace of questions."""

import pickle
from dataclasses import replace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord, kernel
from cotejo.identity.columns import Columns, encode, encode_table, levels
from cotejo.identity.identifiers import IdentifierState, read_dui
from cotejo.identity.invented import invented_dui
from cotejo.identity.levels import COLUMNS_OF_LEVELS
from cotejo.identity.names import fold, parse_name
from cotejo.identity.record import COLUMNS
from cotejo.identity.tokens import Tokens
from tests.identity.people import JOSE, like_jose, records

WORDS = st.sampled_from(
    ["José", "ANTONIO", "Hernández", "lopez", "Muñoz", "de", "la", "Cruz", "del", "y", "Jr.", "O'Neill", "García-Paz"]
)
NAMES = st.lists(WORDS, max_size=6).map(" ".join)


def readings(columns: Columns, tokens: Tokens) -> list[tuple[str, ...]]:
    row = columns.rows[0]
    start, count = row[kernel.MORE], row[kernel.MORE_COUNT]
    told = [row[: kernel.MARRIED + 1], *columns.more[start : start + count, : kernel.MARRIED + 1]]
    return [tuple(tokens.text(int(number)) for number in reading) for reading in told]


@given(NAMES, NAMES, NAMES)
@example("José José", "", "")
@settings(max_examples=60, deadline=None)
def test_the_short_way_reads_a_name_as_the_parser_does(full_name, given_names, surname):
    tokens = Tokens()
    record = PersonRecord(full_name=full_name, given=given_names, surname=surname)
    parsed = parse_name(full_name, given=given_names, surname=surname).readings[:5]
    expected = [
        tuple(
            fold(part).replace(" ", "")
            for part in (*[*each.given, "", "", ""][:3], each.first_surname, each.second_surname, each.married)
        )
        for each in parsed
    ]
    assert readings(encode([record], tokens), tokens) == expected


@given(st.lists(st.builds(PersonRecord, **dict.fromkeys(COLUMNS, st.text(max_size=30))), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_becomes_numbers_without_failing(rows):
    tokens = Tokens()
    people = encode(rows, tokens)
    assert len(people) == len(rows)
    pairs = np.arange(len(rows))
    assert levels(people, pairs, people, pairs, tokens).shape == (len(rows), len(COLUMNS_OF_LEVELS))


def test_a_table_without_columns_and_an_empty_one_are_read():
    tokens = Tokens()
    assert len(encode_table({"full_name": ["Ana Cruz", "Luis Paz"]}, tokens)) == 2
    assert len(encode([], tokens)) == 0


@given(st.integers(0, 5_000), st.integers(0, 9), st.sampled_from(["-", ""]))
@settings(max_examples=60, deadline=None)
def test_the_short_way_finds_a_dui_valid_when_the_reader_does(index, last, separator):
    number = invented_dui(index)[:8] + separator + str(last)
    state = encode([PersonRecord(dui=number)], Tokens()).rows[0, kernel.STATES]
    assert bool(state & kernel.DUI_VALID) is (read_dui(number).state is IdentifierState.VALID)


def test_columns_and_vocabulary_are_kept_and_loaded_memory_mapped(tmp_path):
    tokens = Tokens()
    people = encode([JOSE, like_jose(given="José Manuel"), PersonRecord(full_name="Ana María de la O")], tokens)
    tokens.establish(people.token_counts(tokens), len(people))
    people.save(tmp_path, "people")
    tokens.save(tmp_path / "vocabulary.json")
    again, vocabulary = Columns.load(tmp_path, "people"), Tokens.load(tmp_path / "vocabulary.json")
    assert not again.rows.flags.writeable
    one, other = np.array([0, 0, 1]), np.array([1, 2, 2])
    expected = levels(people, one, people, other, tokens)
    assert np.array_equal(levels(again, one, again, other, vocabulary), expected)
    assert np.array_equal(levels(again, one, again, other, pickle.loads(pickle.dumps(tokens))), expected)  # noqa: S301 - our own


@given(st.lists(records(), max_size=3), st.text("abcñ ", max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_question_leaves_nothing_in_the_vocabulary(rows, name):
    tokens = Tokens()
    encode([JOSE], tokens)
    before, arrays = pickle.dumps(tokens), tokens.arrays()
    with tokens.passing():
        encode([*rows, PersonRecord(full_name=name, pob=name), PersonRecord(given="Zoilita Xx", surname="Qq")], tokens)
        tokens.arrays()
    assert pickle.dumps(tokens) == before
    assert np.array_equal(tokens.arrays().facts, arrays.facts)


@given(records("Q"), st.lists(records(), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_pair_stands_at_the_same_levels_alone_and_among_many(subject, rows):
    tokens = Tokens()
    many = encode([subject, *(replace(row, id=str(place)) for place, row in enumerate(rows))], tokens)
    others = np.arange(1, len(many))
    together = levels(many, np.zeros_like(others), many, others, tokens)
    for row, seen in zip(rows, together, strict=True):
        alone = Tokens()
        pair = encode([subject, row], alone)
        assert np.array_equal(levels(pair, [0], pair, [1], alone)[0], seen)
        assert np.array_equal(levels(pair, [1], pair, [0], alone)[0], seen)
