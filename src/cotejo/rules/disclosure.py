"""Disclosure control: what may be said of a table of counts so that no single person can be read out of it (F69, I14).

1. Threshold: 1 to 9 is not said; in guarded tables (protection, children, health) 0 is not said either.
2. Counts that are said are rounded to a multiple of 5, up or down by a keyed draw fixed per cell: a repeated release
   never differs, and the same table without the key cannot be un-rounded.
3. Complementary suppression: a line (row, column or margin) never has exactly one cell that is not said.
4. Audit: for every cell not said, the smallest and the largest value that fit everything said are computed exactly
   (a table with margins is a flow in a network, so whole numbers suffice). Where they lie less than 10 apart, more
   cells are withheld until they do not.
5. At most two dimensions. A table of one row or one column is a one-dimensional table.
6. Rates and medians only on 50 or more; no smallest, largest or single value.
7. A population is published once per period, the same way each time, and its periods never overlap: two releases of it
   leave nothing to subtract. Tables of different populations are not linked by a shared margin.

Sources of the numbers: failures.md 4.2 (ONS, UK LLC, Statistics Canada). Everything here is pure; the key is 32 secret
bytes of the publisher.
"""

import hmac
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

THRESHOLD = 10
BASE = 5
NARROWEST = 10  # a cell not said must be open over at least this width
SMALLEST_DENOMINATOR = 50
TOTAL = "*"
MOST_DIMENSIONS = 2

Cell: TypeAlias = tuple[str, str]
Counts: TypeAlias = Mapping[Cell, int]

_ENDLESS = 10**12


class NotPublishable(ValueError):  # noqa: N818 - a finding about a table, told to the statistics officer
    """The table or release must not leave; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """True counts of one population in one period (`2026-01`, first and last month); never leaves the publisher.

    With one dimension `columns` is empty and the cells are `(row, TOTAL)`.
    """

    population: str
    period: tuple[str, str]
    guarded: bool
    dimensions: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        keys = {(row, column) for row in self.rows for column in self.columns or (TOTAL,)}
        shape = (len(self.rows) > 1) + (len(self.columns) > 1)
        if not 1 <= len(self.dimensions) <= MOST_DIMENSIONS or len(self.columns) == 1 or not self.rows:
            raise NotPublishable("A table has one or two dimensions; one column makes it one-dimensional.")
        if len(self.dimensions) != (2 if self.columns else 1) or (self.columns and shape < MOST_DIMENSIONS):
            raise NotPublishable("Two dimensions need at least two rows and two columns.")
        if len(set(self.rows)) != len(self.rows) or len(set(self.columns)) != len(self.columns):
            raise NotPublishable("A row or column is named twice.")
        if (
            TOTAL in (*self.rows, *self.columns)
            or not self.counts.keys() <= keys
            or min(self.counts.values(), default=0) < 0
        ):
            raise NotPublishable("A count is negative or belongs to no row and column of the table.")

    def cells(self) -> dict[Cell, int]:
        """Return every cell, margins and grand total included."""
        filled = {
            (row, column): self.counts.get((row, column), 0) for row in self.rows for column in self._body_columns
        }
        for line in _lines(self.rows, self.columns):
            *parts, margin = line
            filled[margin] = sum(filled[part] for part in parts)
        return filled

    @property
    def _body_columns(self) -> tuple[str, ...]:
        return self.columns or (TOTAL,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is said of a table: a rounded count per cell, margins included, or nothing."""

    population: str
    period: tuple[str, str]
    guarded: bool
    dimensions: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    said: Mapping[Cell, int | None]


def publish(table: Table, key: bytes) -> Published:
    """Apply rules 1 to 4. The result is the same whenever table and key are the same."""
    cells = table.cells()
    lines = _lines(table.rows, table.columns)
    withheld = {cell for cell, count in cells.items() if _small(count, guarded=table.guarded)}
    while True:
        _complete(cells, lines, withheld)
        published = _published(table, cells, withheld, key)
        narrow = next(iter(exposed(table, published)), None)
        if narrow is None:
            return published
        beside = {cell for line in lines if narrow in line for cell in line}
        _withhold_one(cells, withheld, beside if _may_withhold(cells, withheld, beside) else set(cells))


def exposed(table: Table, published: Published) -> Iterator[Cell]:
    """Yield every cell not said whose possible values lie less than 10 apart (rule 4)."""
    for cell in (cell for cell, value in published.said.items() if value is None):
        low, high = extremes(table, published, cell)
        if high[cell] - low[cell] < NARROWEST:
            yield cell


def extremes(table: Table, published: Published, cell: Cell) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """Return two whole tables that fit everything said, with this cell as small and as large as they show it.

    The search stops once the two are 10 apart; below that it is exact.
    """
    network = _Network(table, published)
    high = network.push(cell, up=True, at_most=NARROWEST)
    left = NARROWEST - (high[cell] - network.true[cell])
    return network.push(cell, up=False, at_most=left), high


def possible(said: int | None, *, guarded: bool) -> tuple[int, int]:
    """Return the smallest and largest count a reader must reckon with for one cell, the rest of the table aside."""
    if said is None:
        return (0 if guarded else 1), _ENDLESS
    if said == 0:
        return 0, 0
    return max(said - BASE + 1, THRESHOLD), said + BASE - 1


def check_against(new: Sequence[Published], earlier: Sequence[Published]) -> None:
    """Apply rule 7 to a release and all before it. Raises `NotPublishable` with every finding."""
    findings = []
    for at, one in enumerate(new):
        for other in (*new[:at], *earlier):
            if one.population != other.population:
                continue
            name = f"“{one.population}” {one.period[0]} to {one.period[1]}"
            if one.period == other.period and one != other:
                findings.append(f"{name} was published with other content; publish it unchanged or not at all.")
            elif one.period != other.period and one.period[0] <= other.period[1] and other.period[0] <= one.period[1]:
                findings.append(f"{name} overlaps a period already published; choose periods that do not overlap.")
    if findings:
        raise NotPublishable(" ".join(findings))


def rate(part: int | None, whole: int | None) -> int | None:
    """Return a whole percentage of two published counts, or nothing below a denominator of 50 (rule 6)."""
    if part is None or whole is None or whole < SMALLEST_DENOMINATOR:
        return None
    return min(100, (200 * part + whole) // (2 * whole))


def median(values: Sequence[int]) -> int | None:
    """Return the lower median, or nothing of fewer than 50 values (rule 6)."""
    return sorted(values)[(len(values) - 1) // 2] if len(values) >= SMALLEST_DENOMINATOR else None


def as_figure(published: Published) -> dict[str, object]:
    """Return the figure as a release file carries it, cells in reading order (format: the portal's `release`)."""
    columns = (*published.columns, TOTAL)
    return {
        "act": published.population,
        "guarded": published.guarded,
        "dimensions": list(published.dimensions),
        "rows": list(published.rows),
        "columns": list(published.columns),
        "cells": [
            {"row": row, "column": column, "value": published.said[row, column]}
            for row in (*published.rows, TOTAL)
            for column in columns
        ],
    }


def _small(count: int, *, guarded: bool) -> bool:
    return (0 if guarded else 1) <= count < THRESHOLD


def _lines(rows: Sequence[str], columns: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return every sum of the table: its parts, then the margin they add up to; parts before what is made of them."""
    across = tuple(tuple((row, column) for column in (*columns, TOTAL)) for row in rows) if columns else ()
    down = tuple(tuple((row, column) for row in (*rows, TOTAL)) for column in (*columns, TOTAL))
    margin = (tuple((TOTAL, column) for column in (*columns, TOTAL)),) if columns else ()
    return across + down + margin


def _complete(cells: Counts, lines: Sequence[tuple[Cell, ...]], withheld: set[Cell]) -> None:
    while True:
        alone = next((line for line in lines if sum(cell in withheld for cell in line) == 1), None)
        if alone is None:
            return
        _withhold_one(cells, withheld, set(alone))


def _may_withhold(cells: Counts, withheld: set[Cell], among: set[Cell]) -> list[Cell]:
    return [cell for cell in among - withheld if cells[cell] > 0]


def _withhold_one(cells: Counts, withheld: set[Cell], among: set[Cell]) -> None:
    # Never a 0: a reader may then take every withheld cell of an ordinary table for 1 or more, as `possible` does.
    withheld.add(min(_may_withhold(cells, withheld, among), key=lambda cell: (TOTAL in cell, cells[cell], cell)))


def _published(table: Table, cells: Counts, withheld: set[Cell], key: bytes) -> Published:
    place = (table.population, *table.period, *table.dimensions)
    said = {cell: None if cell in withheld else _rounded(count, key, (*place, *cell)) for cell, count in cells.items()}
    return Published(
        population=table.population,
        period=table.period,
        guarded=table.guarded,
        dimensions=table.dimensions,
        rows=table.rows,
        columns=table.columns,
        said=said,
    )


def _rounded(count: int, key: bytes, place: tuple[str, ...]) -> int:
    draw = hmac.digest(key, "\x1f".join(place).encode("utf-8"), "sha256")
    up = int.from_bytes(draw[:8], "big") % BASE < count % BASE
    return count // BASE * BASE + (BASE if up else 0)


class _Network:
    """The table as a circulation: total -> rows -> columns -> total, one arc per cell, true counts as its flow."""

    def __init__(self, table: Table, published: Published) -> None:
        self.true = table.cells()
        self._bounds = {cell: possible(published.said[cell], guarded=table.guarded) for cell in self.true}
        self._ends = {cell: _ends(cell, one_dimensional=not table.columns) for cell in self.true}
        self._touching: dict[str, list[Cell]] = {}
        for cell, ends in self._ends.items():
            for node in ends:
                self._touching.setdefault(node, []).append(cell)

    def push(self, cell: Cell, *, up: bool, at_most: int) -> dict[Cell, int]:
        """Return a fitting table in which this cell is moved as far as possible, but by no more than `at_most`."""
        flow = dict(self.true)
        tail, head = self._ends[cell]
        low, high = self._bounds[cell]
        left = min(at_most, high - flow[cell] if up else flow[cell] - low)
        while left > 0:
            path = self._path(flow, head if up else tail, tail if up else head, cell)
            if path is None:
                break
            step = min(left, *(room for _, _, room in path))
            for arc, forward, _ in path:
                flow[arc] += step if forward else -step
            flow[cell] += step if up else -step
            left -= step
        return flow

    def _path(self, flow: Counts, start: str, goal: str, without: Cell) -> list[tuple[Cell, bool, int]] | None:
        came: dict[str, tuple[str, Cell, bool, int]] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for arc in self._touching[node]:
                tail, head = self._ends[arc]
                forward = tail == node
                room = self._bounds[arc][1] - flow[arc] if forward else flow[arc] - self._bounds[arc][0]
                to = head if forward else tail
                if arc == without or room <= 0 or to in came or to == start:
                    continue
                came[to] = (node, arc, forward, room)
                if to == goal:
                    return _walk_back(came, start, goal)
                waiting.append(to)
        return None


def _walk_back(came: Mapping[str, tuple[str, Cell, bool, int]], start: str, goal: str) -> list[tuple[Cell, bool, int]]:
    path = []
    node = goal
    while node != start:
        node, arc, forward, room = came[node]
        path.append((arc, forward, room))
    return path


def _ends(cell: Cell, *, one_dimensional: bool) -> tuple[str, str]:
    row, column = cell
    if (row, column) == (TOTAL, TOTAL):
        return "in", "out"
    if one_dimensional:
        return "out", "in"
    tail = "out" if column == TOTAL else f"row {row}"
    if row == TOTAL:
        return f"column {column}", "in"
    return tail, (f"row {row}" if column == TOTAL else f"column {column}")
