"""The figures of a linkage: the dossier is the unit, namesakes and kin count once, thresholds are found exactly."""

import numpy as np

from cotejo.identity.bench.figures import Known, Linked, figures
from cotejo.identity.invented_population import Truth

DOSSIERS, ROWS = ["D1", "D2", "D3", "D4"], ["R1", "R2", "R3", "R4", "R5"]


def truth(row="", namesakes=(), kin=()):
    return Truth(row=row, namesakes=frozenset(namesakes), kin=frozenset(kin), style="patrol")


KNOWN = Known(
    DOSSIERS,
    ROWS,
    {
        "D1": truth("R1", ["R2", "R3"]),
        "D2": truth("R2", (), ["R5"]),
        "D3": truth("R3"),
        "D4": truth("", ["R4"]),
    },
)


def linked(*pairs):
    return Linked(
        dossiers=np.array([DOSSIERS.index(dossier) for dossier, _row, _score in pairs]),
        rows=np.array([ROWS.index(row) for _dossier, row, _score in pairs]),
        scores=np.array([score for _dossier, _row, score in pairs], np.float64),
    )


def test_a_dossier_linked_to_two_namesakes_counts_once_and_an_absent_one_counts():
    pairs = linked(("D1", "R1", 9), ("D1", "R2", 8), ("D1", "R3", 7), ("D4", "R4", 5), ("D2", "R2", 4), ("D3", "R3", 1))
    told = figures(pairs, KNOWN, own_threshold=0.0)
    assert (told["own_namesakes"], told["with_namesake"], told["own_namesake_rate"]) == (2, 2, 1.0)
    assert (told["present"], told["own_recall"]) == (3, 1.0)
    assert told["at_recall_0.90_threshold"] == 1.0
    assert told["recall_at_namesake_rate_0.0005"] == round(1 / 3, 5)
    assert told["best_f1"] == round(2 * 3 / (6 + 3), 5)


def test_kin_are_counted_and_a_recall_that_is_not_reached_is_said():
    told = figures(linked(("D2", "R5", 3), ("D2", "R2", 2)), KNOWN, own_threshold=2.5)
    assert (told["own_kin"], told["with_kin"], told["own_recall"]) == (1, 1, 0.0)
    assert told["at_recall_0.95_namesakes"] is None
    assert told["ceiling_recall"] == round(1 / 3, 5)


def test_best_only_keeps_the_best_row_of_each_dossier():
    best = linked(("D1", "R2", 8), ("D1", "R1", 9), ("D2", "R5", 3), ("D2", "R2", 3)).best_only()
    assert list(zip(best.dossiers.tolist(), best.rows.tolist(), strict=True)) == [(0, 0), (1, 1)]
