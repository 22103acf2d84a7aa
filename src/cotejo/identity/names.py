"""Names as documented, and the ways they can be read.

1. The documented string is never changed (catalogue row F30); folding is for comparison only.
2. A name is read into given names, first surname, second surname and married name, each with the documented spelling.
3. Where usage leaves it open (`José Hernández López` is one given name and two surnames in El Salvador, and first,
   middle and last name in the United States) every reading is kept, the likeliest first.
4. A name after `alias`, `conocido por`, `c/p`, in quotes or in brackets is an alias, not part of the name.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cotejo.identity.conventions import AFTER_A_SURNAME, GIVEN_WITH_PARTICLE, NOTHING_KNOWN, PARTICLES, SURNAME_WITH_DE

_KEPT: Final = str.maketrans({"ñ": "\ue000", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_DROPPED: Final = str.maketrans(dict.fromkeys("'’‘`´ʼ", ""))
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9ñ]+")
_ALIAS: Final = re.compile(
    r"\s*(?:,?\s*\b(?:alias|a\.?k\.?a\.?|conocid[oa]\s+(?:como|por))(?=\s)|\bc/p\b|\(a\)|[\"“”«»(\[])", re.IGNORECASE
)
# One of these stands in whatever `_ALIAS` finds.
_MAY_TELL_ALIAS: Final = re.compile(r"lias|nocid|[k/\"“”«»(\[]", re.IGNORECASE)
_BETWEEN_ALIASES: Final = re.compile(r"[;|/\"“”«»()\[\]]|,(?=\s*(?:el|la|alias)\b)", re.IGNORECASE)
_WIDOW: Final = re.compile(r"\b(?:viuda|vda\.?)\s+de\b", re.IGNORECASE)
# More words than any registry writes; the rest of a longer text is not a name.
_MOST_WORDS: Final = 12
_LONGEST_NOTHING: Final = 2 * max(map(len, NOTHING_KNOWN))
# Two given names and two surnames.
_MOST_BARE_UNITS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a name; every part in its documented spelling, empty when absent."""

    given: tuple[str, ...] = ()
    first_surname: str = ""
    second_surname: str = ""
    married: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name exactly as documented, its readings (likeliest first, at least one), and its aliases."""

    documented: str
    readings: tuple[Reading, ...]
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the text for comparison: lower case, no accents but ñ, no punctuation, single spaces."""
    if text.isascii():
        return _NOT_A_LETTER.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    plain = unicodedata.normalize("NFC", text).casefold().translate(_KEPT).translate(_DROPPED)
    letters = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _NOT_A_LETTER.sub(" ", letters.replace("\ue000", "ñ")).strip()


def known(text: str) -> bool:
    """Say whether a documented value tells anything (`N/D` does not)."""
    if len(text) > _LONGEST_NOTHING:
        return any(map(str.isalnum, text))
    folded = fold(text)
    return bool(folded) and folded not in NOTHING_KNOWN


def parse_name(full_name: str = "", *, given: str = "", surname: str = "", alias: str = "") -> Name:
    """Read a documented name; given names and surnames documented apart are believed. Never raises."""
    name, aliases = _without_aliases(full_name)
    if known(given) and known(surname):
        readings = _apart(given, surname)
    elif known(name):
        readings = _in_one(name)
    else:
        readings = _apart(given if known(given) else "", surname if known(surname) else "")
    return Name(
        documented=full_name or f"{given} {surname}".strip(),
        readings=tuple(dict.fromkeys(readings)),
        aliases=(*aliases, *_split_aliases(alias)),
    )


def _without_aliases(full_name: str) -> tuple[str, tuple[str, ...]]:
    found = _ALIAS.search(full_name) if _MAY_TELL_ALIAS.search(full_name) else None
    if not found or not found.start():
        return full_name, ()
    return full_name[: found.start()], _split_aliases(full_name[found.end() :])


def _split_aliases(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    parts = (part.strip(" ,.'") for part in _BETWEEN_ALIASES.split(text))
    return tuple(part for part in parts if known(part))


def _units(text: str, *, split_hyphens: bool = False) -> list[str]:
    """Return the words of a name, each with the particles before it."""
    units: list[str] = []
    waiting: list[str] = []
    words = (text.replace("-", " ") if split_hyphens else text).split()[:_MOST_WORDS]
    for word in words:
        folded = fold(word)
        if folded in PARTICLES:
            waiting.append(word)
        elif folded and folded != "y":
            units.append(" ".join((*waiting, word.strip(".,;"))))
            waiting = []
    if waiting and units:
        units[-1] = " ".join((units[-1], *waiting))
    while len(units) > 1 and fold(units[-1]) in AFTER_A_SURNAME:
        units.pop()
    return units


def _is_married(unit: str) -> bool:
    """Say whether `de Martínez` is likelier a married name than a surname such as `de León` or `de la O`."""
    folded = fold(unit)
    return folded.startswith("de ") and folded.count(" ") == 1 and folded not in SURNAME_WITH_DE


def _without_de(unit: str) -> str:
    return unit.split(" ", 1)[1]


def _apart(given: str, surname: str) -> list[Reading]:
    names = tuple(_units(given, split_hyphens=True))
    units = _units(_WIDOW.sub("de", surname))
    readings = _surnames(names, units)
    # First, middle, last: the first surname may be filed as a middle name.
    if len(names) > 1 and len(units) == 1 and len(fold(names[-1])) > 1:
        readings.append(Reading(given=names[:-1], first_surname=names[-1], second_surname=units[0]))
    return readings


def _surnames(given: tuple[str, ...], units: Sequence[str]) -> list[Reading]:
    """Read surnames: one, two, and a married name after them."""
    if not units:
        return [Reading(given=given)]
    first, *rest = _split_hyphens(units) if len(units) == 1 else units
    if not rest:
        return [Reading(given=given, first_surname=first)]
    plain = Reading(given=given, first_surname=first, second_surname=" ".join(rest))
    if not fold(rest[-1]).startswith("de "):
        return [plain]
    married = Reading(
        given=given, first_surname=first, second_surname=" ".join(rest[:-1]), married=_without_de(rest[-1])
    )
    single = len(rest) == 1
    return (
        [plain, married] if single and fold(rest[-1]) in SURNAME_WITH_DE else [married, plain] if single else [married]
    )


def _in_one(name: str) -> list[Reading]:
    before, comma, after = name.partition(",")
    if comma and known(before) and known(after):
        return _apart(after, before)
    units = _units(_WIDOW.sub("de", name.replace(",", " ")))
    if len(units) == 1:
        return [Reading(given=(units[0],)), Reading(first_surname=units[0])]
    least = _given_at_least(units)
    return [
        reading
        for count in _given_counts(len(_unmarried(units, least)), least)
        for reading in _surnames(_split_hyphens(units[:count]), units[count:])
    ] + _surnames_first(units)


def _given_at_least(units: Sequence[str]) -> int:
    """Return how many units are given names beyond doubt: `María de los Ángeles` is two."""
    count = 1
    while count < len(units) - 1 and fold(units[count]) in GIVEN_WITH_PARTICLE:
        count += 1
    return count


def _unmarried(units: Sequence[str], least: int) -> Sequence[str]:
    return units[:-1] if len(units) > least + 1 and _is_married(units[-1]) else units


def _given_counts(units: int, least: int) -> Iterable[int]:
    """Return the likely numbers of given names among so many units, likeliest first."""
    likely = max(least, units - 2, 1)
    other = likely + 1 if likely + 1 < units else max(likely - 1, 1)
    return dict.fromkeys((likely, other))


def _surnames_first(units: Sequence[str]) -> list[Reading]:
    """Read `HERNÁNDEZ LÓPEZ JOSÉ ANTONIO`, as lists without a comma write it."""
    if not 1 < len(units) <= _MOST_BARE_UNITS or any(" " in unit for unit in units):
        return []
    surnames = min(2, len(units) - 1)
    return _surnames(tuple(units[surnames:]), units[:surnames])


def _split_hyphens(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for unit in units for part in unit.split("-") if part)
