"""An invented register in which namesakes and relatives abound, the same for the same seed. No one in it exists.

1. The people are `invented_people`'s; here a register writes them down, with what registers leave out or get wrong:
   fathers, birth days, accents, numbers, a slip of the pen.
2. DUI numbers start at 90000000, a range never issued, with right check digits; people under 18 have none.
"""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Final

from cotejo.identity.invented_people import FIRST_DUI, InventedPerson, Named, invented_dui, invented_people
from cotejo.identity.invented_slips import bare, dropped_letter
from cotejo.identity.record import PersonRecord

__all__ = ["FIRST_DUI", "invented_dui", "invented_register", "registered", "row_id"]

# Shares, all invented.
SECOND_SURNAME_DROPPED: Final = 0.5
CAPITALS: Final = 0.25
SLIP_IN_NAME: Final = 0.008
TOLD_SEX: Final = 0.99
TOLD_PLACE: Final = 0.9
WITH_DEPARTMENT: Final = 0.7
TOLD_DUI: Final = 0.85
TOLD_PASSPORT: Final = 0.5
TOLD_FATHER: Final = 0.85
TOLD_MOTHER: Final = 0.94
PARENT_IN_SHORT: Final = 0.2
# How many characters of the birth date are written, and how often; some clerks write 1 January for a year.
_DATE_WRITTEN: Final = ((10, 4, 7, 0), (0.955, 0.02, 0.01, 0.015))
FIRST_OF_JANUARY: Final = 0.008
DATE_SWAPPED: Final = 0.003


def invented_register(size: int, seed: int = 1) -> Iterator[PersonRecord]:
    """Return the rows of so many invented people, ids `R00000001` and on; 100,000 take about eight seconds."""
    chance = random.Random(f"invented register {seed}")  # noqa: S311 - invented people, reproducible
    for person in islice(invented_people(seed), size):
        yield registered(person, chance)


def row_id(person: InventedPerson) -> str:
    """Return the id under which a person's row stands in the register."""
    return f"R{person.index + 1:08}"


def registered(person: InventedPerson, chance: random.Random) -> PersonRecord:
    """Return the row a register would hold, with what registers leave out."""

    def told(share: float) -> bool:
        return chance.random() < share

    named = person.named
    given, surname = " ".join(named.given), f"{named.first} {named.second}".strip()
    if person.married:
        surname = f"{named.first if told(SECOND_SURNAME_DROPPED) else surname} de {person.married}"
    if told(SLIP_IN_NAME):
        surname = dropped_letter(surname, chance)
    if told(CAPITALS):
        given, surname = bare(given).upper(), bare(surname).upper()
    return PersonRecord(
        id=row_id(person),
        full_name=f"{given} {surname}",
        given=given,
        surname=surname,
        dob=_date(person, chance),
        sex=person.sex if told(TOLD_SEX) else "",
        pob=_place(person, chance) if told(TOLD_PLACE) else "",
        dui=person.dui if told(TOLD_DUI) else "",
        passport=person.passport if told(TOLD_PASSPORT) else "",
        father=_parent(person.father, chance) if person.father and told(TOLD_FATHER) else "",
        mother=_parent(person.mother, chance) if told(TOLD_MOTHER) else "",
    )


def _date(person: InventedPerson, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < FIRST_OF_JANUARY:
        return f"{person.born.year}-01-01"
    if drawn < FIRST_OF_JANUARY + DATE_SWAPPED and person.born.day <= 12:  # noqa: PLR2004 - months
        return f"{person.born.year}-{person.born.day:02}-{person.born.month:02}"
    return person.born.isoformat()[: chance.choices(*_DATE_WRITTEN)[0]]


def _place(person: InventedPerson, chance: random.Random) -> str:
    municipality, department = person.place
    return f"{municipality}, {department}" if chance.random() < WITH_DEPARTMENT else municipality


def _parent(named: Named, chance: random.Random) -> str:
    return f"{named.given[0]} {named.first}" if chance.random() < PARENT_IN_SHORT else named.full
