"""Looking digests up in a sorted array: where each begins and ends, and which rows stand there.

Keys are digests, spread evenly: the highest bits of one say nearly where it is (`directory`). A search asks for
thousands of keys of which most are nobody's, so each look-up touches few places of a large array.
"""

from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from cotejo.identity.columns import read_only
from cotejo.identity.kernel import compiled

Numbers = npt.NDArray[np.uint64]
RowNumbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_Number = TypeVar("_Number", np.uint32, np.uint64)
_MOST_BITS: Final = 20
_KEYS_A_PLACE: Final = 4  # as a power of two


def directory(keys: Numbers) -> Places:
    """Return where the keys of each beginning start; a power of two of places, and the end."""
    bits = min(max(len(keys).bit_length() - _KEYS_A_PLACE, 1), _MOST_BITS)
    beginnings = np.arange(2**bits, dtype=np.uint64) << np.uint64(64 - bits)
    return np.append(np.searchsorted(keys, beginnings), len(keys)).astype(np.int64)


def ranges(keys: Numbers, starts: Places, wanted: Numbers) -> tuple[Places, Places]:
    """Return where each key wanted begins and ends among the sorted `keys`, of which `starts` is the directory."""
    begin, end = np.empty(len(wanted), np.int64), np.empty(len(wanted), np.int64)
    _ranges(read_only(keys), read_only(starts), read_only(wanted), begin, end)
    return begin, end


def gathered(rows: RowNumbers, begin: Places, end: Places) -> RowNumbers:
    """Return the rows that stand in these ranges, each once, in their order."""
    out = np.empty(int((end - begin).sum()), np.uint32)
    _gathered(read_only(rows), begin, end, out)
    return distinct(out)


def distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the values in order, each once; `values` is sorted in place."""
    values.sort()
    fresh = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return values[fresh]


@compiled
def _ranges(keys: Any, starts: Any, wanted: Any, begin: Any, end: Any) -> None:  # noqa: ANN401 - compiled
    places = len(starts) - 1
    shift = 64
    while places > 1:
        places >>= 1
        shift -= 1
    for k in range(len(wanted)):
        key = wanted[k]
        place = np.int64(key >> np.uint64(shift))
        low, high = starts[place], starts[place + 1]
        top = high
        while low < high:
            middle = (low + high) >> 1
            if keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        begin[k] = low
        if low < top and keys[low] == key:
            low += 1
            while low < top:
                middle = (low + top) >> 1
                if keys[middle] <= key:
                    low = middle + 1
                else:
                    top = middle
        end[k] = low


@compiled
def _gathered(rows: Any, begin: Any, end: Any, out: Any) -> None:  # noqa: ANN401 - compiled
    place = 0
    for k in range(len(begin)):
        for each in range(begin[k], end[k]):
            out[place] = rows[each]
            place += 1
