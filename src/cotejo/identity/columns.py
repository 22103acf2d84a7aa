"""Records as numbers: what the compiled comparison, the bulk tools and the index read.

    tokens = Tokens()
    register = encode(records, tokens)              # or encode_table({"id": [...], "full_name": [...], ...}, tokens)
    requests = encode(subjects, tokens)             # one vocabulary for both sides
    stored = stored_keys(register, tokens)          # uint64 (n, k), 0 = no key              (blocking.py)
    asked = search_keys(requests, tokens)           # uint64 (n, more), 0 = no key; a pair is worth comparing when a
                                                    # key of `asked` equals a key of `stored`, whatever the place
    compared = levels(requests, i, register, j, tokens)         # uint8 (pairs, 12), order of levels.COLUMNS_OF_LEVELS
    weighed = weights(compared, model, namesakes, rows)         # float64 (pairs, 4), order of HYPOTHESES  (weighing.py)
    scores = compete(weighed, i)                                # float64 (pairs,), log posterior odds     (weighing.py)
    told = bands_of(compared, weighed, scores, model)           # uint8 (pairs,), index into weighing.BANDS

1. `Columns.rows` is int32 (n, 32), one person a row of 128 bytes, C-ordered: the places are the constants of `kernel`
   (`G1`..`MARRIED` token numbers of the likeliest reading; `BIRTH` as YYYYMMDD with 00 for parts that are not known;
   `STATES` bits: sex 1 M 2 F, number valid, date impossible; `PLACE` place number; `DUI`, `PASSPORT` packed in base 37
   over two places; `FATHER`, `MOTHER` five words each: given, first surname, second surname, others).
2. `Columns.more` is int32 (m, 7): the other readings of a name; a row points to its own by `MORE`, `MORE_COUNT`.
3. Both may be memory-mapped read-only (`save`, `load`). Ids are not kept here: row order is the caller's.
4. Two `Columns` are comparable only when encoded with the same `Tokens`. Pickle, or `Tokens.save`, keeps them together.
5. Encoding never fails: what cannot be read is unknown. A plain name takes a short way, held equal to
   `names.parse_name` by a test.
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.conventions import AFTER_A_SURNAME, FEMALE, MALE, NOTHING_KNOWN, PARTICLES
from cotejo.identity.dates import DateState, read_date
from cotejo.identity.identifiers import IdentifierState, dui_check_digit, read_dui, read_passport
from cotejo.identity.kernel_pairs import levels_of_pairs
from cotejo.identity.kernel_told import SLOTS
from cotejo.identity.names import Reading, fold, known, parse_name
from cotejo.identity.record import COLUMNS, PersonRecord
from cotejo.identity.tokens import Tokens

Rows = npt.NDArray[np.int32]
Pairs = npt.NDArray[np.int64]
_GIVEN_NAMES: Final = 3
_MOST_READINGS: Final = 5
# Words that the short way leaves to the parser.
_NOT_PLAIN: Final = (
    PARTICLES
    | AFTER_A_SURNAME
    | frozenset(word for phrase in NOTHING_KNOWN for word in phrase.split())
    | {"y", "alias", "aka", "conocido", "conocida", "c", "p", "viuda", "vda"}
)
_PLAIN_WORDS: Final = 6
_WHOLE_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_STATES_ABOVE: Final = 1_0000_00_00  # YYYYMMDD lies below
_MOST_SIGNS: Final = 11  # of a number, counted from its end: what fits in 62 bits


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """People as two arrays; see the head of this file for the places."""

    rows: Rows
    more: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, numbers: npt.ArrayLike) -> "Columns":
        """Return some of the people, in the order given."""
        return Columns(np.ascontiguousarray(self.rows[np.asarray(numbers)]), self.more)

    def save(self, folder: Path, name: str) -> None:
        """Write `NAME.rows.npy` and `NAME.more.npy`."""
        np.save(folder / f"{name}.rows.npy", self.rows)
        np.save(folder / f"{name}.more.npy", self.more)

    @classmethod
    def load(cls, folder: Path, name: str, *, mapped: bool = True) -> Self:
        """Read what `save` wrote, memory-mapped read-only by default."""
        mode: Literal["r"] | None = "r" if mapped else None
        return cls(
            np.load(folder / f"{name}.rows.npy", mmap_mode=mode), np.load(folder / f"{name}.more.npy", mmap_mode=mode)
        )

    def token_counts(self, tokens: Tokens) -> npt.NDArray[np.int64]:
        """Return how often each word is borne as a given name or a surname; for `Tokens.establish`."""
        return np.bincount(self.rows[:, : kernel.MARRIED].ravel(), minlength=len(tokens))


def encode(records: Iterable[PersonRecord], tokens: Tokens) -> Columns:
    """Return people as numbers, in the order given; new words go into the vocabulary."""
    columns = zip(*map(attrgetter(*COLUMNS), records), strict=True)
    return encode_table(dict(zip(COLUMNS, map(list, columns), strict=False)), tokens)


def encode_table(table: Mapping[str, Sequence[str]], tokens: Tokens) -> Columns:
    """Return people as numbers from columns of text, all of one length; columns that are missing are unknown."""
    size = len(next(iter(table.values()), ()))
    nothing = [""] * size
    columns = {name: table.get(name, nothing) for name in COLUMNS}
    rows = np.zeros((size, kernel.WIDTH), np.int32)
    if not size:
        return Columns(rows, np.zeros((0, kernel.READING_WIDTH), np.int32))
    names = _Names(tokens)
    written = list(map(names.read, columns["full_name"], columns["given"], columns["surname"], columns["alias"]))
    rows[:, : kernel.MARRIED + 1] = np.array([readings[0] for readings in written], np.int32)
    further = [reading for readings in written if len(readings) > 1 for reading in readings[1:]]
    counts = np.array([len(readings) - 1 for readings in written], np.int32)
    rows[:, kernel.MORE_COUNT] = counts
    rows[1:, kernel.MORE] = np.cumsum(counts[:-1])
    dates = _Cached(_date)
    birth = np.array([dates[text] for text in columns["dob"]], np.int64)
    rows[:, kernel.BIRTH] = birth % _STATES_ABOVE
    sexes = _Cached(read_sex)
    states = np.array([sexes[text] for text in columns["sex"]], np.int32)
    states |= (birth // _STATES_ABOVE).astype(np.int32)
    rows[:, kernel.PLACE] = [tokens.place(text) for text in columns["pob"]]
    for place, valid, reader, name in (
        (kernel.DUI, kernel.DUI_VALID, _dui, "dui"),
        (kernel.PASSPORT, kernel.PASSPORT_VALID, _passport, "passport"),
    ):
        numbers = np.array([reader(text) if text else 0 for text in columns[name]], np.int64)
        states |= np.where(numbers & 1, valid, 0).astype(np.int32)
        rows[:, place : place + 2] = (numbers >> 1).view(np.int32).reshape(-1, 2)
    rows[:, kernel.STATES] = states
    parents = _Cached(names.parent)
    for place, name in ((kernel.FATHER, "father"), (kernel.MOTHER, "mother")):
        rows[:, place : place + kernel.PARENT_WORDS] = np.array([parents[text] for text in columns[name]], np.int32)
    more = np.array(further, np.int32).reshape(-1, kernel.READING_WIDTH)
    return Columns(rows, more)


def levels(left: Columns, i: npt.ArrayLike, right: Columns, j: npt.ArrayLike, tokens: Tokens) -> npt.NDArray[np.uint8]:
    """Return how the fields of each pair `(left[i[k]], right[j[k]])` stand to each other."""
    first, second = np.ascontiguousarray(i, np.int64), np.ascontiguousarray(j, np.int64)
    out, arrays = np.zeros((len(first), kernel.FIELDS), np.uint8), tokens.arrays()
    levels_of_pairs(
        read_only(left.rows),
        read_only(left.more),
        first,
        read_only(right.rows),
        read_only(right.more),
        second,
        *(read_only(array) for array in arrays),
        *_REMEMBERED.room(len(arrays.facts), len(arrays.places)),
        out,
    )
    return out


class _Remembered(threading.local):
    """What `kernel_told` remembers, a thread's own: room that only grows and is never cleared."""

    def __init__(self) -> None:
        self._words, self._places = np.zeros((SLOTS, 0), np.int64), np.zeros(0, np.int64)

    def room(self, words: int, places: int) -> tuple[Pairs, Pairs]:
        """Return the arrays for a vocabulary of so many words and places."""
        if self._words.shape[1] < words:
            self._words = np.zeros((SLOTS, max(words, 2 * self._words.shape[1])), np.int64)
        if len(self._places) < places:
            told = self._places[:1]
            self._places = np.zeros(max(places, 2 * len(self._places)), np.int64)
            self._places[: len(told)] = told
        return self._words, self._places


_REMEMBERED: Final = _Remembered()


def read_only(array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return a read-only view of one kind for compiled code, so that it is compiled once for all arrays."""
    view = array.view(np.ndarray) if type(array) is not np.ndarray else array[:]
    view.flags.writeable = False
    return view


class _Cached(dict[str, Any]):
    """What a text is read as; each text is read once."""

    def __init__(self, reader: Callable[[str], Any]) -> None:
        self._reader = reader

    def __missing__(self, text: str) -> Any:  # noqa: ANN401 - whatever the reader makes of it
        value = self[text] = self._reader(text)
        return value


class _Names:
    """Reads names into token numbers: plain ones by pattern, the others by the parser."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._words = _Cached(self._word)
        self._parts = _Cached(self._part)

    def read(self, full: str, given: str, surname: str, alias: str) -> list[tuple[int, ...]]:
        """Return the readings of a name: the first as six numbers, the others as six and their kind."""
        if not alias:
            if given and surname:
                names, surnames = self._parts[given], self._parts[surname]
                patterns = _patterns(len(names), len(surnames)) if names and surnames else ()
                if patterns:
                    return _placed(patterns, names + surnames)
            elif full and not (given or surname):
                parts = self._part(full)
                patterns = _patterns(0, len(parts)) if parts else ()
                if patterns:
                    return _placed(patterns, parts)
        return self._parsed(full, given, surname, alias)

    def parent(self, documented: str) -> tuple[int, ...]:
        """Return the words of a parent's name: given, first surname, second surname, others."""
        plain = self._part(documented) if documented else ()
        if not plain and not known(documented):
            return (0,) * kernel.PARENT_WORDS
        patterns = _patterns(0, len(plain)) if plain else ()
        one = _placed(patterns[:1], plain)[0] if patterns else self._numbered(parse_name(documented).readings[0])
        given, second, third, first_surname, second_surname, married = one
        words = (given, first_surname, second_surname, second or third or married, third if second else 0)
        return words if first_surname or not given else (given, 0, 0, second, third)

    def _word(self, word: str) -> int:
        folded = fold(word)
        plain = folded.isalpha() and folded not in _NOT_PLAIN and word.replace("'", "").replace("’", "").isalpha()
        return self._tokens.number(folded) if plain else 0

    def _part(self, text: str) -> tuple[int, ...]:
        """Return the words of a plain name, or nothing when the parser must read it."""
        words = text.split()
        if not 0 < len(words) <= _PLAIN_WORDS:
            return ()
        known_words = self._words
        numbers = tuple(map(known_words.__getitem__, words))
        return () if 0 in numbers else numbers

    def _parsed(self, full: str, given: str, surname: str, alias: str) -> list[tuple[int, ...]]:
        name = parse_name(full, given=given, surname=surname, alias=alias)
        first, *others = (self._numbered(reading) for reading in name.readings[:_MOST_READINGS])
        further = [(*reading, kernel.REREAD) for reading in others]
        for text in name.aliases:
            if " " in text:
                further += [(*self._numbered(parse_name(text).readings[0]), kernel.BY_ALIAS)]
        return [first, *further[: kernel.MOST_FURTHER]]

    def _numbered(self, reading: Reading) -> tuple[int, ...]:
        number = self._tokens.number
        given = [number(fold(part)) for part in reading.given[:_GIVEN_NAMES]]
        given += [0] * (_GIVEN_NAMES - len(given))
        return (
            *given,
            number(fold(reading.first_surname)),
            number(fold(reading.second_surname)),
            number(fold(reading.married)),
        )


def _placed(patterns: Sequence[tuple[int, ...]], words: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return readings by patterns, each once; a pattern says for each place which word stands there (last: none)."""
    listed = (*words, 0)
    first, *others = dict.fromkeys(
        (listed[a], listed[b], listed[c], listed[d], listed[e], listed[f]) for a, b, c, d, e, f in patterns
    )
    return [first, *((*one, kernel.REREAD) for one in others)]


@lru_cache(maxsize=256)
def _patterns(given: int, words: int) -> tuple[tuple[int, ...], ...]:
    """Return how the parser places so many plain words (in one text when `given` is 0), learnt from the parser.

    Empty when the parser joins words.
    """
    made = [f"w{chr(ord('a') + place) * 3}" for place in range(given + words)]
    name = (
        parse_name(given=" ".join(made[:given]), surname=" ".join(made[given:]))
        if given
        else parse_name(" ".join(made))
    )
    index = {text: place for place, text in enumerate(made)} | {"": len(made)}

    def parts(reading: Reading) -> tuple[str, ...]:
        names = [*reading.given[:_GIVEN_NAMES], *[""] * _GIVEN_NAMES][:_GIVEN_NAMES]
        return (*names, reading.first_surname, reading.second_surname, reading.married)

    readings = [parts(reading) for reading in name.readings[:_MOST_READINGS]]
    if any(part not in index for reading in readings for part in reading):  # words the parser joins
        return ()
    return tuple(tuple(index[part] for part in reading) for reading in readings)


def _date(documented: str) -> int:
    """Return YYYYMMDD as documented, with the state bits in front of it when no calendar has that date."""
    born = read_date(documented)
    if born.state is not DateState.IMPOSSIBLE:
        return born.year * 10_000 + born.month * 100 + born.day
    digits = re.sub(r"\D", "", documented)
    told = int(digits) if _WHOLE_DATE.fullmatch(documented.strip()) else born.year * 10_000 + born.month * 100
    return kernel.DATE_IMPOSSIBLE * _STATES_ABOVE + told


def read_sex(documented: str) -> int:
    """Return 1 for a man, 2 for a woman, 0 when it is not told."""
    folded = fold(documented)
    return 1 if folded in MALE else 2 if folded in FEMALE else 0


def _dui(documented: str) -> int:
    """Return a DUI packed, twice, and one more when it is valid; one plainly written takes a short way."""
    digits = documented.replace("-", "", 1)
    if len(digits) == _DUI_DIGITS and digits.isascii() and digits.isdigit():
        packed = (_THREE[digits[:3]] * 37**3 + _THREE[digits[3:6]]) * 37**3 + _THREE[digits[6:]]
        return packed << 1 | (dui_check_digit(digits[:-1]) == int(digits[-1]) and len(set(digits)) > 1)
    number = read_dui(documented)
    return _packed(number.normal) << 1 | (number.state is IdentifierState.VALID)


def _passport(documented: str) -> int:
    number = read_passport(documented)
    return _packed(number.normal) << 1 | (number.state is IdentifierState.VALID)


_SIGNS: Final = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}


def _packed(normal: str) -> int:
    """Return the last signs of a number in base 37; 0 for none."""
    packed = 0
    for sign in normal[-_MOST_SIGNS:]:
        packed = packed * 37 + _SIGNS.get(sign, 36)
    return packed


_DUI_DIGITS: Final = 9
_THREE: Final = {f"{number:03}": _packed(f"{number:03}") for number in range(1000)}
