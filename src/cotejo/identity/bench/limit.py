"""How few namesakes any method could link that sees what is compared here: an estimate, printed beside the aim.

1. *By the true rates*: how often each field stands at each level is counted, by office, among right rows, namesakes,
   relatives and others of one half of the dossiers, truth in hand, and the other half is judged by Bayes' rule with
   these rates, candidates competing; then the halves change places. No method has the truth; one that weighs each field
   on its own has nothing better.
2. *As good as the right row*: dossiers whose right row is there, and a namesake's agrees at least as well in every
   field that both rows tell; and dossiers of people who are not there, where a namesake's agrees in everything both
   tell. Nobody can tell these apart by what is written; whoever links all that agree so far links them.
3. An estimate for the invented population, which says what the invented offices leave out, not what a real one does.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.bench.figures import RECALLS, Known, Linked, figures
from cotejo.identity.levels import LEVELS, Verdict, verdict_of

AIMS: Final = {0.90: 0.0005, 0.95: 0.001}
RIGHT, NAMESAKE, KIN, OTHER = range(4)
_CLASSES: Final = 4
_LEAST: Final = 0.06  # pairs of each level that are presumed, so that none is impossible
_OF_ALL_OFFICES: Final = 20.0  # pairs' worth of what all offices show, to each office's own
_UNKNOWN: Final = np.array([verdict_of(level) is Verdict.UNKNOWN for level in LEVELS])
_AGREES: Final = np.array([verdict_of(level) is Verdict.AGREE for level in LEVELS])
_FIELDS: Final = 10
Levels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def limit(pairs: Linked, levels: Levels, known: Known, offices: Numbers) -> dict[str, Any]:
    """Return the figures of the true rates, and how many dossiers a namesake's row fits as well as the right one.

    `levels`: of each pair, as compared; `offices`: the number of each dossier's office.
    """
    kinds = _kinds(pairs, known)
    odds = np.empty(len(kinds))
    half = pairs.dossiers % 2 == 0
    for judged in (half, ~half):
        rates = _Rates(levels[~judged], kinds[~judged], offices[pairs.dossiers[~judged]])
        odds[judged] = rates.odds(levels[judged])
    scores = _competed(odds, pairs.dossiers, known.dossiers)
    told = figures(Linked(dossiers=pairs.dossiers, rows=pairs.rows, scores=scores), known, own_threshold=0.0)
    found: dict[str, Any] = {}
    for recall in RECALLS:
        name = f"at_recall_{recall:.2f}"
        found |= {
            f"{name}_namesakes": told[f"{name}_namesakes"],
            f"{name}_namesake_rate": told[f"{name}_namesake_rate"],
        }
        found[f"{name}_aim"] = AIMS[recall]
    return {**found, "best_f1": told["best_f1"], **_as_good(pairs.dossiers, levels, kinds, known)}


def _kinds(pairs: Linked, known: Known) -> Numbers:
    codes = pairs.dossiers * known.rows + pairs.rows
    kinds = np.full(len(codes), OTHER)
    for kind, wanted in ((KIN, known.kin), (NAMESAKE, known.namesakes), (RIGHT, known.right)):
        kinds[np.isin(codes, wanted)] = kind
    return kinds


class _Rates:
    """How often pairs of each kind are seen, and each field of them at each level, by office."""

    def __init__(self, levels: Levels, kinds: Numbers, offices: Numbers) -> None:
        count = int(offices.max(initial=0)) + 1
        seen = np.full((count, _CLASSES, levels.shape[1], len(LEVELS)), _LEAST)
        for field in range(levels.shape[1]):
            np.add.at(seen[:, :, field], (offices, kinds, levels[:, field]), 1)
        everywhere = seen.sum(axis=0)
        seen += _OF_ALL_OFFICES * everywhere / everywhere.sum(axis=2, keepdims=True)
        self._levels = np.log(seen / seen.sum(axis=3, keepdims=True))
        kind = np.ones((count, _CLASSES))
        np.add.at(kind, (offices, kinds), 1)
        self._kinds = np.log(kind / kind.sum())

    def odds(self, levels: Levels) -> Floats:
        """Return the log odds of being the right row, the office not known."""
        likely = np.zeros((len(levels), *self._kinds.shape)) + self._kinds
        for field in range(levels.shape[1]):
            likely += self._levels[:, :, field, levels[:, field]].transpose(2, 0, 1)
        of_kind = np.logaddexp.reduce(likely, axis=1)
        odds: Floats = of_kind[:, RIGHT] - np.logaddexp.reduce(of_kind[:, NAMESAKE:], axis=1)
        return odds


def _competed(odds: Floats, dossiers: Numbers, count: int) -> Floats:
    top = np.zeros(count)
    np.maximum.at(top, dossiers, odds)
    shares = np.exp(odds - top[dossiers])
    rest = (np.exp(-top) + np.bincount(dossiers, weights=shares, minlength=count))[dossiers] - shares
    result: Floats = odds - top[dossiers] - np.log(np.maximum(rest, np.finfo(np.float64).tiny))
    return result


def _as_good(dossiers: Numbers, levels: Levels, kinds: Numbers, known: Known) -> dict[str, int]:
    """Count the dossiers of rule 2."""
    worth = _worths(levels, kinds)
    right = np.full(known.dossiers, -1)
    right[dossiers[kinds == RIGHT]] = np.flatnonzero(kinds == RIGHT)
    present = np.zeros(known.dossiers, np.bool_)
    present[known.right // known.rows] = True
    of_namesakes = np.flatnonzero(kinds == NAMESAKE)
    beside = right[dossiers[of_namesakes]]
    both = of_namesakes[beside >= 0]
    one, other = levels[both][:, :_FIELDS], levels[beside[beside >= 0]][:, :_FIELDS]
    silent = _UNKNOWN[one] | _UNKNOWN[other]
    as_good = (silent | (worth[both] >= worth[beside[beside >= 0]])).all(axis=1)
    alone = of_namesakes[~present[dossiers[of_namesakes]]]
    agrees = (_UNKNOWN[levels[alone][:, :_FIELDS]] | _AGREES[levels[alone][:, :_FIELDS]]).all(axis=1)
    return {
        "namesake_as_good_as_the_right_row": len(np.unique(dossiers[both[as_good]])),
        "namesake_agrees_in_all_told_right_row_absent": len(np.unique(dossiers[alone[agrees]])),
    }


def _worths(levels: Levels, kinds: Numbers) -> Floats:
    """Return how much likelier each field's level is of right rows than of others, for every pair."""
    worth = np.empty((len(levels), _FIELDS))
    for field in range(_FIELDS):
        right, others = (
            np.bincount(levels[which, field], minlength=len(LEVELS)) + _LEAST
            for which in (kinds == RIGHT, kinds != RIGHT)
        )
        ratio = np.log(right / right.sum()) - np.log(others / others.sum())
        worth[:, field] = ratio[levels[:, field]]
    return worth
