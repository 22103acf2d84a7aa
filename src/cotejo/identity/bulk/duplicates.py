"""Finding the people who stand several times in one file.

1. A register may hold a person three times, and then three pairs are right: candidates do not compete. Instead the rows
   of a small group are judged together (`groups`): what a third row agrees with speaks for two others, what it
   contradicts against them.
2. `many_agree` rests on what the two rows of a pair themselves tell (`weighing.enough`): two rows that differ never
   reach it, whatever a third says.
3. Scores and bands are those of `linking`; the order of the rows changes none of them.
4. With `every` false only pairs that can be possible come out, and the file is gone through once; otherwise twice. So
   memory does not grow with the number of pairs.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from cotejo.identity.blocking import bearing_once, keys_of_files, namesakes
from cotejo.identity.bulk.blocks import Blocking, Blocks, Keyed
from cotejo.identity.bulk.groups import LINKED_FROM, Judged, judged
from cotejo.identity.bulk.linking import Scored, scored, side_by_side
from cotejo.identity.columns import Columns
from cotejo.identity.model import Model
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import bands_of, log_odds


def duplicates(
    people: Columns, tokens: Tokens, *, model: Model, blocking: Blocking, every: bool = True
) -> Iterator[Scored]:
    """Return every compared pair of one file once, the row that stands first on the left, chunk by chunk."""
    tokens.establish(people.token_counts(tokens), len(people))
    asked, stored = keys_of_files(people, people, tokens)
    borne = namesakes(people, bearing_once(people, stored), tokens)
    keys = np.concatenate((asked, stored), axis=1)  # both ways: the order of rows is no matter

    def compared(keyed: Keyed) -> Scored:
        i, j = blocking.pairs(keyed)
        once = i < j
        i, j = i[once], j[once]
        commoner = np.maximum(borne[i], borne[j])
        return scored(people, i, people, j, tokens, model=model, borne=commoner, competing=False)

    chunks = side_by_side(compared, Blocks(keys, keys))
    near = Scored.joined([chunk.taken(np.flatnonzero(chunk.scores > LINKED_FROM)) for chunk in chunks])
    links = near.left, near.right, near.scores
    groups = _scored(judged(people, tokens, links, model=model, borne=borne), model)
    yield from _with_groups(side_by_side(compared, Blocks(keys, keys)) if every else [near], groups, len(people))


def _scored(pairs: Judged, model: Model) -> Scored:
    """Return the pairs of groups with their bands, and what the other rows of the group made of them."""
    alone = log_odds(pairs.weights)
    before = bands_of(pairs.levels, alone, alone, model)
    after = bands_of(pairs.levels, pairs.odds, pairs.odds, model)
    return Scored(
        left=pairs.left,
        right=pairs.right,
        levels=pairs.levels,
        weights=pairs.weights,
        scores=pairs.odds,
        bands=after,
        swayed=np.sign(after.astype(np.int8) - before.astype(np.int8)),
    )


def _with_groups(chunks: Iterable[Scored], groups: Scored, rows: int) -> Iterator[Scored]:
    """Return chunks with what their groups say of the pairs in them; pairs that no key joined stand with their row."""
    codes, start = groups.left * rows + groups.right, 0
    for chunk in chunks:
        end = int(np.searchsorted(groups.left, chunk.left[-1], "right")) if len(chunk.left) else start
        own = chunk.taken(np.flatnonzero(~np.isin(chunk.left * rows + chunk.right, codes[start:end])))
        yield Scored.joined([own, groups.taken(np.arange(start, end))]).in_order()
        start = end
    yield groups.taken(np.arange(start, len(codes))).in_order()
