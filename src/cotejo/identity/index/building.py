"""Making a generation of the index from the rows of a register, a chunk at a time.

1. Memory grows with the keys alone (12 bytes a key, about sixteen keys a row), not with the records.
2. Keys are sorted a chunk at a time and brought together by ranges of their highest bits.
3. What a generation was made from is the caller's word (`facts`); a change after it is followed beside it (`delta`).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from cotejo.identity import kernel
from cotejo.identity.columns import encode
from cotejo.identity.index import segment
from cotejo.identity.index.files import Making
from cotejo.identity.index.slips import Numbers, RowNumbers, rests
from cotejo.identity.record import COLUMNS, PersonRecord
from cotejo.identity.tokens import Tokens

Progress = Callable[[int, int], None]
CHUNK: Final = 50_000
_RANGE_BITS: Final = 6


def build(
    folder: Path,
    records: Iterable[PersonRecord],
    *,
    with_records: bool = False,
    **facts: Any,  # noqa: ANN401 - what JSON can hold
) -> int:
    """Write a generation of these records into a folder that must not exist. Return how many rows it has.

    `with_records` keeps the records themselves in it, for a register that stands nowhere else. When anything fails
    nothing is left of it.
    """
    with Making(folder) as making:
        building = _Building(making, with_records=with_records)
        for chunk in _chunks(records):
            building.add(chunk)
        building.finish()
        making.finish(rows=building.rows, **facts)
        return building.rows


def silent(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


class _Building:
    """The arrays of a generation while its rows come in."""

    def __init__(self, making: Making, *, with_records: bool) -> None:
        self.rows = 0
        self._making = making
        self._tokens = Tokens()
        self._columns = making.growing("rows", np.int32, kernel.WIDTH)
        self._more = making.growing("more", np.int32, kernel.READING_WIDTH)
        self._id_text = making.growing("id_text", np.uint8)
        self._id_ends = making.growing("id_ends", np.uint64)
        self._text_size = 0
        self._records = making.growing("record_text", np.uint8) if with_records else None
        self._record_ends = making.growing("record_ends", np.uint64) if with_records else None
        self._keys: list[tuple[Numbers, RowNumbers]] = []
        self._digests: list[tuple[Numbers, RowNumbers]] = []
        self._borne = np.zeros(0, np.int64)

    def add(self, chunk: list[PersonRecord]) -> None:
        columns = encode(chunk, self._tokens)
        first = self.rows
        keys, rows = segment.flat_keys(columns, self._tokens)
        self._keys.append(segment.sorted_pairs(keys, rows + np.uint32(first)))
        numbers = np.arange(first, first + len(chunk), dtype=np.uint32)
        self._digests.append(segment.sorted_pairs(segment.id_digests(chunk), numbers))
        text, ends = segment.text_arrays([record.id for record in chunk], after=self._text_size)
        self._text_size += len(text)
        self._borne = _summed(self._borne, columns.token_counts(self._tokens))
        columns.rows[:, kernel.MORE] += np.int32(self._more.rows)
        self._columns.add(columns.rows)
        self._more.add(columns.more)
        self._id_text.add(text)
        self._id_ends.add(ends)
        if self._records is not None and self._record_ends is not None:
            texts, record_ends = segment.text_arrays([written(record) for record in chunk], after=self._records.rows)
            self._records.add(texts)
            self._record_ends.add(record_ends)
        self.rows += len(chunk)

    def finish(self) -> None:
        for values, numbers, parts in (("keys", "key_rows", self._keys), ("id_digests", "id_rows", self._digests)):
            of_values, of_rows = self._making.growing(values, np.uint64), self._making.growing(numbers, np.uint32)
            for sorted_values, sorted_rows in _merged(parts):
                of_values.add(sorted_values)
                of_rows.add(sorted_rows)
            parts.clear()
        digests, words_left = rests(segment.borne_words(self._borne, self._tokens))
        self._making.write("rests", digests)
        self._making.write("rest_words", words_left)
        self._tokens.establish(self._borne, self.rows)
        words = self._making.folder / "words.json"
        self._tokens.save(words)
        self._making.write("words", np.frombuffer(words.read_bytes(), np.uint8))
        words.unlink()


def written(record: PersonRecord) -> str:
    """Return a record as text, field after field, and `read` gives it back."""
    return "\0".join([getattr(record, name) for name in COLUMNS])


def read(text: str) -> PersonRecord:
    """Return the record that `written` wrote."""
    return PersonRecord(**dict(zip(COLUMNS, text.split("\0"), strict=True)))


def _chunks(records: Iterable[PersonRecord]) -> Iterator[list[PersonRecord]]:
    waiting = iter(records)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _summed(one: "np.ndarray[Any, np.dtype[np.int64]]", other: "np.ndarray[Any, np.dtype[np.int64]]") -> Any:  # noqa: ANN401
    longer = np.zeros(max(len(one), len(other)), np.int64)
    longer[: len(one)] += one
    longer[: len(other)] += other
    return longer


def _merged(parts: list[tuple[Numbers, RowNumbers]]) -> Iterator[tuple[Numbers, RowNumbers]]:
    """Yield sorted values with their numbers, range by range of their highest bits, from parts that are sorted."""
    step = np.uint64(1) << np.uint64(64 - _RANGE_BITS)
    marks = [np.uint64(number) * step for number in range(1, 2**_RANGE_BITS)]
    starts = [[0] * len(parts)]
    starts += [[int(np.searchsorted(values, mark)) for values, _rows in parts] for mark in marks]
    starts += [[len(values) for values, _rows in parts]]
    for begin, end in pairwise(starts):
        pieces = [(values[a:b], rows[a:b]) for (values, rows), a, b in zip(parts, begin, end, strict=True) if a < b]
        if pieces:
            values, rows = (np.concatenate(each) for each in zip(*pieces, strict=True))
            yield segment.sorted_pairs(values, rows)
