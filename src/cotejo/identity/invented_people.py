"""Invented people as they are, before any office writes them down: families, twins, namesakes. No one in it exists.

1. People come in families over generations: two parents, children with a surname of each, fathers and sons of one full
   given name, twins with different given names, half-siblings, mothers on their own who give both their surnames.
2. Namesakes arise by themselves, as names are drawn by frequency, and are added on purpose: every fifth parent
   bears the full name of somebody who is there already, half of them with a rare surname, half of about that age.
3. The same seed gives the same people; a person's index is their place in that order.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from cotejo.identity.identifiers import dui_check_digit
from cotejo.identity.invented_names import Ranked, first_given, places, second_given, surnames

FIRST_DUI: Final = 90_000_000
# Coprime to the size of the range: every index gets its own number, neighbours get distant ones.
_DUI_RANGE: Final = 10_000_000
_DUI_STRIDE: Final = 7_654_321
ADULT_BORN_BEFORE: Final = 2008
NOBODY: Final = -1

# Shares, all invented: they make namesakes and relatives abound, they do not describe any population.
NAME_AGAIN: Final = 0.2
RARE_NAME_AGAIN: Final = 0.5
ABOUT_THAT_AGE: Final = 0.5
SAME_DAY: Final = 0.02
FATHER_FROM_HERE: Final = 0.4
MOTHER_ALONE: Final = 0.06
MARRIED_NAME: Final = 0.4
ONE_GIVEN_NAME: Final = 0.14
AFTER_PARENT: Final = 0.1
FIRST_NAME_OF_PARENT: Final = 0.15
SAME_FIRST_AS_SIBLING: Final = 0.06
TWIN: Final = 0.015
HAS_PASSPORT: Final = 0.3
_RARE_FROM: Final = 150
_YOUNG_FROM: Final = 1980
_REMEMBERED: Final = 4_000
_LAST_YEAR: Final = 2025


@dataclass(frozen=True, slots=True)
class Named:
    """Given names and surnames; `second` may be empty."""

    given: tuple[str, ...]
    first: str
    second: str

    @property
    def full(self) -> str:
        return " ".join(part for part in (*self.given, self.first, self.second) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """One person, true in every field. `parents` are indices, `NOBODY` for one who is not among the people."""

    index: int
    named: Named
    married: str
    sex: str
    born: date
    place: tuple[str, ...]
    father: Named | None
    mother: Named
    parents: tuple[int, int]
    dui: str
    passport: str


@dataclass(slots=True)
class _Remembered:
    """Some of those who are there already, evenly drawn: of each sex, of those with a rare surname, and grown men."""

    everybody: dict[str, list[InventedPerson]] = field(default_factory=lambda: {"M": [], "F": []})
    rare: dict[str, list[InventedPerson]] = field(default_factory=lambda: {"M": [], "F": []})
    men: list[InventedPerson] = field(default_factory=list)


class _Chance:
    """Seeded draws of names and days."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(f"invented people {seed}")  # noqa: S311 - invented people, reproducible
        self.rare = frozenset(surnames()[0][_RARE_FROM:])
        self._surnames, self._places = surnames(), places()

    def happens(self, share: float) -> bool:
        return self.random.random() < share

    def surname(self) -> str:
        names, weights = self._surnames
        return self.random.choices(names, cum_weights=weights)[0]

    def place(self) -> tuple[str, ...]:
        known, weights = self._places
        return self.random.choices(known, cum_weights=weights)[0]

    def given(self, sex: str, year: int, first: str = "") -> tuple[str, ...]:
        one = first or self._drawn(first_given(sex, young=year >= _YOUNG_FROM))
        if self.happens(ONE_GIVEN_NAME):
            return (one,)
        other = self._drawn(second_given(sex))
        return (one, other) if other != one else (one,)

    def _drawn(self, ranked: Ranked) -> str:
        names, weights = ranked
        return self.random.choices(names, cum_weights=weights)[0]

    def named(self, sex: str, year: int, first: str = "") -> Named:
        return Named(self.given(sex, year), first or self.surname(), self.surname())

    def day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self.random.randrange(365))


def invented_people(seed: int = 1) -> Iterator[InventedPerson]:
    """Return invented people without end; ten thousand take about a third of a second."""
    chance, remembered, index = _Chance(seed), _Remembered(), 0
    while True:
        for person in _family(chance, remembered, index):
            _remember(chance, remembered, person)
            index += 1
            yield person


def invented_dui(index: int) -> str:
    """Return the DUI of an index: different for each below ten million, from 90000000 up, with its check digit."""
    digits = str(FIRST_DUI + index * _DUI_STRIDE % _DUI_RANGE)
    return f"{digits}-{dui_check_digit(digits)}"


def are_kin(one: InventedPerson, other: InventedPerson) -> bool:
    """Say whether two people are siblings, half or full, or one the parent of the other."""
    shared = set(one.parents) & set(other.parents) - {NOBODY}
    return one.index != other.index and bool(shared or one.index in other.parents or other.index in one.parents)


def _remember(chance: _Chance, remembered: _Remembered, person: InventedPerson) -> None:
    lists = [remembered.everybody[person.sex]]
    if person.named.first in chance.rare:
        lists.append(remembered.rare[person.sex])
    if person.sex == "M" and person.born.year < ADULT_BORN_BEFORE - 20:
        lists.append(remembered.men)
    for known in lists:
        if len(known) < _REMEMBERED:
            known.append(person)
        elif (place := chance.random.randrange(max(person.index, 1))) < _REMEMBERED:
            known[place] = person


def _family(chance: _Chance, remembered: _Remembered, index: int) -> Iterator[InventedPerson]:
    year = chance.random.randrange(1938, 1990)
    father = None
    if remembered.men and chance.happens(FATHER_FROM_HERE):
        father = chance.random.choice(remembered.men)
        year = min(max(father.born.year + chance.random.randrange(-4, 8), 1938), 1989)
    elif not chance.happens(MOTHER_ALONE):
        father = _founder(chance, remembered, index, "M", year - chance.random.randrange(-2, 8))
        yield father
        index += 1
    married = father.named.first if father and chance.happens(MARRIED_NAME) else ""
    mother = _founder(chance, remembered, index, "F", year, married)
    yield mother
    yield from _children(chance, father, mother, index + 1)


def _founder(
    chance: _Chance, remembered: _Remembered, index: int, sex: str, year: int, married: str = ""
) -> InventedPerson:
    """Return a parent whose own parents are not among the people; sometimes a namesake of somebody who is."""
    named, born = chance.named(sex, year), chance.day(year)
    if chance.happens(NAME_AGAIN):
        known = (remembered.rare if chance.happens(RARE_NAME_AGAIN) else remembered.everybody)[sex]
        other = chance.random.choice(known) if known else None
        if other and other.named.second:
            named = other.named
            born = _about(chance, other.born, born)
    return _person(
        chance,
        index=index,
        named=named,
        married=married,
        sex=sex,
        born=born,
        place=chance.place(),
        father=chance.named("M", year - 28, named.first),
        mother=chance.named("F", year - 25, named.second),
        parents=(NOBODY, NOBODY),
    )


def _about(chance: _Chance, other: date, born: date) -> date:
    if not 1938 <= other.year < 1990 or not chance.happens(ABOUT_THAT_AGE):  # noqa: PLR2004 - a parent's age
        return born
    return other if chance.happens(SAME_DAY) else chance.day(other.year + chance.random.randrange(-3, 4))


def _children(
    chance: _Chance, father: InventedPerson | None, mother: InventedPerson, index: int
) -> Iterator[InventedPerson]:
    earlier: list[InventedPerson] = []
    year, place = mother.born.year + chance.random.randrange(16, 30), chance.place()
    first, second = (father.named.first, mother.named.first) if father else (mother.named.first, mother.named.second)
    for _ in range(chance.random.choices(range(7), (10, 24, 27, 19, 11, 6, 3))[0]):
        if year > _LAST_YEAR:
            return
        sex = "M" if chance.happens(0.5) else "F"
        born = earlier[-1].born if earlier and chance.happens(TWIN) else chance.day(year)
        given = _given_of_child(chance, (father if sex == "M" else None) or mother, sex, year, earlier)
        year += chance.random.randrange(1, 5)
        if any(sibling.named.given == given for sibling in earlier):
            continue
        child = _person(
            chance,
            index=index + len(earlier),
            named=Named(given, first, second),
            married="",
            sex=sex,
            born=born,
            place=place,
            father=father.named if father else None,
            mother=mother.named,
            parents=(father.index if father else NOBODY, mother.index),
        )
        earlier.append(child)
        yield child


def _given_of_child(
    chance: _Chance, parent: InventedPerson, sex: str, year: int, earlier: list[InventedPerson]
) -> tuple[str, ...]:
    if parent.sex == sex and chance.happens(AFTER_PARENT):
        return parent.named.given
    if parent.sex == sex and chance.happens(FIRST_NAME_OF_PARENT):
        return chance.given(sex, year, parent.named.given[0])
    alike = [sibling for sibling in earlier if sibling.sex == sex]
    if alike and chance.happens(SAME_FIRST_AS_SIBLING):
        return chance.given(sex, year, alike[0].named.given[0])
    return chance.given(sex, year)


def _person(
    chance: _Chance,
    *,
    index: int,
    named: Named,
    married: str,
    sex: str,
    born: date,
    place: tuple[str, ...],
    father: Named | None,
    mother: Named,
    parents: tuple[int, int],
) -> InventedPerson:
    return InventedPerson(
        index=index,
        named=named,
        married=married,
        sex=sex,
        born=born,
        place=place,
        father=father,
        mother=mother,
        parents=parents,
        dui=invented_dui(index) if born.year < ADULT_BORN_BEFORE else "",
        passport=f"A{FIRST_DUI + index:08}" if chance.happens(HAS_PASSPORT) else "",
    )
