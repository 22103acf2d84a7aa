"""Levels and weights of millions of pairs: the one place where two records are compared and weighed."""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

import numpy as np

from cotejo.identity.kernel import (
    AS_FAR,
    BIRTH,
    DIFFERS,
    DUI,
    DUI_VALID,
    FATHER,
    FATHER_COLUMN,
    FIELDS,
    MOTHER,
    MOTHER_COLUMN,
    OF_SAME_SURNAME,
    OTHER_ORDER,
    PARENT_COLUMN,
    PASSPORT,
    PASSPORT_VALID,
    PLACE,
    READING_COLUMN,
    SAME,
    SEX_BITS,
    SPELLING,
    STATES,
    UNKNOWN,
    compiled,
    inner,
)
from cotejo.identity.kernel_fields import dates, identifiers, names_parent, number, parents, places_of
from cotejo.identity.kernel_names import names_of
from cotejo.identity.kernel_told import OF_FATHER, OF_MOTHER, ask


@inner
def _pair(left, left_more, i, right, right_more, j, facts, words, known, out, k):
    seen = names_of(left, left_more, i, right, right_more, j, words)
    out[k, 0], out[k, 1], out[k, 2] = seen & 31, (seen >> 5) & 31, (seen >> 10) & 31
    one, other = left[i, STATES], right[j, STATES]
    out[k, 3] = dates(np.int64(left[i, BIRTH]), np.int64(right[j, BIRTH]), one, other)
    sexes = (one & SEX_BITS) * (other & SEX_BITS)
    out[k, 4] = UNKNOWN if sexes == 0 else (DIFFERS if sexes == 2 else SAME)
    out[k, 5] = places_of(left[i, PLACE], right[j, PLACE], known)
    out[k, 6] = identifiers(
        number(left, i, DUI), number(right, j, DUI), one & DUI_VALID != 0, other & DUI_VALID != 0, False
    )
    out[k, 7] = identifiers(
        number(left, i, PASSPORT),
        number(right, j, PASSPORT),
        one & PASSPORT_VALID != 0,
        other & PASSPORT_VALID != 0,
        True,
    )
    out[k, 8] = parents(left, i, right, j, FATHER, words, OF_FATHER, facts)
    out[k, 9] = parents(left, i, right, j, MOTHER, words, OF_MOTHER, facts)
    out[k, READING_COLUMN] = (seen >> 15) & 31
    named = (
        names_parent(left, i, FATHER, right, j)
        or names_parent(left, i, MOTHER, right, j)
        or names_parent(right, j, FATHER, left, i)
        or names_parent(right, j, MOTHER, left, i)
    )
    out[k, PARENT_COLUMN] = SAME if named else UNKNOWN


@compiled
def levels_of_pairs(left, left_more, i, right, right_more, j, facts, nicknames, places, words, known, out):
    """Write the levels of the pairs `(i[k], j[k])` into `out[k]`; quickest where pairs of one `i` follow each other.

    `words`, `known`: what `kernel_told` remembers, as it was left by the pairs before.
    """
    start = 0
    while start < len(i):
        known[0] += 1
        end = start
        while end < len(i) and i[end] == i[start]:
            ask(left, left_more, i[end], right, right_more, j[end], facts, nicknames, places, words, known)
            end += 1
        for k in range(start, end):
            _pair(left, left_more, i[k], right, right_more, j[k], facts, words, known, out, k)
        start = end


@inner
def _weight_column(levels, k, f):
    """Return the column of weights for a column of levels: parents of people who share the parent's surname apart."""
    if f == FATHER_COLUMN or f == MOTHER_COLUMN:
        surname = levels[k, f - FATHER_COLUMN + 1]
        if surname == SAME or surname == SPELLING or surname == AS_FAR or surname == OTHER_ORDER:
            return f + OF_SAME_SURNAME
    return f


@compiled
def weigh_levels(levels, table, priors, borne, out):
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


@compiled
def gains_of_levels(levels, table, borne, out):
    """Write into `out[k]` what each field of a pair adds for the same person against strangers.

    In the last place what the pair as a whole adds: names many bear, an unusual reading, a name given for a parent.
    """
    whole = out.shape[1] - 1
    for k in range(len(levels)):
        strangers = 0.0
        for f in range(FIELDS):
            column = _weight_column(levels, k, f)
            gain = table[column, levels[k, f], 0] - table[column, levels[k, f], 1]
            if f < whole:
                out[k, f] = gain
            else:
                out[k, whole] += gain
            if f < 3:
                strangers += table[f, levels[k, f], 1]
        if borne[k] > strangers:
            out[k, whole] += strangers - borne[k]


@compiled
def mark_levels(levels, verdicts, out):
    """Write the verdicts of a pair's fields into `out[k]`: `verdicts[level]` has one bit, moved up by field."""
    for k in range(len(levels)):
        marks = np.int32(0)
        for f in range(READING_COLUMN):
            marks |= verdicts[levels[k, f]] << f
        out[k] = marks
