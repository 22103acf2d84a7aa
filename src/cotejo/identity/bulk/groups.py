"""Rows of one file that may be one person, judged in small groups: a third row speaks for or against two others.

1. Rows are linked where a pair of them is not far from likely; linked rows form groups. A group larger than
   `LARGEST_GROUP` falls apart at its weakest links, again and again, all links of one weight at once: never are rows
   joined because a chain leads from one to the other.
2. In a group every pair is compared, whether a key joined it or not, and judged over all ways to part the group into
   people (`kernel_groups`). A pair in no group keeps its own odds.
3. Which group a row is in, and what comes out, does not depend on the order of the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.bulk.blocks import Rows
from cotejo.identity.columns import Columns, levels
from cotejo.identity.kernel_groups import LARGEST_GROUP, judge_groups
from cotejo.identity.levels import CODES, Field, Level
from cotejo.identity.model import Model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import gains, weights

LINKED_FROM: Final = -5.0
"""Log odds from which two rows are linked: less likely than one in a hundred and fifty, a third row changes nothing."""
_FEWEST: Final = 3
_COARSER: Final = np.isin(
    np.arange(len(CODES)),
    [
        CODES[level]
        for level in (
            Level.AS_FAR_AS_DOCUMENTED, Level.GIVEN_AND_SURNAME, Level.COMMON_GIVEN_AND_SURNAME, Level.ONE_OF_THE_GIVEN,
            Level.TO_THE_MONTH, Level.TO_THE_YEAR, Level.FIRST_OF_JANUARY, Level.YEARS_OFF_BY_ONE, Level.YEARS_NEAR,
            Level.YEARS_DIFFER, Level.UNKNOWN, Level.BADLY_WRITTEN, Level.IMPOSSIBLE,
        )
    ],
)  # fmt: skip
_FIRST_OF_JANUARY: Final = 101
_YEAR, _DATE = 1, 3
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Judged:
    """Every pair inside a group, by left row, then by right row: levels, weights of the pair alone, joint log odds."""

    left: Rows
    right: Rows
    levels: npt.NDArray[np.uint8]
    weights: Floats
    odds: Floats


def judged(
    people: Columns, tokens: Tokens, links: tuple[Rows, Rows, Floats], *, model: Model, borne: npt.NDArray[np.int64]
) -> Judged:
    """Judge the groups that links (left, right, log odds) form; `borne`: how many bear the name of each row."""
    groups = sorted(small_groups(*links))
    members = np.array([row for group in groups for row in group], np.int64)
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], np.int64).reshape(-1, 2)
    left, right = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
    compared = levels(people, left, people, right, tokens)
    commoner = np.maximum(borne[left], borne[right])
    weighed = weights(compared, model, commoner, len(people))
    others = weighed[:, 1:]
    odds = np.zeros(len(pairs))
    judge_groups(
        np.array([len(group) for group in groups], np.int64),
        gains(compared, model, commoner, len(people)),
        np.logaddexp.reduce(others, axis=1) - others[:, 0],
        np.concatenate((_COARSER[compared[:, : len(Field)]], np.zeros((len(pairs), 1), np.bool_)), axis=1),
        parts_told(people.take(members), tokens),
        float(model.priors_among(len(people))[0]),
        odds,
    )
    order = np.lexsort((right, left))
    return Judged(
        left=left[order], right=right[order], levels=compared[order], weights=weighed[order], odds=odds[order]
    )


def small_groups(left: Rows, right: Rows, odds: Floats) -> Iterator[tuple[int, ...]]:
    """Return the groups of three to `LARGEST_GROUP` rows that links form, each in rising order."""
    near = np.flatnonzero(odds > LINKED_FROM)
    order = near[np.argsort(-odds[near], kind="stable")]
    links = zip(odds[order].tolist(), left[order].tolist(), right[order].tolist(), strict=True)
    group_of: dict[int, set[int]] = {}
    closed: set[int] = set()  # rows whose group would be too large with any weaker link
    for _odds, alike in groupby(links, key=lambda link: link[0]):
        for rows in _connected([(one, other) for _, one, other in alike], group_of):
            if len(rows) > LARGEST_GROUP or not closed.isdisjoint(rows):
                closed |= rows
            else:
                group_of.update(dict.fromkeys(rows, rows))
    for number, rows in group_of.items():
        if len(rows) >= _FEWEST and number == min(rows):
            yield tuple(sorted(rows))


def _connected(links: list[tuple[int, int]], group_of: dict[int, set[int]]) -> list[set[int]]:
    """Return the rows that links of one weight connect, each with the group it is in already."""
    into: dict[int, set[int]] = {}
    for link in links:
        joined: set[int] = set()
        for row in link:
            joined |= into.get(row) or group_of.get(row, {row})
        into.update(dict.fromkeys(joined, joined))
    return list({id(rows): rows for rows in into.values()}.values())


def parts_told(people: Columns, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Return how many parts of each field a row tells, and 1 for the pair as a whole in the last place.

    Given names, words of places and parents are counted; of a birth date the year, month and day that can be true; a
    valid number is told more exactly than one badly written.
    """
    rows = people.rows
    told = np.ones((len(rows), len(Field) + 1), np.int64)
    born, states = rows[:, kernel.BIRTH], rows[:, kernel.STATES]
    date = (born > 0).astype(np.int64) + (born // 100 % 100 > 0) + (born % 100 > 0)
    year_only = (date == _DATE) & (born % 10_000 == _FIRST_OF_JANUARY)
    counted = {
        Field.GIVEN: (rows[:, kernel.G1 : kernel.G3 + 1] != 0).sum(axis=1),
        Field.FIRST_SURNAME: rows[:, kernel.S1] != 0,
        Field.SECOND_SURNAME: rows[:, kernel.S2] != 0,
        Field.BIRTH_DATE: np.where(year_only | (states & kernel.DATE_IMPOSSIBLE > 0) & (date > 0), _YEAR, date),
        Field.SEX: states & kernel.SEX_BITS > 0,
        Field.BIRTH_PLACE: (tokens.arrays().places[rows[:, kernel.PLACE]] != 0).sum(axis=1),
        Field.DUI: rows[:, kernel.DUI : kernel.DUI + 2].any(axis=1) * 1 + (states & kernel.DUI_VALID > 0),
        Field.PASSPORT: rows[:, kernel.PASSPORT : kernel.PASSPORT + 2].any(axis=1) * 1
        + (states & kernel.PASSPORT_VALID > 0),
        Field.FATHER: (rows[:, kernel.FATHER : kernel.FATHER + kernel.PARENT_WORDS] != 0).sum(axis=1),
        Field.MOTHER: (rows[:, kernel.MOTHER : kernel.MOTHER + kernel.PARENT_WORDS] != 0).sum(axis=1),
    }
    for place, field in enumerate(Field):
        told[:, place] = counted[field]
    return told
