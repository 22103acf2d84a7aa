"""The end of an agreement by this house alone, as acts: asked by one person, signed by another (F19, F56).

1. It is for a partner that is gone, or that nobody may exchange with any longer. From that moment the agreement is not
   in force here: nothing leaves, nothing is taken in, no request of the partner's goes on, no recovery waits for it.
2. It is for good: the line does not go on under this pairing. The terms as they were signed stay in the act of pairing.
"""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, act
from cotejo.rules.duties import Officer


@act("partner.ending_asked")
class EndingAsked(Act):
    """Somebody in partner relations asks that the agreement with this partner be ended."""

    reasons: str
    by: Officer


@act("partner.agreement_ended")
class AgreementEnded(Act):
    """The oversight body signed it as well: the agreement is over. `asked_by` is who asked, `by` who signed."""

    reasons: str
    asked_by: Officer
    by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How far the end of an agreement has come; times in milliseconds UTC, 0 for never."""

    asked_by: Officer | None = None
    asked_at: Millis = 0
    reasons: str = ""
    ended_at: Millis = 0


NOT_ENDED: Final = Ending()


def apply(ending: Ending, entry: Entry) -> Ending:
    """Fold one act about the end; any other act leaves it as it was."""
    match entry.act:
        case EndingAsked() as asked:
            return replace(ending, asked_by=asked.by, asked_at=entry.at, reasons=asked.reasons)
        case AgreementEnded():
            return replace(ending, ended_at=entry.at)
        case _:
            return ending
