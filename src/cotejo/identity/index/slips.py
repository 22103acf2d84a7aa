"""The second net: words written with a slip of the pen, found by the letters they have left.

1. Of every word that names somebody in the register, the digests of what is left when one letter is taken out (of long
   words: two) are kept, sorted. A word asked for is looked up by what is left of itself; whoever shares a rest is one
   change away, or two. A word broken off is found through the beginnings kept. Every find is measured before it counts.
2. Between two names in their own right there is no slip (`tokens` rule 3): `Marta` does not ask for `María`.
3. A subject's words are asked with their slips and their nicknames, in keys of two facts like all others.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from cotejo.identity import kernel
from cotejo.identity.blocking import _DATE, _SHORT_NAME, _SURNAME_GIVEN_YEAR, _two
from cotejo.identity.columns import Columns, read_only
from cotejo.identity.conventions import NICKNAMES
from cotejo.identity.kernel import compiled
from cotejo.identity.tokens import Tokens

Numbers = npt.NDArray[np.uint64]
RowNumbers = npt.NDArray[np.uint32]
TWO_FROM: Final = 8
"""Words so long are found through two slips."""
SHORTEST: Final = 3
MOST_REMEMBERED: Final = 20_000
BROKEN_OFF, MOST_BROKEN = 4, 4
"""A word of so many letters is found when it is another's beginning, and so many letters are missing."""
MOST_ALIKE: Final = 24
"""Words asked for beside one word, the nearest first."""
_READINGS: Final = 3


def rests(words: Iterable[tuple[int, str]]) -> tuple[RowNumbers, RowNumbers]:
    """Return the sorted digests of what is left of each word, and the word's number beside each."""
    pairs = [(digest, number) for number, word in words for digest in _rests(word) | _beginnings(word)]
    table = np.array(pairs, np.uint32).reshape(-1, 2)
    order = np.argsort(table[:, 0], kind="stable")
    return np.ascontiguousarray(table[order, 0]), np.ascontiguousarray(table[order, 1])


def _rests(word: str) -> set[int]:
    if len(word) < SHORTEST:
        return set()
    left = {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
    if len(word) >= TWO_FROM:
        left |= {word[:a] + word[a + 1 : b] + word[b + 1 :] for a, b in combinations(range(len(word)), 2)}
    return {zlib.crc32(rest.encode()) for rest in left}


def _beginnings(word: str) -> set[int]:
    shortest = max(BROKEN_OFF, len(word) - MOST_BROKEN)
    return {zlib.crc32(word[:end].encode()) for end in range(shortest, len(word))}


class Slips:
    """The words of one part of the index, by what is left of them."""

    def __init__(self, digests: RowNumbers, numbers: RowNumbers) -> None:
        self._digests = digests
        self._numbers = numbers
        self._asked: dict[str, list[int]] = {}

    def alike(self, number: int, tokens: Tokens) -> list[int]:
        """Return the words that may be this word written with a slip, nearest first, without itself."""
        word = tokens.text(number)
        if word not in self._asked:
            if len(self._asked) >= MOST_REMEMBERED:
                self._asked.clear()
            self._asked[word] = self._found(word, number, tokens)
        return self._asked[word]

    def _found(self, word: str, number: int, tokens: Tokens) -> list[int]:
        established = tokens.is_established(number)
        wanted = np.fromiter(sorted(_rests(word)), np.uint32)
        starts, ends = (np.searchsorted(self._digests, wanted, side) for side in ("left", "right"))
        near = {int(one) for a, b in zip(starts, ends, strict=True) if a < b for one in self._numbers[a:b]} - {number}
        measured = []
        for one in near:
            if established and tokens.is_established(one):
                continue
            other = tokens.text(one)
            most = 2 if min(len(word), len(other)) >= TWO_FROM - 1 else 1
            distance = OSA.distance(word, other, score_cutoff=most)
            if distance <= most:
                measured.append((distance, one))
            elif len(word) >= BROKEN_OFF and other.startswith(word):
                measured.append((len(other) - len(word), one))
        return [one for _distance, one in sorted(measured)[:MOST_ALIKE]]


def slip_keys(asked: Columns, parts: Iterable[Slips], tokens: Tokens) -> Numbers:
    """Return keys for one subject's names as they may have been written otherwise."""
    row = asked.rows[0]
    listed = list(parts)
    known: dict[int, list[int]] = {}

    def ways(number: int) -> list[int]:
        if number not in known:
            alike = dict.fromkeys(one for each in listed for one in each.alike(number, tokens)) if number else {}
            known[number] = [number, *alike, *_nicknames(number, tokens)] if number else []
        return known[number]

    readings = [row[:6], *asked.more[: int(row[kernel.MORE_COUNT])][: _READINGS - 1, :6]]
    words: set[int] = set()
    pairs: set[tuple[int, int]] = set()
    for reading in readings:
        g1, g2, _g3, s1, s2, married = (int(each) for each in reading)
        words |= {one for each in (g1, g2, s1, s2) for one in ways(each)}
        pairs |= {(g, s) for each in (g1, g2) for g in ways(each) for other in (s1, s2, married) for s in ways(other)}
    keys = np.zeros(2 * len(pairs) + len(words), np.uint64)
    names = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    facts = read_only(tokens.arrays().facts)
    _combined(names, np.array(sorted(words), np.int64), facts, int(row[kernel.BIRTH]), keys)
    return keys


@compiled
def _combined(names: Any, words: Any, facts: Any, date: int, out: Any) -> None:  # noqa: ANN401 - compiled from its arguments
    """Write the keys of these names, and of these words with the birth date, as `blocking` makes them."""
    nothing = np.uint64(0)
    year = np.uint64(date // 10_000)
    day = np.uint64(date) if date % 100 else nothing
    for k in range(len(names)):
        given, surname = np.uint64(facts[names[k, 0], 0]), np.uint64(facts[names[k, 1], 0])
        out[2 * k] = _two(_SHORT_NAME, given, surname, nothing)
        out[2 * k + 1] = _two(_SURNAME_GIVEN_YEAR, surname, given, year) if year else nothing
    for k in range(len(words)):
        out[2 * len(names) + k] = _two(_DATE, day, np.uint64(facts[words[k], 0]), nothing)


def _nicknames(number: int, tokens: Tokens) -> Iterator[int]:
    word = tokens.text(number)
    for other in _CALLED.get(word, ()):
        yield tokens.number(other)


def _called() -> dict[str, frozenset[str]]:
    pairs = [(short, long) for short, longs in NICKNAMES.items() for long in longs]
    return {
        word: frozenset(other for pair in pairs if word in pair for other in pair if other != word)
        for word in {each for pair in pairs for each in pair}
    }


_CALLED: Final = _called()
