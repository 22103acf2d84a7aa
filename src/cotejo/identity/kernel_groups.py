"""Few records of one file judged together: how likely each two are one person, over all ways to part the group.

1. Every partition of a group into people is weighed: exact, for groups of at most `LARGEST_GROUP` records.
2. What speaks for a block being one person is taken field by field: the truth stands with one of the records that tell
   the field, each as likely as the next, and the others are copies of it. So a slip in one record is outvoted, and a
   contradiction between two records stays a contradiction whatever a third agrees with.
3. A record that tells a field less exactly than others (a year between two dates), or not so that it can be compared,
   joins nobody by it: those that tell more are held against each other, not against it.
4. What speaks for two blocks being relatives is the mean over their pairs, along the strongest tree of blocks, so that
   copies of a relative do not count as further relatives.
5. Two records alone come out at their own log odds.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

from functools import partial

import numpy as np

from cotejo.identity.kernel import compiled, inner

LARGEST_GROUP = 7
_MOST_PARTITIONS = 877  # of seven records


@inner
def _pair_place(a, b, size):
    """Return where the pair of two members stands in the list of a group's pairs."""
    low, high = min(a, b), max(a, b)
    return low * (2 * size - low - 1) // 2 + high - low - 1


@inner
def _centred(center, mask, size, gains, coarser, told, f):
    """Return what a field says for a block if its truth stands with this record."""
    total, further, best = 0.0, 0, -np.inf
    for o in range(size):
        if o == center or not mask >> o & 1:
            continue
        pair = _pair_place(center, o, size)
        if coarser[pair, f] and told[o, f] > told[center, f]:
            further |= 1 << o
        else:
            total += gains[pair, f]
    if not further:
        return total
    for first in range(size):
        if further >> first & 1:
            among = gains[_pair_place(center, first, size), f]
            for o in range(size):
                if o != first and further >> o & 1:
                    among += gains[_pair_place(first, o, size), f]
            best = max(best, among)
    return total + best


@partial(inner, making=True)
def _one_person(mask, size, gains, coarser, told, prior):
    """Return the log odds that a block is one person against its records being strangers to each other."""
    members = 0
    for m in range(size):
        members += mask >> m & 1
    total = (members - 1) * prior
    for f in range(gains.shape[1]):
        top, tellers = -np.inf, 0
        said = np.empty(LARGEST_GROUP)
        for center in range(size):
            if mask >> center & 1 and told[center, f]:
                said[tellers] = _centred(center, mask, size, gains, coarser, told, f)
                top = max(top, said[tellers])
                tellers += 1
        if tellers > 1:
            share = 0.0
            for k in range(tellers):
                share += np.exp(said[k] - top)
            total += top + np.log(share / tellers)
    return total


@partial(inner, making=True)
def _related(blocks, size, others):
    """Return what speaks for the blocks of a partition being relatives of each other."""
    if blocks.max() == 0:
        return 0.0
    count = blocks.max() + 1
    kin, pairs = np.zeros((count, count)), np.zeros((count, count))
    for a in range(size):
        for b in range(a + 1, size):
            one, other = blocks[a], blocks[b]
            if one != other:
                said = others[_pair_place(a, b, size)]
                kin[one, other] += said
                kin[other, one] += said
                pairs[one, other] += 1
                pairs[other, one] += 1
    best = np.full(count, -np.inf)
    done = np.zeros(count, np.bool_)
    done[0] = True
    for b in range(1, count):
        best[b] = kin[0, b] / pairs[0, b]
    total = 0.0
    for _ in range(count - 1):
        chosen = -1
        for b in range(count):
            if not done[b] and (chosen < 0 or best[b] > best[chosen]):
                chosen = b
        total += best[chosen]
        done[chosen] = True
        for b in range(count):
            if not done[b]:
                best[b] = max(best[b], kin[chosen, b] / pairs[chosen, b])
    return total


@partial(inner, making=True)
def _next_partition(blocks, size):
    """Turn a partition (each record's block, a restricted growth string) into the next one; False after the last."""
    for k in range(size - 1, 0, -1):
        if blocks[k] <= blocks[:k].max():
            blocks[k] += 1
            blocks[k + 1 : size] = 0
            return True
    return False


@partial(inner, making=True)
def _judge(size, gains, others, coarser, told, prior, out):
    single = np.zeros(1 << LARGEST_GROUP)
    for mask in range(1, 1 << size):
        if mask & (mask - 1):
            single[mask] = _one_person(mask, size, gains, coarser, told, prior)
    weights = np.empty(_MOST_PARTITIONS)
    blocks = np.zeros(LARGEST_GROUP, np.int64)
    count = 0
    more = True
    while more:
        total = _related(blocks[:size], size, others)
        for b in range(blocks[:size].max() + 1):
            block = np.int64(0)
            for m in range(size):
                block |= np.int64(blocks[m] == b) << m
            total += single[block]
        weights[count] = total
        count += 1
        more = _next_partition(blocks, size)
    weights[:count] = np.exp(weights[:count] - weights[:count].max())
    together, apart = np.zeros(len(out)), np.zeros(len(out))
    blocks[:] = 0
    for w in range(count):
        for a in range(size):
            for b in range(a + 1, size):
                if blocks[a] == blocks[b]:
                    together[_pair_place(a, b, size)] += weights[w]
                else:
                    apart[_pair_place(a, b, size)] += weights[w]
        _next_partition(blocks, size)
    for pair in range(len(out)):
        out[pair] = np.log(max(together[pair], 1e-300)) - np.log(max(apart[pair], 1e-300))


@partial(compiled, making=True)
def judge_groups(sizes, gains, others, coarser, told, prior, out):
    """Write the log posterior odds of every pair of every group into `out`.

    `sizes`: records of each group. Pairs stand group by group, (0, 1), (0, 2), ... (1, 2), ...: `gains[pair, field]` is
    what the field adds for one person against strangers, `others[pair]` what relatives add against strangers,
    `coarser[pair, field]` whether one tells the field less exactly. Members stand group by group: `told[member, field]`
    is how many parts of the field a record tells. `prior`: log odds that two records are one person.
    """
    pair, member = 0, 0
    for size in sizes:
        pairs = size * (size - 1) // 2
        _judge(
            size,
            gains[pair : pair + pairs],
            others[pair : pair + pairs],
            coarser[pair : pair + pairs],
            told[member : member + size],
            prior,
            out[pair : pair + pairs],
        )
        pair += pairs
        member += size
