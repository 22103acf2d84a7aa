"""How good a linkage is, counted by dossier: who was found, who was linked to a namesake, who to kin.

1. The dossier is the unit. A dossier is *linked to a namesake* when another person of its true full name reaches
   the threshold, and counts once however many do; only dossiers with a namesake in the register count. Kin likewise.
2. Every linked pair counts for precision, so a tool that links a dossier to three rows pays for two of them;
   `best_only` keeps a dossier's best row alone.
3. Rates come with their counts: below some thousand dossiers with a namesake, a rate of a thousandth is a handful.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.invented_population import Truth

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
RECALLS: Final = (0.90, 0.95)
NAMESAKE_RATES: Final = (0.0005, 0.001)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Linked:
    """Scored pairs by number: of the dossier in `Known.dossiers`, of the row in `Known.rows`."""

    dossiers: Numbers
    rows: Numbers
    scores: Scores

    def best_only(self) -> "Linked":
        """Return each dossier's best pair; of equal ones that with the lower row number."""
        order = np.lexsort((self.rows, -self.scores, self.dossiers))
        first = np.ones(len(order), np.bool_)
        first[1:] = self.dossiers[order][1:] != self.dossiers[order][:-1]
        kept = order[first]
        return Linked(dossiers=self.dossiers[kept], rows=self.rows[kept], scores=self.scores[kept])


class Known:
    """The truth as numbers: which pairs are right, which are namesakes, which are kin."""

    def __init__(self, dossiers: Sequence[str], rows: Sequence[str], truth: Mapping[str, Truth]) -> None:
        number = {row: place for place, row in enumerate(rows)}
        self.dossiers, self.rows = len(dossiers), len(rows)
        told = [truth[dossier] for dossier in dossiers]
        self.right = self._codes([{each.row} - {""} for each in told], number)
        self.namesakes = self._codes([each.namesakes for each in told], number)
        self.kin = self._codes([each.kin for each in told], number)

    def _codes(self, rows: Sequence[frozenset[str] | set[str]], number: Mapping[str, int]) -> Numbers:
        codes = [place * self.rows + number[row] for place, each in enumerate(rows) for row in each]
        return np.array(sorted(codes), np.int64)

    def best_of(self, linked: Linked, wanted: Numbers) -> Scores:
        """Return for each dossier that has wanted rows the best score one of them got; minus infinity for none."""
        best = np.full(self.dossiers, -np.inf)
        codes = linked.dossiers * self.rows + linked.rows
        which = np.isin(codes, wanted)
        np.maximum.at(best, linked.dossiers[which], linked.scores[which])
        return best[np.unique(wanted // self.rows)]


def figures(linked: Linked, known: Known, *, own_threshold: float) -> dict[str, Any]:
    """Return the figures of issue and documentation for one tool's scored pairs."""
    right = np.sort(known.best_of(linked, known.right))[::-1]
    namesakes = np.sort(known.best_of(linked, known.namesakes))[::-1]
    kin = np.sort(known.best_of(linked, known.kin))[::-1]
    all_scores = np.sort(linked.scores)[::-1]
    result: dict[str, Any] = {
        "dossiers": known.dossiers,
        "present": len(right),
        "with_namesake": len(namesakes),
        "with_kin": len(kin),
        "pairs": len(linked.scores),
        "ceiling_recall": _rate(_reaching(right, -np.finfo(np.float64).max), len(right)),
        "own_threshold": own_threshold,
        "own_recall": _rate(_reaching(right, own_threshold), len(right)),
        "own_namesakes": _reaching(namesakes, own_threshold),
        "own_namesake_rate": _rate(_reaching(namesakes, own_threshold), len(namesakes)),
        "own_kin": _reaching(kin, own_threshold),
        **_best_f1(all_scores, right),
    }
    for recall in RECALLS:
        threshold = right[int(np.ceil(recall * len(right))) - 1] if len(right) else np.inf
        reached = bool(np.isfinite(threshold))
        name = f"at_recall_{recall:.2f}"
        result[f"{name}_threshold"] = float(threshold) if reached else None
        for what, scores in (("namesake", namesakes), ("kin", kin)):
            result[f"{name}_{what}s"] = _reaching(scores, threshold) if reached else None
            result[f"{name}_{what}_rate"] = _rate(_reaching(scores, threshold), len(scores)) if reached else None
    for rate in NAMESAKE_RATES:
        result[f"recall_at_namesake_rate_{rate}"] = _recall_left(right, namesakes, rate)
    return result


def _reaching(scores: Scores, threshold: float) -> int:
    return int(np.count_nonzero(scores >= threshold))


def _rate(count: int, whole: int) -> float:
    return round(count / whole, 5) if whole else 0.0


def _recall_left(right: Scores, namesakes: Scores, rate: float) -> float:
    """Return the recall at the lowest threshold at which so few dossiers are linked to a namesake."""
    allowed = int(rate * len(namesakes))
    beyond = namesakes[allowed] if len(namesakes) > allowed else -np.inf
    return _rate(int(np.count_nonzero((right > beyond) & np.isfinite(right))), len(right))


def _best_f1(scores: Scores, right: Scores) -> dict[str, float]:
    """Return the best F1 over all thresholds; `scores` and `right` fall."""
    if not len(scores) or not len(right):
        return {"best_f1": 0.0, "best_f1_threshold": 0.0}
    thresholds = right[np.isfinite(right)]
    true = np.arange(1, len(thresholds) + 1)
    true = np.searchsorted(-thresholds, -thresholds, "right")  # equal scores are linked together
    linked = np.searchsorted(-scores, -thresholds, "right")
    f1 = 2 * true / (linked + len(right))
    best = int(np.argmax(f1)) if len(f1) else 0
    return (
        {"best_f1": round(float(f1[best]), 5), "best_f1_threshold": float(thresholds[best])}
        if len(f1)
        else {
            "best_f1": 0.0,
            "best_f1_threshold": 0.0,
        }
    )
