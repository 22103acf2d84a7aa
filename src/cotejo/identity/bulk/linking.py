"""Linking two files, and finding the duplicates of one: candidate pairs, levels, weights, competition, band.

1. Of two files, each left row asks who it is among the right rows: its candidates compete with each other and with "not
   in this file". Two equal namesakes never both pass one half.
2. Of one file, every pair is weighed on its own: a register may hold a person three times, and then three pairs are
   right. Nothing competes. How often strangers share a birthplace is read off the file.
3. Scores are log posterior odds, natural logarithm, higher is better; bands are those of the pages. What is a score
   here never reaches a page.
4. The order of the rows of a file changes no score and no band.
"""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.blocking import keys_of_files, namesakes
from cotejo.identity.bulk.blocks import Blocking, Blocks, Keyed, Rows
from cotejo.identity.columns import Columns, levels
from cotejo.identity.levels import Field, Level
from cotejo.identity.model import HYPOTHESES, Hypothesis, Likelihoods, Model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, bands_of, compete, log_odds, weights

THREADS: Final = 2
UNRELATED: Final = HYPOTHESES.index(Hypothesis.UNRELATED)
_SHARED_PLACE: Final = frozenset({Level.SAME, Level.AS_FAR_AS_DOCUMENTED, Level.SPELLING})
_POSSIBLE: Final = BANDS.index(Band.POSSIBLE)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scored:
    """Pairs by row number, left rows rising, the better pair of a left row first."""

    left: Rows
    right: Rows
    levels: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    bands: npt.NDArray[np.uint8]

    def taken(self, numbers: npt.NDArray[np.int64]) -> "Scored":
        """Return some of the pairs, in the order given."""
        return Scored(
            left=self.left[numbers],
            right=self.right[numbers],
            levels=self.levels[numbers],
            weights=self.weights[numbers],
            scores=self.scores[numbers],
            bands=self.bands[numbers],
        )

    def possible(self) -> "Scored":
        """Return the pairs not below `possible`."""
        return self.taken(np.flatnonzero(self.bands >= _POSSIBLE))


def linked(left: Columns, right: Columns, tokens: Tokens, *, model: Model, blocking: Blocking) -> Iterator[Scored]:
    """Return every compared pair of two files, chunk by chunk; all candidates of a left row are in one chunk."""
    tokens.establish(right.token_counts(tokens), len(right))
    asked, stored = keys_of_files(left, right, tokens)
    borne = namesakes(left, stored, tokens)

    def compared(keyed: Keyed) -> Scored:
        i, j = blocking.pairs(keyed)
        return scored(left, i, right, j, tokens, model=model, borne=borne[i])

    yield from _side_by_side(compared, Blocks(asked, stored))


def duplicates(people: Columns, tokens: Tokens, *, model: Model, blocking: Blocking) -> Iterator[Scored]:
    """Return every compared pair of one file once, the row that stands first on the left, chunk by chunk."""
    tokens.establish(people.token_counts(tokens), len(people))
    asked, stored = keys_of_files(people, people, tokens)
    borne = namesakes(people, stored, tokens)
    judging = _with_places_of(people, model)
    every = np.concatenate((asked, stored), axis=1)  # both ways: the order of rows is no matter

    def compared(keyed: Keyed) -> Scored:
        i, j = blocking.pairs(keyed)
        once = i < j
        i, j = i[once], j[once]
        commoner = np.maximum(borne[i], borne[j])
        return scored(people, i, people, j, tokens, model=judging, borne=commoner, competing=False)

    yield from _side_by_side(compared, Blocks(every, every))


def _side_by_side(compared: Callable[[Keyed], Scored], blocks: Iterable[Keyed]) -> Iterator[Scored]:
    """Return the chunks in their order, a few being made at a time: joining and comparing let go of Python's lock."""
    with ThreadPoolExecutor(THREADS) as pool:
        making: deque[Future[Scored]] = deque()
        for keyed in blocks:
            making.append(pool.submit(compared, keyed))
            if len(making) > THREADS:
                yield making.popleft().result()
        while making:
            yield making.popleft().result()


def scored(
    left: Columns,
    i: Rows,
    right: Columns,
    j: Rows,
    tokens: Tokens,
    *,
    model: Model,
    borne: npt.NDArray[np.int64],
    competing: bool = True,
) -> Scored:
    """Compare and weigh pairs; `borne` says of each how many rows bear its name (of two names, the commoner)."""
    compared = levels(left, i, right, j, tokens)
    weighed = weights(compared, model, borne, len(right))
    odds = log_odds(weighed)
    scores = compete(odds, i) if competing else odds
    told = bands_of(compared, odds, scores, model)
    pairs = Scored(left=i, right=j, levels=compared, weights=weighed, scores=scores, bands=told)
    return pairs.taken(np.lexsort((j, -scores, i)))


def _with_places_of(people: Columns, model: Model) -> Model:
    """Return the model with how often two strangers of this file share a birthplace, where that is rarer than it says.

    The standard model knows a country of few towns with many people in them; a file of many small places says more.
    """
    places = np.bincount(people.rows[:, kernel.PLACE])[1:]
    told = places.sum()
    by_chance = float((places.astype(np.float64) ** 2).sum() / told**2) if told else 1.0
    usual = model.likelihoods(Field.BIRTH_PLACE, Level.SAME)[UNRELATED]
    rarer = min(0.0, math.log(by_chance) - usual)
    changed = {
        (column, level): _shifted(logs, rarer) if column == Field.BIRTH_PLACE and level in _SHARED_PLACE else logs
        for (column, level), logs in model.weights.items()
    }
    return replace(model, weights=changed)


def _shifted(logs: Likelihoods, by: float) -> Likelihoods:
    same, unrelated, sibling, parent_child = logs
    return same, unrelated + by, sibling, parent_child
