"""What each word is to the subject's words, asked once a subject however many candidates bear the word.

1. `Told.words[slot, word]` holds what a word in one place of a candidate is to all words of the subject it is compared
   with there; `Told.places[place]` holds how a birthplace stands to the subject's.
2. What stands there counts only when it bears the subject's number (`words[0, 0]`, one higher for each subject); so
   nothing is cleared, and nothing of one subject is taken for another's.
3. Nothing but `relation_of` and `places_of` is ever remembered: with or without, levels are the same.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

from cotejo.identity.kernel import (
    ALIKE_SOMEHOW,
    AS_EITHER,
    AS_GIVEN,
    AS_SURNAME,
    EQUAL,
    G1,
    MOST_FURTHER,
    PARENT_WORDS,
    S1,
    S2,
    SHORT,
    inner,
)
from cotejo.identity.kernel_words import relation_of

# Slots: a parent's words; given names and surnames of the usual reading, then of each further one.
OF_FATHER, OF_MOTHER, OF_NAME = 0, 1, 2
SLOTS = OF_NAME + 2 + 2 * MOST_FURTHER
# What is kept of a word: 15 bits below, the subject's number above.
TOLD_BITS, TOLD = 15, 0x7FFF
# Of a given name: three relations to given names and one to the surname; of a surname: two and one to the given name.
RELATION, THREE_GIVEN, TO_SURNAME, TO_GIVEN = 7, 511, 9, 6
# Of a parent's word, five bits each: the parent's words it equals, those it is short for or more, those it resembles.
FIVE, SHORT_FOR, RESEMBLING = 31, 5, 10


@inner
def as_given(words, slot, word, one, i, facts, nicknames):
    """Return what a given name is to the subject's given names in this reading, and to its first surname."""
    if word == 0:
        return 0
    kept = words[slot, word]
    if kept >> TOLD_BITS == words[0, 0]:
        return kept & TOLD
    found = relation_of(one[i, S1], word, AS_EITHER, facts, nicknames) << TO_SURNAME
    for a in range(3):
        found |= relation_of(one[i, G1 + a], word, AS_GIVEN, facts, nicknames) << (3 * a)
    words[slot, word] = words[0, 0] << TOLD_BITS | found
    return found


@inner
def as_surname(words, slot, word, one, i, facts, nicknames):
    """Return what a surname is to the subject's two surnames in this reading, and to its first given name."""
    if word == 0:
        return 0
    kept = words[slot + 1, word]
    if kept >> TOLD_BITS == words[0, 0]:
        return kept & TOLD
    found = relation_of(one[i, G1], word, AS_EITHER, facts, nicknames) << TO_GIVEN
    found |= relation_of(one[i, S1], word, AS_SURNAME, facts, nicknames)
    found |= relation_of(one[i, S2], word, AS_SURNAME, facts, nicknames) << 3
    words[slot + 1, word] = words[0, 0] << TOLD_BITS | found
    return found


@inner
def as_parent(words, slot, word, one, i, place, facts, nicknames):
    """Return which words of the subject's parent a word equals, is short for or more, and resembles."""
    if word == 0:
        return 0
    kept = words[slot, word]
    if kept >> TOLD_BITS == words[0, 0]:
        return kept & TOLD
    found = 0
    for x in range(PARENT_WORDS):
        relation = relation_of(one[i, place + x], word, AS_EITHER, facts, nicknames)
        found |= (relation == EQUAL) << x
        found |= (relation >= SHORT) << (SHORT_FOR + x)
        found |= (relation >= ALIKE_SOMEHOW) << (RESEMBLING + x)
    words[slot, word] = words[0, 0] << TOLD_BITS | found
    return found
