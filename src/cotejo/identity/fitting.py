"""A model learnt from the data it will judge, without labels: how often each level is seen under each reading.

1. *Unrelated*: pairs drawn at random, each as far as it is not likelier to be one person. What parents tell of people
   who share a surname: pairs drawn among those.
2. *Siblings* and *parent and child*: pairs of the register's own rows that share both parents, or of which one bears,
   in full, the name the other gives for a parent.
3. *The same person*: expectation and maximisation over the candidates of the requests; candidates compete with each
   other and with "not in this register" in every round, so that a namesake of an absent person teaches little.
   Adjudicated pairs, when there are any, count as what people said they are. In one file, in which people may stand
   several times (`learn_copies`), nothing competes; how many copies and relatives there are is learnt with the rest.
4. What is rare is kept near the base model: every distribution starts with some pairs of the base model's own.
5. The rules of a model hold of the result (`model.read_model`): a difference never helps, whatever the data say. Where
   the same person's documents differ more often than relatives', relatives' are taken to differ as often.

Nothing here reads a truth that is kept for measuring.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.blocking import STORED, bearing_once, candidate_pairs, keys_of_files, namesakes, stored_keys
from cotejo.identity.columns import Columns, levels
from cotejo.identity.kin import parents_and_children, siblings
from cotejo.identity.levels import (
    CODES,
    COLUMNS_OF_LEVELS,
    COLUMNS_OF_WEIGHTS,
    LEVELS,
    PARENT_NAMED,
    READING,
    Verdict,
    verdict_of,
)
from cotejo.identity.model import HYPOTHESES, Model, renamed, rewritten
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import compete, log_odds, weights

ROUNDS: Final = 8
RANDOM_PAIRS: Final = 400_000  # at most
FEWEST_REQUESTS: Final = 200
MOST_REQUESTS: Final = 8_000
MOST_OF_A_KEY: Final = 200  # rows that store one key; a larger block teaches only how common a name is
_BASE_PAIRS: Final = np.array([60.0, 400.0, 100.0, 100.0])  # of the base model's own, by hypothesis, at least
# Relatives are learnt within one register; two offices' documents of them differ by more, as the base model holds.
_BASE_SHARES: Final = np.array([0.0, 0.0, 0.1, 0.1])
_LEAST: Final = 1e-7
_FEWEST_PRESENT, _MOST_PRESENT = 0.1, 0.9  # of requests
_LEAST_KIN: Final = 1 / 3
_FIRST_SURNAME, _SECOND_SURNAME = 1, 2
_PARENTS: Final = (kernel.FATHER_COLUMN, kernel.MOTHER_COLUMN)
_UNLEARNT: Final = frozenset({PARENT_NAMED, READING})  # what rule 2 chooses by; what only names that agree can have
_NAMES: Final = 3  # columns of names: among unrelated people they agree together, which random pairs do not show
Levels = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Adjudicated:
    """Pairs people decided: `same[k]` says whether `(left[i[k]], right[j[k]])` is one person."""

    i: Numbers
    j: Numbers
    same: npt.NDArray[np.bool_]


def learn(
    left: Columns,
    right: Columns,
    tokens: Tokens,
    base: Model,
    *,
    version: str = "",
    seed: int = 1,
    adjudicated: Adjudicated | None = None,
    alone: bool = False,
) -> Model:
    """Return a model learnt from requests and a register; the order of their rows does not matter.

    The base model itself when there is too little to learn from. Reads at most `MOST_REQUESTS` of the requests.
    `alone`: both are one register; the same person is then learnt from adjudications only, strangers and kin from it.
    """
    if min(len(left), len(right)) < FEWEST_REQUESTS:
        return base
    tokens.establish(right.token_counts(tokens), len(right))
    said = _said(left, right, tokens, adjudicated)
    left, right = _in_order(left, tokens), _in_order(right, tokens)
    drawn = np.sort(np.random.default_rng(seed).permutation(len(left))[:MOST_REQUESTS])
    some = left.take(drawn)
    i, j = candidate_pairs(*keys_of_files(some, right, tokens), most=MOST_OF_A_KEY)
    if alone:  # a register's own rows are different people
        i, j = i[:0], j[:0]
    model = fit(some, right, i, j, tokens, base, seed=seed, said=said)
    return renamed(model, version or f"{base.version}-learnt")


def learn_copies(people: Columns, tokens: Tokens, base: Model, *, version: str = "", seed: int = 1) -> Model:
    """Return a model learnt from one file in which people may stand several times; the order of its rows is no matter.

    The base model itself when there is too little to learn from. Reads the pairs of at most `MOST_REQUESTS` rows.
    """
    if len(people) < FEWEST_REQUESTS:
        return base
    tokens.establish(people.token_counts(tokens), len(people))
    people = _in_order(people, tokens)
    drawn = np.sort(np.random.default_rng(seed).permutation(len(people))[:MOST_REQUESTS])
    some = people.take(drawn)
    i, j = candidate_pairs(*keys_of_files(some, people, tokens), most=MOST_OF_A_KEY)
    others = drawn[i] != j
    model = fit(some, people, i[others], j[others], tokens, base, seed=seed, copies=True)
    return renamed(model, version or f"{base.version}-learnt")


def fit(
    left: Columns,
    right: Columns,
    i: Numbers,
    j: Numbers,
    tokens: Tokens,
    base: Model,
    *,
    seed: int = 1,
    said: Counts | None = None,
    copies: bool = False,
) -> Model:
    """Return a model learnt from requests `left`, a register `right` and their candidate pairs `(i, j)`.

    `said`: counts of levels, by column of weights, among pairs people called the same person. `copies`: the requests
    are rows of the register themselves, and any number of its rows may be one person.
    """
    chance = np.random.default_rng(seed)
    rows, stored = len(right), stored_keys(right, tokens)
    borne = namesakes(left, bearing_once(right, stored) if copies else stored, tokens)
    strangers = _Strangers(left, right, tokens, borne, chance)
    counts = np.zeros((len(COLUMNS_OF_WEIGHTS), len(CODES), len(HYPOTHESES)))
    one, other = siblings(right, tokens, chance)
    if len(one):
        counts[:, :, 2] = _counted(levels(right, one, right, other, tokens))
    parent, child = parents_and_children(right, tokens, chance)
    if len(parent):
        counts[:, :, 3] = _counted(levels(right, parent, right, child, tokens))
    compared = levels(left, i, right, j, tokens)
    counts[:, :, 1] = strangers.counted(base, rows)
    model = _model(counts, base, None, rows)
    for _ in range(ROUNDS):
        weighed = weights(compared, model, borne[i], rows)
        odds = log_odds(weighed)
        share = _probability(odds if copies else compete(odds, i))
        counts[:, :, 0] = _counted(compared, share) + (0.0 if said is None else said)
        counts[:, :, 1] = strangers.counted(model, rows)
        counts[list(_PARENTS), :, 2] = counts[list(_PARENTS), :, 0]  # two documents of the same parents differ so
        for column in _PARENTS:
            counts[column + kernel.OF_SAME_SURNAME, :, 2] = counts[column + kernel.OF_SAME_SURNAME, :, 0]
        priors = (_among_copies if copies else _of_requests)(share, weighed, base, len(left), rows)
        model = _model(counts, base, priors if len(i) else None, rows)
    return model


def _in_order(people: Columns, tokens: Tokens) -> Columns:
    """Return people in an order that depends on what is told of them alone."""
    told = stored_keys(people, tokens) * np.arange(3, 2 * STORED + 3, 2, dtype=np.uint64)
    arrays = tokens.arrays()
    places = arrays.facts[arrays.places[people.rows[:, kernel.PLACE]], kernel.SOUND].sum(axis=1)
    plain = people.rows[:, [kernel.BIRTH, kernel.STATES, *range(kernel.DUI, kernel.PASSPORT + 2)]]
    return people.take(np.lexsort((places, *plain.T, np.bitwise_xor.reduce(told, axis=1))))


def _counted(compared: Levels, share: Counts | None = None) -> Counts:
    """Return how often each level is seen in each column of weights, unknown left out."""
    counted = np.zeros((len(COLUMNS_OF_WEIGHTS), len(CODES)))
    agree = np.isin(compared[:, :3], _SURNAME_AGREES)
    for column in range(len(COLUMNS_OF_LEVELS)):
        if column in _PARENTS:
            same = agree[:, column - kernel.FATHER_COLUMN + 1]
            for marks, place in ((~same, column), (same, column + kernel.OF_SAME_SURNAME)):
                counted[place] = np.bincount(
                    compared[marks, column], None if share is None else share[marks], minlength=len(CODES)
                )
        else:
            counted[column] = np.bincount(compared[:, column], share, minlength=len(CODES))
    counted[:, 0] = 0
    return counted


_SURNAME_AGREES: Final = np.array([kernel.SAME, kernel.SPELLING, kernel.AS_FAR, kernel.OTHER_ORDER], np.uint8)


class _Strangers:
    """Pairs drawn at random, and pairs drawn among those who share a surname, by the column they teach."""

    def __init__(
        self, left: Columns, right: Columns, tokens: Tokens, borne: Numbers, chance: np.random.Generator
    ) -> None:
        pairs = min(RANDOM_PAIRS, 20_000 + 50 * len(left))
        i, j = chance.integers(0, len(left), pairs), chance.integers(0, len(right), pairs)
        self._anybody = levels(left, i, right, j, tokens), borne[i]
        self._of_one_surname: list[tuple[int, Levels, Numbers]] = []
        for column, surname, differing in (
            (kernel.FATHER_COLUMN, kernel.S1, _SECOND_SURNAME),
            (kernel.MOTHER_COLUMN, kernel.S2, _FIRST_SURNAME),
        ):
            one, other = _sharing(left, right, surname, chance, pairs // 2)
            compared = levels(left, one, right, other, tokens)
            strangers = compared[:, differing] == kernel.DIFFERS  # who share one surname only are rarely related
            self._of_one_surname.append((column + kernel.OF_SAME_SURNAME, compared[strangers], borne[one[strangers]]))

    def counted(self, model: Model, rows: int) -> Counts:
        """Return how often each level is seen, each pair as far as this model does not hold it for one person."""
        counted = _counted(self._anybody[0], _apart(*self._anybody, model, rows))
        for column, compared, borne in self._of_one_surname:
            if len(compared):
                counted[column] = _counted(compared, _apart(compared, borne, model, rows))[column]
        return counted


def _apart(compared: Levels, borne: Numbers, model: Model, rows: int) -> Counts:
    return _probability(-log_odds(weights(compared, model, borne, rows)))


def _probability(odds: Counts) -> Counts:
    result: Counts = 1 / (1 + np.exp(-odds))
    return result


def _sharing(
    left: Columns, right: Columns, place: int, chance: np.random.Generator, pairs: int
) -> tuple[Numbers, Numbers]:
    """Return random pairs that share the word at a place of their rows."""
    order = np.argsort(right.rows[:, place], kind="stable")
    words = right.rows[order, place]
    i = chance.integers(0, len(left), pairs)
    wanted = left.rows[i, place]
    start, end = np.searchsorted(words, wanted, "left"), np.searchsorted(words, wanted, "right")
    found = (end > start) & (wanted > 0)
    drawn = start + (chance.random(len(i)) * (end - start)).astype(np.int64)
    return i[found], order[drawn[found]]


def _said(left: Columns, right: Columns, tokens: Tokens, adjudicated: Adjudicated | None) -> Counts:
    if adjudicated is None:
        return np.zeros((len(COLUMNS_OF_WEIGHTS), len(CODES)))
    same = adjudicated.same
    return _counted(levels(left, adjudicated.i[same], right, adjudicated.j[same], tokens))


def _of_requests(share: Counts, weighed: Counts, base: Model, requests: int, rows: int) -> dict[str, float]:
    """Return the priors for a register that so many requests ask: how many of them are there, relatives as presumed."""
    del weighed
    present = min(max(float(share.sum()) / max(requests, 1), _FEWEST_PRESENT), _MOST_PRESENT)
    return {"same": present / (1 - present) / rows, **_presumed_kin(base, rows)}


def _among_copies(share: Counts, weighed: Counts, base: Model, asked: int, rows: int) -> dict[str, float]:
    """Return the priors for the pairs of one file, of which so many rows asked for all others.

    Relatives are at least a third as many as presumed: a file that tells no parents does not show them.
    """
    pairs = asked * (rows - 1)
    readings = np.exp(weighed - weighed.max(axis=1, keepdims=True, initial=-np.inf))
    readings /= readings.sum(axis=1, keepdims=True)
    found = {"sibling": float(readings[:, 2].sum()), "parent_child": float(readings[:, 3].sum())}
    kin = {
        name: min(max(found[name] / pairs, _LEAST_KIN * presumed), presumed)
        for name, presumed in _presumed_kin(base, rows).items()
    }
    return {"same": (float(share.sum()) + 1) / pairs, **kin}


def _presumed_kin(base: Model, rows: int) -> dict[str, float]:
    """Return the base model's priors of relatives for a register of so many rows: as many relatives of each person."""
    _same, _unrelated, sibling, parent_child = np.exp(base.priors) * base.rows / rows
    return {"sibling": float(sibling), "parent_child": float(parent_child)}


def _model(counts: Counts, base: Model, priors: dict[str, float] | None, rows: int) -> Model:
    """Return the base model with the distributions the counts give, smoothed towards it."""
    likelihoods: dict[str, dict[str, list[float]]] = {}
    for place, column in enumerate(COLUMNS_OF_WEIGHTS):
        known = [LEVELS[code] for code in range(1, len(LEVELS)) if (column, LEVELS[code]) in base.weights]
        base_shares = np.exp([base.weights[column, level] for level in known])
        codes = [CODES[level] for level in known]
        if column in _UNLEARNT:
            shares = base_shares
        else:
            own = np.maximum(_BASE_PAIRS, counts[place, codes].sum(axis=0) * _BASE_SHARES)
            pseudo = base_shares / base_shares.sum(axis=0) * own
            shares = counts[place, codes] + pseudo
            shares = np.clip(shares / shares.sum(axis=0), _LEAST, 1.0)
            if place < _NAMES:
                shares[:, 1] = base_shares[:, 1]
        for row, level in enumerate(known):
            if verdict_of(level) is Verdict.DIFFER:
                shares[row] = np.maximum(shares[row], shares[row, 0])
        likelihoods[column] = {
            level.value: [float(f"{share:.6g}") for share in shares[row]] for row, level in enumerate(known)
        }
    return rewritten(base, likelihoods, version=base.version, priors=priors, rows=rows)
