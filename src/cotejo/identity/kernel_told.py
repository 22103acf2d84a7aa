"""What each word is to the subject's words, asked once a subject however many candidates bear the word.

1. `words[slot, word]` holds what a word in one place of a candidate is to all words of the subject it is compared with
   there; `known[place]` how a birthplace stands to the subject's. First everything that a subject's candidates bear is
   asked (`ask`), then they are compared by looking up.
2. What stands there counts only when it bears the subject's number (`known[0]`, one higher for each subject); so
   nothing is cleared, and nothing of one subject is taken for another's.
3. Nothing but `relation_of` and what two places are to each other is remembered: levels are what they would be without.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

import numpy as np

from cotejo.identity.kernel import (
    ALIKE_SOMEHOW,
    AS_EITHER,
    AS_FAR,
    AS_GIVEN,
    AS_PLACE,
    AS_SURNAME,
    DIFFERS,
    EQUAL,
    FATHER,
    G1,
    MARRIED,
    MORE,
    MORE_COUNT,
    MOST_FURTHER,
    MOTHER,
    PARENT_WORDS,
    PARTLY,
    PLACE,
    PLACE_WORDS,
    S1,
    SHORT,
    SLIP,
    SPELLING,
    inner,
)
from cotejo.identity.kernel_words import relation_of

# Slots: a parent's words; given names and surnames of the usual reading, then of each further one.
OF_FATHER, OF_MOTHER, OF_NAME = 0, 1, 2
SLOTS = OF_NAME + 2 + 2 * MOST_FURTHER
# What is kept of a word: 15 bits below, the subject's number above.
TOLD_BITS, TOLD = 15, 0x7FFF
# Of a given name: three relations to given names and one to the surname; of a surname: to both surnames and the married
# name, and one to the given name.
RELATION, THREE_GIVEN, TO_SURNAME, TO_GIVEN = 7, 511, 9, 9
# Of a parent's word, five bits each: the parent's words it equals, those it is short for or more, those it resembles.
FIVE, SHORT_FOR, RESEMBLING = 31, 5, 10


@inner
def ask(left, left_more, i, right, right_more, j, facts, nicknames, places, words, known):
    """Ask whatever a candidate bears that was not asked for this subject."""
    subject = known[0]
    for x in range(PARENT_WORDS):
        father, mother = right[j, FATHER + x], right[j, MOTHER + x]
        if father and words[OF_FATHER, father] >> TOLD_BITS != subject:
            _ask_parent(words, np.int64(OF_FATHER), father, left, i, np.int64(FATHER), subject, facts, nicknames)
        if mother and words[OF_MOTHER, mother] >> TOLD_BITS != subject:
            _ask_parent(words, np.int64(OF_MOTHER), mother, left, i, np.int64(MOTHER), subject, facts, nicknames)
    here = right[j, PLACE]
    if here and left[i, PLACE] and known[here] >> TOLD_BITS != subject:
        known[here] = subject << TOLD_BITS | _two_places(left[i, PLACE], here, places, facts, nicknames)
    _ask_names(words, np.int64(OF_NAME), left, i, right, j, subject, facts, nicknames)
    for k in range(left[i, MORE_COUNT]):
        slot, row = np.int64(OF_NAME + 2 + 2 * k), np.int64(left[i, MORE] + k)
        _ask_names(words, slot, left_more, row, right, j, subject, facts, nicknames)
    for k in range(right[j, MORE_COUNT]):
        row = np.int64(right[j, MORE] + k)
        _ask_names(words, np.int64(OF_NAME), left, i, right_more, row, subject, facts, nicknames)


@inner
def _ask_names(words, slot, one, i, other, j, subject, facts, nicknames):
    for x in range(G1, S1):
        word = other[j, x]
        if word and words[slot, word] >> TOLD_BITS != subject:
            _ask_name(words, slot, word, one, i, S1, TO_SURNAME, G1, 3, AS_GIVEN, subject, facts, nicknames)
    for x in range(S1, MARRIED + 1):
        word = other[j, x]
        if word and words[slot + 1, word] >> TOLD_BITS != subject:
            _ask_name(words, slot + 1, word, one, i, G1, TO_GIVEN, S1, 3, AS_SURNAME, subject, facts, nicknames)


@inner
def _ask_name(words, slot, word, one, i, across, told, first, count, role, subject, facts, nicknames):
    found = relation_of(np.int64(one[i, across]), np.int64(word), np.int64(AS_EITHER), facts, nicknames) << told
    for a in range(count):
        found |= relation_of(np.int64(one[i, first + a]), np.int64(word), np.int64(role), facts, nicknames) << (3 * a)
    words[slot, word] = subject << TOLD_BITS | found


@inner
def _ask_parent(words, slot, word, one, i, place, subject, facts, nicknames):
    found = np.int64(0)
    for x in range(PARENT_WORDS):
        told = np.int64(one[i, place + x])
        relation = relation_of(told, np.int64(word), np.int64(AS_EITHER), facts, nicknames)
        found |= (relation == EQUAL) << x
        found |= (relation >= SHORT) << (SHORT_FOR + x)
        found |= (relation >= ALIKE_SOMEHOW) << (RESEMBLING + x)
    words[slot, word] = subject << TOLD_BITS | found


@inner
def _two_places(a, b, places, facts, nicknames):
    """Compare two places by their words."""
    n = m = common = alike = 0
    for x in range(PLACE_WORDS):
        n += places[a, x] != 0
        m += places[b, x] != 0
        for y in range(PLACE_WORDS):
            if places[a, x] and places[b, y]:
                relation = relation_of(
                    np.int64(places[a, x]), np.int64(places[b, y]), np.int64(AS_PLACE), facts, nicknames
                )
                common += relation == EQUAL
                alike += relation == SLIP
    if common == min(n, m):
        return AS_FAR
    if n == m and common + alike >= n:
        return SPELLING
    return PARTLY if common + alike > 0 else DIFFERS
