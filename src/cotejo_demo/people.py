"""Who the story is about, and the register of Boreal in which they stand: a function of the seed alone.

1. Nobody in it exists. The register is the invented one, with a few rows of its own at the end.
2. Three men bear one name: a brother with the same parents, a namesake born the same day, one of whom little is known.
   The man Alba asks for is none of them.
3. Whoever else the story is about is drawn from the register's first rows: full birth date, DUI, both parents.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from cotejo.identity import PersonRecord
from cotejo.identity.invented import invented_dui, invented_register

DRAWN_FROM: Final = 1_200
OWN_ROWS: Final = 9_000_000
"""The index from which the register's own rows take their DUI, beyond every drawn one."""
_WHOLE_DATE: Final = len("1990-01-01")
_RARE: Final = (
    ("Wilmer Adonay", "Menjívar", "Portillo"),
    ("Elder Josué", "Alvarenga", "Quintanilla"),
    ("Nelson Obdulio", "Cañas", "Melgar"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people of the story, each a register row.

    `asked_for` is the man who bears the name of the `namesakes` and is none of them; he is in no register.
    """

    sound: PersonRecord
    withdrawn: PersonRecord
    protected: PersonRecord
    unprotected: PersonRecord
    wished: PersonRecord
    asked_for: PersonRecord
    namesakes: tuple[PersonRecord, ...]


def people_of(seed: int) -> People:
    """Return the people of this seed."""
    chance = random.Random(f"story/{seed}")
    usable = [each for each in islice(invented_register(DRAWN_FROM, seed), DRAWN_FROM) if _usable(each)]
    chance.shuffle(usable)
    men = [each for each in usable if each.sex == "M"]
    women = [each for each in usable if each.sex == "F"]
    asked_for, namesakes = _one_name(chance)
    return People(
        sound=men[0],
        withdrawn=men[1],
        wished=men[2],
        protected=women[0],
        unprotected=women[1],
        asked_for=asked_for,
        namesakes=namesakes,
    )


def register_of(seed: int, size: int) -> Iterator[PersonRecord]:
    """Return Boreal's register: `size` rows, at least those the story draws from, and the rows of its own."""
    yield from invented_register(max(size, DRAWN_FROM) - len(people_of(seed).namesakes), seed)
    yield from people_of(seed).namesakes


def _usable(record: PersonRecord) -> bool:
    whole = len(record.dob) == _WHOLE_DATE and record.dui and record.father and record.mother and record.pob
    return bool(whole) and "1955" < record.dob < "2003"


def _one_name(chance: random.Random) -> tuple[PersonRecord, tuple[PersonRecord, ...]]:
    given, first, second = chance.choice(_RARE)
    base = PersonRecord(
        full_name=f"{given} {first} {second}",
        given=given,
        surname=f"{first} {second}",
        sex="M",
        pob="Villa Nube",
        father=f"Santos {first} Lara",
        mother=f"Rosa {second} Meza",
    )
    year = chance.randrange(1980, 1996)
    born = f"{year}-05-{chance.randrange(10, 28)}"
    brother = replace(base, id="R90000001", dob=f"{year + 2}-08-21", dui=invented_dui(OWN_ROWS + 1))
    namesake = replace(
        base,
        id="R90000002",
        dob=born,
        dui=invented_dui(OWN_ROWS + 2),
        pob="Puerto Claro",
        father=f"Luis {first} Solano",
        mother=f"Ana {second} Ruiz",
    )
    hardly_known = replace(base, id="R90000003", dob=str(year), pob="", father="")
    asked_for = replace(base, id="Q90000001", dob=born, dui=invented_dui(OWN_ROWS + 9))
    return asked_for, (brother, namesake, hardly_known)
