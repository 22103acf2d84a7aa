"""What a rehearsal says: one invented record, the same for everybody, and the four steps it goes through.

1. The record is nobody's and says so: its words are not a name, its number is of a range that is never issued.
2. Every field stands here. A rehearsal that says anything else is refused, so no person can travel in one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.words import Text


class RehearsalStep(StrEnum):
    """What the invented record goes through; the last one is told by whoever received it."""

    DELIVER = "deliver"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    SWEPT = "swept"


STEPS: Final = tuple(RehearsalStep)
STEP_WORDS: Final = {
    RehearsalStep.DELIVER: Text("delivered", "entregado"),
    RehearsalStep.CORRECT: Text("corrected", "corregido"),
    RehearsalStep.WITHDRAW: Text("withdrawn", "retirado"),
    RehearsalStep.SWEPT: Text("swept", "eliminado"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedRecord:
    """Nobody. `words` stand where a name would, `number` where a document's would, `born` where a day would."""

    words: str
    number: str
    born: str


DELIVERED: Final = InventedRecord(
    words="ENSAYO, NO ES NADIE / REHEARSAL, THIS IS NOBODY", number="99999999-9", born="1900-01-01"
)
CORRECTED: Final = InventedRecord(words=DELIVERED.words, number=DELIVERED.number, born="1900-12-31")
CORRECTED_FIELD: Final = "born"

_SENTENCE: Final = "Ensayo del enlace. Este papel no trata de nadie. Rehearsal. This paper is about nobody.\n"
PAPER: Final = (_SENTENCE * 1_600).encode()
"""The invented record's document: long enough to travel in two parts."""
