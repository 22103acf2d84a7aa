"""Levels of millions of pairs, compiled: the one place where two records are compared.

1. A field that either record does not tell is unknown, never a difference.
2. Every reading of one name is tried against the usual reading of the other, and the pair that agrees best counts
   (column `reading` says whether it is the usual one). An unusual reading counts only when no name differs under it. A civil registry's reading stands before a reading that needs an alias.
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
SEX_BITS, DUI_VALID, PASSPORT_VALID, DATE_IMPOSSIBLE = 3, 4, 8, 16

UNKNOWN, SAME, AS_FAR, GIVEN_AND_SURNAME = 0, 1, 2, 3
COMMON_GIVEN_AND_SURNAME, SPELLING, RESEMBLES, OTHER_ORDER = 4, 5, 6, 7
NICKNAME, ONE_OF_THE_GIVEN, OTHER_FIRST_GIVEN, OTHER_SECOND_GIVEN = 8, 9, 10, 11
IN_OTHER_PLACE, MARRIED_NAME, PARTLY, TO_THE_MONTH = 12, 13, 14, 15
TO_THE_YEAR, DAY_OFF_BY_ONE, DAY_MONTH_SWAPPED, FIRST_OF_JANUARY = 16, 17, 18, 19
ONE_DIGIT, OTHER_DAY, OTHER_MONTH, OTHER_YEAR = 20, 21, 22, 23
YEAR_OFF_BY_ONE, YEARS_OFF_BY_ONE, YEARS_NEAR, SAME_YEAR = 24, 25, 26, 27
YEARS_DIFFER, SAME_BADLY_WRITTEN, DIFFERS, A_GENERATION_APART = 28, 29, 30, 31
BADLY_WRITTEN, IMPOSSIBLE = 32, 33
LEVEL_NUMBERS: Final = {
    "unknown": 0, "same": 1, "as_far_as_documented": 2, "given_and_surname": 3, "common_given_and_surname": 4,
    "spelling": 5, "resembles": 6, "other_order": 7, "nickname": 8, "one_of_the_given": 9, "other_first_given": 10,
    "other_second_given": 11, "in_other_place": 12, "married_name": 13, "partly": 14, "to_the_month": 15,
    "to_the_year": 16, "day_off_by_one": 17, "day_month_swapped": 18, "first_of_january": 19, "one_digit": 20,
    "other_day": 21, "other_month": 22, "other_year": 23, "year_off_by_one": 24, "years_off_by_one": 25,
    "years_near": 26, "same_year": 27, "years_differ": 28, "same_badly_written": 29, "differs": 30,
    "a_generation_apart": 31, "badly_written": 32, "impossible": 33,
}  # fmt: skip
if {str(level): code for level, code in CODES.items()} != LEVEL_NUMBERS:
    raise RuntimeError("kernel.LEVEL_NUMBERS and levels.CODES differ")
FIELDS = 12
FATHER_COLUMN, MOTHER_COLUMN, READING_COLUMN, PARENT_COLUMN = 8, 9, 10, 11
OF_SAME_SURNAME = 4  # from a parent's column of levels to its column of weights

# What two words are to each other, from nothing to the same.
_OTHER, _ALIKE_SOMEHOW, _SHORT, _LETTER, _SLIP, _EQUAL = 0, 1, 2, 3, 4, 5
_GENERATION = 13  # years
# Flags of a word (`tokens`); a role is what a word is asked about.
_AS_GIVEN, _NICKNAMED, _AS_SURNAME, _COMMON = 1, 2, 4, 8
_AS_EITHER = 5
_HALF = 0xFFFFFFFF
_PLACE_WORDS = 6
# One slip of the pen in a word this long leaves the same name more often than it makes another.
_SLIP_FROM, _TWO_SLIPS_FROM = 5, 9
# A word's facts, six int64: sound; bare word with size, flags and the set of its letters above it; its letters.
_SOUND, _WORD, _LETTERS = 0, 1, 2
_SIZE_SHIFT, _FLAG_SHIFT, _LETTERS_SHIFT = 32, 40, 48


def compiled(*, inner: bool = False) -> Callable[[Any], Any]:
    """Return numba's decorator, kept on disk where some folder can be written; `inner`: called by compiled code only."""
    options = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": inner, "no_cfunc_wrapper": True}

    def decorate(function: Any) -> Any:
        try:
            return numba.njit(cache=True, **options)(function)
        except RuntimeError:  # no folder to keep compiled code in
            return numba.njit(**options)(function)

    return decorate


@compiled(inner=True)
def _letter(facts, a, k):  # type: ignore[no-untyped-def]
    return (facts[a, _LETTERS + (k >> 3)] >> ((k & 7) << 3)) & 255


@compiled(inner=True)
def _bits(number):  # type: ignore[no-untyped-def]
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count


@compiled(inner=True)
def _edits(facts, a, n, b, m):  # type: ignore[no-untyped-def]
    """Return the letters to change, add, leave out or swap between two words (Hyyrö 2003, bit-parallel)."""
    up, down, diagonal, before, distance = np.int64(-1), np.int64(0), np.int64(0), np.int64(0), n
    last = np.int64(1) << (n - 1)
    for j in range(m):
        letter = _letter(facts, b, j)
        here = np.int64(0)
        for i in range(n):
            here |= np.int64(_letter(facts, a, i) == letter) << i
        swapped = ((~diagonal & here) << 1) & before
        diagonal = (((here & up) + up) ^ up) | here | down | swapped
        plus, minus = down | ~(diagonal | up), diagonal & up
        distance += np.int64((plus & last) != 0) - np.int64((minus & last) != 0)
        plus, minus = (plus << 1) | 1, minus << 1
        up, down, before = minus | ~(diagonal | plus), plus & diagonal, here
    return distance


@compiled(inner=True)
def _is_nickname(nicknames, a, b):  # type: ignore[no-untyped-def]
    wanted = (min(a, b) << 32) | max(a, b)
    low, high = 0, len(nicknames)
    while low < high:
        middle = (low + high) >> 1
        if nicknames[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low < len(nicknames) and nicknames[low] == wanted


@compiled(inner=True)
def _stem(facts, a, n):  # type: ignore[no-untyped-def]
    """Return the length of a word without a final a, e or o."""
    end = _letter(facts, a, n - 1)
    return n - 1 if end == 97 or end == 101 or end == 111 else n


@compiled(inner=True)
def _gendered(facts, a, n, b, m):  # type: ignore[no-untyped-def]
    """Say whether two words part only at a final vowel: Mario and Maria, Juan and Juana."""
    stem = _stem(facts, a, n)
    if stem != _stem(facts, b, m) or (n == m and _letter(facts, a, n - 1) == _letter(facts, b, m - 1)):
        return False
    for k in range(stem):
        if _letter(facts, a, k) != _letter(facts, b, k):
            return False
    return True


@compiled(inner=True)
def _begins(facts, a, n, b):  # type: ignore[no-untyped-def]
    """Say whether word b begins with the n letters of word a."""
    for k in range(n):
        if _letter(facts, a, k) != _letter(facts, b, k):
            return False
    return True


@compiled(inner=True)
def _written_alike(a, n, b, m, known, facts):  # type: ignore[no-untyped-def]
    """Return what two words are to each other by their letters; `known`: how many of the two are established names."""
    shorter = min(n, m)
    if known == 1 and shorter >= 3 and n != m and _begins(facts, a if n < m else b, shorter, b if n < m else a):
        return _SLIP if abs(n - m) == 1 and shorter > 3 else _LETTER
    if _gendered(facts, a, n, b, m):
        return _OTHER
    edits = _edits(facts, a, n, b, m)
    slips = 2 if shorter >= _TWO_SLIPS_FROM - known else 1
    if shorter >= _SLIP_FROM - 3 * known and edits <= slips and max(n, m) > 2:
        return _SLIP
    return _ALIKE_SOMEHOW if shorter >= 4 and edits * 3 <= shorter + 1 else _OTHER


@compiled(inner=True)
def _relation(a, b, role, facts, nicknames):  # type: ignore[no-untyped-def]
    """Return what two words are to each other, as given names, surnames or either (`role`); 0 is no word."""
    if a == b:
        return _EQUAL if a else _OTHER
    if a == 0 or b == 0:
        return _OTHER
    if facts[a, _SOUND] == facts[b, _SOUND]:
        return _SLIP
    one, other = facts[a, _WORD], facts[b, _WORD]
    if (one ^ other) & _HALF == 0:
        return _SLIP
    n, m = (one >> _SIZE_SHIFT) & 255, (other >> _SIZE_SHIFT) & 255
    if n <= 1 or m <= 1:
        return _LETTER if _letter(facts, one & _HALF, 0) == _letter(facts, other & _HALF, 0) else _OTHER
    one_flags, other_flags = (one >> _FLAG_SHIFT) & 255, (other >> _FLAG_SHIFT) & 255
    if one_flags & other_flags & _NICKNAMED and _is_nickname(nicknames, a, b):
        return _SHORT
    known = np.int64(one_flags & role != 0) + np.int64(other_flags & role != 0)
    shorter = min(n, m)
    if known == 2 or shorter < 3 - known:
        return _OTHER
    if _bits((one ^ other) >> _LETTERS_SHIFT & 0xFFFF) * 3 > 2 * (shorter + 3):  # an edit moves two letters at most
        return _OTHER
    return _written_alike(a, n, b, m, known, facts)


@compiled(inner=True)
def _given(one, i, other, j, facts, nicknames):  # type: ignore[no-untyped-def]
    n = np.int64(one[i, 0] != 0) + np.int64(one[i, 1] != 0) + np.int64(one[i, 2] != 0)
    m = np.int64(other[j, 0] != 0) + np.int64(other[j, 1] != 0) + np.int64(other[j, 2] != 0)
    if n == 0 or m == 0:
        return UNKNOWN
    if one[i, 0] == other[j, 0] and one[i, 1] == other[j, 1] and one[i, 2] == other[j, 2]:
        return SAME
    if n > m:
        return _given_short_first(other, j, m, one, i, n, facts, nicknames)
    return _given_short_first(one, i, n, other, j, m, facts, nicknames)


@compiled(inner=True)
def _given_short_first(one, i, n, other, j, m, facts, nicknames):  # type: ignore[no-untyped-def]
    common = alike = 0
    for a in range(n):
        best = _OTHER
        for b in range(m):
            best = max(best, _relation(np.int64(one[i, a]), np.int64(other[j, b]), _AS_GIVEN, facts, nicknames))
        common += best == _EQUAL
        alike += best >= _SLIP
    if n == m and common == n and one[i, 0] != other[j, 0]:
        return OTHER_ORDER
    first = _relation(np.int64(one[i, 0]), np.int64(other[j, 0]), _AS_GIVEN, facts, nicknames)
    if first >= _LETTER:
        return _further_given(one, i, n, other, j, m, first, facts, nicknames)
    if first == _SHORT:
        return NICKNAME
    if common == n or (n < m and alike == n):
        return ONE_OF_THE_GIVEN
    if first == _ALIKE_SOMEHOW:
        return RESEMBLES
    return OTHER_FIRST_GIVEN if alike and n > 1 else DIFFERS


@compiled(inner=True)
def _further_given(one, i, n, other, j, m, first, facts, nicknames):  # type: ignore[no-untyped-def]
    """Compare given names after a first one that agrees or is alike."""
    letter, weakest = first == _LETTER, _EQUAL
    for a in range(1, n):
        there = _relation(np.int64(one[i, a]), np.int64(other[j, a]), _AS_GIVEN, facts, nicknames)
        letter = letter or there == _LETTER
        if there < _SHORT:
            for b in range(m):
                if one[i, a] == other[j, b] or (n == m and other[j, a] == one[i, b]):
                    there = _SLIP
        weakest = min(weakest, there)
    if weakest < _SHORT:
        return RESEMBLES if weakest == _ALIKE_SOMEHOW else OTHER_SECOND_GIVEN
    if first == _LETTER:
        return AS_FAR
    return AS_FAR if first == _EQUAL and (n < m or letter) else SPELLING


@compiled(inner=True)
def _surname(a, b, facts, nicknames):  # type: ignore[no-untyped-def]
    if a == 0 or b == 0:
        return UNKNOWN
    relation = _relation(np.int64(a), np.int64(b), _AS_SURNAME, facts, nicknames)
    if relation == _EQUAL:
        return SAME
    if relation == _LETTER:
        return AS_FAR
    if relation == _SLIP:
        return SPELLING
    return RESEMBLES if relation == _ALIKE_SOMEHOW else DIFFERS


@compiled(inner=True)
def _surnames(one, i, other, j, facts, nicknames):  # type: ignore[no-untyped-def]
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


@compiled(inner=True)
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


@compiled(inner=True)
def _tried(one, i, other, j, kind, facts, nicknames):  # type: ignore[no-untyped-def]
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


@compiled(inner=True)
def _exchanged(left, i, right, j, facts, nicknames):  # type: ignore[no-untyped-def]
    """Return the reading in which one record has given name and surname in each other's box, as `_tried`."""
    if left[i, 4] and right[j, 4]:  # two surnames do not stand in a box for given names
        return 0
    given = _relation(np.int64(left[i, 0]), np.int64(right[j, 3]), _AS_EITHER, facts, nicknames)
    surname = _relation(np.int64(left[i, 3]), np.int64(right[j, 0]), _AS_EITHER, facts, nicknames)
    if given < _SLIP or surname < _SLIP:
        return 0
    worth = 1000 - 10 * REREAD + (40 if given == _EQUAL else 30) + (40 if surname == _EQUAL else 30)
    levels = (SAME if given == _EQUAL else SPELLING) | ((SAME if surname == _EQUAL else SPELLING) << 5)
    return (worth << 20) | (OTHER_ORDER << 15) | levels


@compiled(inner=True)
def _names(left, left_more, i, right, right_more, j, facts, nicknames):  # type: ignore[no-untyped-def]
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


@compiled(inner=True)
def _partial_dates(ay, am, by, bm):  # type: ignore[no-untyped-def]
    years = abs(ay - by)
    if years == 0:
        if am == 0 or bm == 0:
            return TO_THE_YEAR
        return TO_THE_MONTH if am == bm else YEARS_DIFFER
    if years == 1 and (am == 0 or bm == 0 or am == bm):
        return YEARS_OFF_BY_ONE
    if years <= 3 and (am == 0 or bm == 0):
        return YEARS_NEAR
    return A_GENERATION_APART if years >= _GENERATION else YEARS_DIFFER


@compiled(inner=True)
def _digits_apart(a, b):  # type: ignore[no-untyped-def]
    digits = 0
    for _ in range(8):
        digits += a % 10 != b % 10
        a, b = a // 10, b // 10
    return digits


@compiled(inner=True)
def _possible(date, flagged):  # type: ignore[no-untyped-def]
    """Return a packed date without the parts that no calendar has."""
    if not flagged:
        return date
    year, month = date // 10_000, date // 100 % 100
    if year < 1850 or year > 2099:
        return np.int64(0)
    return year * 10_000 + (month * 100 if month <= 12 else 0)


@compiled(inner=True)
def _dates(a, b, one, other):  # type: ignore[no-untyped-def]
    """Return the level of two packed dates (YYYYMMDD, parts that are not known 0) of records with these states."""
    flagged = (one | other) & DATE_IMPOSSIBLE
    if a == 0 or b == 0:
        return IMPOSSIBLE if flagged else UNKNOWN
    if flagged:
        if a // 10_000 == b // 10_000 and a // 100 % 100 == b % 100 and a % 100 == b // 100 % 100:
            return DAY_MONTH_SWAPPED
        if a % 100 and b % 100 and _digits_apart(a, b) == 1:
            return ONE_DIGIT
        a, b = _possible(a, one & DATE_IMPOSSIBLE), _possible(b, other & DATE_IMPOSSIBLE)
        if a == 0 or b == 0:
            return IMPOSSIBLE
    return _possible_dates(a, b)


@compiled(inner=True)
def _possible_dates(a, b):  # type: ignore[no-untyped-def]
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
    if _digits_apart(a, b) == 1:
        return ONE_DIGIT
    if years == 0:
        if am == bm:
            return OTHER_DAY
        return OTHER_MONTH if ad == bd else SAME_YEAR
    if am == bm and ad == bd:
        return OTHER_YEAR
    return A_GENERATION_APART if years >= _GENERATION else DIFFERS


@compiled(inner=True)
def _number(rows, i, place):  # type: ignore[no-untyped-def]
    return (np.int64(rows[i, place + 1]) << 32) | (np.int64(rows[i, place]) & _HALF)


@compiled(inner=True)
def _one_edit(a, b):  # type: ignore[no-untyped-def]
    """Say whether two packed numbers (base 37) are one sign changed, added, left out, or two neighbours swapped."""
    while a % 37 == b % 37 and a > 0 and b > 0:
        a, b = a // 37, b // 37
    if a // 37 == b // 37 or a // 37 == b or b // 37 == a:
        return True
    return a // 1369 == b // 1369 and a % 37 == b // 37 % 37 and b % 37 == a // 37 % 37


@compiled(inner=True)
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


@compiled(inner=True)
def _places(a, b, places, facts, nicknames):  # type: ignore[no-untyped-def]
    if a == 0 or b == 0:
        return UNKNOWN
    if a == b:
        return SAME
    n = m = common = alike = 0
    for x in range(_PLACE_WORDS):
        n += places[a, x] != 0
        m += places[b, x] != 0
        for y in range(_PLACE_WORDS):
            if places[a, x] and places[b, y]:
                relation = _relation(np.int64(places[a, x]), np.int64(places[b, y]), _AS_EITHER, facts, nicknames)
                common += relation == _EQUAL
                alike += relation == _SLIP
    if common == min(n, m):
        return AS_FAR
    if n == m and common + alike >= n:
        return SPELLING
    return PARTLY if common + alike > 0 else DIFFERS


@compiled(inner=True)
def _parents(one, i, other, j, place, facts, nicknames):  # type: ignore[no-untyped-def]
    """Compare a parent's name by its words; one word alone is too little to say anything."""
    n = m = 0
    for x in range(place, place + PARENT_WORDS):
        n += one[i, x] != 0
        m += other[j, x] != 0
    if n < 2 or m < 2:
        return UNKNOWN
    if n > m:
        return _parents_short_first(other, j, m, one, i, n, place, facts, nicknames)
    return _parents_short_first(one, i, n, other, j, m, place, facts, nicknames)


@compiled(inner=True)
def _parents_short_first(one, i, n, other, j, m, place, facts, nicknames):  # type: ignore[no-untyped-def]
    common = alike = 0
    weakest = _EQUAL
    equal_back, alike_back = np.int64(0), np.int64(0)
    for x in range(place, place + PARENT_WORDS):
        best = _OTHER
        for y in range(place, place + PARENT_WORDS):
            relation = _relation(np.int64(one[i, x]), np.int64(other[j, y]), _AS_EITHER, facts, nicknames)
            best = max(best, relation)
            if relation == _EQUAL:
                equal_back |= np.int64(1) << (y - place)
            if relation >= _SHORT:
                alike_back |= np.int64(1) << (y - place)
        common += best == _EQUAL
        alike += best >= _SHORT
        if one[i, x]:
            weakest = min(weakest, best)
    if n == m:  # a word told twice on one side agrees once
        common, alike = min(common, _bits(equal_back)), min(alike, _bits(alike_back))
    if common == n:
        if n == 2 and m > 2:
            common_given = (facts[one[i, place], _WORD] >> _FLAG_SHIFT) & _COMMON
            return COMMON_GIVEN_AND_SURNAME if common_given else GIVEN_AND_SURNAME
        return SAME if n == m else AS_FAR
    if alike == n:
        return SPELLING
    given = _relation(np.int64(one[i, place]), np.int64(other[j, place]), _AS_EITHER, facts, nicknames)
    if given >= _SHORT and min(alike, _bits(alike_back)) >= 2:
        return PARTLY
    return RESEMBLES if n == m and weakest >= _ALIKE_SOMEHOW and alike >= 1 else DIFFERS


@compiled(inner=True)
def _names_parent(child, i, place, parent, j):  # type: ignore[no-untyped-def]
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


@compiled(inner=True)
def _pair(left, left_more, i, right, right_more, j, facts, nicknames, places, out, k):  # type: ignore[no-untyped-def]
    names = _names(left, left_more, i, right, right_more, j, facts, nicknames)
    out[k, 0], out[k, 1], out[k, 2] = names & 31, (names >> 5) & 31, (names >> 10) & 31
    one, other = left[i, STATES], right[j, STATES]
    out[k, 3] = _dates(np.int64(left[i, BIRTH]), np.int64(right[j, BIRTH]), one, other)
    sexes = (one & SEX_BITS) * (other & SEX_BITS)
    out[k, 4] = UNKNOWN if sexes == 0 else (DIFFERS if sexes == 2 else SAME)
    out[k, 5] = _places(left[i, PLACE], right[j, PLACE], places, facts, nicknames)
    out[k, 6] = _identifiers(
        _number(left, i, DUI), _number(right, j, DUI), one & DUI_VALID != 0, other & DUI_VALID != 0, False
    )
    out[k, 7] = _identifiers(
        _number(left, i, PASSPORT),
        _number(right, j, PASSPORT),
        one & PASSPORT_VALID != 0,
        other & PASSPORT_VALID != 0,
        True,
    )
    out[k, 8] = _parents(left, i, right, j, FATHER, facts, nicknames)
    out[k, 9] = _parents(left, i, right, j, MOTHER, facts, nicknames)
    out[k, READING_COLUMN] = (names >> 15) & 31
    named = (
        _names_parent(left, i, FATHER, right, j)
        or _names_parent(left, i, MOTHER, right, j)
        or _names_parent(right, j, FATHER, left, i)
        or _names_parent(right, j, MOTHER, left, i)
    )
    out[k, PARENT_COLUMN] = SAME if named else UNKNOWN


@compiled()
def levels_of_pairs(  # type: ignore[no-untyped-def]
    left, left_more, i, right, right_more, j, facts, nicknames, places, out
):
    """Write the levels of the pairs `(i[k], j[k])` into `out[k]`."""
    for k in range(len(i)):
        _pair(left, left_more, i[k], right, right_more, j[k], facts, nicknames, places, out, k)


@compiled(inner=True)
def _weight_column(levels, k, f):  # type: ignore[no-untyped-def]
    """Return the column of weights for a column of levels: parents of people who share the parent's surname apart."""
    if f == FATHER_COLUMN or f == MOTHER_COLUMN:
        surname = levels[k, f - FATHER_COLUMN + 1]
        if surname == SAME or surname == SPELLING or surname == AS_FAR or surname == OTHER_ORDER:
            return f + OF_SAME_SURNAME
    return f


@compiled()
def weigh_levels(levels, table, priors, borne, out):  # type: ignore[no-untyped-def]
    """Write into `out[k]` the four sums of a pair's levels.

    `borne[k]`: logarithm of the share of the register presumed to bear the subject's name; of two unrelated people the
    names agree at least as often.
    """
    for k in range(len(levels)):
        for h in range(4):
            total = 0.0
            for f in range(3):
                total += table[f, levels[k, f], h]
            if h == 1 and borne[k] > total:
                total = borne[k]
            for f in range(3, FIELDS):
                total += table[_weight_column(levels, k, f), levels[k, f], h]
            out[k, h] = total + priors[h]
