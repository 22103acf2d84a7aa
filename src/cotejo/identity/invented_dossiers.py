"""How other offices write invented people down: four offices, each with its own habits and its own mistakes.

1. A style is data: what an office tells, how it arranges a name, what goes wrong there and how often; all invented.
2. No style knows the engine's tables: some nicknames, sound-alikes and arrangements are in none of them.
3. In one dossier of four hundred the DUI told is a relative's.
"""

# ruff: noqa: E501, SIM905 - names read best as a text

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cotejo.identity.invented_people import InventedPerson, Named
from cotejo.identity.invented_slips import (
    Slip,
    as_it_looks,
    as_it_sounds,
    bare,
    cut_short,
    doubled_letter,
    dropped_letter,
    swapped_digits,
    swapped_letters,
    wrong_digit,
    wrong_key,
)
from cotejo.identity.record import PersonRecord

RELATIVES_DUI: Final = 0.0025
_NICKNAMES: Final = {
    "José": ("Chepe", "Joe", "Pepe"), "Francisco": ("Paco", "Chico", "Frank"), "Manuel": ("Meme", "Manny"),
    "Antonio": ("Toño", "Tony"), "Roberto": ("Beto", "Bobby"), "Alberto": ("Beto", "Tito"), "Luis": ("Lucho", "Wicho"),
    "Miguel": ("Mike", "Migue"), "Carlos": ("Charlie", "Cali"), "Rafael": ("Rafa", "Fito"), "Ricardo": ("Richard", "Ricky"),
    "Mauricio": ("Mauri", "Guicho"), "Eduardo": ("Edward", "Lalo"), "Guillermo": ("Memo", "William"), "Juan": ("John", "Juancho"),
    "Jorge": ("George", "Coque"), "Salvador": ("Chamba", "Sal"), "Jesús": ("Chuz", "Chuy"), "Ernesto": ("Neto", "Ernie"),
    "María": ("Mary", "Mari"), "Guadalupe": ("Lupe", "Lupita"), "Concepción": ("Concha", "Conchita"), "Rosa": ("Rosie", "Rosita"),
    "Dolores": ("Lola", "Lolita"), "Teresa": ("Tere", "Terry"), "Mercedes": ("Meche", "Mercy"), "Ana": ("Anita", "Annie"),
    "Francisca": ("Paca", "Chica"), "Margarita": ("Margie", "Mago"), "Isabel": ("Chabela", "Isa"), "Graciela": ("Chela", "Grace"),
}  # fmt: skip
_STREET: Final = (
    "El Flaco;El Chele;La Negra;El Gato;El Profe;El Zurdo;La Chele;El Seco;El Diablito;Smiley;Shadow".split(";")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """An office's habits: shares of dossiers, all between 0 and 1. `dates` are weights of the ways of `_date`."""

    name: str
    share: float
    arrangements: dict[str, float]
    slips: tuple[Slip, ...]
    slip: float
    second_given_dropped: float
    second_given_initial: float = 0.0
    second_given_alone: float = 0.0
    nickname: float = 0.0
    second_surname_dropped: float
    surnames_swapped: float = 0.0
    first_surname_dropped: float = 0.0
    married: float = 0.0
    without_accents: float
    dates: dict[str, float]
    sex: float
    wrong_sex: float = 0.002
    place: float
    other_place: float = 0.03
    dui: float
    dui_slip: float = 0.03
    passport: float
    father: float
    mother: float
    parent_in_short: float = 0.3
    alias: float = 0.0


CONSULATE: Final = Style(
    name="consulate",
    share=0.35,
    arrangements={"apart": 0.7, "apart_and_full": 0.2, "full": 0.1},
    slips=(dropped_letter, wrong_key, swapped_letters, doubled_letter),
    slip=0.06,
    second_given_dropped=0.12,
    second_given_initial=0.03,
    second_surname_dropped=0.1,
    surnames_swapped=0.01,
    married=0.5,
    without_accents=0.3,
    dates={"full": 0.9, "slip": 0.03, "swapped": 0.01, "month": 0.01, "year": 0.03, "none": 0.02},
    sex=0.98,
    place=0.7,
    dui=0.45,
    passport=0.5,
    father=0.5,
    mother=0.65,
)
COURT_ABROAD: Final = Style(
    name="court_abroad",
    share=0.3,
    arrangements={"first_middle_last": 0.4, "apart": 0.2, "hyphen": 0.1, "last_only": 0.2, "surnames_first": 0.1},
    slips=(wrong_key, dropped_letter, as_it_sounds),
    slip=0.1,
    second_given_dropped=0.3,
    second_given_initial=0.15,
    nickname=0.02,
    second_surname_dropped=0.25,
    first_surname_dropped=0.02,
    married=0.3,
    without_accents=0.97,
    dates={"full": 0.86, "swapped": 0.04, "slip": 0.04, "january": 0.02, "year": 0.03, "none": 0.01},
    sex=0.99,
    place=0.35,
    other_place=0.1,
    dui=0.12,
    passport=0.4,
    father=0.15,
    mother=0.3,
    parent_in_short=0.6,
    alias=0.15,
)
PATROL: Final = Style(
    name="patrol",
    share=0.2,
    arrangements={"full": 0.8, "surnames_first": 0.1, "apart": 0.1},
    slips=(as_it_sounds, as_it_sounds, dropped_letter),
    slip=0.25,
    second_given_dropped=0.35,
    second_given_alone=0.03,
    nickname=0.08,
    second_surname_dropped=0.3,
    surnames_swapped=0.03,
    married=0.2,
    without_accents=0.6,
    dates={"full": 0.55, "year": 0.15, "about": 0.08, "january": 0.08, "slip": 0.05, "month": 0.03, "none": 0.06},
    sex=0.95,
    wrong_sex=0.005,
    place=0.6,
    other_place=0.15,
    dui=0.15,
    dui_slip=0.08,
    passport=0.03,
    father=0.2,
    mother=0.35,
    parent_in_short=0.6,
    alias=0.3,
)
BAD_COPY: Final = Style(
    name="bad_copy",
    share=0.15,
    arrangements={"apart_and_full": 0.5, "full": 0.3, "surnames_first": 0.2},
    slips=(as_it_looks, as_it_looks, cut_short, dropped_letter),
    slip=0.3,
    second_given_dropped=0.08,
    second_surname_dropped=0.08,
    surnames_swapped=0.02,
    married=0.5,
    without_accents=0.5,
    dates={"full": 0.78, "slip": 0.12, "swapped": 0.01, "year": 0.04, "none": 0.05},
    sex=0.9,
    place=0.7,
    dui=0.5,
    dui_slip=0.15,
    passport=0.2,
    father=0.6,
    mother=0.7,
)
STYLES: Final = (CONSULATE, COURT_ABROAD, PATROL, BAD_COPY)


def drawn_style(chance: random.Random) -> Style:
    """Return one of the offices, as often as each writes."""
    return chance.choices(STYLES, [style.share for style in STYLES])[0]


def dossier_of(
    person: InventedPerson, identifier: str, style: Style, chance: random.Random, *, relatives_dui: str = ""
) -> PersonRecord:
    """Return what an office of this style tells of a person; `relatives_dui` is told now and then instead of theirs."""

    def happens(share: float) -> bool:
        return chance.random() < share

    given, surnames = _given(person, style, chance), _surnames(person, style, chance)
    place = _place(person.place, style, chance) if happens(style.place) else ""
    father = _parent(person.father, style, chance) if person.father and happens(style.father) else ""
    mother = _parent(person.mother, style, chance) if happens(style.mother) else ""
    full, apart = _arranged(given, surnames, style, chance)
    alias = _alias(person, chance) if happens(style.alias) else ""
    texts = [full, *apart, father, mother, place, alias]
    if happens(style.without_accents):
        texts = [_bare(text).upper() if style.name == "court_abroad" else _bare(text) for text in texts]
    full, first, last, father, mother, place, alias = texts
    dui = _number(person.dui, style, chance) if happens(style.dui) else ""
    sex = person.sex if not happens(style.wrong_sex) else "F" if person.sex == "M" else "M"
    return PersonRecord(
        id=identifier,
        full_name=full,
        given=first,
        surname=last,
        alias=alias,
        dob=_date(person.born, style, chance),
        sex=sex if happens(style.sex) else "",
        pob=place,
        dui=relatives_dui if relatives_dui and happens(RELATIVES_DUI) else dui,
        passport=_number(person.passport, style, chance) if happens(style.passport) else "",
        father=father,
        mother=mother,
    )


def _bare(text: str) -> str:
    return ", ".join(bare(part) for part in text.split(","))


def _slipped(words: Sequence[str], style: Style, chance: random.Random) -> list[str]:
    """Return the words, one of them written wrongly now and then."""
    written = list(words)
    if written and chance.random() < style.slip:
        at = chance.randrange(len(written))
        written[at] = chance.choice(style.slips)(written[at], chance)
    return written


def _given(person: InventedPerson, style: Style, chance: random.Random) -> list[str]:
    given = list(person.named.given)
    if len(given) > 1:
        drawn = chance.random()
        if drawn < style.second_given_dropped:
            given.pop()
        elif drawn < style.second_given_dropped + style.second_given_initial:
            given[1] = f"{given[1].split()[-1][0]}."
        elif drawn < style.second_given_dropped + style.second_given_initial + style.second_given_alone:
            given.pop(0)
    if given[0] in _NICKNAMES and chance.random() < style.nickname:
        given[0] = chance.choice(_NICKNAMES[given[0]])
    return _slipped(given, style, chance)


def _surnames(person: InventedPerson, style: Style, chance: random.Random) -> list[str]:
    named = person.named
    surnames = [part for part in (named.first, named.second) if part]
    if person.married and chance.random() < style.married:
        abroad = style.name == "court_abroad"
        surnames = [person.married] if abroad else [named.first, f"de {person.married}"]
    elif len(surnames) > 1:
        drawn = chance.random()
        if drawn < style.second_surname_dropped:
            surnames.pop()
        elif drawn < style.second_surname_dropped + style.surnames_swapped:
            surnames.reverse()
        elif drawn < style.second_surname_dropped + style.surnames_swapped + style.first_surname_dropped:
            surnames.pop(0)
    return _slipped(surnames, style, chance)


def _arranged(
    given: list[str], surnames: list[str], style: Style, chance: random.Random
) -> tuple[str, tuple[str, str]]:
    """Return full name, and given names with surnames apart, as the office fills its boxes."""
    how = chance.choices(list(style.arrangements), list(style.arrangements.values()))[0]
    names, last = " ".join(given), " ".join(surnames)
    if how == "full":
        return f"{names} {last}", ("", "")
    if how == "surnames_first":
        return f"{last}, {names}", ("", "")
    if how == "hyphen":
        return "", (names, "-".join(surnames))
    if how == "first_middle_last" and len(surnames) > 1:
        return "", (f"{given[0]} {surnames[0]}", surnames[1])
    if how == "last_only":
        return "", (names, surnames[0])
    return f"{names} {last}" if how == "apart_and_full" else "", (names, last)


def _date(born: date, style: Style, chance: random.Random) -> str:
    how = chance.choices(list(style.dates), list(style.dates.values()))[0]
    if how == "swapped":
        return f"{born.year}-{born.day:02}-{born.month:02}" if born.day <= 12 else born.isoformat()  # noqa: PLR2004 - months
    if how == "slip":
        return chance.choice((wrong_digit, wrong_digit, swapped_digits))(born.isoformat(), chance)
    if how == "about":
        return str(born.year + chance.choice((-3, -2, -1, -1, 1, 1, 2, 3)))
    written = {"full": born.isoformat(), "month": born.isoformat()[:7], "january": f"{born.year}-01-01"}
    return "" if how == "none" else written.get(how, str(born.year))


def _place(place: tuple[str, ...], style: Style, chance: random.Random) -> str:
    municipality, department = place
    if chance.random() < style.other_place:
        return chance.choice(("San Salvador", "Santa Ana", "San Miguel", "El Salvador", "Guatemala", department))
    written = chance.choice((municipality, municipality, f"{municipality}, {department}", department))
    return " ".join(_slipped([written], style, chance)) if chance.random() < 0.5 else written  # noqa: PLR2004 - half


def _number(number: str, style: Style, chance: random.Random) -> str:
    if not number:
        return ""
    if chance.random() < style.dui_slip:
        number = chance.choice((wrong_digit, swapped_digits))(number, chance)
    return number.replace("-", "") if chance.random() < 0.3 else number  # noqa: PLR2004 - some offices


def _parent(named: Named, style: Style, chance: random.Random) -> str:
    short = chance.random() < style.parent_in_short
    words = [named.given[0], named.first] if short else [*named.given, named.first, named.second]
    return " ".join(word for word in _slipped([word for word in words if word], style, chance))


def _alias(person: InventedPerson, chance: random.Random) -> str:
    if person.named.given[0] in _NICKNAMES and chance.random() < 0.5:  # noqa: PLR2004 - either
        return chance.choice(_NICKNAMES[person.named.given[0]])
    return chance.choice(_STREET)
