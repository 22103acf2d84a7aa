"""A return as the sender owes it: asked by the receiver, answered by custody with place and steps (F74).

1. Only the partner a request was sent to asks for a return, and only after a hand-over was reported or it says so: the
   question is written down whatever our own file says, for the person is with us or was.
2. The first answer is due in 48 hours; later ones whenever a step is taken. The receiver alone ends a return.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules.acts import Entry, Millis
from cotejo.rules.cases import Waiting
from cotejo.rules.duties import Duty
from cotejo.rules.return_words import RETURN_WITHIN, ReturnAnswer, ReturnCause, ReturnStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOwed:
    """Times in milliseconds UTC, 0 until it happened."""

    cause: ReturnCause | None = None
    asked_at: Millis = 0
    answers: tuple[ReturnAnswer, ...] = ()

    @property
    def due(self) -> Millis:
        """Until when the first answer is due; 0 when none is owed."""
        return self.asked_at + RETURN_WITHIN if self.asked_at and not self.answers else 0

    @property
    def departed(self) -> bool:
        """Say whether the person has left this country, so that nothing is left to report."""
        return any(ReturnStep.DEPARTED in each.steps for each in self.answers)


NOT_OWED: Final = ReturnOwed()


def apply(owed: ReturnOwed, entry: Entry) -> ReturnOwed:
    """Apply one stored act."""
    match entry.act:
        case acts.ReturnAsked(cause=cause):
            return ReturnOwed(cause=cause, asked_at=entry.at)
        case acts.ReturnAnswered(answer=answer):
            return replace(owed, answers=(*owed.answers, answer))
        case _:
            return owed


def waiting(owed: ReturnOwed) -> Iterator[Waiting]:
    """Yield who answers, until when."""
    if owed.due:
        yield Waiting(duty=Duty.CUSTODY, step="dossier.return", since=owed.asked_at, due=owed.due)
