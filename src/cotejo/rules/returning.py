"""A return at the receiver: what was accepted about somebody who must come back, and how it stands (F74)."""

from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, Millis, act
from cotejo.rules.duties import Officer
from cotejo.rules.return_words import ReturnAnswer, ReturnCause, ReturnEnd, ReturnStep


@act("review.return_asked")
class ReturnAskedFor(Act):
    """The person must come back: the decision fell (`by` says who recorded it), or the origin withdrew (`by` empty)."""

    cause: ReturnCause
    document: str
    due: Millis
    by: Officer | None


@act("review.return_answered")
class ReturnToldOf(Act):
    """The sender told where the person is and what was done; until `due` it tells again."""

    answer: ReturnAnswer
    due: Millis


@act("review.return_closed")
class ReturnClosed(Act):
    """The person is back, or with counsel prefers to stay."""

    end: ReturnEnd
    document: str
    by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReturn:
    """The decision fell after the hand-over. Legal. `document` is the court's."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReturnAnswer:
    """The sender's answer. Partner."""

    answer: ReturnAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReturn:
    """End an open return. Legal. `document` shows that the person is back, or what they signed with counsel."""

    end: ReturnEnd
    document: str


ReturnCommand = AskReturn | TakeReturnAnswer | CloseReturn


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """How a return stands. Times in milliseconds UTC, 0 until it happened."""

    cause: ReturnCause | None = None
    asked_at: Millis = 0
    place: str = ""
    steps: tuple[ReturnStep, ...] = ()
    answered_at: Millis = 0
    end: ReturnEnd | None = None
    closed_at: Millis = 0

    @property
    def open(self) -> bool:
        """Say whether somebody has yet to come back."""
        return bool(self.asked_at) and not self.closed_at

    @property
    def back(self) -> bool:
        """Say whether the person came back."""
        return self.end is ReturnEnd.RETURNED


NOBODY_RETURNS: Final = Returning()
