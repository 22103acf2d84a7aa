"""Relatives a register tells of: siblings by both parents, parent and child by name. For learning weights only.

1. Siblings: two rows whose father and mother bear the same given name and surname; never the same given name and birth
   date, for that would be one person twice.
2. Parent and child: one row bears, given name and both surnames, the name the other gives for father or mother, and
   was born 14 to 60 years earlier.
3. What is found here is no fact about a family; it is counted and forgotten.
"""

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.blocking import NAME_PLACE, PARENTS_PLACE, parent_name_keys, stored_keys
from cotejo.identity.columns import Columns
from cotejo.identity.tokens import Tokens

MOST_PAIRS = 60_000
_YOUNGEST_PARENT, _OLDEST_PARENT = 14, 60
Numbers = npt.NDArray[np.int64]


def siblings(register: Columns, tokens: Tokens, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Return at most `MOST_PAIRS` pairs of rows that share both parents."""
    keys = stored_keys(register, tokens)[:, PARENTS_PLACE]
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] != 0]
    neighbours = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) if len(order) > 1 else np.zeros(0, np.int64)
    one, other = order[neighbours], order[neighbours + 1]
    rows = register.rows
    twice = (rows[one, kernel.G1] == rows[other, kernel.G1]) & (
        (rows[one, kernel.BIRTH] == rows[other, kernel.BIRTH]) | (rows[one, kernel.G2] == rows[other, kernel.G2])
    )
    surname = rows[one, kernel.S1] == rows[other, kernel.S1]
    return _some(one[surname & ~twice], other[surname & ~twice], chance)


def parents_and_children(register: Columns, tokens: Tokens, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Return at most `MOST_PAIRS` pairs of rows: a parent, and a child that names this parent in full."""
    names = stored_keys(register, tokens)[:, NAME_PLACE]
    order = np.argsort(names, kind="stable")
    borne = names[order]
    found: list[tuple[Numbers, Numbers]] = []
    for place in (kernel.FATHER, kernel.MOTHER):
        wanted = parent_name_keys(register, place, tokens)
        start, end = np.searchsorted(borne, wanted, "left"), np.searchsorted(borne, wanted, "right")
        child = np.flatnonzero((wanted != 0) & (end - start == 1))  # borne by one row only: likely that very parent
        found.append((order[start[child]], child))
    parent = np.concatenate([each for each, _ in found])
    child = np.concatenate([each for _, each in found])
    gap = register.rows[child, kernel.BIRTH] // 10_000 - register.rows[parent, kernel.BIRTH] // 10_000
    likely = (gap >= _YOUNGEST_PARENT) & (gap <= _OLDEST_PARENT) & (register.rows[parent, kernel.BIRTH] > 0)
    return _some(parent[likely], child[likely], chance)


def _some(one: Numbers, other: Numbers, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    if len(one) <= MOST_PAIRS:
        return one, other
    drawn = chance.choice(len(one), MOST_PAIRS, replace=False)
    return one[drawn], other[drawn]
