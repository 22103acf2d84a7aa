"""A register of invented people, dossiers about some of them as other offices write, and the truth kept apart.

1. The register is streamed, row by row; dossiers and truth are there once it was read to its end.
2. A share of the dossiers is about people held out of the register; their relatives and namesakes are in it.
3. The truth knows, for each dossier, the right row (or none), the rows of *other* people of the same true full name,
   and the rows of relatives: what an engine may be wrong about.
"""

import random
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from cotejo.identity.invented import registered, row_id
from cotejo.identity.invented_dossiers import Style, dossier_of, drawn_style
from cotejo.identity.invented_people import NOBODY, InventedPerson, invented_dui, invented_people
from cotejo.identity.names import fold
from cotejo.identity.record import PersonRecord

ABSENT: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """About one dossier: register ids. `row` is empty when the person is not in the register."""

    row: str
    namesakes: frozenset[str]
    kin: frozenset[str]
    style: str


@dataclass(slots=True, kw_only=True)
class Population:
    """Read `register()` to its end, then `dossiers` and `truth` (by dossier id) are filled."""

    persons: int
    count: int
    seed: int
    style: Style | None = None
    dossiers: list[PersonRecord] = field(default_factory=list)
    truth: dict[str, Truth] = field(default_factory=dict)

    def register(self) -> Iterator[PersonRecord]:
        """Return the register's rows, and fill dossiers and truth at the end."""
        chance = random.Random(f"invented population {self.seed}")  # noqa: S311 - invented people, reproducible
        absent = round(self.count * ABSENT)
        held_out = frozenset(chance.sample(range(self.persons + absent), absent))
        wanted = self._wanted(chance, held_out)
        subjects: dict[int, InventedPerson] = {}
        people = _Seen()
        rows = random.Random(f"invented register {self.seed}")  # noqa: S311 - the same
        for person in islice(invented_people(self.seed), self.persons + absent):
            people.add(person)
            if person.index in wanted:
                subjects[person.index] = person
            row = registered(person, rows)
            if person.index not in held_out:
                yield row
        self._write(chance, list(subjects.values()), people, held_out)

    def register_again(self) -> Iterator[PersonRecord]:
        """Return the register's rows once more; dossiers and truth stay as they are."""
        return Population(persons=self.persons, count=self.count, seed=self.seed, style=self.style).register()

    def _wanted(self, chance: random.Random, held_out: frozenset[int]) -> frozenset[int]:
        present = self.count - len(held_out)
        drawn: set[int] = set()
        while len(drawn) < present:
            index = chance.randrange(self.persons + len(held_out))
            if index not in held_out:
                drawn.add(index)
        return held_out | drawn

    def _write(
        self, chance: random.Random, subjects: list[InventedPerson], people: "_Seen", held_out: frozenset[int]
    ) -> None:
        chance.shuffle(subjects)
        named, kin = people.named(subjects), people.kin(subjects)
        for number, person in enumerate(subjects, 1):
            style, identifier = self.style or drawn_style(chance), f"D{number:07}"
            relatives = sorted(kin[person.index])
            dui = invented_dui(chance.choice(relatives)) if relatives else ""
            self.dossiers.append(dossier_of(person, identifier, style, chance, relatives_dui=dui))
            self.truth[identifier] = Truth(
                row="" if person.index in held_out else row_id(person),
                namesakes=_rows(named[_name(person)] - {person.index} - held_out),
                kin=_rows(kin[person.index] - held_out),
                style=style.name,
            )


class _Seen:
    """Of everybody, in few bytes: the name's hash and the parents."""

    def __init__(self) -> None:
        self._names, self._fathers, self._mothers = array("q"), array("q"), array("q")

    def add(self, person: InventedPerson) -> None:
        self._names.append(_name(person))
        self._fathers.append(person.parents[0])
        self._mothers.append(person.parents[1])

    def named(self, subjects: list[InventedPerson]) -> dict[int, set[int]]:
        """Return, by name, who bears it, for the names of the subjects."""
        wanted: dict[int, set[int]] = {_name(person): set() for person in subjects}
        for index, name in enumerate(self._names):
            if name in wanted:
                wanted[name].add(index)
        return wanted

    def kin(self, subjects: list[InventedPerson]) -> dict[int, set[int]]:
        """Return each subject's parents, children, and siblings, half or full."""
        parents = {person.index for person in subjects} | {each for person in subjects for each in person.parents}
        children: defaultdict[int, set[int]] = defaultdict(set)
        for of_them in (self._fathers, self._mothers):
            for index, parent in enumerate(of_them):
                if parent in parents and parent != NOBODY:
                    children[parent].add(index)
        return {
            person.index: (
                {each for each in person.parents if each != NOBODY}
                | children[person.index]
                | {each for parent in person.parents if parent != NOBODY for each in children[parent]}
            )
            - {person.index}
            for person in subjects
        }


def _name(person: InventedPerson) -> int:
    return hash(fold(person.named.full))


def _rows(indices: set[int]) -> frozenset[str]:
    return frozenset(f"R{index + 1:08}" for index in indices)
