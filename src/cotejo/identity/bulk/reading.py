"""Register files as numbers, read in as many processes as there are cores; one vocabulary for all of them.

1. A file that is no register is refused before anything is read of any of them (`register_file.NotARegister`).
2. Faulty rows are named with line and column and left out; the rest is used. Of two rows with one id the first is used.
   A row without a name that tells anything else is used.
3. The order of the file is the order of the numbers, whatever the processes did.
"""

import io
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cotejo.identity import kernel
from cotejo.identity.bulk.parts import Part, read_part
from cotejo.identity.columns import Columns
from cotejo.identity.register_file import PROBLEMS_KEPT, Problem, RegisterFile, problem_at
from cotejo.identity.tokens import Tokens

PART_BYTES: Final = 16 << 20
# Below this, starting a process takes longer than reading.
_ALONE: Final = 4 << 20
_WORDS: Final = [*range(kernel.MARRIED + 1), *range(kernel.FATHER, kernel.MOTHER + kernel.PARENT_WORDS)]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class People:
    """The usable rows of a file, in its order, and what was wrong with it: rows left out first, each by line."""

    path: Path
    ids: pa.StringArray
    columns: Columns
    bad: int
    problems: tuple[Problem, ...]
    counts: Counter[str]

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Where a part of a file lies."""

    path: Path
    start: int
    end: int
    first_line: int
    header: bytes
    mapping: Mapping[str, str]


def read_people(
    paths: Sequence[Path], *, mapping: Mapping[str, str] | None = None, processes: int = 0
) -> tuple[list[People], Tokens]:
    """Read register files; `mapping` has their column names by ours.

    Raises `NotARegister`, before any row is read, and `OSError`.
    """
    pieces = [list(_pieces(path, mapping or {})) for path in paths]
    every = [piece for of_file in pieces for piece in of_file]
    tokens = Tokens()
    if sum(piece.end - piece.start for piece in every) < _ALONE:
        parts = iter([_read(piece) for piece in every])
        return [
            _joined(path, [next(parts) for _ in of], tokens) for path, of in zip(paths, pieces, strict=True)
        ], tokens
    workers = min(processes or os.cpu_count() or 1, len(every))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = pool.map(_read, every)
        return [
            _joined(path, [next(parts) for _ in of], tokens) for path, of in zip(paths, pieces, strict=True)
        ], tokens


def _pieces(path: Path, mapping: Mapping[str, str]) -> Iterator[_Piece]:
    """Return a file's parts, cut at line ends. Raises `NotARegister`."""
    with path.open("rb") as stream:
        RegisterFile(stream, mapping=mapping)
        stream.seek(0)
        header = stream.readline()
        start, line = len(header), 2
        while data := stream.read(PART_BYTES):
            data += stream.readline()
            end = start + len(data)
            yield _Piece(path=path, start=start, end=end, first_line=line, header=header, mapping=mapping)
            start, line = end, line + data.count(b"\n")


def _read(piece: _Piece) -> Part:
    with piece.path.open("rb") as stream:
        stream.seek(piece.start)
        data = stream.read(piece.end - piece.start)
    return read_part(data, RegisterFile(io.BytesIO(piece.header), mapping=piece.mapping), piece.first_line)


def _joined(path: Path, parts: Sequence[Part], tokens: Tokens) -> People:
    rows, more, further = [], [], 0
    for part in parts:
        words, places = tokens.take_in(part.tokens)
        own = part.columns.rows
        own[:, _WORDS] = words[own[:, _WORDS]]
        own[:, kernel.PLACE] = places[own[:, kernel.PLACE]]
        own[:, kernel.MORE] += further
        others = part.columns.more
        others[:, : kernel.MARRIED + 1] = words[others[:, : kernel.MARRIED + 1]]
        further += len(others)
        rows.append(own)
        more.append(others)
    ids = pa.chunked_array([part.ids for part in parts], pa.string()).combine_chunks()
    columns = Columns(
        np.concatenate(rows) if rows else np.zeros((0, kernel.WIDTH), np.int32),
        np.concatenate(more) if more else np.zeros((0, kernel.READING_WIDTH), np.int32),
    )
    lines = np.concatenate([part.lines for part in parts]) if parts else np.zeros(0, np.int64)
    kept, again = _each_once(ids, lines)
    every = [*(each for part in parts for each in part.problems), *again]
    problems = sorted(every, key=lambda each: (each.row_used, each.line))
    counts: Counter[str] = sum((part.counts for part in parts), Counter())
    counts.update(each.code for each in again)
    return People(
        path=path,
        ids=ids.take(pa.array(kept)) if again else ids,
        columns=columns.take(kept) if again else columns,
        bad=sum(part.bad for part in parts) + len(again),
        problems=tuple(problems[:PROBLEMS_KEPT]),
        counts=counts,
    )


def _each_once(
    ids: pa.StringArray, lines: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> tuple[list[int], list[Problem]]:
    """Return the rows to keep when an id stands twice, and the faults of the others; nothing to do is no rows."""
    encoded = pc.dictionary_encode(ids)
    if len(encoded.dictionary) == len(ids):
        return [], []
    numbers = encoded.indices.to_numpy()
    _seen, first = np.unique(numbers, return_index=True)
    again = np.setdiff1d(np.arange(len(ids)), first)
    first_of = dict(zip(numbers[first].tolist(), first.tolist(), strict=True))
    faults = [
        problem_at(int(lines[row]), "id", "id_twice", first=int(lines[first_of[int(numbers[row])]])) for row in again
    ]
    return sorted(first.tolist()), faults
