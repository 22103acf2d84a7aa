"""The estimate of what any method could reach: counted by hand on a small linkage, and never worse for knowing more."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity.bench.figures import Known, Linked
from cotejo.identity.bench.limit import limit
from cotejo.identity.invented_population import Truth
from cotejo.identity.levels import CODES, COLUMNS_OF_LEVELS, Level

NAME, DATE, MOTHER = 0, 3, 9


def levels_of(**told: Level) -> list[int]:
    codes = [0] * len(COLUMNS_OF_LEVELS)
    for place, level in {
        NAME: Level.SAME,
        **{{"date": DATE, "mother": MOTHER}[key]: each for key, each in told.items()},
    }.items():
        codes[place] = CODES[level]
    return codes


def judged(dossiers: int, *pairs: tuple[int, str, list[int]], right: dict[int, str], namesakes: dict[int, list[str]]):
    names = [f"D{number}" for number in range(dossiers)]
    rows = sorted({row for _dossier, row, _levels in pairs} | set(right.values()))
    truth = {
        name: Truth(
            row=right.get(number, ""), namesakes=frozenset(namesakes.get(number, ())), kin=frozenset(), style="x"
        )
        for number, name in enumerate(names)
    }
    linked = Linked(
        dossiers=np.array([dossier for dossier, _row, _levels in pairs]),
        rows=np.array([rows.index(row) for _dossier, row, _levels in pairs]),
        scores=np.zeros(len(pairs)),
    )
    levels = np.array([each for _dossier, _row, each in pairs], np.uint8)
    return limit(linked, levels, Known(names, rows, truth), np.zeros(dossiers, np.int64))


def test_a_namesake_who_fits_as_well_in_all_that_both_rows_tell_is_counted_once_a_dossier() -> None:
    same, slip, other = levels_of(date=Level.SAME), levels_of(date=Level.ONE_DIGIT), levels_of(date=Level.DIFFERS)
    silent, mother = levels_of(), levels_of(mother=Level.SAME)
    told = judged(
        4,
        *((0, "R0", slip), (0, "R1", same), (0, "R2", same)),  # a namesake fits better
        *((1, "R1", same), (1, "R0", slip)),  # the right row fits better
        *((2, "R2", silent), (2, "R0", mother)),  # they share nothing but the name
        *((3, "R3", other), (3, "R0", other)),  # nobody fits
        right={0: "R0", 1: "R1", 2: "R2", 3: "R3"},
        namesakes={0: ["R1", "R2"], 1: ["R0"], 2: ["R0"]},
    )
    assert told["namesake_as_good_as_the_right_row"] == 2
    assert told["namesake_agrees_in_all_told_right_row_absent"] == 0


def test_of_an_absent_person_a_namesake_who_agrees_in_everything_told_is_counted() -> None:
    same, slip = levels_of(date=Level.SAME), levels_of(date=Level.ONE_DIGIT)
    told = judged(
        3, (0, "R0", same), (1, "R0", slip), (2, "R2", same), right={2: "R2"}, namesakes={0: ["R0"], 1: ["R0"]}
    )
    assert told["namesake_agrees_in_all_told_right_row_absent"] == 1


@given(st.integers(20, 60))
@settings(max_examples=20, deadline=None)
def test_where_a_field_parts_all_right_rows_from_all_namesakes_the_true_rates_link_no_namesake(count: int) -> None:
    same, other = levels_of(date=Level.SAME), levels_of(date=Level.DIFFERS)
    pairs = [pair for n in range(count) for pair in ((n, f"R{n:02}", same), (n, f"R{(n + 1) % count:02}", other))]
    told = judged(
        count,
        *pairs,
        right={n: f"R{n:02}" for n in range(count)},
        namesakes={n: [f"R{(n + 1) % count:02}"] for n in range(count)},
    )
    assert told["at_recall_0.95_namesakes"] == 0
    assert told["best_f1"] == 1.0
    assert told["at_recall_0.95_aim"] == 0.001
