"""Composite keys as 64-bit numbers: which pairs of records are worth comparing.

1. Every key joins at least two facts, or is a number that names one person. A single surname is never a key.
2. A register stores `stored_keys` of each row, from the likeliest reading of its name; a search asks with
   `search_keys`, which adds the other readings and the less usual ways the same person may have been documented. Who
   tells no surname is asked for by those of the parents.
3. Keys are made of sounds (`tokens.sound_number`) and are the same in every process: they may be stored.
4. A pair is worth comparing when a key asked equals a key stored, whatever its place; 0 is no key.

| kind | made of |
|---|---|
| 1, 2 | DUI; passport |
| 3 | a surname or the married name, a given name, year of birth |
| 4, 5 | first given name and both surnames; first given name and first surname |
| 6 | birth date, with a given name or a surname |
| 7 | father and mother |
| 8, 9 | mother, father, with the first given name |
| 10 | both surnames and year of birth |
| 11 | birth date and the first letter of given name or surname |
| 12 | the last four signs of the DUI, or those before, with the year of birth |
| 13 | the last four signs of the passport; those before, with the year of birth |
| 14 | first given name and married name |
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,name-defined"

from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity import kernel
from cotejo.identity.columns import Columns, read_only
from cotejo.identity.kernel import compiled, inner
from cotejo.identity.tokens import Tokens

Keys = npt.NDArray[np.uint64]

STORED: Final = 23
ASKED: Final = 104
LOOSE: Final = 8
FEW_ROWS: Final = 20_000
RARE: Final = 30
"""Two names that so few rows of a file bear together are a key of it, without a year."""
_TWO_NAMES: Final = ((kernel.S1, kernel.S2), (kernel.G1, kernel.S2), (kernel.G1, kernel.G2))
# Places of the stored keys that say how often a name is borne.
NAME_PLACE, SHORT_NAME_PLACE, PARENTS_PLACE = 4, 5, 9
_DUI, _PASSPORT, _SURNAME_GIVEN_YEAR, _NAME, _SHORT_NAME, _DATE = 1, 2, 3, 4, 5, 6
_PARENTS, _MOTHER_GIVEN, _FATHER_GIVEN, _SURNAMES_YEAR = 7, 8, 9, 10
_DATE_LETTER, _PART_OF_DUI, _PART_OF_PASSPORT, _MARRIED_NAME = 11, 12, 13, 14
_LOOSE = 32
_LAST_FOUR = 37**4
_READINGS_ASKED: Final = 4
_FIRST_READING: Final = 9  # places before hold what does not depend on the reading


def stored_keys(people: Columns, tokens: Tokens) -> Keys:
    """Return the keys a register stores for each of its rows."""
    keys = np.zeros((len(people), STORED), np.uint64)
    arrays = tokens.arrays()
    _stored(read_only(people.rows), read_only(arrays.facts), keys)
    return keys


def search_keys(people: Columns, tokens: Tokens) -> Keys:
    """Return the keys to look each subject up with."""
    keys = np.zeros((len(people), ASKED), np.uint64)
    arrays = tokens.arrays()
    _asked(read_only(people.rows), read_only(people.more), read_only(arrays.facts), keys)
    return keys


def can_be_found(people: Columns, tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Say of each subject whether it tells anything to look it up by."""
    found: npt.NDArray[np.bool_] = np.any(search_keys(people, tokens) != 0, axis=1)
    return found


def loose_keys(people: Columns, tokens: Tokens) -> Keys:
    """Return further keys for files of at most `FEW_ROWS`, the same for asking and storing; too many share them above.

    Birth date; birthplace with a name; a name with the first letter of the other; the first signs of a passport.
    """
    keys = np.zeros((len(people), LOOSE), np.uint64)
    _loose(read_only(people.rows), read_only(tokens.arrays().facts), keys)
    return keys


def keys_of_files(left: Columns, right: Columns, tokens: Tokens) -> tuple[Keys, Keys]:
    """Return the keys asked by the rows of one file and stored by those of another; more of them in small files."""
    asked, stored = [search_keys(left, tokens)], [stored_keys(right, tokens)]
    for places in _TWO_NAMES:
        for keys, rare in zip((asked, stored), _rare(left, right, places, tokens), strict=True):
            keys.append(rare)
    if len(right) <= FEW_ROWS:
        asked.append(loose_keys(left, tokens))
        stored.append(loose_keys(right, tokens))
    return np.concatenate(asked, axis=1), np.concatenate(stored, axis=1)


def _rare(left: Columns, right: Columns, places: tuple[int, int], tokens: Tokens) -> tuple[Keys, Keys]:
    """Return keys of two names alone, where at most `RARE` rows of the right file bear both."""
    asked, stored = (_two_names(people, places, tokens) for people in (left, right))
    borne, counts = np.unique(stored, return_counts=True)
    rare = borne[(counts <= RARE) & (borne != 0)]
    one, other = (np.where(np.isin(keys, rare), keys, np.uint64(0))[:, None] for keys in (asked, stored))
    return one, other


def _two_names(people: Columns, places: tuple[int, int], tokens: Tokens) -> Keys:
    sounds = tokens.arrays().facts[:, kernel.SOUND].view(np.uint64)
    first, second = (sounds[people.rows[:, place]] for place in places)
    kind = np.uint64(2 * places[0] + 64 * places[1] + 1)
    mixed: Keys = (((first ^ kind) * np.uint64(0x9E3779B97F4A7C15)) ^ second) * np.uint64(0xBF58476D1CE4E5B9)
    return np.where((first != 0) & (second != 0), mixed | np.uint64(1), np.uint64(0))


def namesakes(subjects: Columns, register: Keys, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Return for each subject how many rows of a register bear its name by sound, from the register's stored keys.

    Given name and both surnames; given name and first surname when the subject has no second; 0 when it has neither.
    """
    asked = stored_keys(subjects, tokens)
    counts = np.zeros(len(subjects), np.int64)
    for place in (SHORT_NAME_PLACE, NAME_PLACE):
        names, borne = np.unique(register[:, place], return_counts=True)
        wanted = asked[:, place]
        found = np.searchsorted(names, wanted).clip(max=max(len(names) - 1, 0))
        if len(names):
            counts = np.where(wanted != 0, np.where(names[found] == wanted, borne[found], 0), counts)
    return counts


def bearing_once(people: Columns, stored: Keys) -> Keys:
    """Return the stored keys of a file in which rows of one name and one birth date, to the day, bear the name once.

    For `namesakes`: the copies of a row make no name common.
    """
    born = people.rows[:, kernel.BIRTH]
    once = stored.copy()
    for place in (SHORT_NAME_PLACE, NAME_PLACE):
        names = stored[:, place]
        order = np.lexsort((born, names))
        again = (np.diff(names[order]) == 0) & (np.diff(born[order]) == 0) & (born[order[1:]] % 100 > 0)
        once[order[1:][again], place] = 0
    return once


def candidate_pairs(asked: Keys, stored: Keys, *, most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the pairs that share a key, each once, by asker; a key that more than `most` rows store joins nobody."""
    places = np.flatnonzero(stored.ravel())
    order = places[np.argsort(stored.ravel()[places], kind="stable")]
    keys = stored.ravel()[order]
    asking = np.flatnonzero(asked.ravel())
    wanted = asked.ravel()[asking]
    start, end = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    counts = np.where(end - start <= most, end - start, 0)
    i = np.repeat(asking // asked.shape[1], counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    j = order[np.repeat(start, counts) + within] // stored.shape[1]
    pairs = np.unique(i * len(stored) + j)
    return pairs // len(stored), pairs % len(stored)


def parent_name_keys(people: Columns, place: int, tokens: Tokens) -> Keys:
    """Return the name key (kind 4) of each person's father or mother, by `kernel.FATHER` or `kernel.MOTHER`."""
    rows = np.zeros((len(people), kernel.WIDTH), np.int32)
    rows[:, kernel.G1] = people.rows[:, place]
    rows[:, kernel.S1] = people.rows[:, place + 1]
    rows[:, kernel.S2] = people.rows[:, place + 2]
    return stored_keys(Columns(rows, people.more), tokens)[:, NAME_PLACE]


@inner
def _mixed(kind, a, b, c):
    """Return one number for a kind and up to three facts; never 0."""
    state = np.uint64(kind) * np.uint64(0x9E3779B97F4A7C15)
    for fact in (a, b, c):
        state = (state ^ fact) * np.uint64(0xBF58476D1CE4E5B9)
        state ^= state >> np.uint64(31)
        state = state * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(29)
    return state | np.uint64(1)


@inner
def _number_key(row, place, kind):
    low, high = np.int64(row[place]) & 0xFFFFFFFF, np.int64(row[place + 1])
    number = (high << 32) | low
    return _mixed(kind, np.uint64(number), np.uint64(0), np.uint64(0)) if number else np.uint64(0)


@inner
def _two(kind, a, b, c):
    return _mixed(kind, a, b, c) if a and b else np.uint64(0)


@inner
def _possible_date(row):
    """Return the birth date, of one that no calendar has the year, of one told backwards the day it tells."""
    date = np.int64(row[kernel.BIRTH])
    if not row[kernel.STATES] & kernel.DATE_IMPOSSIBLE:
        return date
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    if year < 1850 or year > 2099:
        return np.int64(0)
    return year * 10_000 + (day * 100 + month if 0 < day <= 12 and 12 < month <= 31 else 0)


@inner
def _parent_sound(row, place, facts):
    """Return given name and first surname of a parent as one number; 0 when only one of them is known."""
    return _two(0, np.uint64(facts[row[place], 0]), np.uint64(facts[row[place + 1], 0]), np.uint64(0))


@inner
def _letter_key(facts, a, day):
    letter = np.uint64(facts[a, 2] & 255)
    return _two(_DATE_LETTER, day, letter, np.uint64(0))


@inner
def _loose_keys(row, facts, day, year, out, k, place):
    """Write the keys that outlive a slip in the names, or in a number."""
    out[k, place] = _letter_key(facts, row[0], day)
    out[k, place + 1] = _letter_key(facts, row[3], day)
    for n in range(2):
        column, kind = (kernel.DUI, _PART_OF_DUI) if n == 0 else (kernel.PASSPORT, _PART_OF_PASSPORT)
        number = (np.int64(row[column + 1]) << 32) | (np.int64(row[column]) & 0xFFFFFFFF)
        if number and (year or kind == _PART_OF_PASSPORT):  # rows with a passport are few
            last_year = year if kind == _PART_OF_DUI else np.uint64(0)
            out[k, place + 2 + 2 * n] = _mixed(kind, np.uint64(number % _LAST_FOUR), last_year, np.uint64(1))
        if number and year:  # the first signs of a number are those of its neighbours
            out[k, place + 3 + 2 * n] = _mixed(kind, np.uint64(number // _LAST_FOUR), year, np.uint64(2))


@compiled
def _loose(rows, facts, out):
    nothing = np.uint64(0)
    for k in range(len(rows)):
        row = rows[k]
        date = _possible_date(row)
        given, surname = np.uint64(facts[row[0], 0]), np.uint64(facts[row[3], 0])
        given_letter, surname_letter = np.uint64(facts[row[0], 2] & 255), np.uint64(facts[row[3], 2] & 255)
        place = np.uint64(row[kernel.PLACE])
        passport = (np.int64(row[kernel.PASSPORT + 1]) << 32) | (np.int64(row[kernel.PASSPORT]) & 0xFFFFFFFF)
        if date % 100:
            out[k, 0] = _mixed(_LOOSE, np.uint64(date), nothing, nothing)
        out[k, 1] = _two(_LOOSE + 1, given, place, nothing)
        out[k, 2] = _two(_LOOSE + 1, surname, place, nothing)
        out[k, 3] = _two(_LOOSE + 2, given, surname_letter, nothing)
        out[k, 4] = _two(_LOOSE + 2, surname, given_letter, nothing)
        if passport:
            out[k, 5] = _mixed(_LOOSE + 3, np.uint64(passport // _LAST_FOUR), nothing, nothing)
        if place and date:
            out[k, 6] = _mixed(_LOOSE + 4, np.uint64(date // 10_000), place, nothing)


@compiled
def _stored(rows, facts, out):
    nothing = np.uint64(0)
    for k in range(len(rows)):
        row = rows[k]
        g1, g2, s1, s2 = (
            np.uint64(facts[row[0], 0]),
            np.uint64(facts[row[1], 0]),
            np.uint64(facts[row[3], 0]),
            np.uint64(facts[row[4], 0]),
        )
        date = _possible_date(row)
        year = np.uint64(date // 10_000)
        day = np.uint64(date) if date % 100 else nothing
        out[k, 0] = _number_key(row, kernel.DUI, _DUI)
        out[k, 1] = _number_key(row, kernel.PASSPORT, _PASSPORT)
        if year:
            out[k, 2] = _two(_SURNAME_GIVEN_YEAR, s1, g1, year)
            out[k, 3] = _two(_SURNAME_GIVEN_YEAR, s2, g1, year)
            out[k, 11] = _two(_SURNAME_GIVEN_YEAR, s1, g2, year)
            out[k, 12] = _two(_SURNAMES_YEAR, s1, s2, year)
        out[k, 4] = _mixed(_NAME, g1, s1, s2) if g1 and s1 and s2 else nothing
        out[k, 5] = _two(_SHORT_NAME, g1, s1, nothing)
        out[k, 6] = _two(_DATE, day, g1, nothing)
        out[k, 7] = _two(_DATE, day, s1, nothing)
        out[k, 8] = _two(_DATE, day, s2, nothing)
        father, mother = _parent_sound(row, kernel.FATHER, facts), _parent_sound(row, kernel.MOTHER, facts)
        out[k, 9] = _two(_PARENTS, father, mother, nothing)
        out[k, 10] = _two(_MOTHER_GIVEN, mother, g1, nothing)
        out[k, 13] = _two(_FATHER_GIVEN, father, g1, nothing)
        out[k, 14] = _two(_DATE, day, g2, nothing)
        _loose_keys(row, facts, day, year, out, k, 15)
        married = np.uint64(facts[row[kernel.MARRIED], 0])
        out[k, 21] = _two(_MARRIED_NAME, g1, married, nothing)
        out[k, 22] = _two(_SURNAME_GIVEN_YEAR, married, g1, year) if year else nothing


@compiled
def _asked(rows, more, facts, out):
    nothing = np.uint64(0)
    for k in range(len(rows)):
        row = rows[k]
        place = _FIRST_READING
        out[k, 0] = _number_key(row, kernel.DUI, _DUI)
        out[k, 1] = _number_key(row, kernel.PASSPORT, _PASSPORT)
        date = _possible_date(row)
        year = np.uint64(date // 10_000)
        day = np.uint64(date) if date % 100 else nothing
        swapped = nothing
        if day and date % 100 <= 12 and date % 100 != date // 100 % 100:
            swapped = np.uint64(date // 10_000 * 10_000 + date % 100 * 100 + date // 100 % 100)
        father, mother = _parent_sound(row, kernel.FATHER, facts), _parent_sound(row, kernel.MOTHER, facts)
        out[k, 2] = _two(_PARENTS, father, mother, nothing)
        _loose_keys(row, facts, day, year, out, k, 3)
        if not row[3]:
            given = np.uint64(facts[row[0], 0])
            for parent in (kernel.FATHER, kernel.MOTHER):
                surname = np.uint64(facts[row[parent + 1], 0])
                out[k, place] = _two(_DATE, day, surname, nothing)
                out[k, place + 1] = _two(_SHORT_NAME, given, surname, nothing)
                out[k, place + 2] = _two(_SURNAME_GIVEN_YEAR, surname, given, year) if year else nothing
                place += 3
        for r in range(-1, min(row[kernel.MORE_COUNT], _READINGS_ASKED - 1)):
            name = row[:6] if r < 0 else more[row[kernel.MORE] + r, :6]
            g1, g2 = np.uint64(facts[name[0], 0]), np.uint64(facts[name[1], 0])
            s1, s2, married = np.uint64(facts[name[3], 0]), np.uint64(facts[name[4], 0]), np.uint64(facts[name[5], 0])
            made = (
                _two(_SURNAME_GIVEN_YEAR, s1, g1, year) if year else nothing,
                _two(_SURNAME_GIVEN_YEAR, s2, g1, year) if year else nothing,
                _two(_SURNAME_GIVEN_YEAR, s1, g2, year) if year else nothing,
                _two(_SURNAME_GIVEN_YEAR, s2, g2, year) if year else nothing,
                _two(_SURNAME_GIVEN_YEAR, married, g1, year) if year else nothing,
                _two(_SURNAMES_YEAR, s1, s2, year) if year else nothing,
                _two(_SURNAMES_YEAR, s2, s1, year) if year else nothing,
                _mixed(_NAME, g1, s1, s2) if g1 and s1 and s2 else nothing,
                _mixed(_NAME, g1, s2, s1) if g1 and s1 and s2 else nothing,
                _two(_SHORT_NAME, g1, s1, nothing),
                _two(_SHORT_NAME, s1, g1, nothing) if r < 0 else nothing,
                _two(_MARRIED_NAME, g1, s1, nothing),
                _two(_SURNAME_GIVEN_YEAR, g1, s1, year) if year and r < 0 else nothing,
                _two(_DATE, day, g1, nothing),
                _two(_DATE, day, s1, nothing),
                _two(_DATE, day, s2, nothing),
                _two(_DATE, day, g2, nothing),
                _two(_DATE, swapped, g1, nothing),
                _two(_DATE, swapped, s1, nothing),
                _two(_MOTHER_GIVEN, mother, g1, nothing),
                _two(_FATHER_GIVEN, father, g1, nothing),
            )
            for key in made:
                new = key != nothing
                for earlier in range(place):
                    new = new and out[k, earlier] != key
                if new and place < ASKED:
                    out[k, place] = key
                    place += 1
