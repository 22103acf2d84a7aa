"""What the compiled comparison works on: the places of a record, the numbers of levels, and how code is compiled.

1. The comparison itself is in `kernel_words`, `kernel_told`, `kernel_names`, `kernel_fields`, `kernel_pairs`; keys are
   in `blocking`.
2. Compiling takes about ten seconds, once; later processes load the result in a fraction of a second. It is kept in
   the package's own `__pycache__`, else in the user's cache folder, else in `NUMBA_CACHE_DIR`; where none can be
   written, each process compiles.
3. What is kept is valid as long as the text of these files is the same, whatever their dates.
"""

from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numba

from cotejo.identity.levels import CODES

# A record is one row of 32 int32: two cache lines. `columns.py` says what each place holds.
G1, G2, G3, S1, S2, MARRIED = 0, 1, 2, 3, 4, 5
MORE, MORE_COUNT = 6, 7
BIRTH, STATES, PLACE = 8, 9, 10
DUI, PASSPORT = 12, 14  # each two places, the low half first
FATHER, MOTHER = 16, 21  # each five places: given, first surname, second surname, other words
ALIAS = 26
WIDTH = 32
PARENT_WORDS = 5
# A further reading: three given names, two surnames, married name, kind.
READING_WIDTH = 7
MOST_FURTHER = 7  # further readings of a name
REREAD, BY_ALIAS = 1, 2
# Bits of STATES.
SEX_BITS, DUI_VALID, PASSPORT_VALID, DATE_IMPOSSIBLE = 3, 4, 8, 16

UNKNOWN, SAME, AS_FAR, GIVEN_AND_SURNAME = 0, 1, 2, 3
COMMON_GIVEN_AND_SURNAME, SPELLING, RESEMBLES, OTHER_ORDER = 4, 5, 6, 7
NICKNAME, ONE_OF_THE_GIVEN, OTHER_FIRST_GIVEN, OTHER_SECOND_GIVEN = 8, 9, 10, 11
IN_OTHER_PLACE, MARRIED_NAME, PARTLY, TO_THE_MONTH = 12, 13, 14, 15
TO_THE_YEAR, DAY_OFF_BY_ONE, DAY_MONTH_SWAPPED, FIRST_OF_JANUARY = 16, 17, 18, 19
ONE_DIGIT, OTHER_DAY, OTHER_MONTH, OTHER_YEAR = 20, 21, 22, 23
YEAR_OFF_BY_ONE, YEARS_OFF_BY_ONE, YEARS_NEAR, SAME_YEAR = 24, 25, 26, 27
YEARS_DIFFER, SAME_BADLY_WRITTEN, DIFFERS, A_GENERATION_APART = 28, 29, 30, 31
BADLY_WRITTEN, IMPOSSIBLE = 32, 33
LEVEL_NUMBERS: Final = {
    "unknown": 0, "same": 1, "as_far_as_documented": 2, "given_and_surname": 3, "common_given_and_surname": 4,
    "spelling": 5, "resembles": 6, "other_order": 7, "nickname": 8, "one_of_the_given": 9, "other_first_given": 10,
    "other_second_given": 11, "in_other_place": 12, "married_name": 13, "partly": 14, "to_the_month": 15,
    "to_the_year": 16, "day_off_by_one": 17, "day_month_swapped": 18, "first_of_january": 19, "one_digit": 20,
    "other_day": 21, "other_month": 22, "other_year": 23, "year_off_by_one": 24, "years_off_by_one": 25,
    "years_near": 26, "same_year": 27, "years_differ": 28, "same_badly_written": 29, "differs": 30,
    "a_generation_apart": 31, "badly_written": 32, "impossible": 33,
}  # fmt: skip
if {str(level): code for level, code in CODES.items()} != LEVEL_NUMBERS:
    raise RuntimeError("kernel.LEVEL_NUMBERS and levels.CODES differ")
FIELDS = 12
FATHER_COLUMN, MOTHER_COLUMN, READING_COLUMN, PARENT_COLUMN = 8, 9, 10, 11
OF_SAME_SURNAME = 4  # from a parent's column of levels to its column of weights

# What two words are to each other, from nothing to the same.
OTHER, ALIKE_SOMEHOW, SHORT, LETTER, SLIP, EQUAL = 0, 1, 2, 3, 4, 5
GENERATION = 13  # years
# Flags of a word (`tokens`); a role is what a word is asked about.
AS_GIVEN, NICKNAMED, AS_SURNAME, COMMON = 1, 2, 4, 8
AS_EITHER = 5
AS_PLACE = 0
HALF = 0xFFFFFFFF
PLACE_WORDS = 6
# One slip of the pen in a word this long leaves the same name more often than it makes another.
SLIP_FROM, TWO_SLIPS_FROM = 5, 9
# A word's facts, six int64: sound; bare word with size, flags and the set of its letters above it; its letters.
SOUND, WORD, LETTERS_OF = 0, 1, 2
SIZE_SHIFT, FLAG_SHIFT, LETTERS_SHIFT = 32, 40, 48

_SOURCES: Final = ("kernel", "kernel_words", "kernel_told", "kernel_names", "kernel_fields", "kernel_pairs", "levels")
_TEXTS: Final = [Path(__file__).with_name(f"{name}.py").read_bytes() for name in _SOURCES]
_njit: Final[Any] = numba.njit  # its own types name fewer options than it takes
# Compiled code that makes no array need not count who holds one, which would cost more than comparing.
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
_MAKING: Final = _OPTIONS | {"_nrt": True}


def inner(function: Any, *, making: bool = False) -> Any:
    """Return a function that only compiled code calls; it becomes part of its callers. `making`: it makes arrays."""
    return _njit(no_cpython_wrapper=True, **(_MAKING if making else _OPTIONS))(function)


def compiled(function: Any, *, making: bool = False) -> Any:
    """Return a compiled function that Python calls, kept on disk where some folder can be written.

    `making`: it makes arrays, or calls what does.
    """
    options = _MAKING if making else _OPTIONS
    try:
        made = _njit(cache=True, **options)(function)
    except RuntimeError:  # no folder to keep compiled code in
        return _njit(**options)(function)
    made._cache._cache_file._source_stamp = _digest(function.__code__.co_filename)  # noqa: SLF001 - what it calls lies in several files
    return made


def _digest(path: str) -> str:
    return blake2b(b"\0".join((*_TEXTS, Path(path).read_bytes())), digest_size=16).hexdigest()
