"""What every gate reads: the package, the agreement, the day, and which documents are here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.agreement import Agreement
from cotejo.rules.dates import day_of
from cotejo.rules.duties import Duty
from cotejo.rules.package import CourtAct, EvidenceItem, Package
from cotejo.rules.profiles import profile_of
from cotejo.rules.profiles.kind import Profile
from cotejo.rules.words import Text

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One look at one package. Nothing else may influence a gate (I2, I6).

    It keeps what it looked up (so it has no slots): a package of any size is judged in about the time it takes to read.
    """

    package: Package
    agreement: Agreement
    now: Millis
    documents_here: Callable[[str], bool]

    @property
    def today(self) -> date:
        """The UTC day of the look."""
        return day_of(self.now)

    @property
    def origin_law(self) -> Profile:
        """The profile of the requesting party."""
        return profile_of(self.package.origin, self.agreement)

    @property
    def addressee_law(self) -> Profile:
        """The profile of the party asked."""
        return profile_of(self.package.addressee, self.agreement)

    def court_act_of(self, document: str) -> CourtAct | None:
        """Return the judicial act a document holds."""
        return self._court_acts.get(document)

    def items(self, ids: Sequence[str]) -> tuple[EvidenceItem, ...]:
        """Return the items of evidence with these ids that are in the package."""
        return tuple(each for name in dict.fromkeys(ids) for each in self._items.get(name, ()))

    @cached_property
    def _court_acts(self) -> Mapping[str, CourtAct]:
        return {each.document: each for each in reversed(self.package.court_acts) if each.document}

    @cached_property
    def _items(self) -> Mapping[str, list[EvidenceItem]]:
        found: dict[str, list[EvidenceItem]] = {}
        for each in self.package.evidence:
            found.setdefault(each.id, []).append(each)
        return found


def numbered(things: Sequence[T]) -> Iterator[tuple[int, T]]:
    """Return things with their numbers from one, as pages and papers show them."""
    return enumerate(things, start=1)


def lacks(
    code: str, text: Text, remedy: Text, *clears: Duty, rows: tuple[str, ...], field: str = "", **values: object
) -> Reason:
    """Make a reason; `values` fill the places of the text."""
    return Reason(
        code=code,
        text=text.say(**values) if values else text,
        remedy=remedy,
        field=field,
        clears=clears,
        rows=rows,
    )
