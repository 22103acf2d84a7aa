"""Records side by side, field by field, in words' reach: a view of what the compiled comparison saw (`kernel`).

One subject is compared with all its candidates in one call. What was seen is kept as level numbers; lines with the
documented values are made only for what is shown.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cotejo.identity.columns import Columns, encode, levels, read_sex
from cotejo.identity.dates import BirthDate, read_date
from cotejo.identity.documented import name_of
from cotejo.identity.levels import (
    CODES,
    COLUMNS_OF_LEVELS,
    LEVELS,
    PARENT_NAMED,
    READING,
    Field,
    Level,
    Verdict,
    verdict_of,
)
from cotejo.identity.names import Reading
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens

_READING: Final = COLUMNS_OF_LEVELS.index(READING)
_PARENT_NAMED: Final = COLUMNS_OF_LEVELS.index(PARENT_NAMED)
_SEXES: Final = ("", "M", "F", "")
_OWN: Final = threading.local()


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


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What was seen of a subject and a candidate: a level number for each of `COLUMNS_OF_LEVELS`."""

    subject: PersonRecord
    candidate: PersonRecord
    codes: bytes

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every field, in the order of `Field`, with both values as documented."""
        return tuple(
            Line(field=field, level=LEVELS[code], subject=told, candidate=held)
            for field, code, told, held in zip(Field, self.codes[: len(Field)], *self.values, strict=True)
        )

    @cached_property
    def values(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the subject and what the candidate tell, in the order of `Field`, as documented."""
        return _values(self.subject), _values(self.candidate)

    @property
    def usual_reading(self) -> bool:
        """Say whether the names agree best as they are usually read; otherwise they were reread."""
        return self.codes[_READING] == CODES[Level.SAME]

    @property
    def parent_named(self) -> bool:
        """Say whether one bears the name the other gives for a parent."""
        return self.codes[_PARENT_NAMED] == CODES[Level.SAME]

    def level(self, field: Field) -> Level:
        return LEVELS[self.codes[COLUMNS_OF_LEVELS.index(field)]]

    def verdict(self, field: Field) -> Verdict:
        return verdict_of(self.level(field))

    @property
    def births(self) -> tuple[BirthDate, BirthDate]:
        return read_date(self.subject.dob), read_date(self.candidate.dob)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One subject and all its candidates: level numbers, one row a candidate."""

    subject: PersonRecord
    candidates: Sequence[PersonRecord]
    codes: np.ndarray[Any, np.dtype[np.uint8]]

    def one(self, number: int) -> Comparison:
        """Return one of the comparisons."""
        return Comparison(subject=self.subject, candidate=self.candidates[number], codes=self.codes[number].tobytes())


def compare_all(subject: PersonRecord, candidates: Sequence[PersonRecord], tokens: Tokens | None = None) -> Compared:
    """Compare a subject with each candidate. `tokens`: the vocabulary of a register that knows its frequent names."""
    vocabulary = tokens or own_tokens()
    with vocabulary.passing():
        people: Columns = encode([subject, *candidates], vocabulary)
        others = np.arange(1, len(people))
        codes = levels(people, np.zeros_like(others), people, others, vocabulary)
    return Compared(subject, candidates, codes)


def compare(subject: PersonRecord, candidate: PersonRecord) -> Comparison:
    """Compare two records."""
    return compare_all(subject, [candidate]).one(0)


def own_tokens() -> Tokens:
    """Return this thread's vocabulary, which holds the names the conventions list."""
    if not hasattr(_OWN, "tokens"):
        _OWN.tokens = Tokens()
    tokens: Tokens = _OWN.tokens
    return tokens


def sex_of(record: PersonRecord) -> str:
    """Return `M`, `F` or nothing."""
    return _SEXES[read_sex(record.sex)]


def _values(record: PersonRecord) -> tuple[str, ...]:
    reading: Reading = name_of(record).readings[0]
    names = (" ".join(reading.given), reading.first_surname, reading.second_surname)
    return (*names, record.dob, record.sex, record.pob, record.dui, record.passport, record.father, record.mother)
