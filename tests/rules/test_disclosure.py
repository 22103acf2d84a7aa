"""No single person can be read out of what is published (F69, I14), however the published numbers are combined."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules.disclosure import (
    BASE,
    NARROWEST,
    THRESHOLD,
    TOTAL,
    Cell,
    NotPublishable,
    Published,
    Table,
    as_figure,
    check_against,
    exposed,
    extremes,
    median,
    possible,
    publish,
    rate,
)

KEY = bytes(range(32))
PERIOD = ("2026-01", "2026-06")
FEW = st.one_of(st.integers(0, 12), st.integers(0, 90))


def table_of(*rows: list[int], guarded: bool = False, period: tuple[str, str] = PERIOD) -> Table:
    width = len(rows[0])
    columns = tuple(f"c{at}" for at in range(width)) if width > 1 else ()
    return Table(
        population="request_sent",
        period=period,
        guarded=guarded,
        dimensions=("month", "route") if columns else ("month",),
        rows=tuple(f"r{at}" for at in range(len(rows))),
        columns=columns,
        counts={(f"r{r}", f"c{c}" if columns else TOTAL): n for r, row in enumerate(rows) for c, n in enumerate(row)},
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(2, 5))
    columns = draw(st.integers(1, 4))
    counts = draw(st.lists(st.lists(FEW, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return table_of(*counts, guarded=draw(st.booleans()))


def sums_hold(table: Table, cells: dict[Cell, int]) -> bool:
    """Whether every margin is the sum of its parts, written out plainly on purpose."""
    rows_hold = all(
        cells[row, TOTAL] == sum(cells[row, column] for column in table.columns) for row in table.rows if table.columns
    )
    columns_hold = all(
        cells[TOTAL, column] == sum(cells[row, column] for row in table.rows) for column in (*table.columns, TOTAL)
    )
    return rows_hold and columns_hold


def could_be_said(count: int, said: int | None, *, guarded: bool) -> bool:
    if said is None:
        return count >= (0 if guarded else 1)
    return (said == count == 0) or (count >= THRESHOLD and said in {count // BASE * BASE, -(-count // BASE) * BASE})


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_i14_for_every_cell_not_said_two_whole_tables_ten_apart_fit_everything_said(table: Table) -> None:
    """The certificate that nothing can be derived: a reader cannot tell these two tables from the true one."""
    published = publish(table, KEY)
    for cell in (cell for cell, value in published.said.items() if value is None):
        low, high = extremes(table, published, cell)
        assert high[cell] - low[cell] >= NARROWEST
        for fitting in (low, high):
            assert sums_hold(table, fitting)
            assert all(could_be_said(fitting[c], published.said[c], guarded=table.guarded) for c in fitting)


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_f69_no_small_count_is_said_and_what_is_said_is_near_the_truth(table: Table) -> None:
    published = publish(table, KEY)
    for cell, count in table.cells().items():
        said = published.said[cell]
        if (0 if table.guarded else 1) <= count < THRESHOLD:
            assert said is None
        if said is not None:
            assert said % BASE == 0
            low, high = possible(said, guarded=table.guarded)
            assert low <= count <= high


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_f69_no_row_column_or_margin_has_exactly_one_cell_not_said(table: Table) -> None:
    said = publish(table, KEY).said
    columns = (*table.columns, TOTAL)
    rows = (*table.rows, TOTAL)
    down = [[said[row, column] for row in rows] for column in columns]
    across = [[said[row, column] for column in columns] for row in rows] if table.columns else []
    assert all(line.count(None) != 1 for line in down + across)


@settings(max_examples=30, deadline=None)
@given(table=tables(), more=st.integers(1, 3))
def test_f69_publishing_again_says_the_same_and_the_rounding_never_steps_back(table: Table, more: int) -> None:
    assert publish(table, KEY) == publish(table, KEY)
    grown = replace(table, counts={cell: count + more for cell, count in table.counts.items()})
    before, after = publish(table, KEY).said, publish(grown, KEY).said
    assert all(after[cell] >= value for cell, value in before.items() if value is not None and after[cell] is not None)  # type: ignore[operator] # both are numbers here


def test_f69_subtracting_neighbours_from_a_margin_is_what_the_audit_finds() -> None:
    table = table_of([3, 20], [30, 30])
    careless = replace(publish(table, KEY), said=dict(table.cells()) | {("r0", "c0"): None})
    rounded = {cell: None if value is None else value // BASE * BASE for cell, value in careless.said.items()}
    found = list(exposed(table, replace(careless, said=rounded)))
    assert found == [("r0", "c0")]
    assert list(exposed(table, publish(table, KEY))) == []


def test_f69_a_guarded_table_does_not_say_nought_and_an_ordinary_one_does() -> None:
    counts = [[0, 0], [0, 40], [50, 60]]
    assert publish(table_of(*counts), KEY).said["r0", "c0"] == 0
    assert publish(table_of(*counts, guarded=True), KEY).said["r0", "c0"] is None


def test_f69_all_of_a_guarded_row_in_one_cell_is_not_said() -> None:
    said = publish(table_of([40, 0, 0], [50, 60, 70], guarded=True), KEY).said
    assert None in {said["r0", "c0"], said["r0", TOTAL]}


def test_the_two_tables_shown_are_as_far_apart_as_the_numbers_allow() -> None:
    """Against every table of a small range, tried one by one."""
    table = table_of([4], [20], [0])
    said = {("r0", TOTAL): None, ("r1", TOTAL): 20, ("r2", TOTAL): 0, (TOTAL, TOTAL): 20}
    published = replace(publish(table, KEY), said=said)
    low, high = extremes(table, published, ("r0", TOTAL))
    fits = [a for a in range(1, 60) for b in range(16, 25) if 16 <= a + b <= 24]
    assert (low["r0", TOTAL], high["r0", TOTAL]) == (min(fits), max(fits))


def test_f69_two_releases_leave_nothing_to_subtract() -> None:
    first = publish(table_of([20, 30], [40, 50]), KEY)
    check_against([first], [first])
    changed = publish(table_of([21, 30], [40, 57]), KEY)
    with pytest.raises(NotPublishable, match="other content"):
        check_against([changed], [first])
    for period in (("2026-01", "2026-12"), ("2026-06", "2026-06"), ("2025-01", "2026-01")):
        overlapping = publish(table_of([20, 30], [40, 50], period=period), KEY)
        with pytest.raises(NotPublishable, match="overlaps"):
            check_against([overlapping], [first])
    check_against([publish(table_of([20, 30], [40, 50], period=("2026-07", "2026-12")), KEY)], [first])


def test_f69_one_population_is_not_cut_in_two_ways_within_a_release() -> None:
    one = publish(table_of([20, 30], [40, 50]), KEY)
    other = publish(table_of([50], [90]), KEY)
    with pytest.raises(NotPublishable, match="other content"):
        check_against([one, other], [])


def test_rates_and_medians_need_fifty() -> None:
    assert rate(25, 50) == 50
    assert rate(105, 100) == 100
    assert rate(25, 45) is None
    assert rate(None, 100) is None
    assert median(list(range(49))) is None
    assert median(list(range(50))) == 24


@pytest.mark.parametrize(
    ("rows", "columns", "dimensions", "counts"),
    [
        (("a",), ("b", "c"), ("month", "route"), {}),
        (("a", "b"), ("c",), ("month", "route"), {}),
        (("a", "a"), (), ("month",), {}),
        (("a", TOTAL), (), ("month",), {}),
        (("a", "b"), (), ("month",), {("a", TOTAL): -1}),
        (("a", "b"), (), ("month",), {("z", TOTAL): 1}),
        (("a", "b"), ("c", "d"), ("month", "route", "office"), {}),
        ((), (), ("month",), {}),
    ],
)
def test_a_table_of_another_shape_is_refused(
    rows: tuple[str, ...], columns: tuple[str, ...], dimensions: tuple[str, ...], counts: dict[Cell, int]
) -> None:
    with pytest.raises(NotPublishable):
        Table(
            population="x",
            period=PERIOD,
            guarded=False,
            dimensions=dimensions,
            rows=rows,
            columns=columns,
            counts=counts,
        )


def test_a_figure_lists_its_cells_in_reading_order_with_margins() -> None:
    figure = as_figure(publish(table_of([0, 200], [300, 400]), KEY))
    assert figure["act"] == "request_sent"
    cells = figure["cells"]
    assert isinstance(cells, list)
    assert [(cell["row"], cell["column"]) for cell in cells][:4] == [
        ("r0", "c0"),
        ("r0", "c1"),
        ("r0", "*"),
        ("r1", "c0"),
    ]
    assert cells[0]["value"] == 0


def test_an_empty_table_is_nought_everywhere() -> None:
    published: Published = publish(table_of([0, 0], [0, 0]), KEY)
    assert set(published.said.values()) == {0}
