"""Levels of millions of pairs, compiled: the one place where two records are compared.

1. A field that either record does not tell is unknown, never a difference.
2. Every pair of readings of the two names is tried and the one that agrees best counts (column `reading` says whether
   it is the usual one). A civil registry's reading stands before a reading that needs an alias.
3. Symmetric: comparing the other way round gives the same levels.
4. Numbers in this file are literal on purpose: the compiled code is kept on disk by the state of this file alone.
   `LEVEL_NUMBERS` is held equal to `levels.CODES` when the module is loaded.

Compiling takes some seconds, once; later processes load it in a fraction of a second. The folder is the package's own
`__pycache__`, else the user's cache folder, else `NUMBA_CACHE_DIR`; where none can be written, each process compiles.
"""

from collections.abc import Callable
from typing import Any, Final

import numba
import numpy as np

from cotejo.identity.levels import CODES

# A record is one row of 32 int32: two cache lines. `columns.py` says what each place holds.
G1, G2, G3, S1, S2, MARRIED = 0, 1, 2, 3, 4, 5
MORE, MORE_COUNT = 6, 7
BIRTH, STATES, PLACE = 8, 9, 10
DUI, PASSPORT = 12, 14  # each two places, the low half first
FATHER, MOTHER = 16, 21  # each five places: given, first surname, second surname, other words
ALIAS = 26
WIDTH = 32
PARENT_WORDS = 5
# A further reading: three given names, two surnames, married name, kind.
READING_WIDTH = 7
REREAD, BY_ALIAS = 1, 2
# Bits of STATES.
SEX_BITS, DUI_VALID, PASSPORT_VALID, DATE_IMPOSSIBLE, DATE_UNREADABLE = 3, 4, 8, 16, 32

UNKNOWN, SAME, AS_FAR, SPELLING, RESEMBLES, OTHER_ORDER = 0, 1, 2, 3, 4, 5
NICKNAME, ONE_OF_THE_GIVEN, OTHER_FIRST_GIVEN, OTHER_SECOND_GIVEN = 6, 7, 8, 9
IN_OTHER_PLACE, MARRIED_NAME, PARTLY = 10, 11, 12
TO_THE_MONTH, TO_THE_YEAR, DAY_OFF_BY_ONE, DAY_MONTH_SWAPPED, FIRST_OF_JANUARY = 13, 14, 15, 16, 17
ONE_DIGIT, OTHER_DAY, OTHER_MONTH, OTHER_YEAR, YEAR_OFF_BY_ONE, YEARS_OFF_BY_ONE = 18, 19, 20, 21, 22, 23
SAME_YEAR, YEARS_DIFFER, SAME_BADLY_WRITTEN, DIFFERS, A_GENERATION_APART = 24, 25, 26, 27, 28
BADLY_WRITTEN, IMPOSSIBLE = 29, 30
LEVEL_NUMBERS: Final = {
    "unknown": 0, "same": 1, "as_far_as_documented": 2, "spelling": 3, "resembles": 4, "other_order": 5,
    "nickname": 6, "one_of_the_given": 7, "other_first_given": 8, "other_second_given": 9, "in_other_place": 10,
    "married_name": 11, "partly": 12, "to_the_month": 13, "to_the_year": 14, "day_off_by_one": 15,
    "day_month_swapped": 16, "first_of_january": 17, "one_digit": 18, "other_day": 19, "other_month": 20,
    "other_year": 21, "year_off_by_one": 22, "years_off_by_one": 23, "same_year": 24, "years_differ": 25,
    "same_badly_written": 26, "differs": 27, "a_generation_apart": 28, "badly_written": 29, "impossible": 30,
}  # fmt: skip
if {str(level): code for level, code in CODES.items()} != LEVEL_NUMBERS:
    raise RuntimeError("kernel.LEVEL_NUMBERS and levels.CODES differ")
FIELDS = 12
READING_COLUMN, PARENT_COLUMN = 10, 11

# What two words are to each other, from nothing to the same.
_OTHER, _ALIKE_SOMEHOW, _SHORT, _LETTER, _SLIP, _EQUAL = 0, 1, 2, 3, 4, 5
_GENERATION = 13  # years
# One slip of the pen in a word this long leaves the same name more often than it makes another.
_SLIP_FROM, _TWO_SLIPS_FROM = 5, 9
_LONGEST = 20


def compiled(*signatures: str) -> Callable[[Any], Any]:
    """Return numba's decorator, kept on disk where some folder can be written."""

    def decorate(function: Any) -> Any:
        given = list(signatures) or None
        try:
            return numba.njit(given, cache=True, nogil=True)(function)
        except RuntimeError:  # no folder to keep compiled code in
            return numba.njit(given, nogil=True)(function)

    return decorate


@compiled()
def _edits(one, n, other, m, rows):  # type: ignore[no-untyped-def]
    """Return the letters to change, add, leave out or swap between two words."""
    start = 0
    while start < n and start < m and one[start] == other[start]:
        start += 1
    while n > start and m > start and one[n - 1] == other[m - 1]:
        n -= 1
        m -= 1
    n, m = n - start, m - start
    if n == 0 or m == 0:
        return n + m
    for j in range(m + 1):
        rows[1, j] = j
    for i in range(1, n + 1):
        now, before, earlier = (i + 1) % 3, i % 3, (i + 2) % 3
        rows[now, 0] = i
        for j in range(1, m + 1):
            a, b = one[start + i - 1], other[start + j - 1]
            least = rows[before, j - 1] + (a != b)
            least = min(least, rows[before, j] + 1, rows[now, j - 1] + 1)
            if i > 1 and j > 1 and a == other[start + j - 2] and one[start + i - 2] == b:
                least = min(least, rows[earlier, j - 2] + 1)
            rows[now, j] = least
    return rows[(n + 1) % 3, m]


@compiled()
def _is_nickname(nicknames, a, b):  # type: ignore[no-untyped-def]
    wanted = (np.uint64(min(a, b)) << np.uint64(32)) | np.uint64(max(a, b))
    low, high = 0, len(nicknames)
    while low < high:
        middle = (low + high) // 2
        if nicknames[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low < len(nicknames) and nicknames[low] == wanted


@compiled()
def _gendered(one, n, other, m):  # type: ignore[no-untyped-def]
    """Say whether two words part only at a final vowel: Mario and Maria, Juan and Juana."""
    stem_one = n - 1 if one[n - 1] == 97 or one[n - 1] == 111 or one[n - 1] == 101 else n
    stem_other = m - 1 if other[m - 1] == 97 or other[m - 1] == 111 or other[m - 1] == 101 else m
    if stem_one != stem_other or one[n - 1] == other[m - 1]:
        return False
    for k in range(stem_one):
        if one[k] != other[k]:
            return False
    return True


@compiled()
def _relation(a, b, letters, size, flags, sound, bare, nicknames, rows):  # type: ignore[no-untyped-def]
    """Return what two words are to each other."""
    if a == b:
        return _EQUAL
    n, m = size[a], size[b]
    if n == 0 or m == 0:
        return _OTHER
    if n == 1 or m == 1:
        return _LETTER if letters[a, 0] == letters[b, 0] else _OTHER
    if sound[a] == sound[b] or bare[a] == bare[b]:
        return _SLIP
    if flags[a] & 2 and flags[b] & 2 and _is_nickname(nicknames, a, b):
        return _SHORT
    if _gendered(letters[a], n, letters[b], m):
        return _OTHER
    shorter = min(n, m)
    if shorter < 4 or abs(np.int64(n) - np.int64(m)) * 3 > shorter + 1:
        return _OTHER
    known = (flags[a] & 1) and (flags[b] & 1)
    if known:
        return _OTHER
    edits = _edits(letters[a], n, letters[b], m, rows)
    if shorter >= _SLIP_FROM and edits <= (2 if shorter >= _TWO_SLIPS_FROM else 1):
        return _SLIP
    return _ALIKE_SOMEHOW if edits * 3 <= shorter + 1 else _OTHER


@compiled()
def _given(one, other, words):  # type: ignore[no-untyped-def]
    letters, size, flags, sound, bare, nicknames, rows = words
    n = (one[0] != 0) + (one[1] != 0) + (one[2] != 0)
    m = (other[0] != 0) + (other[1] != 0) + (other[2] != 0)
    if n == 0 or m == 0:
        return UNKNOWN
    if one[0] == other[0] and one[1] == other[1] and one[2] == other[2]:
        return SAME
    if n > m:
        one, other, n, m = other, one, m, n
    common = 0
    for i in range(n):
        for j in range(m):
            if one[i] == other[j]:
                common += 1
                break
    if n == m and common == n and one[0] != other[0]:
        return OTHER_ORDER
    first = _relation(one[0], other[0], letters, size, flags, sound, bare, nicknames, rows)
    if first >= _SLIP:
        letter = False
        for i in range(1, n):
            there = _relation(one[i], other[i], letters, size, flags, sound, bare, nicknames, rows)
            if there == _LETTER:
                letter = True
            elif there < _SLIP and there != _SHORT:
                back = False
                for j in range(m):
                    if one[i] == other[j] or (n == m and other[i] == one[min(j, n - 1)]):
                        back = True
                if not back:
                    return RESEMBLES if there == _ALIKE_SOMEHOW else OTHER_SECOND_GIVEN
        if n < m or letter:
            return AS_FAR if first == _EQUAL else SPELLING
        return SPELLING
    if first == _LETTER:
        for i in range(1, n):
            if _relation(one[i], other[i], letters, size, flags, sound, bare, nicknames, rows) < _LETTER:
                return OTHER_SECOND_GIVEN
        return AS_FAR
    if first == _SHORT:
        return NICKNAME
    if common == n:
        return ONE_OF_THE_GIVEN
    alike = 0
    for i in range(n):
        for j in range(m):
            if _relation(one[i], other[j], letters, size, flags, sound, bare, nicknames, rows) >= _SLIP:
                alike += 1
                break
    if n < m and alike == n:
        return ONE_OF_THE_GIVEN
    if first == _ALIKE_SOMEHOW:
        return RESEMBLES
    return OTHER_FIRST_GIVEN if alike and n > 1 else DIFFERS


@compiled()
def _surname(a, b, words):  # type: ignore[no-untyped-def]
    letters, size, flags, sound, bare, nicknames, rows = words
    if a == 0 or b == 0:
        return UNKNOWN
    relation = _relation(a, b, letters, size, flags, sound, bare, nicknames, rows)
    if relation == _EQUAL:
        return SAME
    if relation == _LETTER:
        return AS_FAR
    if relation == _SLIP:
        return SPELLING
    return RESEMBLES if relation == _ALIKE_SOMEHOW else DIFFERS


@compiled()
def _surnames(one, other, words):  # type: ignore[no-untyped-def]
    a1, a2, b1, b2 = one[3], one[4], other[3], other[4]
    first, second = _surname(a1, b1, words), _surname(a2, b2, words)
    if first == DIFFERS or first == RESEMBLES:
        across, back = _surname(a1, b2, words), _surname(a2, b1, words)
        here, there = across == SAME or across == SPELLING, back == SAME or back == SPELLING
        if here and there:
            return OTHER_ORDER, OTHER_ORDER
        if here or there:
            return IN_OTHER_PLACE, second
        if (a1 == other[5] or b1 == one[5]) and first == DIFFERS:
            return MARRIED_NAME, second
    return first, second


@compiled()
def _worth(level):  # type: ignore[no-untyped-def]
    if level == SAME:
        return 40
    if level == UNKNOWN:
        return 0
    if level == DIFFERS or level == OTHER_FIRST_GIVEN or level == OTHER_SECOND_GIVEN:
        return -40
    if level == RESEMBLES:
        return 8
    return 30 if level == AS_FAR or level == SPELLING else 20


@compiled()
def _names(row, more_one, other_row, more_other, words, out):  # type: ignore[no-untyped-def]
    """Write the levels of the names and of their reading."""
    best = -10_000
    for i in range(-1, row[MORE_COUNT]):
        one = row[:6] if i < 0 else more_one[row[MORE] + i, :6]
        kind_one = 0 if i < 0 else more_one[row[MORE] + i, 6]
        for j in range(-1, other_row[MORE_COUNT]):
            other = other_row[:6] if j < 0 else more_other[other_row[MORE] + j, :6]
            kind_other = 0 if j < 0 else more_other[other_row[MORE] + j, 6]
            given = _given(one, other, words)
            first, second = _surnames(one, other, words)
            kind = max(kind_one, kind_other)
            worth = 1000 * (_worth(given) + _worth(first) + _worth(second))
            worth -= 10_000 * ((kind_one > 0) + (kind_other > 0)) + 100 * kind
            # Of two readings worth the same, one is taken by the levels alone: both ways round agree.
            worth -= given + first + second
            if worth > best:
                best = worth
                out[0], out[1], out[2] = given, first, second
                out[10] = SAME if kind == 0 else (OTHER_ORDER if kind == 1 else NICKNAME)
            if kind == 0 and given == SAME and first == SAME and second == SAME:
                return


@compiled()
def _dates(a, b, states):  # type: ignore[no-untyped-def]
    """Return the level of two packed dates (YYYYMMDD, parts that are not known 0)."""
    if a == 0 or b == 0:
        return IMPOSSIBLE if states & (DATE_IMPOSSIBLE | DATE_UNREADABLE) else UNKNOWN
    ay, am, ad = a // 10_000, a // 100 % 100, a % 100
    by, bm, bd = b // 10_000, b // 100 % 100, b % 100
    years = abs(ay - by)
    if ad == 0 or bd == 0:
        if years == 0:
            if am == 0 or bm == 0:
                return TO_THE_YEAR
            return TO_THE_MONTH if am == bm else YEARS_DIFFER
        if years == 1 and (am == 0 or bm == 0 or am == bm):
            return YEARS_OFF_BY_ONE
        return A_GENERATION_APART if years >= _GENERATION else YEARS_DIFFER
    if a == b:
        return SAME
    if years == 0 and am == bd and ad == bm:
        return DAY_MONTH_SWAPPED
    if years == 0 and ((am == 1 and ad == 1) or (bm == 1 and bd == 1)):
        return FIRST_OF_JANUARY
    if years == 1 and am == bm and ad == bd:
        return YEAR_OFF_BY_ONE
    if years == 0 and am == bm and abs(ad - bd) == 1:
        return DAY_OFF_BY_ONE
    digits, x, y = 0, a, b
    for _ in range(8):
        digits += x % 10 != y % 10
        x, y = x // 10, y // 10
    if digits == 1:
        return ONE_DIGIT
    if years == 0:
        if am == bm:
            return OTHER_DAY
        return OTHER_MONTH if ad == bd else SAME_YEAR
    if am == bm and ad == bd:
        return OTHER_YEAR
    return A_GENERATION_APART if years >= _GENERATION else DIFFERS


@compiled()
def _number(row, place):  # type: ignore[no-untyped-def]
    return (np.int64(row[place + 1]) << 32) | (np.int64(row[place]) & 0xFFFFFFFF)


@compiled()
def _one_edit(a, b):  # type: ignore[no-untyped-def]
    """Say whether two packed numbers (base 37) are one sign changed, added, left out, or two neighbours swapped."""
    shared = np.int64(1)
    while a % 37 == b % 37 and a > 0 and b > 0:
        a, b = a // 37, b // 37
    if a // 37 == b // 37 or a // 37 == b or b // 37 == a:
        return True
    return a // 1369 == b // 1369 and a % 37 == b // 37 % 37 and b % 37 == a // 37 % 37 and shared == 1


@compiled()
def _identifiers(a, b, valid_a, valid_b, slips):  # type: ignore[no-untyped-def]
    """Compare two numbers; `slips` when a number of this kind has no check digit that would show a slip."""
    if a == 0 or b == 0:
        return UNKNOWN
    if a == b:
        return SAME if valid_a and valid_b else SAME_BADLY_WRITTEN
    both = valid_a and valid_b
    if (slips or not both) and _one_edit(a, b):
        return ONE_DIGIT
    return DIFFERS if both else BADLY_WRITTEN


@compiled()
def _places(a, b, places, words):  # type: ignore[no-untyped-def]
    letters, size, flags, sound, bare, nicknames, rows = words
    if a == 0 or b == 0:
        return UNKNOWN
    if a == b:
        return SAME
    one, other = places[a], places[b]
    n = m = common = alike = 0
    for i in range(len(one)):
        n += one[i] != 0
        m += other[i] != 0
    for i in range(n):
        for j in range(m):
            if one[i] == other[j]:
                common += 1
            elif _relation(one[i], other[j], letters, size, flags, sound, bare, nicknames, rows) == _SLIP:
                alike += 1
    if common == min(n, m):
        return AS_FAR
    if n == m and common + alike >= n:
        return SPELLING
    return PARTLY if common + alike > 0 else DIFFERS


@compiled()
def _parents(one, other, words):  # type: ignore[no-untyped-def]
    """Compare a parent's name by its words; one word alone is too little to say anything."""
    letters, size, flags, sound, bare, nicknames, rows = words
    n = m = common = 0
    for i in range(PARENT_WORDS):
        n += one[i] != 0
        m += other[i] != 0
    if n < 2 or m < 2:
        return UNKNOWN
    if n > m:
        one, other, n, m = other, one, m, n
    one_like, other_like, weakest = 0, 0, _EQUAL
    for i in range(PARENT_WORDS):
        best = _OTHER
        for j in range(PARENT_WORDS):
            if one[i] and other[j]:
                best = max(best, _relation(one[i], other[j], letters, size, flags, sound, bare, nicknames, rows))
        common += best == _EQUAL
        if one[i]:
            one_like += best >= _SHORT
            weakest = min(weakest, best)
    for j in range(PARENT_WORDS):
        if not other[j]:
            continue
        for i in range(PARENT_WORDS):
            if one[i] and _relation(one[i], other[j], letters, size, flags, sound, bare, nicknames, rows) >= _SHORT:
                other_like += 1
                break
    if common == n:
        return SAME if n == m else AS_FAR
    if one_like == n and (n < m or other_like == m):
        return SPELLING
    given = _relation(one[0], other[0], letters, size, flags, sound, bare, nicknames, rows)
    if given >= _SHORT and one_like >= 2:
        return PARTLY
    if weakest >= _ALIKE_SOMEHOW and one_like >= 1:
        return RESEMBLES
    return DIFFERS


@compiled()
def _names_parent(child, parent, place):  # type: ignore[no-untyped-def]
    """Say whether a record gives the other's own name, both surnames included, as that of this parent."""
    if child[place] == 0 or parent[G1] == 0 or parent[S1] == 0 or parent[S2] == 0:
        return False
    if child[place + 2] == 0:
        return False
    for k in range(6):
        own = parent[k]
        if k == 5 or own == 0:
            continue
        found = False
        for i in range(PARENT_WORDS):
            found = found or child[place + i] == own
        if not found:
            return False
    own_words = 0
    told = 0
    for k in range(5):
        own_words += parent[k] != 0
        told += child[place + k] != 0
    return told == own_words


@compiled()
def _pair(one, more_one, other, more_other, places, words, out):  # type: ignore[no-untyped-def]
    _names(one, more_one, other, more_other, words, out)
    states_one, states_other = one[STATES], other[STATES]
    out[3] = _dates(one[BIRTH], other[BIRTH], states_one | states_other)
    sex_one, sex_other = states_one & SEX_BITS, states_other & SEX_BITS
    out[4] = UNKNOWN if sex_one == 0 or sex_other == 0 else (SAME if sex_one == sex_other else DIFFERS)
    out[5] = _places(one[PLACE], other[PLACE], places, words)
    out[6] = _identifiers(
        _number(one, DUI), _number(other, DUI), states_one & DUI_VALID != 0, states_other & DUI_VALID != 0, False
    )
    out[7] = _identifiers(
        _number(one, PASSPORT),
        _number(other, PASSPORT),
        states_one & PASSPORT_VALID != 0,
        states_other & PASSPORT_VALID != 0,
        True,
    )
    out[8] = _parents(one[FATHER : FATHER + PARENT_WORDS], other[FATHER : FATHER + PARENT_WORDS], words)
    out[9] = _parents(one[MOTHER : MOTHER + PARENT_WORDS], other[MOTHER : MOTHER + PARENT_WORDS], words)
    named = (
        _names_parent(one, other, FATHER)
        or _names_parent(one, other, MOTHER)
        or _names_parent(other, one, FATHER)
        or _names_parent(other, one, MOTHER)
    )
    out[11] = SAME if named else UNKNOWN


_ROWS = "Array(int32, 2, 'C', readonly=True)"


@compiled()
def levels_of_pairs(  # type: ignore[no-untyped-def]
    left, left_more, i, right, right_more, j, letters, size, flags, sound, bare, nicknames, places, out
):
    """Write the levels of the pairs `(i[k], j[k])` into `out[k]`."""
    words = (letters, size, flags, sound, bare, nicknames, np.empty((3, _LONGEST + 2), np.int64))
    for k in range(len(i)):
        _pair(left[i[k]], left_more, right[j[k]], right_more, places, words, out[k])


@compiled()
def weigh_levels(levels, table, priors, cost, out):  # type: ignore[no-untyped-def]
    """Write into `out[k]` the four sums of a pair's levels; `cost[k]` is what the name adds to "unrelated"."""
    for k in range(len(levels)):
        for h in range(4):
            total = priors[h]
            for f in range(FIELDS):
                total += table[f, levels[k, f], h]
            if h == 1:
                total += cost[k]
            out[k, h] = total
