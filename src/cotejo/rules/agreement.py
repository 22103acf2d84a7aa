"""The agreement two agencies signed, held and enforced by both machines.

1. Thresholds, lifetimes and duties can only be tightened (F62): the caps below are upper caps, there is no lower floor,
   so that an invented world simply agrees on short times.
2. Every message cites the agreement's hash; without an active agreement nothing leaves and nothing is taken in (F19).
3. The status lifetime D is the longest outage the parties accept; the list is pushed every D/3 (design section 7).
"""

from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.facts import Route
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
    )
    return tuple(
        Reason(
            code="agreement.too_loose",
            field=name,
            text=Text(
                f"{name}: {value} is outside what is allowed (more than 0, at most {cap}).",
                f"{name}: {value} está fuera de lo permitido (más de 0, como máximo {cap}).",
            ),
            rows=("F62",),
        )
        for name, value, cap in pairs
        if not 0 < value <= cap
    )
