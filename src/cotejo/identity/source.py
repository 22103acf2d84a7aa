"""Where possible same persons come from: a register, seen through four questions.

1. A register answers by keys (`keys.candidate_keys`), never by scanning.
2. Which rows it returns when there are more than asked for is decided by the number of shared keys, then by id, so that
   the same question has the same answer.
3. It says as of when it speaks; a row that is not there is no evidence of anything (catalogue row F29).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cotejo.identity.keys import candidate_keys, folded_name
from cotejo.identity.record import PersonRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows that share at least one key, those sharing most first (then by id), and how many share one in all."""

    records: tuple[PersonRecord, ...]
    total: int


class CandidateSource(Protocol):
    """A register that holds, for each row, its `candidate_keys` and its `folded_name`."""

    def rows_with_keys(self, keys: Collection[str], limit: int) -> Rows:
        """Return at most `limit` rows having one of the keys, most shared keys first, then by id."""
        ...

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are no longer there."""
        ...

    def bearing_name(self, folded_name: str) -> int:
        """Return how many rows have this folded name, or one that goes on after it with a space."""
        ...

    def as_of(self) -> int:
        """Return when the register was last known to be current, in ms UTC."""
        ...


class RegisterInMemory:
    """A whole register held in memory: for files, for measuring, and for a node without a database."""

    def __init__(self, records: Iterable[PersonRecord], *, as_of: int) -> None:
        self._as_of = as_of
        self._rows: dict[str, PersonRecord] = {}
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._bearing: defaultdict[str, int] = defaultdict(int)
        for record in records:
            self._rows[record.id] = record
            for key in candidate_keys(record):
                self._by_key[key].append(record.id)
            words = folded_name(record).split()
            for end in range(1, len(words) + 1):
                self._bearing[" ".join(words[:end])] += 1

    def __len__(self) -> int:
        return len(self._rows)

    def rows_with_keys(self, keys: Collection[str], limit: int) -> Rows:
        shared: defaultdict[str, int] = defaultdict(int)
        for key in frozenset(keys):
            for row in self._by_key.get(key, ()):
                shared[row] += 1
        first = sorted(shared, key=lambda row: (-shared[row], row))[:limit]
        return Rows(records=tuple(self._rows[row] for row in first), total=len(shared))

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        return tuple(self._rows[id_] for id_ in ids if id_ in self._rows)

    def bearing_name(self, folded_name: str) -> int:
        return self._bearing.get(folded_name, 0)

    def as_of(self) -> int:
        return self._as_of
