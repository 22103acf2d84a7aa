"""A key's rows are found by the directory as by looking through all of them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity.index import lookup

ENDS = (0, 1, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1)
KEYS = st.one_of(st.sampled_from(ENDS), st.integers(0, 2**64 - 1), st.integers(0, 40).map(lambda n: n << 58))


@given(st.lists(KEYS, max_size=200), st.lists(KEYS, max_size=20))
@settings(max_examples=60, deadline=None)
def test_every_key_begins_and_ends_where_a_search_of_all_says(held, asked):
    keys = np.sort(np.array(held * 3, np.uint64))
    wanted = np.array([*asked, *held[:5]], np.uint64)
    begin, end = lookup.ranges(keys, lookup.directory(keys), wanted)
    assert begin.tolist() == np.searchsorted(keys, wanted, "left").tolist()
    assert end.tolist() == np.searchsorted(keys, wanted, "right").tolist()
    rows = np.arange(len(keys), dtype=np.uint32) % 7
    found = lookup.gathered(rows, begin, end)
    assert found.tolist() == sorted({int(row) for a, b in zip(begin, end, strict=True) for row in rows[a:b]})


def test_a_large_array_has_a_directory_of_its_own_size():
    keys = np.sort(np.random.default_rng(4).integers(0, 2**64, 5_000, dtype=np.uint64))
    starts = lookup.directory(keys)
    assert len(starts) == 2**9 + 1
    begin, end = lookup.ranges(keys, starts, keys)
    assert (end - begin).tolist() == [1] * len(keys)
    assert begin.tolist() == list(range(len(keys)))
