"""The nine steps of the story, one module a step; each plays its part, checks its outcome and says what it saw."""

from collections.abc import Callable
from typing import Final

from cotejo_demo.cases import Story
from cotejo_demo.steps import (
    bulletin,
    cable_cut,
    hand_over,
    mother,
    protected_woman,
    sentence,
    sound_file,
    three_men,
    wish,
)

STEPS: Final[tuple[tuple[str, Callable[[Story], str]], ...]] = (
    ("1 An e-mail-style wish", wish.play),
    ("2 The sound file", sound_file.play),
    ("3 A bulletin", bulletin.play),
    ("4 Three men of one name", three_men.play),
    ("5 A protected woman", protected_woman.play),
    ("6 The cable cut", cable_cut.play),
    ("7 Decided, handed over, no judge", hand_over.play),
    ("8 The mother's paper", mother.play),
    ("9 A journalist's sentence", sentence.play),
)
