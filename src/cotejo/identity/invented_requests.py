"""Invented requests about people of an invented register, written as other offices write: less told, some slips.

1. The same register, count and seed give the same requests. Each knows which row it is about, for measuring.
2. What is told and what goes wrong is drawn field by field from invented shares; they rank designs and promise nothing.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cotejo.identity.names import fold
from cotejo.identity.record import PersonRecord

WITHOUT_ACCENTS: Final = 0.4
UNITED_STATES_STYLE: Final = 0.1
SECOND_SURNAME_DROPPED: Final = 0.12
SECOND_GIVEN_DROPPED: Final = 0.15
SLIP_IN_NAME: Final = 0.06
DATE_SWAPPED: Final = 0.015
DATE_DIGIT: Final = 0.015
TOLD_DUI: Final = 0.35
DUI_SLIP: Final = 0.05
TOLD_PASSPORT: Final = 0.3
TOLD_FATHER: Final = 0.4
TOLD_MOTHER: Final = 0.55
TOLD_PLACE: Final = 0.6
# How many characters of the birth date are told, and how often.
_DATE_TOLD: Final = ((10, 7, 4, 0), (0.87, 0.02, 0.06, 0.05))
_FIRST_DAY_THAT_IS_NO_MONTH: Final = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedRequest:
    """What a request tells of a person, and the person's own row (in the register or held out of it)."""

    subject: PersonRecord
    truth: PersonRecord


def invented_requests(people: Sequence[PersonRecord], count: int, seed: int = 1) -> Iterator[InventedRequest]:
    """Return so many requests about people drawn from these rows."""
    chance = random.Random(f"invented requests {seed}")  # noqa: S311 - invented people, reproducible
    for number, truth in enumerate(chance.choices(people, k=count), 1):
        yield InventedRequest(subject=_told(truth, f"Q{number:06}", chance), truth=truth)


def _told(truth: PersonRecord, request: str, chance: random.Random) -> PersonRecord:
    def happens(share: float) -> bool:
        return chance.random() < share

    given, surname = _names(truth, chance)
    subject = PersonRecord(
        id=request,
        full_name=f"{given} {surname}",
        given=given,
        surname=surname,
        dob=_date(truth.dob, chance),
        sex=truth.sex,
        pob=truth.pob.split(",")[0] if happens(TOLD_PLACE) else "",
        dui=_dui(truth.dui, chance) if happens(TOLD_DUI) else "",
        passport=truth.passport if happens(TOLD_PASSPORT) else "",
        father=truth.father if happens(TOLD_FATHER) else "",
        mother=truth.mother if happens(TOLD_MOTHER) else "",
    )
    if happens(WITHOUT_ACCENTS):
        names = {name: _bare(getattr(subject, name)) for name in ("full_name", "given", "surname", "father", "mother")}
        subject = replace(subject, **names)
    return subject


def _names(truth: PersonRecord, chance: random.Random) -> tuple[str, str]:
    given, surnames = truth.given.split(), truth.surname.split()
    if len(given) > 1 and chance.random() < SECOND_GIVEN_DROPPED:
        given = given[:1]
    if len(surnames) > 1 and chance.random() < SECOND_SURNAME_DROPPED:
        surnames = surnames[:1]
    elif len(surnames) == 2 and chance.random() < UNITED_STATES_STYLE:  # noqa: PLR2004 - two surnames
        given, surnames = [given[0], surnames[0]], surnames[1:]
    if chance.random() < SLIP_IN_NAME:
        slipped = given if chance.random() < 0.5 else surnames  # noqa: PLR2004 - either
        slipped[0] = _slip(slipped[0], chance)
    return " ".join(given), " ".join(surnames)


def _slip(word: str, chance: random.Random) -> str:
    """Return the word with two neighbours swapped or one letter left out, never the first or the last."""
    if len(word) < 5:  # noqa: PLR2004 - shorter words have no middle
        return word
    place = chance.randrange(1, len(word) - 2)
    middle = word[place + 1] + word[place] if chance.random() < 0.5 else word[place + 1]  # noqa: PLR2004 - either
    return word[:place] + middle + word[place + 2 :]


def _date(documented: str, chance: random.Random) -> str:
    told = documented[: chance.choices(*_DATE_TOLD)[0]]
    if len(told) < len("YYYY-MM-DD"):
        return told
    year, month, day = told.split("-")
    if int(day) < _FIRST_DAY_THAT_IS_NO_MONTH and chance.random() < DATE_SWAPPED:
        return f"{year}-{day}-{month}"
    if chance.random() < DATE_DIGIT:
        return f"{year[:3]}{(int(year[3]) + chance.randrange(1, 10)) % 10}-{month}-{day}"
    return told


def _dui(documented: str, chance: random.Random) -> str:
    if not documented or chance.random() >= DUI_SLIP:
        return documented
    place = chance.randrange(1, 8)
    return f"{documented[:place]}{(int(documented[place]) + 1) % 10}{documented[place + 1 :]}"


def _bare(text: str) -> str:
    return fold(text).replace("ñ", "n").title()
