"""One part of a register file as numbers: fast when the part is plain, line by line where anything is wrong with it.

1. A plain part has no fault that `register_file` would name: right encoding, quotation marks in their places, as many
   fields as the header names, an id and something told on every line. It is read by columns, some ten times faster.
2. Anything else, and the whole part is read by `register_file` itself: there is one judge of what a good row is.
3. Values kept though they cannot be compared (impossible dates, badly written numbers) are named either way.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cotejo.identity import kernel
from cotejo.identity.columns import Columns, encode, encode_table
from cotejo.identity.dates import DateState, read_date
from cotejo.identity.identifiers import IdentifierState, read_dui
from cotejo.identity.names import known
from cotejo.identity.record import PersonRecord
from cotejo.identity.register_file import (
    LONGEST_FIELD,
    LONGEST_ID,
    PROBLEMS_KEPT,
    TELLING,
    Problem,
    RegisterFile,
    problem_at,
)
from cotejo.identity.tokens import Tokens

_QUOTE, _LINE_FEED, _RETURN, _FIRST_PRINTED, _DELETED = 0x22, 0x0A, 0x0D, 0x20, 0x7F
_CONTROLS_IN_UTF8: Final = (0xC2, 0x80, 0x9F)
_DOUBTS: Final = {"dob": "date", "dui": "dui"}
_TELLING: Final = [
    *range(kernel.MARRIED + 1), kernel.BIRTH, kernel.PLACE, *range(kernel.DUI, kernel.MOTHER + kernel.PARENT_WORDS)
]  # fmt: skip
_Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Part:
    """The good rows of a part: their ids, their lines, what they say as numbers; and what was wrong."""

    ids: pa.StringArray
    lines: npt.NDArray[np.int64]
    columns: Columns
    tokens: Tokens
    bad: int
    problems: tuple[Problem, ...]
    counts: Counter[str]


def read_part(data: bytes, header: RegisterFile, first_line: int) -> Part:
    """Read a part of a file that begins on this line; `header` is the file's, already read."""
    tokens = Tokens()
    table = _plain_table(data, header) if _is_plain(data, header.separator) else None
    if table is not None:
        columns = encode_table(table, tokens)
        if not _silent(table, columns):
            return _from_table(table, columns, tokens, first_line)
    return _line_by_line(data, header, first_line)


def _line_by_line(data: bytes, header: RegisterFile, first_line: int) -> Part:
    tokens, file = Tokens(), RegisterFile(io.BytesIO(data), after=header, first_line=first_line, telling=TELLING)
    records: list[PersonRecord] = list(file)
    return Part(
        ids=pa.array([record.id for record in records], pa.string()),
        lines=np.array([file.first_lines[record.id] for record in records], np.int64),
        columns=encode(records, tokens),
        tokens=tokens,
        bad=file.bad,
        problems=tuple(file.problems),
        counts=file.counts,
    )


def _from_table(table: dict[str, list[str]], columns: Columns, tokens: Tokens, first_line: int) -> Part:
    doubts = sorted([*_doubtful(table, "dob", _impossible), *_doubtful(table, "dui", _badly_written)])
    return Part(
        ids=pa.array(table["id"], pa.string()),
        lines=np.arange(first_line, first_line + len(columns), dtype=np.int64),
        columns=columns,
        tokens=tokens,
        bad=0,
        problems=tuple(
            problem_at(row + first_line, column, _DOUBTS[column], row_used=True)
            for row, column in doubts[:PROBLEMS_KEPT]
        ),
        counts=Counter(_DOUBTS[column] for _row, column in doubts),
    )


def _doubtful(table: dict[str, list[str]], column: str, doubtful: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Return the rows whose value is kept though it cannot be compared."""
    values = table.get(column, [])
    named = {value for value in set(values) if doubtful(value)}
    if named:
        yield from ((row, column) for row, value in enumerate(values) if value in named)


def _impossible(documented: str) -> bool:
    return read_date(documented).state is DateState.IMPOSSIBLE


def _badly_written(documented: str) -> bool:
    return read_dui(documented).state is IdentifierState.BADLY_WRITTEN


def _plain_table(data: bytes, header: RegisterFile) -> dict[str, list[str]] | None:
    """Return the values by column, stripped; None when a line does not fit the header or tells no id."""
    names = [name or f"\0{place}" for place, name in enumerate(header.columns)]
    ours = [name for name in header.columns if name]
    try:
        read = pyarrow.csv.read_csv(
            pa.BufferReader(data),
            read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
            parse_options=pyarrow.csv.ParseOptions(delimiter=header.separator, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=ours, column_types=dict.fromkeys(ours, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    stripped = {name: pc.utf8_trim_whitespace(read[name]) for name in ours}
    shortest, longest = pc.min_max(pc.utf8_length(stripped["id"])).as_py().values()
    if not shortest or longest > LONGEST_ID:
        return None
    return {name: values.to_pylist() for name, values in stripped.items()}


def _silent(table: dict[str, list[str]], columns: Columns) -> bool:
    """Say whether a row tells nothing that can be compared."""
    unread = np.flatnonzero(~columns.rows[:, _TELLING].any(axis=1))
    told = [table[name] for name in TELLING if name in table]
    return any(not any(known(values[row]) for values in told) for row in unread.tolist())


def _is_plain(data: bytes, separator: str) -> bool:
    """Say whether nothing in the bytes of a part needs the careful reader."""
    if not data:
        return False
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(signs == _LINE_FEED)
    longest = np.diff(ends, prepend=-1).max() if len(ends) else len(data)
    if max(int(longest), len(data) - (int(ends[-1]) if len(ends) else 0)) > LONGEST_FIELD:
        return False
    if b"\n\n" in data or b"\n\r\n" in data or data.startswith((b"\n", b"\r\n")):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return _without_controls(signs, separator) and _well_quoted(signs, ends, separator)


def _without_controls(signs: _Bytes, separator: str) -> bool:
    control = (signs < _FIRST_PRINTED) | (signs == _DELETED)
    control &= (signs != _LINE_FEED) & (signs != _RETURN) & (signs != ord(separator))
    lead, lowest, highest = _CONTROLS_IN_UTF8
    high = (signs[:-1] == lead) & (signs[1:] >= lowest) & (signs[1:] <= highest)
    returns = np.flatnonzero(signs == _RETURN)
    after = returns + 1
    lone = bool((after >= len(signs)).any()) or bool((signs[after.clip(max=len(signs) - 1)] != _LINE_FEED).any())
    return not (control.any() or high.any() or lone)


def _well_quoted(signs: _Bytes, ends: npt.NDArray[np.int64], separator: str) -> bool:
    """Say whether every quotation mark opens or closes a field of one line."""
    quotes = np.flatnonzero(signs == _QUOTE)
    if not len(quotes):
        return True
    if len(quotes) % 2 or (np.searchsorted(quotes, ends) % 2).any():
        return False
    around = np.concatenate(([np.uint8(_LINE_FEED)], signs, [np.uint8(_LINE_FEED)]))
    before, behind = around[quotes[::2]], around[quotes[1::2] + 2]
    edge = (ord(separator), _LINE_FEED, _QUOTE)
    return bool(np.isin(before, edge).all() and np.isin(behind, (*edge, _RETURN)).all())
