"""What is said when somebody who was handed over must come back: closed lists, and the sender's answer (F74)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.words import Text

RETURN_WITHIN: Final[Millis] = 2 * DAY
"""How long the sender has for its first answer: catalogue row F74."""


class ReturnCause(StrEnum):
    """Why the person is to come back; the receiver's own reasons stay with it."""

    DECISION_FELL = "decision_fell"
    WITHDRAWN = "withdrawn"


class ReturnStep(StrEnum):
    """What the sender has done or found."""

    LOCATED = "located"
    RELEASED = "released"
    DOCUMENTS_ISSUED = "documents_issued"
    TRAVEL_ARRANGED = "travel_arranged"
    DEPARTED = "departed"
    HELD_BY_COURT = "held_by_court"
    NOT_FOUND = "not_found"


class ReturnEnd(StrEnum):
    """How an open return ends; nobody else ends one."""

    RETURNED = "returned"
    PERSON_STAYS = "person_stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAnswer:
    """Where the person is and what was done, at this moment."""

    place: str
    steps: tuple[ReturnStep, ...]
    at: Millis


RETURN_WORDS: Final[Mapping[type[StrEnum], Mapping[StrEnum, Text]]] = {
    ReturnCause: {
        ReturnCause.DECISION_FELL: Text(
            "the decision on which the person was handed over has fallen",
            "quedó sin efecto la decisión por la que la persona fue entregada",
        ),
        ReturnCause.WITHDRAWN: Text(
            "the request was withdrawn after the hand-over", "la solicitud se retiró después de la entrega"
        ),
    },
    ReturnStep: {
        ReturnStep.LOCATED: Text("the person is located", "la persona está localizada"),
        ReturnStep.RELEASED: Text("released from custody", "puesta en libertad"),
        ReturnStep.DOCUMENTS_ISSUED: Text("travel documents issued", "documentos de viaje emitidos"),
        ReturnStep.TRAVEL_ARRANGED: Text("travel arranged", "viaje organizado"),
        ReturnStep.DEPARTED: Text("departed", "ha partido"),
        ReturnStep.HELD_BY_COURT: Text("held by a court's order", "retenida por orden judicial"),
        ReturnStep.NOT_FOUND: Text("not found so far", "no encontrada hasta ahora"),
    },
    ReturnEnd: {
        ReturnEnd.RETURNED: Text("the person is back", "la persona regresó"),
        ReturnEnd.PERSON_STAYS: Text(
            "the person, with counsel, prefers to stay", "la persona, con su defensa, prefiere quedarse"
        ),
    },
}
