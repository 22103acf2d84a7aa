"""Linking two files: candidate pairs, levels, weights, competition, band. The duplicates of one: `duplicates`.

1. Each left row asks who it is among the right rows: its candidates compete with each other and with "not in this
   file". Two equal namesakes never both pass one half.
2. Scores are log posterior odds, natural logarithm, higher is better; bands are those of the pages. What is a score
   here never reaches a page.
3. The order of the rows of a file changes no score and no band.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from cotejo.identity.blocking import keys_of_files, namesakes
from cotejo.identity.bulk.blocks import Blocking, Blocks, Keyed, Rows
from cotejo.identity.columns import Columns, levels
from cotejo.identity.levels import COLUMNS_OF_LEVELS
from cotejo.identity.model import HYPOTHESES, Model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, bands_of, compete, log_odds, weights

THREADS: Final = 2
_POSSIBLE: Final = BANDS.index(Band.POSSIBLE)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scored:
    """Pairs by row number, left rows rising, the better pair of a left row first.

    `swayed`: 1 where other rows of the file raised the band of a pair, -1 where they lowered it, else 0.
    """

    left: Rows
    right: Rows
    levels: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    bands: npt.NDArray[np.uint8]
    swayed: npt.NDArray[np.int8]

    @classmethod
    def joined(cls, parts: "Sequence[Scored]") -> Self:
        """Return the pairs of all parts, one part after the other."""
        nothing = np.zeros(0, np.int64)
        pairs = np.zeros((0, len(COLUMNS_OF_LEVELS)), np.uint8), np.zeros((0, len(HYPOTHESES)))
        return cls(
            left=np.concatenate([nothing, *(part.left for part in parts)]),
            right=np.concatenate([nothing, *(part.right for part in parts)]),
            levels=np.concatenate([pairs[0], *(part.levels for part in parts)]),
            weights=np.concatenate([pairs[1], *(part.weights for part in parts)]),
            scores=np.concatenate([np.zeros(0), *(part.scores for part in parts)]),
            bands=np.concatenate([np.zeros(0, np.uint8), *(part.bands for part in parts)]),
            swayed=np.concatenate([np.zeros(0, np.int8), *(part.swayed for part in parts)]),
        )

    def in_order(self) -> "Scored":
        """Return the pairs by left row, the better pair first, then by right row."""
        return self.taken(np.lexsort((self.right, -self.scores, self.left)))

    def taken(self, numbers: npt.NDArray[np.int64]) -> "Scored":
        """Return some of the pairs, in the order given."""
        return Scored(
            left=self.left[numbers],
            right=self.right[numbers],
            levels=self.levels[numbers],
            weights=self.weights[numbers],
            scores=self.scores[numbers],
            bands=self.bands[numbers],
            swayed=self.swayed[numbers],
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

    yield from side_by_side(compared, Blocks(asked, stored))


def side_by_side(compared: Callable[[Keyed], Scored], blocks: Iterable[Keyed]) -> Iterator[Scored]:
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
    return Scored(
        left=i,
        right=j,
        levels=compared,
        weights=weighed,
        scores=scores,
        bands=told,
        swayed=np.zeros(len(i), np.int8),
    ).in_order()
