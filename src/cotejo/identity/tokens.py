"""The vocabulary: every word of every name once, with what the comparison needs to know of it.

1. A word is known by its folded text without spaces (`de la Cruz` is `delacruz`); number 0 is "nothing".
2. Sounds are 64-bit digests of `phonetics`, tildes dropped, the same in every process and every vocabulary, so that
   blocking keys made of them may be stored.
3. A word is *established* when it is a name in its own right: one the conventions list, or one that many rows of a
   register bear. One letter between two established names (`Marta`, `María`) is another name, not a slip; between an
   established name and a word that is none (`Juan`, `Jun`), a slip. A slip so many clerks made that several rows bear
   it (`Hernádez`) does not become a name by that. A *common* given name is shared by chance.
4. The vocabulary only grows, but what is read inside `passing()` is taken out again, so that a server's memory does
   not grow with the questions it is asked.
5. Not safe for two threads at once: share the saved file, not the object.
"""

import json
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from cotejo.identity.conventions import (
    COMMON_GIVEN,
    ESTABLISHED_GIVEN,
    ESTABLISHED_SURNAMES,
    NICKNAMES,
    PARTICLES,
    PLACE_FILLERS,
)
from cotejo.identity.names import fold, known
from cotejo.identity.phonetics import phonetic, without_tilde

LONGEST_WORD: Final = 32  # letters compared; longer words are compared to here
_FACTS: Final = struct.Struct("<qIBBH32s")
PLACE_WORDS: Final = 6
# A word so many rows bear is a name, not a slip: at least this many, and at least this share of the rows.
ESTABLISHED_BY: Final = 5
ESTABLISHED_SHARE: Final = 1 / 10_000
COMMON_SHARE: Final = 1 / 100
SLIPS_OF: Final = 500
"""Of so many rows with a frequent name, some clerk made one and the same slip in one."""
# Flags of a word; the first and the third: established as a given name, as a surname.
GIVEN_NAME, HAS_NICKNAME, SURNAME, COMMON = 1, 2, 4, 8
_DIMINUTIVE: Final = re.compile(r"(.{2,})it(?:[aoe]|os|as)$")


class TokenArrays(NamedTuple):
    """What the kernel reads.

    `facts`: row by token number, six int64: sound; bare word with size (bit 32), flags (bit 40) and the set of its
    letters (bit 48, by their last four bits) above it; letters, eight at a time. `nicknames`: sorted pairs, the smaller
    number in the high half. `places`: row by place number, its words.
    """

    facts: npt.NDArray[np.int64]
    nicknames: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]


def sound_number(text: str) -> int:
    """Return the 64-bit number of how a folded word sounds; 0 for nothing."""
    sound = without_tilde(phonetic(text))
    return int.from_bytes(blake2b(sound.encode(), digest_size=8).digest(), "little", signed=True) | 1 if sound else 0


class Tokens:
    """A vocabulary that grows: `number(folded)`, `place(documented)`, and `arrays()` for the kernel."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._bare: list[int] = []
        self._place_numbers: dict[str, int] = {}
        self._place_words: list[tuple[int, ...]] = []
        self._established: set[int] = set()
        self._pairs: set[int] = set()
        self._nicknamed: set[int] = set()
        self._nicknames = np.zeros(0, np.int64)
        self._arrays = _empty_arrays()
        self._described = 0
        self._placed = 0
        self.number("")
        self.place("")
        self._established = {self.number(word) for word in sorted(ESTABLISHED_GIVEN | ESTABLISHED_SURNAMES)}
        self._common = {self.number(word) for word in COMMON_GIVEN}
        for short, longs in NICKNAMES.items():
            self._pairs.update(_pair(self.number(short), self.number(long)) for long in longs)
        self._nicknamed = {number for pair in self._pairs for number in divmod(pair, 1 << 32)}
        self._nicknames = np.array(sorted(self._pairs), np.int64)

    def __len__(self) -> int:
        return len(self._texts)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "words": self._texts,
            "bare": self._bare,
            "places": self._place_words,
            "established": sorted(self._established),
            "common": sorted(self._common),
            "diminutives": sorted(self._pairs),
        }

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(Tokens().__dict__)
        self._texts, self._bare = list(state["words"]), list(state["bare"])
        self._numbers = {text: number for number, text in enumerate(self._texts)}
        self._place_words = [tuple(words) for words in state["places"]]
        self._place_numbers = {self._place_text(words): number for number, words in enumerate(self._place_words)}
        self._established, self._common = set(state["established"]), set(state["common"])
        self._pairs = set(state["diminutives"])
        self._nicknamed = {number for pair in self._pairs for number in divmod(pair, 1 << 32)}
        self._nicknames = np.array(sorted(self._pairs), np.int64)

    def save(self, path: Path) -> None:
        """Write the vocabulary as one JSON file."""
        path.write_text(json.dumps(self.__getstate__(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises `OSError`, `ValueError` or `KeyError` when it is no vocabulary."""
        tokens = cls.__new__(cls)
        tokens.__setstate__(json.loads(path.read_text(encoding="utf-8")))
        return tokens

    def text(self, number: int) -> str:
        """Return the folded word of a number, without spaces."""
        return self._texts[number]

    def number(self, folded: str) -> int:
        """Return the number of a folded word, giving it one when it is new."""
        text = folded.replace(" ", "") if " " in folded else folded
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._texts)
            self._texts.append(text)
            self._bare.append(number)
            if text != folded and (words := [word for word in folded.split() if word not in PARTICLES]):
                self._bare[number] = self.number("".join(words))
            elif found := _DIMINUTIVE.fullmatch(text):
                self._pair_diminutive(number, found[1])
        return number

    def _pair_diminutive(self, number: int, stem: str) -> None:
        """Pair `rosita` with `rosa`, `juanito` with `juan`, when that is a name in its own right."""
        for end in ("", "a", "o", "e", "os", "as"):
            whole = self._numbers.get(stem + end, 0)
            if whole in self._established:
                self._pairs.add(_pair(number, whole))
                self._nicknamed.update((number, whole))
                self._described = min(self._described, whole)

    def is_established(self, number: int) -> bool:
        """Say whether a word is a name in its own right."""
        return number in self._established

    def place(self, documented: str) -> int:
        """Return the number of a documented place, 0 when it tells nothing."""
        number = self._place_numbers.get(documented)
        if number is None:
            words = place_words(documented)
            numbers = tuple(self.number(word) for word in words)
            text = self._place_text(numbers)
            number = self._place_numbers.get(text)
            if number is None:
                number = self._place_numbers[text] = len(self._place_words)
                self._place_words.append(numbers)
            self._place_numbers[documented] = number
        return number

    def _place_text(self, numbers: tuple[int, ...]) -> str:
        # No documented place begins so: the texts of both kinds of key never meet.
        return "\0" + " ".join(self._texts[number] for number in numbers) if numbers else ""

    def take_in(self, other: "Tokens") -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Take in the words and places of a vocabulary made elsewhere; return the numbers they have here, by theirs."""
        state = other.__getstate__()
        words = np.array([self.number(text) for text in state["words"]], np.int32)
        for theirs, bare in enumerate(state["bare"]):
            self._bare[words[theirs]] = int(words[bare])
        places = np.zeros(len(state["places"]), np.int32)
        for theirs, numbers in enumerate(state["places"]):
            here = tuple(int(words[number]) for number in numbers)
            text = self._place_text(here)
            place = self._place_numbers.get(text)
            if place is None:
                place = self._place_numbers[text] = len(self._place_words)
                self._place_words.append(here)
            places[theirs] = place
        self._established.update(int(words[number]) for number in state["established"])
        self._common.update(int(words[number]) for number in state["common"])
        return words, places

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Take out again, at the end, every word and place that was new inside."""
        words, places, keys = len(self._texts), len(self._place_words), len(self._place_numbers)
        pairs, nicknames = len(self._pairs), self._nicknames
        try:
            yield
        finally:
            if len(self._pairs) > pairs:
                self._pairs = {pair for pair in self._pairs if pair & 0xFFFFFFFF < words}
                self._nicknames = nicknames
            for text in self._texts[words:]:
                del self._numbers[text]
            for _ in range(len(self._place_numbers) - keys):
                self._place_numbers.popitem()
            del self._texts[words:], self._bare[words:], self._place_words[places:]
            self._described, self._placed = min(self._described, words), min(self._placed, places)

    def establish(self, counts: npt.NDArray[np.int64], rows: int) -> None:
        """Take the words so many of a register's rows bear as names in their own right; `counts` by token number.

        But not what one slip of the pen makes of a name that is `SLIPS_OF` times as frequent.
        """
        least = max(ESTABLISHED_BY, rows * ESTABLISHED_SHARE)
        borne = [int(number) for number in np.flatnonzero(counts >= least) if number]
        self._established.update(set(borne) - self._likely_slips(borne, counts))
        self._common.update(int(number) for number in np.flatnonzero(counts >= rows * COMMON_SHARE + 1) if number)
        self._described = 0

    def _likely_slips(self, borne: list[int], counts: npt.NDArray[np.int64]) -> set[int]:
        fewest = min((int(counts[number]) for number in borne), default=0)
        frequent = [number for number in borne if counts[number] >= SLIPS_OF * fewest]
        return {
            number
            for other in frequent
            for number in borne
            if counts[number] * SLIPS_OF <= counts[other]
            and OSA.distance(self._texts[number], self._texts[other], score_cutoff=1) <= 1
        }

    def arrays(self) -> TokenArrays:
        """Return what the kernel reads, for all words known now."""
        words, places = len(self._texts), len(self._place_words)
        if self._described < words or self._placed < places:
            self._arrays = _with_room(self._arrays, words, places)
            for number in range(self._described, words):
                self._describe(number)
            for number in range(self._placed, places):
                self._arrays.places[number] = 0
                self._arrays.places[number, : len(self._place_words[number])] = self._place_words[number]
            self._described, self._placed = words, places
        if len(self._nicknames) < len(self._pairs):
            self._nicknames = np.array(sorted(self._pairs), np.int64)
        return TokenArrays(self._arrays.facts[:words], self._nicknames, self._arrays.places[:places])

    def _describe(self, number: int) -> None:
        text = self._texts[number]
        letters = text.encode("latin-1", "replace")[:LONGEST_WORD]
        flags = (HAS_NICKNAME if number in self._nicknamed else 0) | (COMMON if number in self._common else 0)
        if number in self._established:  # where the conventions say as what, that is believed
            given, surname = text in ESTABLISHED_GIVEN, text in ESTABLISHED_SURNAMES
            flags |= (GIVEN_NAME if given or not surname else 0) | (SURNAME if surname or not given else 0)
        present = sum({1 << (letter & 15) for letter in letters})
        packed = _FACTS.pack(sound_number(text), self._bare[number], len(letters), flags, present, letters)
        self._arrays.facts[number] = np.frombuffer(packed, "<i8")


def _pair(one: int, other: int) -> int:
    return min(one, other) << 32 | max(one, other)


def place_words(documented: str) -> tuple[str, ...]:
    """Return the words of a place that tell something, in alphabetical order, at most `PLACE_WORDS`."""
    if not known(documented):
        return ()
    return tuple(sorted(set(fold(documented).split()) - PLACE_FILLERS))[:PLACE_WORDS]


def _empty_arrays() -> TokenArrays:
    return TokenArrays(
        np.zeros((0, _FACTS.size // 8), np.int64), np.zeros(0, np.int64), np.zeros((0, PLACE_WORDS), np.int32)
    )


def _with_room(made: TokenArrays, words: int, places: int) -> TokenArrays:
    """Return the arrays with room for so many; at least doubled when they grow."""
    if words > len(made.facts):
        made = made._replace(facts=_longer(made.facts, max(words, 2 * len(made.facts), 1024)))
    if places > len(made.places):
        made = made._replace(places=_longer(made.places, max(places, 2 * len(made.places), 64)))
    return made


def _longer(array: npt.NDArray[Any], room: int) -> npt.NDArray[Any]:
    longer = np.zeros((room, *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer
