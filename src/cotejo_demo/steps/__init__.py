"""The nine steps of the story, one module a step; each plays its part, checks its outcome and says what it saw."""

from collections.abc import Callable
from typing import Final

from cotejo_demo.cases import Story
from cotejo_demo.steps import sound_file, three_men, protected_woman, cable_cut, hand_over

STEPS: Final[tuple[tuple[str, Callable[[Story], str]], ...]] = (
    ("2 The sound file", sound_file.play),
    ("4 Three men of one name", three_men.play),
    ("5 A protected woman", protected_woman.play),
    ("6 The cable cut", cable_cut.play),
    ("7 Hand-over", hand_over.play),
)
