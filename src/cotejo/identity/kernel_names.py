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
    AS_FAR,
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
from cotejo.identity.kernel_told import OF_NAME, RELATION, THREE_GIVEN, TO_GIVEN, TO_SURNAME, TOLD


@inner
def _given(one, i, other, j, words, slot):
    n = np.int64(one[i, 0] != 0) + np.int64(one[i, 1] != 0) + np.int64(one[i, 2] != 0)
    m = np.int64(other[j, 0] != 0) + np.int64(other[j, 1] != 0) + np.int64(other[j, 2] != 0)
    if n == 0 or m == 0:
        return UNKNOWN
    if one[i, 0] == other[j, 0] and one[i, 1] == other[j, 1] and one[i, 2] == other[j, 2]:
        return SAME
    told = np.int64(0)  # what each given name is to each other: by the subject's, three bits; by the candidate's, nine
    for b in range(m):
        told |= (words[slot, other[j, b]] & THREE_GIVEN) << (9 * b)
    if n > m:
        return _given_short_first(other, j, m, one, i, n, told, 9, 3)
    return _given_short_first(one, i, n, other, j, m, told, 3, 9)


@inner
def _given_short_first(one, i, n, other, j, m, told, step, other_step):
    common = alike = 0
    for a in range(n):
        best = OTHER
        for b in range(m):
            best = max(best, told >> (step * a + other_step * b) & RELATION)
        common += best == EQUAL
        alike += best >= SLIP
    if n == m and common == n and one[i, 0] != other[j, 0]:
        return OTHER_ORDER
    first = told & RELATION
    if first >= LETTER:
        return _further_given(one, i, n, other, j, m, first, told)
    if first == SHORT:
        return NICKNAME
    if common == n or (n < m and alike == n):
        return ONE_OF_THE_GIVEN
    if first == ALIKE_SOMEHOW:
        return RESEMBLES
    return OTHER_FIRST_GIVEN if alike and n > 1 else DIFFERS


@inner
def _further_given(one, i, n, other, j, m, first, told):
    """Compare given names after a first one that agrees or is alike."""
    letter, weakest = first == LETTER, EQUAL
    for a in range(1, n):
        there = told >> (12 * a) & RELATION
        letter = letter or there == LETTER
        if there < SHORT:
            for b in range(m):
                if one[i, a] == other[j, b] or (n == m and other[j, a] == one[i, b]):
                    there = np.int64(SLIP)
        weakest = min(weakest, there)
    if weakest < SHORT:
        return RESEMBLES if weakest == ALIKE_SOMEHOW else OTHER_SECOND_GIVEN
    if first == LETTER:
        return AS_FAR
    return AS_FAR if first == EQUAL and (n < m or letter) else SPELLING


@inner
def _surname(a, b, relation):
    if a == 0 or b == 0:
        return UNKNOWN
    if relation == EQUAL:
        return SAME
    if relation == LETTER:
        return AS_FAR
    if relation == SLIP:
        return SPELLING
    return RESEMBLES if relation == ALIKE_SOMEHOW else DIFFERS


@inner
def _surnames(one, i, other, j, words, slot):
    """Return the level of the first surnames and, 32 times it, that of the second."""
    to_first = words[slot + 1, other[j, 3]] & TOLD
    to_second = words[slot + 1, other[j, 4]] & TOLD
    first = _surname(one[i, 3], other[j, 3], to_first & RELATION)
    second = _surname(one[i, 4], other[j, 4], to_second >> 3 & RELATION)
    if first == DIFFERS or first == RESEMBLES:
        across = _surname(one[i, 3], other[j, 4], to_second & RELATION)
        back = _surname(one[i, 4], other[j, 3], to_first >> 3 & RELATION)
        here, there = across == SAME or across == SPELLING, back == SAME or back == SPELLING
        if here and there:
            return OTHER_ORDER + 32 * OTHER_ORDER
        if here or there:
            return IN_OTHER_PLACE + 32 * second
        married = max(words[slot + 1, other[j, 5]] & RELATION, to_first >> 6 & RELATION)
        if first == DIFFERS and married >= SLIP:
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
def _tried(one, i, other, j, kind, words, slot):
    """Return one reading's worth above its levels: `worth << 20 | reading << 15 | second << 10 | first << 5 | given`.

    0 for a reading that is not the usual one and still leaves a name that differs.
    """
    surnames = _surnames(one, i, other, j, words, slot)
    first, second = surnames & 31, surnames >> 5
    if kind and min(_worth(first), _worth(second)) < 0:
        return 0
    given = _given(one, i, other, j, words, slot)
    if kind and _worth(given) < 0:
        return 0
    worth = _worth(given) + _worth(first) + _worth(second) - 10 * kind + 1000
    reading = SAME if kind == 0 else (OTHER_ORDER if kind == REREAD else NICKNAME)
    # Of two readings worth the same, one is taken by the levels alone: both ways round agree.
    return (worth << 20) | (reading << 15) | (second << 10) | (first << 5) | given


@inner
def _exchanged(left, i, right, j, words):
    """Return the reading in which one record has given name and surname in each other's box, as `_tried`.

    One of the two in the other's box is a reading too: it leaves given names that differ.
    """
    if left[i, 4] and right[j, 4]:  # two surnames do not stand in a box for given names
        return 0
    given = words[OF_NAME + 1, right[j, 3]] >> TO_GIVEN & RELATION
    surname = words[OF_NAME, right[j, 0]] >> TO_SURNAME & RELATION
    if given < SLIP and surname < SLIP:
        return 0
    if given < SLIP or surname < SLIP:
        worth = 1000 - 10 * REREAD + _worth(DIFFERS) + _worth(OTHER_ORDER)
        return (worth << 20) | (OTHER_ORDER << 15) | (OTHER_ORDER << 5) | DIFFERS
    worth = 1000 - 10 * REREAD + (40 if given == EQUAL else 30) + (40 if surname == EQUAL else 30)
    levels = (SAME if given == EQUAL else SPELLING) | ((SAME if surname == EQUAL else SPELLING) << 5)
    return (worth << 20) | (OTHER_ORDER << 15) | levels


@inner
def names_of(left, left_more, i, right, right_more, j, words):
    """Return the levels of the names under the reading that agrees best."""
    best = _tried(left, i, right, j, 0, words, OF_NAME)
    if best & 0x7FFF == SAME | (SAME << 5) | (SAME << 10):
        return best
    best = max(best, _exchanged(left, i, right, j, words))
    for k in range(left[i, MORE_COUNT]):
        row, slot = left[i, MORE] + k, OF_NAME + 2 + 2 * k
        best = max(best, _tried(left_more, row, right, j, np.int64(left_more[row, 6]), words, slot))
    for k in range(right[j, MORE], right[j, MORE] + right[j, MORE_COUNT]):
        kind = np.int64(right_more[k, 6])
        best = max(best, _tried(left, i, right_more, k, kind, words, OF_NAME))
    return best
