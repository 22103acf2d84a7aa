"""What an inquiry asks and what its answer says, as records and closed lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.package import CourtAct, Subject
from cotejo.rules.words import Text


class InquiryBasis(StrEnum):
    """Why a person's court record may be asked for; there is no third."""

    PERSON_ASKS = "person_asks"
    JUDGE_ORDERS = "judge_orders"


class Searched(StrEnum):
    """What the agency that is asked looked into."""

    PERSON_FILES = "person_files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about one person. `document` is the hex SHA-256 of the mandate or the order, which travels with it.

    `counsel` asks for the person; `court`, `number` and `heard_on` say which judge ordered it after hearing them.
    """

    subject: Subject
    basis: InquiryBasis
    document: str
    counsel: str = ""
    court: str = ""
    number: str = ""
    heard_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """Every court act held about the person, on this day, in what was searched; empty: nothing is held there (F29).

    Ids and documents of the acts stay with the agency that holds them.
    """

    held: tuple[CourtAct, ...]
    searched: tuple[Searched, ...]
    on: str


BASIS_WORDS: Final[Mapping[InquiryBasis, Text]] = {
    InquiryBasis.PERSON_ASKS: Text("the person asks through counsel", "la persona lo pide por medio de su defensa"),
    InquiryBasis.JUDGE_ORDERS: Text(
        "a judge ordered it after hearing the person", "lo ordenó un tribunal después de oír a la persona"
    ),
}
SEARCHED_WORDS: Final[Mapping[Searched, Text]] = {
    Searched.PERSON_FILES: Text("the files on persons of this agency", "los expedientes de personas de esta entidad"),
}
