"""What two words are to each other: the same, a slip, an initial, a short form, alike somehow, or other words.

1. Said alike, or the same without particles (`Cruz`, `de la Cruz`): one name.
2. One letter between two established names is another name; between an established one and a word that is none, a slip.
3. Two words that part only at a final vowel are two names (`Mario`, `María`), and one place (`Sonsonat`).
4. Symmetric.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

import numpy as np

from cotejo.identity.kernel import (
    ALIKE_SOMEHOW,
    EQUAL,
    FLAG_SHIFT,
    HALF,
    LETTER,
    LETTERS_OF,
    LETTERS_SHIFT,
    NICKNAMED,
    OTHER,
    SHORT,
    SIZE_SHIFT,
    SLIP,
    SLIP_FROM,
    SOUND,
    TWO_SLIPS_FROM,
    WORD,
    inner,
)


@inner
def _letter(facts, a, k):
    return (facts[a, LETTERS_OF + (k >> 3)] >> ((k & 7) << 3)) & 255


@inner
def bits(number):
    """Return how many bits of a number are set."""
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count


@inner
def _edits(facts, a, n, b, m):
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


@inner
def _is_nickname(nicknames, a, b):
    wanted = (min(a, b) << 32) | max(a, b)
    low, high = 0, len(nicknames)
    while low < high:
        middle = (low + high) >> 1
        if nicknames[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low < len(nicknames) and nicknames[low] == wanted


@inner
def _stem(facts, a, n):
    """Return the length of a word without a final a, e or o."""
    end = _letter(facts, a, n - 1)
    return n - 1 if end == 97 or end == 101 or end == 111 else n


@inner
def _gendered(facts, a, n, b, m):
    """Say whether two words part only at a final vowel: Mario and Maria, Juan and Juana."""
    stem = _stem(facts, a, n)
    if stem != _stem(facts, b, m) or (n == m and _letter(facts, a, n - 1) == _letter(facts, b, m - 1)):
        return False
    for k in range(stem):
        if _letter(facts, a, k) != _letter(facts, b, k):
            return False
    return True


@inner
def _begins(facts, a, n, b):
    """Say whether word b begins with the n letters of word a."""
    for k in range(n):
        if _letter(facts, a, k) != _letter(facts, b, k):
            return False
    return True


@inner
def _written_alike(a, n, b, m, known, role, facts):
    """Return what two words are to each other by their letters; `known`: how many of the two are established names."""
    shorter = min(n, m)
    if known == 1 and shorter >= 3 and n != m and _begins(facts, a if n < m else b, shorter, b if n < m else a):
        return SLIP if abs(n - m) == 1 and shorter > 3 else LETTER
    if role and _gendered(facts, a, n, b, m):
        return OTHER
    edits = _edits(facts, a, n, b, m)
    slips = 2 if shorter >= TWO_SLIPS_FROM - known else 1
    if shorter >= SLIP_FROM - 3 * known and edits <= slips and max(n, m) > 2:
        return SLIP
    return ALIKE_SOMEHOW if shorter >= 4 and edits * 3 <= shorter + 1 else OTHER


@inner
def relation_of(a, b, role, facts, nicknames):
    """Return what two words are to each other, as given names, surnames or either (`role`); 0 is no word."""
    if a == b:
        return EQUAL if a else OTHER
    if a == 0 or b == 0:
        return OTHER
    if facts[a, SOUND] == facts[b, SOUND]:
        return SLIP
    one, other = facts[a, WORD], facts[b, WORD]
    if (one ^ other) & HALF == 0:
        return SLIP
    n, m = (one >> SIZE_SHIFT) & 255, (other >> SIZE_SHIFT) & 255
    if n <= 1 or m <= 1:
        return LETTER if _letter(facts, one & HALF, 0) == _letter(facts, other & HALF, 0) else OTHER
    one_flags, other_flags = (one >> FLAG_SHIFT) & 255, (other >> FLAG_SHIFT) & 255
    if one_flags & other_flags & NICKNAMED and _is_nickname(nicknames, a, b):
        return SHORT
    known = np.int64(one_flags & role != 0) + np.int64(other_flags & role != 0)
    shorter = min(n, m)
    if known == 2 or shorter < 3 - known:
        return OTHER
    if bits((one ^ other) >> LETTERS_SHIFT & 0xFFFF) * 3 > 2 * (shorter + 3):  # an edit moves two letters at most
        return OTHER
    return _written_alike(a, n, b, m, known, role, facts)
