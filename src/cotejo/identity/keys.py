"""Composite keys by which a register finds possible same persons of a record.

1. Every key joins at least two facts, or is a number that names one person. A single surname is never a key, so a very
   common name finds many rows and breaks nothing.
2. A register stores `candidate_keys` of each row, about ten, from the likeliest reading of its name; a search asks with
   `search_keys`, which adds the other readings and the less usual ways the same person may have been documented
   (second given name or second surname used alone, married surname, aliases).
3. Keys hold sounds, not spellings (`phonetics`), and are made by this module on both sides.

| kind | made of |
|---|---|
| `D` `P` | DUI; passport |
| `S` | a surname, a given name, year of birth |
| `N` | both surnames and the first given name |
| `G` | first given name and first surname, in either order |
| `B` | birth date and first given name |
| `C` | birth date and first surname |
| `F` | father and mother |
| `M` | mother, and the first given name |
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from cotejo.identity.dates import BirthDate, read_date
from cotejo.identity.identifiers import Identifier, read_dui, read_passport
from cotejo.identity.names import Name, Reading, fold, known, parse_name
from cotejo.identity.phonetics import phonetic, without_tilde
from cotejo.identity.record import PersonRecord

IDENTIFIER_KINDS: Final = ("D", "P")


def candidate_keys(record: PersonRecord) -> frozenset[str]:
    """Return the keys a register stores for a row; empty when the row says too little to be found."""
    return frozenset(_keys(record, searching=False))


def search_keys(record: PersonRecord) -> frozenset[str]:
    """Return the keys to look a subject up with: `candidate_keys` and more."""
    return frozenset(_keys(record, searching=True))


def folded_name(record: PersonRecord) -> str:
    """Return first given name and surnames, folded, by which a register counts how many bear a name; else empty."""
    reading = name_of(record).readings[0]
    if not (reading.given and reading.first_surname):
        return ""
    parts = (reading.given[0], reading.first_surname, reading.second_surname)
    return " ".join(fold(part).replace(" ", "") for part in parts if part)


def name_of(record: PersonRecord) -> Name:
    """Return the parsed name of a record."""
    return parse_name(record.full_name, given=record.given, surname=record.surname, alias=record.alias)


def _keys(record: PersonRecord, *, searching: bool) -> Iterator[str]:
    name, born = name_of(record), read_date(record.dob)
    yield from _identifier_keys("D", read_dui(record.dui))
    yield from _identifier_keys("P", read_passport(record.passport))
    readings = list(name.readings[:1])
    if searching:
        readings += name.readings[1:]
        readings += [reading for alias in name.aliases if " " in alias for reading in parse_name(alias).readings]
    for reading in readings:
        yield from _name_keys(reading, born, searching=searching)
    yield from _parent_keys(record, readings)


def _identifier_keys(kind: str, number: Identifier) -> Iterator[str]:
    if number.normal:
        yield f"{kind}:{number.normal}"


def _name_keys(reading: Reading, born: BirthDate, *, searching: bool) -> Iterator[str]:
    given = reading.given[: 2 if searching else 1]
    surnames = [part for part in (reading.first_surname, reading.second_surname) if part]
    if searching and reading.married:
        surnames.append(reading.married)
    if born.year:
        yield from (f"S:{s}:{g}:{born.year}" for s, g in _sounds(surnames, given))
    if born.day:
        day = f"{born.year:04}{born.month:02}{born.day:02}"
        yield from (f"B:{day}:{sound}" for name in given for sound in _sound(name))
        yield from (f"C:{day}:{sound}" for name in surnames[: 2 if searching else 1] for sound in _sound(name))
    for surname, name in _sounds(surnames if searching else surnames[:1], given):
        yield "G:" + ":".join(sorted((surname, name)))
    for surname, name in _sounds(surnames[:1], reading.given[:1]):
        if reading.second_surname:
            yield from (f"N:{surname}:{sound}:{name}" for sound in _sound(reading.second_surname))


def _parent_keys(record: PersonRecord, readings: Iterable[Reading]) -> Iterator[str]:
    mothers = _parent_sounds(record.mother)
    yield from (f"F:{father}:{mother}" for father, mother in product(_parent_sounds(record.father), mothers))
    given = dict.fromkeys(sound for reading in readings for name in reading.given[:1] for sound in _sound(name))
    yield from (f"M:{mother}:{name}" for mother, name in product(mothers, given))


@lru_cache(maxsize=4_096)
def _parent_sounds(documented: str) -> tuple[str, ...]:
    """Return first given name and first surname of a parent, by sound; nothing when only one of them is known."""
    if not known(documented):
        return ()
    reading = parse_name(documented).readings[0]
    return tuple(f"{given}.{surname}" for surname, given in _sounds([reading.first_surname], reading.given[:1]))


def _sounds(surnames: Iterable[str], given: Iterable[str]) -> Iterator[tuple[str, str]]:
    given_sounds = [sound for name in given for sound in _sound(name)]
    return product((sound for surname in surnames for sound in _sound(surname)), given_sounds)


def _sound(name: str) -> tuple[str, ...]:
    sound = phonetic(fold(name))
    return (sound, without_tilde(sound)) if "ñ" in sound else (sound,) if sound else ()
