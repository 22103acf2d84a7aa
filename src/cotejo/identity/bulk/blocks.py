"""Which pairs of two files are worth comparing: those that share a compound key, looked up by Splink.

1. Keys are the engine's (`identity.blocking`): at least two facts each, by sound, or a number that names one person.
   A single surname is never a key.
2. A key that more than `MOST_IN_A_BLOCK` rows bear tells too little and is left out; a pair that shares nothing else is
   not compared. So a very common name costs no more than any other.
3. Work is cut into chunks of neighbouring left rows with about `PAIRS_AT_ONCE` pairs each. All candidates of one left
   row are in one chunk, so they can compete, and memory does not grow with the number of pairs.
4. Who joins the keys is a `Blocking`; every one of them returns the same pairs in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cotejo.identity.blocking import Keys

MOST_IN_A_BLOCK: Final = 1_000
PAIRS_AT_ONCE: Final = 4_000_000
_MARK_BITS: Final = 26
_MARK_SHIFT: Final = np.uint64(64 - _MARK_BITS)
Rows = npt.NDArray[np.int64]
_Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Keyed:
    """Rows with their keys as numbers, one a line of the table: `unique_id` int64, `keys` list of int32."""

    asked: pa.Table
    stored: pa.Table


class Blocking(Protocol):
    """Whoever joins two tables of keys."""

    def pairs(self, keyed: Keyed) -> tuple[Rows, Rows]:
        """Return the pairs that share a key, each once, by left row and then by right row."""
        ...


class Blocks:
    """The useful keys of both sides, cut into chunks."""

    def __init__(self, asked: Keys, stored: Keys) -> None:
        wanted = np.unique(asked)
        wanted = wanted[wanted != 0]
        self._stored_rows, self._stored = _flat(stored, wanted)
        borne = np.bincount(self._stored, minlength=len(wanted))
        self._asked_rows, self._asked = _flat(asked, wanted)
        useful = (borne > 0) & (borne <= MOST_IN_A_BLOCK)
        kept = useful[self._asked]
        self._asked_rows, self._asked = self._asked_rows[kept], self._asked[kept]
        kept = useful[self._stored]
        self._stored_rows, self._stored = self._stored_rows[kept], self._stored[kept]
        self._cost = np.cumsum(borne[self._asked])
        self._keys = len(wanted)

    @property
    def most_pairs(self) -> int:
        """Return how many pairs there are at most."""
        return int(self._cost[-1]) if len(self._cost) else 0

    def __iter__(self) -> Iterator[Keyed]:
        """Return the tables to join, chunk by chunk."""
        start = 0
        while start < len(self._asked):
            done = self._cost[start - 1] if start else 0
            end = int(np.searchsorted(self._cost, done + PAIRS_AT_ONCE, "right"))
            last = self._asked_rows[max(end, start + 1) - 1]
            end = int(np.searchsorted(self._asked_rows, last, "right"))  # whole rows only
            yield self._chunk(start, end)
            start = end

    def _chunk(self, start: int, end: int) -> Keyed:
        asked = self._asked[start:end]
        marked = np.zeros(self._keys, np.bool_)
        marked[asked] = True
        kept = marked[self._stored]
        return Keyed(
            asked=_table(self._asked_rows[start:end], asked), stored=_table(self._stored_rows[kept], self._stored[kept])
        )


def _flat(keys: Keys, wanted: Keys) -> tuple[Rows, _Numbers]:
    """Return the rows of keys that are wanted, and which keys they are; rows rise."""
    if not len(wanted):
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    every = keys.ravel()
    # Most keys of a register are asked for by nobody: a table of their highest bits says so without a search.
    marks = np.zeros(1 << _MARK_BITS, np.bool_)
    marks[(wanted >> _MARK_SHIFT).astype(np.int64)] = True
    maybe = np.flatnonzero(marks[(every >> _MARK_SHIFT).astype(np.int64)])
    place = np.searchsorted(wanted, every[maybe]).clip(max=len(wanted) - 1)
    same = wanted[place] == every[maybe]
    return maybe[same] // keys.shape[1], place[same].astype(np.int32)


def _table(rows: Rows, keys: _Numbers) -> pa.Table:
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    ends = np.append(first, len(rows)).astype(np.int32)
    return pa.table(
        {"unique_id": pa.array(rows[first]), "keys": pa.ListArray.from_arrays(pa.array(ends), pa.array(keys))}
    )
