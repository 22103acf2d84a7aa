"""What a dossier is made of: the certificate, the notice, each version that left, each report after a hand-over."""

from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.dossier_words import DeferralReason, HandoverReport
from cotejo.rules.duties import Officer
from cotejo.rules.package import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certifier's signed sentence: I searched the file for what speaks for this person.

    It holds for the file in `person_version` only: what is written into the file later must be searched again.
    """

    attached: tuple[str, ...]
    none_found: bool
    searched_on: str
    person_version: int
    by: Officer
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKept:
    """The person was told, or telling was put off; a deferral counts only with `countersigned`."""

    given_on: str = ""
    languages: tuple[str, ...] = ()
    because: DeferralReason | None = None
    asked_at: Millis = 0
    countersigned: Officer | None = None
    lapses_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentVersion:
    """A version exactly as it left, when, by whom, and what the partner's receipt said of it."""

    package: Package
    at: Millis
    by: Officer
    outcome: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        return self.package.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report after a hand-over: which, when it happened, and until when the next is due (0: none)."""

    report: HandoverReport
    at: Millis
    next_due: Millis
