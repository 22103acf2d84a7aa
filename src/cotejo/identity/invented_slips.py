"""What goes wrong when a name, a number or a date is written down: each slip a function of the text and of chance."""

import random
from collections.abc import Callable, Sequence
from typing import Final

from cotejo.identity.names import fold

Slip = Callable[[str, random.Random], str]

_SOUNDS_ALIKE: Final = (
    ("z", "s"), ("s", "z"), ("v", "b"), ("b", "v"), ("ll", "y"), ("y", "ll"), ("ge", "je"), ("gi", "ji"), ("j", "g"),
    ("ce", "se"), ("ci", "si"), ("qu", "k"), ("c", "k"), ("h", ""), ("y", "i"), ("ñ", "n"), ("x", "j"), ("mb", "nb"),
    ("rr", "r"), ("u", "w"), ("a", "ha"), ("n", "nn"), ("th", "t"), ("nz", "ns"),
)  # fmt: skip
_LOOKS_ALIKE: Final = (
    ("rn", "m"), ("m", "rn"), ("l", "i"), ("i", "l"), ("o", "0"), ("h", "b"), ("u", "v"), ("e", "c"), ("c", "e"),
    ("n", "ri"), ("t", "f"), ("a", "o"), ("g", "q"), ("ñ", "fi"), ("é", "e"), ("z", "2"), ("s", "5"),
)  # fmt: skip
_NEIGHBOURS: Final = dict(
    zip(
        "qwertyuiopasdfghjklñzxcvbnm", "wqwrtyuioasasdfghjklxzxcvbn", strict=True
    )  # one key beside, on a Spanish keyboard
)
_DIGITS_ALIKE: Final = {
    "0": "6",
    "1": "7",
    "2": "7",
    "3": "8",
    "4": "9",
    "5": "6",
    "6": "8",
    "7": "1",
    "8": "3",
    "9": "4",
}


def bare(text: str) -> str:
    """Return the text as an old typewriter has it: no accents, no tilde, first letters large."""
    return fold(text).replace("ñ", "n").title()


def dropped_letter(word: str, chance: random.Random) -> str:
    """Leave out a letter within the word."""
    at = chance.randrange(1, max(len(word) - 1, 2))
    return word[:at] + word[at + 1 :]


def doubled_letter(word: str, chance: random.Random) -> str:
    """Write a letter twice."""
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def swapped_letters(word: str, chance: random.Random) -> str:
    """Write two neighbouring letters the wrong way round."""
    if len(word) < 3:  # noqa: PLR2004 - a letter that stays and two that change
        return word
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def wrong_key(word: str, chance: random.Random) -> str:
    """Hit the key beside the right one."""
    at = chance.randrange(len(word))
    return word[:at] + _NEIGHBOURS.get(word[at].lower(), word[at]) + word[at + 1 :]


def as_it_sounds(word: str, chance: random.Random) -> str:
    """Write the word by ear."""
    return _one_of(word, _SOUNDS_ALIKE, chance)


def as_it_looks(word: str, chance: random.Random) -> str:
    """Read the word wrongly from a bad copy."""
    return _one_of(word, _LOOKS_ALIKE, chance)


def cut_short(word: str, chance: random.Random) -> str:
    """Run out of room in the box."""
    return word[: max(4, len(word) - chance.randrange(1, 4))]


def wrong_digit(number: str, chance: random.Random) -> str:
    """Write one digit wrongly, never the first."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()][1:]
    if not places:
        return number
    at = chance.choice(places)
    wrong = _DIGITS_ALIKE[number[at]] if chance.random() < 0.5 else str(chance.randrange(10))  # noqa: PLR2004 - either
    return number[:at] + wrong + number[at + 1 :]


def swapped_digits(number: str, chance: random.Random) -> str:
    """Write two neighbouring digits the wrong way round."""
    at = chance.randrange(1, max(len(number) - 1, 2))
    one, other = number[at : at + 1], number[at + 1 : at + 2]
    return number[:at] + other + one + number[at + 2 :] if (one + other).isdigit() else wrong_digit(number, chance)


def _one_of(word: str, pairs: Sequence[tuple[str, str]], chance: random.Random) -> str:
    lower = word.lower()
    usable = [(one, other) for one, other in pairs if one in lower]
    if not usable:
        return dropped_letter(word, chance)
    one, other = chance.choice(usable)
    at = lower.index(one)
    changed = lower[:at] + other + lower[at + len(one) :]
    return changed.title() if word[:1].isupper() else changed
