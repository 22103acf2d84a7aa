"""Two records side by side, field by field; what was seen, not how likely.

1. A field that either record does not tell is unknown, never a difference.
2. Every pair of readings of the two names is tried and the one that agrees best is shown; when it is not the usual
   reading of both, the comparison says so.
3. Symmetric: comparing the other way round gives the same levels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA

from cotejo.identity.conventions import FEMALE, MALE, NICKNAMES, PARTICLES, PLACE_FILLERS
from cotejo.identity.dates import BirthDate, compare_dates, read_date
from cotejo.identity.identifiers import Identifier, compare_identifiers, read_dui, read_passport
from cotejo.identity.keys import name_of
from cotejo.identity.levels import Field, Level, Verdict, verdict_of
from cotejo.identity.names import Name, fold, known, parse_name
from cotejo.identity.phonetics import phonetic, without_tilde
from cotejo.identity.record import PersonRecord

_NAME_FIELDS: Final = (Field.GIVEN, Field.FIRST_SURNAME, Field.SECOND_SURNAME)
_WORTH: Final = {Verdict.AGREE: 4, Verdict.CLOSE: 2, Verdict.UNKNOWN: 0, Verdict.DIFFER: -4}
# One slip of the pen in a word this long leaves the same name more often than it makes another.
_SLIP_FROM: Final = 5
_TWO_SLIPS_FROM: Final = 9
# A given name and two surnames.
_FULL_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class FoldedReading:
    """One reading of a name, folded; `usual` when it is the likeliest reading of the documented name."""

    given: tuple[str, ...]
    first: str
    second: str
    married: str
    usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A record with everything read that a comparison needs; made once, compared often."""

    record: PersonRecord
    name: Name
    readings: tuple[FoldedReading, ...]
    born: BirthDate
    sex: str
    place: frozenset[str]
    dui: Identifier
    passport: Identifier
    father: frozenset[str]
    mother: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One compared field: its level, its verdict, and the two values as documented."""

    field: Field
    level: Level
    subject: str
    candidate: str

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All compared fields of a subject and a candidate.

    `usual_reading` is false when the names had to be reread; `parent_named` is true when one bears the name the other
    gives for a parent.
    """

    subject: Parsed
    candidate: Parsed
    lines: tuple[Line, ...]
    usual_reading: bool
    parent_named: bool

    def level(self, field: Field) -> Level:
        return next(line.level for line in self.lines if line.field is field)

    def verdict(self, field: Field) -> Verdict:
        return verdict_of(self.level(field))


def parse(record: PersonRecord) -> Parsed:
    """Read every field of a record. Never raises: what cannot be read is unknown."""
    name = name_of(record)
    return Parsed(
        record=record,
        name=name,
        readings=tuple(_folded_readings(name)),
        born=read_date(record.dob),
        sex=_sex(record.sex),
        place=_words(record.pob, PLACE_FILLERS),
        dui=read_dui(record.dui),
        passport=read_passport(record.passport),
        father=_words(record.father, PARTICLES),
        mother=_words(record.mother, PARTICLES),
        own=_own_words(name),
    )


def compare(subject: Parsed, candidate: Parsed) -> Comparison:
    """Compare two records field by field."""
    names, usual = _compare_names(subject, candidate)
    one, other = subject.record, candidate.record
    levels = (
        *zip(_NAME_FIELDS, names, strict=True),
        (Field.BIRTH_DATE, compare_dates(subject.born, candidate.born)),
        (Field.SEX, _equal_or_not(subject.sex, candidate.sex)),
        (Field.BIRTH_PLACE, _compare_places(subject.place, candidate.place)),
        (Field.DUI, compare_identifiers(subject.dui, candidate.dui)),
        (Field.PASSPORT, compare_identifiers(subject.passport, candidate.passport)),
        (Field.FATHER, _compare_parents(subject.father, candidate.father)),
        (Field.MOTHER, _compare_parents(subject.mother, candidate.mother)),
    )
    values = {
        Field.BIRTH_DATE: (one.dob, other.dob),
        Field.SEX: (one.sex, other.sex),
        Field.BIRTH_PLACE: (one.pob, other.pob),
        Field.DUI: (one.dui, other.dui),
        Field.PASSPORT: (one.passport, other.passport),
        Field.FATHER: (one.father, other.father),
        Field.MOTHER: (one.mother, other.mother),
    }
    shown = dict(zip(_NAME_FIELDS, zip(_name_values(subject), _name_values(candidate), strict=True), strict=True))
    pairs = shown | values
    lines = tuple(
        Line(field=field, level=level, subject=pairs[field][0], candidate=pairs[field][1]) for field, level in levels
    )
    return Comparison(
        subject=subject,
        candidate=candidate,
        lines=lines,
        usual_reading=usual,
        parent_named=_names_as_parent(subject, candidate) or _names_as_parent(candidate, subject),
    )


def _folded_readings(name: Name) -> Iterable[FoldedReading]:
    aliases = (reading for alias in name.aliases if " " in alias for reading in parse_name(alias).readings[:1])
    for place, reading in enumerate((*name.readings, *aliases)):
        yield FoldedReading(
            given=tuple(fold(part) for part in reading.given),
            first=fold(reading.first_surname),
            second=fold(reading.second_surname),
            married=fold(reading.married),
            usual=place == 0,
        )


def _own_words(name: Name) -> frozenset[str]:
    reading = name.readings[0]
    return _words(" ".join((*reading.given, reading.first_surname, reading.second_surname)), PARTICLES)


def _name_values(parsed: Parsed) -> tuple[str, str, str]:
    reading = parsed.name.readings[0]
    return " ".join(reading.given), reading.first_surname, reading.second_surname


def _compare_names(subject: Parsed, candidate: Parsed) -> tuple[tuple[Level, Level, Level], bool]:
    """Return the levels of the best pair of readings, and whether it is the usual one."""
    best: tuple[int, tuple[Level, Level, Level]] = (-100, (Level.UNKNOWN, Level.UNKNOWN, Level.UNKNOWN))
    usual = True
    for one, other in product(subject.readings, candidate.readings):
        levels = (_compare_given(one.given, other.given), *_compare_surnames(one, other))
        worth = sum(_WORTH[verdict_of(level)] for level in levels) - (not one.usual) - (not other.usual)
        if (worth, levels) > best:
            best, usual = (worth, levels), one.usual and other.usual
        if usual and all(level is Level.SAME for level in levels):
            break
    return best[1], usual


def _compare_given(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    if not (one and other):
        return Level.UNKNOWN
    if one == other:
        return Level.SAME
    short, long = sorted((one, other), key=lambda names: (len(names), names))
    if len(one) == len(other) and sorted(one) == sorted(other):
        return Level.OTHER_ORDER
    if short[0] == long[0] or _alike(short[0], long[0]):
        return _compare_further_given(short, long)
    if _initial(short[0], long[0]):
        return Level.AS_FAR_AS_DOCUMENTED
    if _nicknamed(short[0], long[0]):
        return Level.NICKNAME
    return Level.ONE_OF_THE_GIVEN if set(short) <= set(long) else Level.DIFFERS


def _compare_further_given(short: tuple[str, ...], long: tuple[str, ...]) -> Level:
    """Compare given names after a first one that agrees or is alike."""
    further = list(zip(short[1:], long[1:], strict=False))
    if not all(a == b or a in long or _alike(a, b) or _initial(a, b) for a, b in further):
        return Level.OTHER_SECOND_GIVEN
    if len(short) < len(long) or any(_initial(a, b) for a, b in further):
        return Level.AS_FAR_AS_DOCUMENTED if short[0] == long[0] else Level.SPELLING
    return Level.SPELLING


def _compare_surnames(one: FoldedReading, other: FoldedReading) -> tuple[Level, Level]:
    if one.first and one.second and (one.first, one.second) == (other.second, other.first) and one.first != one.second:
        return Level.OTHER_ORDER, Level.OTHER_ORDER
    return _compare_first_surnames(one, other), _equal_or_not(one.second, other.second)


def _compare_first_surnames(one: FoldedReading, other: FoldedReading) -> Level:
    level = _equal_or_not(one.first, other.first)
    if level is not Level.DIFFERS:
        return level
    if one.first == other.second or other.first == one.second:
        return Level.IN_OTHER_PLACE
    return Level.MARRIED_NAME if one.first == other.married or other.first == one.married else Level.DIFFERS


def _equal_or_not(one: str, other: str) -> Level:
    if not (one and other):
        return Level.UNKNOWN
    if one == other:
        return Level.SAME
    return Level.SPELLING if _alike(one, other) else Level.DIFFERS


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> bool:
    """Say whether two folded words are one name written in two ways: same sound, no tilde, or a slip of the pen."""
    if without_tilde(one) == without_tilde(other) or without_tilde(phonetic(one)) == without_tilde(phonetic(other)):
        return True
    shorter = min(len(one), len(other))
    if shorter < _SLIP_FROM or one[-1] != other[-1]:  # the last letter tells Mario from María
        return False
    return OSA.distance(one, other) <= (2 if shorter >= _TWO_SLIPS_FROM else 1)


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _nicknamed(one: str, other: str) -> bool:
    return other in NICKNAMES.get(one, ()) or one in NICKNAMES.get(other, ())


def _sex(documented: str) -> str:
    folded = fold(documented)
    return "M" if folded in MALE else "F" if folded in FEMALE else ""


def _words(documented: str, without: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(documented).split()) - without if known(documented) else frozenset()


def _compare_places(one: frozenset[str], other: frozenset[str]) -> Level:
    if not (one and other):
        return Level.UNKNOWN
    if one == other:
        return Level.SAME
    return Level.AS_FAR_AS_DOCUMENTED if one <= other or other <= one else Level.DIFFERS


def _compare_parents(one: frozenset[str], other: frozenset[str]) -> Level:
    """Compare a parent's name by its words; one word alone is too little to say anything."""
    short, long = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    if len(short) < 2:  # noqa: PLR2004 - a given name and a surname
        return Level.UNKNOWN
    if one == other:
        return Level.SAME
    if short <= long:
        return Level.AS_FAR_AS_DOCUMENTED
    return Level.SPELLING if _each_has_its_like(sorted(short - long), sorted(long - short)) else Level.DIFFERS


def _names_as_parent(child: Parsed, parent: Parsed) -> bool:
    """Say whether one record gives the other's name, both surnames included, as its father's or mother's."""
    return len(parent.own) >= _FULL_NAME and parent.own in {child.father, child.mother}


def _each_has_its_like(short: Sequence[str], long: Sequence[str]) -> bool:
    return all(any(_alike(a, b) or _initial(a, b) for b in long) for a in short)
