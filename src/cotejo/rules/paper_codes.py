"""Codes people read from paper and type: on the copy for the person, and on the receipt of a complaint.

1. Letters and digits of Crockford's alphabet: no I, L, O, U; O, I and L, when typed, are read as what was meant.
2. The last symbol checks the others, so that a slip of the hand is told apart without asking any memory (F67): whoever
   types a code that cannot exist is told so, whoever types one that might is told nothing more.
3. A paper code carries 95 random bits, a receipt code 75: the first can be tried against a copied table, the second
   only against a running office.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED: Final = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\t\r\n\u00a0")
LONGEST_TYPED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeForm:
    """How one kind of code looks: how many symbols, the check symbol included, in groups of how many."""

    symbols: int
    group: int

    def make(self, chance: Callable[[int], bytes]) -> str:
        """Make a random code, in groups. `chance` returns so many random bytes."""
        drawn = "".join(ALPHABET[byte & 31] for byte in chance(self.symbols - 1))
        return self.grouped(drawn + _check(drawn))

    def grouped(self, code: str) -> str:
        """Write a code in its groups, as on paper."""
        return "-".join(code[start : start + self.group] for start in range(0, len(code), self.group))

    def read(self, typed: str) -> str | None:
        """Return the bare symbols of what somebody typed; `None` when no such code can exist."""
        if len(typed) > LONGEST_TYPED:
            return None
        bare = typed.translate(_IGNORED).upper().translate(_MEANT)
        if len(bare) != self.symbols or not set(bare) <= set(ALPHABET):
            return None
        return bare if _check(bare[:-1]) == bare[-1] else None


PAPER_CODE: Final = CodeForm(symbols=20, group=5)
RECEIPT_CODE: Final = CodeForm(symbols=16, group=4)


def _check(symbols: str) -> str:
    """Return the check symbol: notices every single wrong symbol and every swap of two neighbours but 0 and Z."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = ALPHABET.index(symbol) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
