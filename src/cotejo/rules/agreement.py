"""The agreement two agencies signed, held and enforced by both machines.

1. Thresholds, lifetimes and duties can only be tightened (F62): the caps below are upper caps, there is no lower floor,
   so that an invented world simply agrees on short times.
2. Every message cites the agreement's hash; without an active agreement nothing leaves and nothing is taken in (F19).
3. The status lifetime D is the longest outage the parties accept; the list is pushed every D/3 (design section 7).
4. There are two forms. The second one says as well what kinds of data and which handling codes it covers, how long
   things are kept, and which agreements it replaces: a request sent under one of those goes on under it, as far as it
   covers it (`rules.succession`). The first form says none of this and covers all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.facts import DataClass, Handling, Route
from cotejo.rules.words import Text

SECOND: Final[Millis] = 1000
MINUTE: Final[Millis] = 60 * SECOND
HOUR: Final[Millis] = 60 * MINUTE
DAY: Final[Millis] = 24 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes:
    """How long a status is valid for reading, for administrative steps and for grave acts (milliseconds)."""

    reading: Millis = DAY
    administrative: Millis = HOUR
    grave: Millis = 10 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverTerms:
    """Longest times after a hand-over until each report (milliseconds); F73."""

    arrival: Millis = DAY
    before_judge: Millis = 3 * DAY
    custody_every: Millis = 30 * DAY
    told: Millis = DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Terms both parties signed. `hash` is SHA-256 over its exact bytes; times are milliseconds.

    `profiles` names the law of each party, in the order of `parties` (see `cotejo.rules.profiles`). `witnesses` are
    bodies outside both, each as `name+hash+key`: they confirm both logs and appoint both auditors (F61).
    """

    hash: str
    parties: tuple[str, str]
    purposes: tuple[str, ...]
    routes: tuple[Route, ...]
    valid_from: Millis
    valid_until: Millis
    ceiling_per_month: int
    lifetimes: Lifetimes
    answer_every: Millis
    sweep_every: Millis
    handover: HandoverTerms
    package_validity: Millis
    skew: Millis
    standing_recipients: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    profiles: tuple[str, str] = ("sv", "us")

    def profile_of(self, party: str) -> str:
        """Return the code of a party's law, which is its country's ISO 3166 code in small letters; empty if unknown."""
        return dict(zip(self.parties, self.profiles, strict=True)).get(party, "")

    def active_at(self, now: Millis) -> bool:
        """Say whether the agreement is in force at this instant."""
        return self.valid_from <= now < self.valid_until

    def covers(self, cited: str) -> bool:
        """Say whether what was said under the agreement with this hash stands under this one."""
        return cited == self.hash or cited in self.replaces

    @property
    def replaces(self) -> tuple[str, ...]:
        """The hashes of the agreements this one follows, newest first."""
        return ()

    @property
    def dates_from(self) -> Millis:
        """The moment from which answer dates and sweep moments are counted."""
        return self.valid_from

    @property
    def first_date(self) -> int:
        """The number of the answer date that lies at `dates_from`."""
        return 0

    @property
    def data(self) -> tuple[DataClass, ...]:
        """What kinds of data may be exchanged (F19)."""
        return tuple(DataClass)

    @property
    def handling(self) -> tuple[Handling, ...]:
        """With which handling codes evidence may be sent (F54)."""
        return tuple(Handling)

    @property
    def kept_months(self) -> int:
        """Months a request is kept from its newest counting item of evidence (F57)."""
        return KEPT_MONTHS

    @property
    def sealed_months(self) -> int:
        """Months a sealed copy is kept at least; the law of both parties may ask for more (I11)."""
        return 0


KEPT_MONTHS: Final = 60
"""28 CFR 23.20(h), catalogue row F57."""
LONGEST_SEALED: Final = 600
"""Months beyond which no agreement keeps a sealed copy: fifty years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewableAgreement(Agreement):
    """The second form (rule 4); the fields are those that the first form answers for all agreements alike."""

    replaces: tuple[str, ...] = ()
    dates_from: Millis = field()  # said, or the first form's property would be its default
    first_date: int = 0
    data: tuple[DataClass, ...] = tuple(DataClass)
    handling: tuple[Handling, ...] = tuple(Handling)
    kept_months: int = KEPT_MONTHS
    sealed_months: int = 0


def first_form(terms: Agreement) -> Agreement:
    """Return what the first form holds of these terms, with their hash."""
    return Agreement(**{each.name: getattr(terms, each.name) for each in fields(Agreement)})


def in_turn(agreements: Sequence[Agreement], at: Millis) -> Agreement:
    """Return the agreement of a pairing whose turn it is at a moment, in force or not: the last that has begun."""
    begun = [each for each in agreements if each.valid_from <= at]
    return begun[-1] if begun else agreements[0]


CAPS: Final = Agreement(
    hash="",
    parties=("", ""),
    purposes=(),
    routes=(),
    valid_from=0,
    valid_until=0,
    ceiling_per_month=1000,
    lifetimes=Lifetimes(),
    answer_every=30 * DAY,
    sweep_every=DAY,
    handover=HandoverTerms(),
    package_validity=7 * DAY,
    skew=5 * MINUTE,
)
"""No term may be looser than this (F52: seven days; F73: 24 h, 72 h, 30 days)."""


def looser_than_caps(terms: Agreement) -> tuple[Reason, ...]:
    """Name every term that is looser than the law's caps, all at once."""
    pairs = (
        ("lifetimes.reading", terms.lifetimes.reading, CAPS.lifetimes.reading),
        ("lifetimes.administrative", terms.lifetimes.administrative, CAPS.lifetimes.administrative),
        ("lifetimes.grave", terms.lifetimes.grave, CAPS.lifetimes.grave),
        ("answer_every", terms.answer_every, CAPS.answer_every),
        ("sweep_every", terms.sweep_every, CAPS.sweep_every),
        ("handover.arrival", terms.handover.arrival, CAPS.handover.arrival),
        ("handover.before_judge", terms.handover.before_judge, CAPS.handover.before_judge),
        ("handover.custody_every", terms.handover.custody_every, CAPS.handover.custody_every),
        ("handover.told", terms.handover.told, CAPS.handover.told),
        ("package_validity", terms.package_validity, CAPS.package_validity),
        ("skew", terms.skew, CAPS.skew),
        ("ceiling_per_month", terms.ceiling_per_month, CAPS.ceiling_per_month),
        ("kept_months", terms.kept_months, CAPS.kept_months),
    )
    found = [_too_loose(name, value, cap) for name, value, cap in pairs if not 0 < value <= cap]
    if not 0 <= terms.sealed_months <= LONGEST_SEALED:
        found.append(_too_loose("sealed_months", terms.sealed_months, LONGEST_SEALED))
    return tuple(found)


def _too_loose(name: str, value: int, cap: int) -> Reason:
    return Reason(
        code="agreement.too_loose",
        field=name,
        text=Text(
            f"{name}: {value} is outside what is allowed (more than 0, at most {cap}).",
            f"{name}: {value} está fuera de lo permitido (más de 0, como máximo {cap}).",
        ),
        rows=("F62",),
    )
