"""Levels of two names, under the readings that agree best.

1. A field that either record does not tell is unknown, never a difference.
2. Every reading of one name is tried against the usual reading of the other, and the pair that agrees best counts. An
   unusual reading counts only when no name differs under it.
3. Symmetric: of two readings worth the same, one is taken by the levels alone.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

import numpy as np

from cotejo.identity.kernel import (
    ALIKE_SOMEHOW,
    AS_EITHER,
    AS_FAR,
    AS_GIVEN,
    AS_SURNAME,
    DIFFERS,
    EQUAL,
    IN_OTHER_PLACE,
    LETTER,
    MARRIED_NAME,
    MORE,
    MORE_COUNT,
    NICKNAME,
    ONE_OF_THE_GIVEN,
    OTHER,
    OTHER_FIRST_GIVEN,
    OTHER_ORDER,
    OTHER_SECOND_GIVEN,
    REREAD,
    RESEMBLES,
    SAME,
    SHORT,
    SLIP,
    SPELLING,
    UNKNOWN,
    inner,
)
from cotejo.identity.kernel_words import relation_of


@inner
def _given(one, i, other, j, facts, nicknames):
    n = np.int64(one[i, 0] != 0) + np.int64(one[i, 1] != 0) + np.int64(one[i, 2] != 0)
    m = np.int64(other[j, 0] != 0) + np.int64(other[j, 1] != 0) + np.int64(other[j, 2] != 0)
    if n == 0 or m == 0:
        return UNKNOWN
    if one[i, 0] == other[j, 0] and one[i, 1] == other[j, 1] and one[i, 2] == other[j, 2]:
        return SAME
    if n > m:
        return _given_short_first(other, j, m, one, i, n, facts, nicknames)
    return _given_short_first(one, i, n, other, j, m, facts, nicknames)


@inner
def _given_short_first(one, i, n, other, j, m, facts, nicknames):
    common = alike = 0
    for a in range(n):
        best = OTHER
        for b in range(m):
            best = max(best, relation_of(np.int64(one[i, a]), np.int64(other[j, b]), AS_GIVEN, facts, nicknames))
        common += best == EQUAL
        alike += best >= SLIP
    if n == m and common == n and one[i, 0] != other[j, 0]:
        return OTHER_ORDER
    first = relation_of(np.int64(one[i, 0]), np.int64(other[j, 0]), AS_GIVEN, facts, nicknames)
    if first >= LETTER:
        return _further_given(one, i, n, other, j, m, first, facts, nicknames)
    if first == SHORT:
        return NICKNAME
    if common == n or (n < m and alike == n):
        return ONE_OF_THE_GIVEN
    if first == ALIKE_SOMEHOW:
        return RESEMBLES
    return OTHER_FIRST_GIVEN if alike and n > 1 else DIFFERS


@inner
def _further_given(one, i, n, other, j, m, first, facts, nicknames):
    """Compare given names after a first one that agrees or is alike."""
    letter, weakest = first == LETTER, EQUAL
    for a in range(1, n):
        there = relation_of(np.int64(one[i, a]), np.int64(other[j, a]), AS_GIVEN, facts, nicknames)
        letter = letter or there == LETTER
        if there < SHORT:
            for b in range(m):
                if one[i, a] == other[j, b] or (n == m and other[j, a] == one[i, b]):
                    there = SLIP
        weakest = min(weakest, there)
    if weakest < SHORT:
        return RESEMBLES if weakest == ALIKE_SOMEHOW else OTHER_SECOND_GIVEN
    if first == LETTER:
        return AS_FAR
    return AS_FAR if first == EQUAL and (n < m or letter) else SPELLING


@inner
def _surname(a, b, facts, nicknames):
    if a == 0 or b == 0:
        return UNKNOWN
    relation = relation_of(np.int64(a), np.int64(b), AS_SURNAME, facts, nicknames)
    if relation == EQUAL:
        return SAME
    if relation == LETTER:
        return AS_FAR
    if relation == SLIP:
        return SPELLING
    return RESEMBLES if relation == ALIKE_SOMEHOW else DIFFERS


@inner
def _surnames(one, i, other, j, facts, nicknames):
    """Return the level of the first surnames and, 32 times it, that of the second."""
    first = _surname(one[i, 3], other[j, 3], facts, nicknames)
    second = _surname(one[i, 4], other[j, 4], facts, nicknames)
    if first == DIFFERS or first == RESEMBLES:
        across = _surname(one[i, 3], other[j, 4], facts, nicknames)
        back = _surname(one[i, 4], other[j, 3], facts, nicknames)
        here, there = across == SAME or across == SPELLING, back == SAME or back == SPELLING
        if here and there:
            return OTHER_ORDER + 32 * OTHER_ORDER
        if here or there:
            return IN_OTHER_PLACE + 32 * second
        if first == DIFFERS and (one[i, 3] == other[j, 5] or one[i, 5] == other[j, 3]):
            return MARRIED_NAME + 32 * second
    return first + 32 * second


@inner
def _worth(level):
    if level == SAME:
        return 40
    if level == UNKNOWN:
        return 0
    if level == DIFFERS or level == OTHER_FIRST_GIVEN or level == OTHER_SECOND_GIVEN:
        return -40
    if level == RESEMBLES:
        return 8
    return 30 if level == AS_FAR or level == SPELLING else 20


@inner
def _tried(one, i, other, j, kind, facts, nicknames):
    """Return one reading's worth above its levels: `worth << 20 | reading << 15 | second << 10 | first << 5 | given`.

    0 for a reading that is not the usual one and still leaves a name that differs.
    """
    given = _given(one, i, other, j, facts, nicknames)
    surnames = _surnames(one, i, other, j, facts, nicknames)
    first, second = surnames & 31, surnames >> 5
    if kind and min(_worth(given), _worth(first), _worth(second)) < 0:
        return 0
    worth = _worth(given) + _worth(first) + _worth(second) - 10 * kind + 1000
    reading = SAME if kind == 0 else (OTHER_ORDER if kind == REREAD else NICKNAME)
    # Of two readings worth the same, one is taken by the levels alone: both ways round agree.
    return (worth << 20) | (reading << 15) | (second << 10) | (first << 5) | given


@inner
def _exchanged(left, i, right, j, facts, nicknames):
    """Return the reading in which one record has given name and surname in each other's box, as `_tried`.

    One of the two in the other's box is a reading too: it leaves given names that differ.
    """
    if left[i, 4] and right[j, 4]:  # two surnames do not stand in a box for given names
        return 0
    given = relation_of(np.int64(left[i, 0]), np.int64(right[j, 3]), AS_EITHER, facts, nicknames)
    surname = relation_of(np.int64(left[i, 3]), np.int64(right[j, 0]), AS_EITHER, facts, nicknames)
    if given < SLIP and surname < SLIP:
        return 0
    if given < SLIP or surname < SLIP:
        worth = 1000 - 10 * REREAD + _worth(DIFFERS) + _worth(OTHER_ORDER)
        return (worth << 20) | (OTHER_ORDER << 15) | (OTHER_ORDER << 5) | DIFFERS
    worth = 1000 - 10 * REREAD + (40 if given == EQUAL else 30) + (40 if surname == EQUAL else 30)
    levels = (SAME if given == EQUAL else SPELLING) | ((SAME if surname == EQUAL else SPELLING) << 5)
    return (worth << 20) | (OTHER_ORDER << 15) | levels


@inner
def names_of(left, left_more, i, right, right_more, j, facts, nicknames):
    """Return the levels of the names under the reading that agrees best."""
    best = _tried(left, i, right, j, 0, facts, nicknames)
    if best & 0x7FFF == SAME | (SAME << 5) | (SAME << 10):
        return best
    best = max(best, _exchanged(left, i, right, j, facts, nicknames))
    for k in range(left[i, MORE], left[i, MORE] + left[i, MORE_COUNT]):
        best = max(best, _tried(left_more, k, right, j, np.int64(left_more[k, 6]), facts, nicknames))
    for k in range(right[j, MORE], right[j, MORE] + right[j, MORE_COUNT]):
        best = max(best, _tried(left, i, right_more, k, np.int64(right_more[k, 6]), facts, nicknames))
    return best
