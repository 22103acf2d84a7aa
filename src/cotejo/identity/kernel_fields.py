"""Levels of two birth dates, numbers, places and parents.

1. A field that either record does not tell is unknown, never a difference. Symmetric.
2. Dates are compared as far as both go. 1 January often stands for an unknown day: it agrees as far as the year does.
3. Only valid numbers agree or differ. A slip shows by a check digit; a passport has none, so one sign is a slip.
4. A parent's name is compared by its words, in any order; one word alone is too little to say anything.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

import numpy as np

from cotejo.identity.kernel import (
    A_GENERATION_APART,
    AS_FAR,
    BADLY_WRITTEN,
    COMMON,
    COMMON_GIVEN_AND_SURNAME,
    DATE_IMPOSSIBLE,
    DAY_MONTH_SWAPPED,
    DAY_OFF_BY_ONE,
    DIFFERS,
    FIRST_OF_JANUARY,
    FLAG_SHIFT,
    GENERATION,
    GIVEN_AND_SURNAME,
    HALF,
    IMPOSSIBLE,
    ONE_DIGIT,
    OTHER_DAY,
    OTHER_MONTH,
    OTHER_YEAR,
    PARENT_WORDS,
    PARTLY,
    RESEMBLES,
    SAME,
    SAME_BADLY_WRITTEN,
    SAME_YEAR,
    SPELLING,
    TO_THE_MONTH,
    TO_THE_YEAR,
    UNKNOWN,
    WORD,
    YEAR_OFF_BY_ONE,
    YEARS_DIFFER,
    YEARS_NEAR,
    YEARS_OFF_BY_ONE,
    inner,
)
from cotejo.identity.kernel_told import FIVE, RESEMBLING, SHORT_FOR, TOLD
from cotejo.identity.kernel_words import bits


@inner
def _partial_dates(ay, am, by, bm):
    years = abs(ay - by)
    if years == 0:
        if am == 0 or bm == 0:
            return TO_THE_YEAR
        return TO_THE_MONTH if am == bm else YEARS_DIFFER
    if years == 1 and (am == 0 or bm == 0 or am == bm):
        return YEARS_OFF_BY_ONE
    if years <= 3 and (am == 0 or bm == 0):
        return YEARS_NEAR
    return A_GENERATION_APART if years >= GENERATION else YEARS_DIFFER


@inner
def _digits_apart(a, b):
    digits = 0
    for _ in range(8):
        digits += a % 10 != b % 10
        a, b = a // 10, b // 10
    return digits


@inner
def _one_slip(a, b):
    """Say whether two packed dates part by one digit, or by two neighbouring digits that changed places."""
    if _digits_apart(a, b) == 1:
        return True
    for _ in range(7):
        if a % 10 != b % 10:
            return a // 100 == b // 100 and a % 10 == b // 10 % 10 and b % 10 == a // 10 % 10
        a, b = a // 10, b // 10
    return False


@inner
def _possible(date, flagged):
    """Return a packed date without the parts that no calendar has."""
    if not flagged:
        return date
    year, month = date // 10_000, date // 100 % 100
    if year < 1850 or year > 2099:
        return np.int64(0)
    return year * 10_000 + (month * 100 if month <= 12 else 0)


@inner
def dates(a, b, one, other):
    """Return the level of two packed dates (YYYYMMDD, parts that are not known 0) of records with these states."""
    flagged = (one | other) & DATE_IMPOSSIBLE
    if a == 0 or b == 0:
        return IMPOSSIBLE if flagged else UNKNOWN
    if flagged:
        if a // 10_000 == b // 10_000 and a // 100 % 100 == b % 100 and a % 100 == b // 100 % 100:
            return DAY_MONTH_SWAPPED
        if a % 100 and b % 100 and _one_slip(a, b):
            return ONE_DIGIT
        a, b = _possible(a, one & DATE_IMPOSSIBLE), _possible(b, other & DATE_IMPOSSIBLE)
        if a == 0 or b == 0:
            return IMPOSSIBLE
    return _possible_dates(a, b)


@inner
def _possible_dates(a, b):
    ay, am, ad = a // 10_000, a // 100 % 100, a % 100
    by, bm, bd = b // 10_000, b // 100 % 100, b % 100
    years = abs(ay - by)
    if ad == 0 or bd == 0:
        return _partial_dates(ay, am, by, bm)
    if years == 0:
        if (am == 1 and ad == 1) or (bm == 1 and bd == 1):
            return FIRST_OF_JANUARY
        if a == b:
            return SAME
        if am == bd and ad == bm:
            return DAY_MONTH_SWAPPED
        if am == bm and abs(ad - bd) == 1:
            return DAY_OFF_BY_ONE
    if years == 1 and am == bm and ad == bd:
        return YEAR_OFF_BY_ONE
    if _one_slip(a, b):
        return ONE_DIGIT
    if years == 0:
        if am == bm:
            return OTHER_DAY
        return OTHER_MONTH if ad == bd else SAME_YEAR
    if am == bm and ad == bd:
        return OTHER_YEAR
    return A_GENERATION_APART if years >= GENERATION else DIFFERS


@inner
def number(rows, i, place):
    """Return a packed number of a row."""
    return (np.int64(rows[i, place + 1]) << 32) | (np.int64(rows[i, place]) & HALF)


@inner
def _one_edit(a, b):
    """Say whether two packed numbers (base 37) are one sign changed, added, left out, or two neighbours swapped."""
    while a % 37 == b % 37 and a > 0 and b > 0:
        a, b = a // 37, b // 37
    if a // 37 == b // 37 or a // 37 == b or b // 37 == a:
        return True
    return a // 1369 == b // 1369 and a % 37 == b // 37 % 37 and b % 37 == a // 37 % 37


@inner
def identifiers(a, b, valid_a, valid_b, slips):
    """Compare two numbers; `slips` when a number of this kind has no check digit that would show a slip."""
    if a == 0 or b == 0:
        return UNKNOWN
    if a == b:
        return SAME if valid_a and valid_b else SAME_BADLY_WRITTEN
    both = valid_a and valid_b
    if (slips or not both) and _one_edit(a, b):
        return ONE_DIGIT
    return DIFFERS if both else BADLY_WRITTEN


@inner
def places_of(a, b, known):
    """Compare two places."""
    if a == 0 or b == 0:
        return np.int64(UNKNOWN)
    return np.int64(SAME) if a == b else known[b] & TOLD


@inner
def parents(one, i, other, j, place, words, slot, facts):
    """Compare a parent's name by its words; one word alone is too little to say anything."""
    n = m = told = 0
    for x in range(PARENT_WORDS):
        n += one[i, place + x] != 0
        m += other[j, place + x] != 0
        told |= (one[i, place + x] != 0) << x
    if n < 2 or m < 2:
        return UNKNOWN
    first = words[slot, other[j, place]] & TOLD
    equal, alike, somehow = first & FIVE, first >> SHORT_FOR & FIVE, first >> RESEMBLING  # the subject's words
    equal_back, alike_back = np.int64(equal != 0), np.int64(alike != 0)  # how many of the candidate's
    for x in range(1, PARENT_WORDS):
        found = words[slot, other[j, place + x]] & TOLD
        equal |= found & FIVE
        alike |= found >> SHORT_FOR & FIVE
        somehow |= found >> RESEMBLING
        equal_back += found & FIVE != 0
        alike_back += found >> SHORT_FOR & FIVE != 0
    likes = bits(equal), equal_back, bits(alike), alike_back
    same_given, resembling = first >> SHORT_FOR & 1, somehow & told == told
    return _parents_level(n, m, one[i, place], other[j, place], likes, same_given, resembling, facts)


@inner
def _parents_level(n, m, given, other_given, likes, same_given, resembling, facts):
    """Return the level of two parents of n and m words, by how many words of each have their like in the other."""
    equal, equal_back, alike, alike_back = likes
    both_alike = min(alike, alike_back)
    if n == m:  # a word told twice on one side agrees once
        common, like = min(equal, equal_back), both_alike
    else:
        common, like = (equal, alike) if n < m else (equal_back, alike_back)
    shorter = min(n, m)
    if common == shorter:
        if shorter == 2 and n != m:
            told = given if n < m else other_given
            common_given = (facts[told, WORD] >> FLAG_SHIFT) & COMMON
            return COMMON_GIVEN_AND_SURNAME if common_given else GIVEN_AND_SURNAME
        return SAME if n == m else AS_FAR
    if like == shorter:
        return SPELLING
    if same_given and both_alike >= 2:
        return PARTLY
    return RESEMBLES if n == m and resembling and like >= 1 else DIFFERS


@inner
def names_parent(child, i, place, parent, j):
    """Say whether a record gives the other's own name, both surnames included, as that of this parent."""
    if child[i, place] == 0 or child[i, place + 2] == 0 or parent[j, 0] == 0 or parent[j, 3] == 0 or parent[j, 4] == 0:
        return False
    own = told = 0
    for k in range(PARENT_WORDS):
        told += child[i, place + k] != 0
        own += parent[j, k] != 0
        found = parent[j, k] == 0
        for x in range(place, place + PARENT_WORDS):
            found = found or child[i, x] == parent[j, k]
        if not found:
            return False
    return told == own
