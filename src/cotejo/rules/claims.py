"""A claim: one dated statement about a person, who wrote it down and who checked it against its document.

1. A claim is `draft`, `checked`, `returned` or `withdrawn`. Checked is not true: it says that somebody from another
   unit held the statement beside the document (design section 2).
2. Changing a claim makes a new version that nobody has checked; a withdrawn claim never comes back.
3. A claim leaves `draft` only with evidence whose document is here, or lies at a court and has its hash (F01).
"""

from dataclasses import dataclass
from enum import StrEnum

from cotejo.rules.acts import Millis
from cotejo.rules.duties import Officer
from cotejo.rules.facts import Interval, StatementType


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBody:
    """What a claim says. `speaks_to` are ids of alleged acts, `evidence` ids of items in the same file.

    `quoted_label_from` is the id of the final judgment whose word a quoted label is (F17). `as_of` is the day for which
    the statement was last known to hold (F20).
    """

    statement_type: StatementType
    statement: str
    speaks_to: tuple[str, ...]
    interval: Interval
    place: str
    as_of: str
    evidence: tuple[str, ...]
    quoted_label_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim in its newest version. Times are milliseconds UTC; `why` is the reason of a return or withdrawal."""

    id: str
    version: int
    state: ClaimState
    body: ClaimBody
    recorder: Officer
    recorded_at: Millis
    checker: Officer | None = None
    checked_at: Millis = 0
    why: str = ""
