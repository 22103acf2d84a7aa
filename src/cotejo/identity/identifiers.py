"""Numbers that name one person: the DUI with its check digit, and passports.

1. An identifier is valid, badly written, or absent. Only a valid one can agree or contradict.
2. DUI: weights 9 to 2 on eight digits; the check digit is `(10 - sum mod 10) mod 10`. Without the last `mod 10` every
   number whose sum ends in 0 is wrongly refused (a public copy of the rule has this fault). Source: python-stdnum #133.
3. A number of one repeated digit fills a compulsory box; it is badly written, though 00000000-0 passes the check digit.
4. Eight digits are a DUI that lost its leading zero in a spreadsheet, or any other slip: read as such, badly written.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import mul
from typing import Final

from cotejo.identity.names import known

_DUI_WEIGHTS: Final = range(9, 1, -1)
_DUI_DIGITS: Final = 9
_SEPARATORS: Final = re.compile(r"[\s.\-–—/]+")
# ICAO 9303 gives a document number nine places; older books of some countries have more.
_PASSPORT: Final = re.compile(r"[A-Z]{0,3}\d{5,10}[A-Z]?")


class IdentifierState(StrEnum):
    """Whether a documented number can speak."""

    VALID = "valid"
    BADLY_WRITTEN = "badly_written"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number as documented, and its normal form for comparing (empty when absent)."""

    documented: str
    normal: str
    state: IdentifierState


def dui_check_digit(eight_digits: str) -> int:
    """Return the check digit of the first eight digits of a DUI."""
    total: int = sum(map(mul, _DUI_WEIGHTS, map(int, eight_digits)))
    return (10 - total % 10) % 10


@lru_cache(maxsize=65_536)
def read_dui(documented: str) -> Identifier:
    """Read a DUI with or without its hyphen. Never raises."""
    normal = _SEPARATORS.sub("", documented).upper().removeprefix("DUI").lstrip(":")
    if not known(normal) or not known(documented):
        return Identifier(documented=documented, normal="", state=IdentifierState.ABSENT)
    digits = normal.isascii() and normal.isdigit()
    if digits and len(normal) == _DUI_DIGITS - 1:
        normal, digits = normal.zfill(_DUI_DIGITS), False
    good = (
        digits
        and len(normal) == _DUI_DIGITS
        and len(set(normal)) > 1
        and dui_check_digit(normal[:-1]) == int(normal[-1])
    )
    state = IdentifierState.VALID if good else IdentifierState.BADLY_WRITTEN
    return Identifier(documented=documented, normal=normal, state=state)


@lru_cache(maxsize=65_536)
def read_passport(documented: str) -> Identifier:
    """Read a passport number of any country. Never raises."""
    normal = _SEPARATORS.sub("", documented).upper()
    if not known(normal) or not known(documented):
        return Identifier(documented=documented, normal="", state=IdentifierState.ABSENT)
    digits = re.sub(r"\D", "", normal)
    good = bool(_PASSPORT.fullmatch(normal)) and len(set(digits)) > 1
    state = IdentifierState.VALID if good else IdentifierState.BADLY_WRITTEN
    return Identifier(documented=documented, normal=normal, state=state)
