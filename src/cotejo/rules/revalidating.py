"""When a sent request must be confirmed anew, and who is waited for (F41)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules.acts import Entry, Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.cases import Waiting
from cotejo.rules.duties import Duty

REVALIDATION_TIMER: Final = "dossier.revalidation"
FIRST_AFTER: Final[Millis] = 60 * DAY
OPEN_FOR: Final[Millis] = 30 * DAY
AGAIN_AFTER: Final[Millis] = 365 * DAY - OPEN_FOR
"""From day 60 to 90 after sending, then yearly (the rule of the NCIC; failures.md F41)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revalidating:
    """Times in milliseconds UTC. `until` is the last moment of the term that runs; 0 while none does."""

    opened_at: Millis = 0
    until: Millis = 0


NOT_DUE: Final = Revalidating()


def apply(revalidating: Revalidating, entry: Entry) -> Revalidating:
    """Apply one stored act."""
    match entry.act:
        case acts.RevalidationOpened(until=until):
            return Revalidating(opened_at=entry.at, until=until)
        case acts.DossierRevalidated():
            return NOT_DUE
        case _:
            return revalidating


def waiting(revalidating: Revalidating) -> Iterator[Waiting]:
    """Yield who is waited for while a term runs."""
    if revalidating.until:
        since, due = revalidating.opened_at, revalidating.until
        yield Waiting(duty=Duty.CERTIFIER, step="dossier.revalidate", since=since, due=due)
