"""How a name sounds in Salvadoran Spanish, as a key for finding; never shown, never a proof.

1. Written differently and said alike gives one key: b/v, s/z/soft c, ll/y, j/soft g, silent h, qu/k/hard c.
2. ñ keeps its own sound. Documents abroad drop its tilde; `without_tilde` gives the second way to look it up.
"""

import re
from functools import lru_cache
from typing import Final

_STEPS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"^(?:gi|gy)(?=[aou])", "j"),
        (r"^(?:y|ll)(?=[aeiou])", "j"),
        (r"^x", "j"),
        (r"x", "ks"),
        (r"[cs]h", "C"),
        (r"^ps", "s"),
        (r"ll", "y"),
        (r"qu?", "k"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"c(?=[eiy])", "s"),
        (r"ck?", "k"),
        (r"[zç]", "s"),
        (r"v", "b"),
        (r"^w", "gu"),
        (r"w", "u"),
        (r"th", "t"),
        (r"h", ""),
        (r"y(?![aeiou])", "i"),
        (r"n(?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def phonetic(folded: str) -> str:
    """Return the sound of one folded name (`names.fold`); spaces inside it vanish, so `de la O` is `delao`."""
    sound = folded.replace(" ", "")
    for pattern, replacement in _STEPS:
        sound = pattern.sub(replacement, sound)
    return sound


def without_tilde(text: str) -> str:
    """Return the text with n for ñ, as passports of other countries print it (ICAO 9303)."""
    return text.replace("ñ", "n")
