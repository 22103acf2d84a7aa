"""What is remembered of a subject's words changes no level: together, in any order, or each pair alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import columns as module
from cotejo.identity.columns import Columns, encode, levels
from cotejo.identity.invented import invented_register
from cotejo.identity.invented_requests import invented_requests
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens
from tests.identity.people import records

ROWS = tuple(invented_register(300, 6))
REQUESTS = tuple(each.subject for each in invented_requests(ROWS, 60, 6))
ALIASED = (
    PersonRecord(full_name="Jose Antonio Hernandez Lopez", alias="Chepe Cruz; Toño López", mother="Ana López Ruiz"),
    PersonRecord(full_name="HERNANDEZ LOPEZ JOSE", alias="Juan Carlos Núñez Paz", father="Juan Hernández Gil"),
)
TOKENS = Tokens()
PEOPLE = encode((*REQUESTS, *ALIASED, *ROWS), TOKENS)
SUBJECTS = len(REQUESTS) + len(ALIASED)
PAIRS = st.lists(st.tuples(st.integers(0, SUBJECTS - 1), st.integers(0, len(PEOPLE) - 1)), min_size=1, max_size=60)


def compared(pairs, people: Columns = PEOPLE, tokens: Tokens = TOKENS):
    i, j = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    return levels(people, i, people, j, tokens).tolist()


def afresh(pair):
    """Compare one pair with nothing remembered."""
    with patch.object(module, "_REMEMBERED", module._Remembered()):
        return compared([pair])[0]


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_a_pair_stands_alone_as_among_others(pairs):
    alone = [afresh(pair) for pair in pairs]
    assert compared(pairs) == alone
    by_subject = sorted(range(len(pairs)), key=lambda k: pairs[k][0])
    assert compared([pairs[k] for k in by_subject]) == [alone[k] for k in by_subject]


@given(st.lists(records(), min_size=2, max_size=8), st.permutations(range(8)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_candidates_changes_no_level(people, order):
    tokens = Tokens()
    columns = encode(people, tokens)
    pairs = [(0, each) for each in range(len(people))]
    shuffled = [pairs[each] for each in order if each < len(pairs)]
    told = dict(zip(pairs, compared(pairs, columns, tokens), strict=True))
    assert compared(shuffled, columns, tokens) == [told[pair] for pair in shuffled]


def test_a_vocabulary_that_grew_or_is_another_one_is_asked_anew():
    before = compared([(subject, SUBJECTS) for subject in range(SUBJECTS)])
    for count in (3, 40, 300):
        tokens = Tokens()
        compared([(0, 1), (1, 0)], encode(ROWS[:count], tokens), tokens)
    assert compared([(subject, SUBJECTS) for subject in range(SUBJECTS)]) == before


def test_threads_remember_each_for_itself():
    pairs = [(subject, row) for subject in range(SUBJECTS) for row in range(SUBJECTS, len(PEOPLE), 7)]
    alone, ready = compared(pairs), threading.Barrier(2)

    def together(_number: int):
        ready.wait(timeout=60)
        return [compared(pairs) for _ in range(4)]

    with ThreadPoolExecutor(2) as pool:
        assert all(told == alone for each in pool.map(together, range(2)) for told in each)
