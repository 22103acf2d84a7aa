"""What a dispute says: which statements, by whom, since when, in its own words, and what is asked.

1. Who disputes is a kind of a closed list, never a name; the words are short and the dispute's own.
2. What travels against a request's origin carries the person's signature on paper, and that they were warned before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.words import Text

LONGEST_STATEMENT: Final = 1_000
"""Characters of the dispute's own words; with `MOST_CLAIMS` it fits its one padding class whatever it says."""
MOST_CLAIMS: Final = 50
LONGEST_CLAIM: Final = 64
"""Characters of the id of a disputed statement: what an id may have at most on any line."""
LONGEST_COUNSEL: Final = 200


class DisputedBy(StrEnum):
    """Who disputes."""

    PERSON = "person"
    COUNSEL = "counsel"
    COURT = "court"
    OTHER_OFFICE = "other_office"
    OWN_OFFICE = "own_office"


class DisputeAsks(StrEnum):
    """What is asked; nothing of it withdraws the request."""

    WEIGH = "weigh"
    CHECK_AGAIN = "check_again"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """One dispute. `claims` are (id, version) as the request carries them; `on` is the ISO day it was raised."""

    claims: tuple[tuple[str, int], ...]
    by: DisputedBy
    on: str
    statement: str
    asks: DisputeAsks


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSigned:
    """The person's own signature under a dispute that leaves the agency which holds the request.

    `document` is the hex SHA-256 of the signed paper, which travels along; `counsel` stood by; on `warned_on` the
    person was told who will learn of it.
    """

    document: str
    counsel: str
    warned_on: str


DISPUTE_WORDS: Final[Mapping[type[StrEnum], Mapping[StrEnum, Text]]] = {
    DisputedBy: {
        DisputedBy.PERSON: Text("the person", "la persona"),
        DisputedBy.COUNSEL: Text("the person's counsel", "la defensa de la persona"),
        DisputedBy.COURT: Text("a court", "un tribunal"),
        DisputedBy.OTHER_OFFICE: Text("another office", "otra oficina"),
        DisputedBy.OWN_OFFICE: Text("the requesting agency itself", "la propia entidad requirente"),
    },
    DisputeAsks: {
        DisputeAsks.WEIGH: Text("to weigh it before any decision", "que se valore antes de toda decisión"),
        DisputeAsks.CHECK_AGAIN: Text("to check the statement again", "que se coteje de nuevo la afirmación"),
        DisputeAsks.CORRECT: Text("to correct the statement", "que se corrija la afirmación"),
        DisputeAsks.WITHDRAW: Text("to withdraw the request", "que se retire la solicitud"),
    },
}
