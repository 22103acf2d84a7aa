"""An invented register in which namesakes and relatives abound, the same for the same seed. No one in it exists.

1. People come in families: two parents, children with a surname of each, some sons named after their father, some
   twins; and in every fortieth family the parents bear the full names of two people who are there already.
2. DUI numbers start at 90000000, a range never issued, with right check digits; people under 18 have none.
3. What a real register lacks is lacking here: fathers, birth days, accents, numbers.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Final

from cotejo.identity.identifiers import dui_check_digit
from cotejo.identity.invented_names import FEMALE_GIVEN, MALE_GIVEN, PLACES, SURNAMES
from cotejo.identity.names import fold
from cotejo.identity.record import PersonRecord

FIRST_DUI: Final = 90_000_000
# Coprime to the size of the range: every index gets its own number, neighbours get distant ones.
_DUI_RANGE: Final = 10_000_000
_DUI_STRIDE: Final = 7_654_321
_ADULT_BORN_BEFORE: Final = 2008

# Shares, all invented: they make namesakes and relatives abound, they do not describe any population.
NAMES_AGAIN: Final = 1 / 40
MARRIED_NAME: Final = 0.4
SECOND_SURNAME_DROPPED: Final = 0.5
AFTER_FATHER: Final = 0.15
FIRST_NAME_OF_PARENT: Final = 0.15
TWIN: Final = 0.03
CAPITALS: Final = 0.25
TOLD_PLACE: Final = 0.9
TOLD_DUI: Final = 0.85
TOLD_PASSPORT: Final = 0.15
TOLD_FATHER: Final = 0.8
TOLD_MOTHER: Final = 0.93
# How many characters of the birth date are written, and how often.
_DATE_WRITTEN: Final = ((10, 4, 7, 0), (0.95, 0.02, 0.01, 0.02))


@dataclass(frozen=True, slots=True)
class _Named:
    given: str
    first: str
    second: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.first} {self.second}"


class _Chance:
    """Seeded draws; frequent names are drawn as often as the harmonic series says."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(f"invented register {seed}")  # noqa: S311 - invented people, reproducible
        self._given = {"M": _harmonic(MALE_GIVEN), "F": _harmonic(FEMALE_GIVEN)}
        self._surnames = _harmonic(SURNAMES)

    def given(self, sex: str, *, first: str = "") -> str:
        names, weights = self._given[sex]
        drawn = self.random.choices(names, cum_weights=weights, k=2)
        one, other = (first, drawn[1]) if first else drawn
        return f"{one} {other}" if one != other else one

    def surname(self) -> str:
        names, weights = self._surnames
        return self.random.choices(names, cum_weights=weights)[0]

    def named(self, sex: str, *, first: str = "") -> _Named:
        return _Named(self.given(sex), first or self.surname(), self.surname())

    def happens(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self.random.randrange(365))


def _harmonic(names: list[str]) -> tuple[list[str], list[float]]:
    return names, list(accumulate(1 / (place + 3) for place in range(len(names))))


def invented_register(size: int, seed: int = 1) -> Iterator[PersonRecord]:
    """Return so many invented people, ids `R00000001` and on; 50,000 take about two seconds."""
    return islice(_people(_Chance(seed)), size)


def _people(chance: _Chance) -> Iterator[PersonRecord]:
    index = 0
    earlier: list[tuple[_Named, _Named]] = []
    while True:
        for person in _family(chance, earlier):
            yield _registered(chance, index, person)
            index += 1


@dataclass(frozen=True, slots=True)
class _Person:
    named: _Named
    sex: str
    born: date
    place: str
    father: _Named
    mother: _Named
    married: str = ""


def _family(chance: _Chance, earlier: list[tuple[_Named, _Named]]) -> list[_Person]:
    again = bool(earlier) and chance.happens(NAMES_AGAIN)
    father, mother = chance.random.choice(earlier) if again else (chance.named("M"), chance.named("F"))
    earlier.append((father, mother))
    place, year = chance.random.choice(PLACES), chance.random.randrange(1940, 1988)
    husband = _Person(
        father,
        "M",
        chance.day(year - chance.random.randrange(8)),
        place,
        chance.named("M", first=father.first),
        chance.named("F", first=father.second),
    )
    wife = _Person(
        mother,
        "F",
        chance.day(year),
        chance.random.choice(PLACES),
        chance.named("M", first=mother.first),
        chance.named("F", first=mother.second),
        father.first if chance.happens(MARRIED_NAME) else "",
    )
    return [husband, wife, *_children(chance, father, mother, place, year)]


def _children(chance: _Chance, father: _Named, mother: _Named, place: str, mothers_year: int) -> list[_Person]:
    children: list[_Person] = []
    year = mothers_year + chance.random.randrange(17, 30)
    for _ in range(chance.random.randrange(1, 6)):
        sex = "M" if chance.happens(0.5) else "F"
        after_father = (
            sex == "M" and chance.happens(AFTER_FATHER) and all(c.named.given != father.given for c in children)
        )
        alike = chance.happens(FIRST_NAME_OF_PARENT)
        first = (father if sex == "M" else mother).given.split()[0] if alike else ""
        given = father.given if after_father else chance.given(sex, first=first)
        if any(child.named.given == given for child in children):
            continue
        twin = bool(children) and chance.happens(TWIN)
        born = children[-1].born if twin else chance.day(year)
        children.append(_Person(_Named(given, father.first, mother.first), sex, born, place, father, mother))
        year += chance.random.randrange(1, 5)
    return children


def _registered(chance: _Chance, index: int, person: _Person) -> PersonRecord:
    """Return the row a register would hold, with what registers leave out."""
    told = chance.happens
    surname = f"{person.named.first} {person.named.second}"
    if person.married:
        surname = f"{person.named.first if told(SECOND_SURNAME_DROPPED) else surname} de {person.married}"
    given, full = person.named.given, f"{person.named.given} {surname}"
    if told(CAPITALS):
        given, surname, full = (_bare(text) for text in (given, surname, full))
    adult = person.born.year < _ADULT_BORN_BEFORE
    return PersonRecord(
        id=f"R{index + 1:08}",
        full_name=full,
        given=given,
        surname=surname,
        dob=person.born.isoformat()[: chance.random.choices(*_DATE_WRITTEN)[0]],
        sex=person.sex,
        pob=person.place if told(TOLD_PLACE) else "",
        dui=invented_dui(index) if adult and told(TOLD_DUI) else "",
        passport=f"A{FIRST_DUI + index}" if adult and told(TOLD_PASSPORT) else "",
        father=person.father.full if told(TOLD_FATHER) else "",
        mother=person.mother.full if told(TOLD_MOTHER) else "",
    )


def invented_dui(index: int) -> str:
    """Return the DUI of an index: different for each below ten million, from 90000000 up, with its check digit."""
    digits = str(FIRST_DUI + index * _DUI_STRIDE % _DUI_RANGE)
    return f"{digits}-{dui_check_digit(digits)}"


def _bare(text: str) -> str:
    """Return the text as an old typewriter has it: capitals, no accents, no tilde."""
    return fold(text).replace("ñ", "n").upper()
