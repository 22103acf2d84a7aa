"""One part of the index: some rows of a register as numbers, and the sorted keys by which they are found.

1. A row is found when one of its stored keys equals one of the keys asked for; a key is a 64-bit digest.
2. Row numbers are places in this part; ids are text, kept beside. Which row bears an id is looked up by a digest of the
   id and then by the id itself.
3. A segment is the same made in memory or mapped from a generation's files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.blocking import stored_keys
from cotejo.identity.columns import Columns, encode
from cotejo.identity.index import lookup
from cotejo.identity.index.files import Generation
from cotejo.identity.index.slips import Numbers, RowNumbers, rests
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Segment:
    """Some rows of a register. `id_ends[k]` is where the k-th id ends in `id_text`; keys and digests are sorted."""

    columns: Columns
    id_text: npt.NDArray[np.uint8]
    id_ends: Numbers
    id_digests: Numbers
    id_rows: RowNumbers
    keys: Numbers
    key_rows: RowNumbers
    key_starts: npt.NDArray[np.int64]
    rests: RowNumbers
    rest_words: RowNumbers

    def __len__(self) -> int:
        return len(self.columns)

    def id(self, row: int) -> str:
        """Return the id of a row."""
        return text_at(self.id_text, self.id_ends, row)

    def row(self, id_: str) -> int | None:
        """Return the row that bears an id."""
        digest = np.uint64(id_digest(id_))
        start, end = (int(np.searchsorted(self.id_digests, digest, side)) for side in ("left", "right"))
        rows = (int(row) for row in self.id_rows[start:end])
        return next((row for row in rows if self.id(row) == id_), None)

    def ranges(self, keys: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return for each key where its rows begin and end in `key_rows`."""
        return lookup.ranges(self.keys, self.key_starts, keys)

    def rows_at(self, begin: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> RowNumbers:
        """Return the rows of these ranges of keys, each once, in their order."""
        return lookup.gathered(self.key_rows, begin, end)


ARRAYS: Final = ("id_text", "id_ends", "id_digests", "id_rows", "keys", "key_rows", "rests", "rest_words")


def of_records(records: Iterable[PersonRecord], tokens: Tokens) -> Segment:
    """Make a segment in memory; new words go into the vocabulary."""
    listed = list(records)
    columns = encode(listed, tokens)
    text, ends = text_arrays([record.id for record in listed])
    digests, id_rows = sorted_pairs(id_digests(listed), np.arange(len(listed), dtype=np.uint32))
    keys, key_rows = sorted_pairs(*flat_keys(columns, tokens))
    digests_left, words_left = rests(borne_words(columns.token_counts(tokens), tokens))
    return Segment(
        columns=columns,
        id_text=text,
        id_ends=ends,
        id_digests=digests,
        id_rows=id_rows,
        keys=keys,
        key_rows=key_rows,
        key_starts=lookup.directory(keys),
        rests=digests_left,
        rest_words=words_left,
    )


def of_generation(generation: Generation) -> Segment:
    """Return the segment mapped from a generation's files. Raises `files.Damaged`."""
    columns = Columns(generation.array("rows"), generation.array("more"))
    arrays: dict[str, Any] = {name: generation.array(name) for name in ARRAYS}
    return Segment(columns=columns, key_starts=lookup.directory(arrays["keys"]), **arrays)


def borne_words(counts: npt.NDArray[np.int64], tokens: Tokens) -> Iterator[tuple[int, str]]:
    """Yield every word that names somebody, with its number; `counts` by number (`Columns.token_counts`)."""
    return ((int(number), tokens.text(int(number))) for number in np.flatnonzero(counts) if number)


def flat_keys(columns: Columns, tokens: Tokens) -> tuple[Numbers, RowNumbers]:
    """Return every stored key with the row that has it, each pair once."""
    table = stored_keys(columns, tokens)
    table.sort(axis=1)
    fresh = np.ones(table.shape, np.bool_)
    fresh[:, 1:] = table[:, 1:] != table[:, :-1]
    rows, places = np.nonzero((table != 0) & fresh)
    return table[rows, places], rows.astype(np.uint32)


def sorted_pairs(values: Numbers, rows: RowNumbers) -> tuple[Numbers, RowNumbers]:
    """Return both in the order of the values; equal values keep their order."""
    order = np.argsort(values, kind="stable")
    return values[order], rows[order]


def text_at(text: npt.NDArray[np.uint8], ends: Numbers, row: int) -> str:
    """Return one of the texts that `text_arrays` laid end to end."""
    start = int(ends[row - 1]) if row else 0
    return text[start : int(ends[row])].tobytes().decode()


def id_digest(id_: str) -> int:
    """Return the 64-bit digest of an id."""
    return int.from_bytes(blake2b(id_.encode(), digest_size=8).digest(), "little")


def id_digests(records: Sequence[PersonRecord]) -> Numbers:
    """Return the digest of each record's id."""
    return np.fromiter((id_digest(record.id) for record in records), np.uint64, len(records))


def text_arrays(texts: Sequence[str], *, after: int = 0) -> tuple[npt.NDArray[np.uint8], Numbers]:
    """Return texts end to end in UTF-8, and where each ends, counted from `after` bytes before."""
    parts = [text.encode() for text in texts]
    ends = np.cumsum(np.fromiter(map(len, parts), np.uint64, len(parts)), dtype=np.uint64) + np.uint64(after)
    return np.frombuffer(b"".join(parts), np.uint8), ends
