"""Taking the redress office's signals: two words about a request; nothing else comes through that door (I12, I13).

1. At the origin `suspend` suspends the dossier for the cause `redress`, in the words of every other suspension, so the
   request is blocked everywhere. At a receiver it places a hold that only this door ends, and sends nothing.
2. A signal about a request this node does not know waits: should the request come, it is blocked then.
3. What the law refuses (blocked already, withdrawn long ago) is done with. What met somebody else's act stays waiting.
4. Taking a signal twice changes nothing, so a crash between the act and the note costs nothing. A word that fails
   leaves the others alone; should a `lift` overtake its `suspend`, the block stays: doubt means hold.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from cotejo.actions.laws import DOSSIER, REVIEW
from cotejo.actions.perform import BUSY, Law, perform
from cotejo.actions.unit import Unit
from cotejo.rules.acts import Millis, Refused, Stream
from cotejo.rules.dossier_commands import Reinstate, Suspend
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import RedressDoor
from cotejo.rules.purposes import Purpose
from cotejo.rules.redress import Signal
from cotejo.rules.review_commands import RedressLift, RedressSuspend

TAKEN: Final = "taken"
REFUSED: Final = "refused"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One signal: its number, the request, and the word."""

    id: int
    request: str
    word: Signal


class Door(Protocol):
    """The house's side of the door."""

    def waiting(self) -> tuple[Said, ...]:
        """Return the signals to act on now, oldest first; those about unknown requests once they are known."""
        ...

    def note(self, said: Said, outcome: str, *, now: Millis) -> None:
        """Write down what became of a signal: `taken`, `refused` or `unknown`."""
        ...


def take_signal(unit: Unit, door: Door, said: Said, *, now: Millis) -> str:
    """Act on one signal wherever this node has the request, and note what became of it; empty while others act."""
    done = [
        perform(law, unit, stream, command, who=RedressDoor(), purpose=Purpose.REDRESS, now=now)
        for law, stream, command in _about(unit, said)
    ]
    refused = [each for each in done if isinstance(each, Refused)]
    if any(BUSY.code in each.codes for each in refused):
        return ""
    outcome = UNKNOWN if not done else REFUSED if len(refused) == len(done) else TAKEN
    door.note(said, outcome, now=now)
    return outcome


def _about(unit: Unit, said: Said) -> tuple[tuple[Law[Any, Any, Any], Stream, object], ...]:
    suspends = said.word is Signal.SUSPEND
    dossier = Suspend(cause=SuspensionCause.REDRESS) if suspends else Reinstate(cause=SuspensionCause.REDRESS)
    review = RedressSuspend() if suspends else RedressLift()
    ours = unit.lookup("dossier.request", said.request)
    received = (unit.lookup("review.request", f"{each.name}/{said.request}") for each in unit.partners())
    return (
        *((DOSSIER, stream, dossier) for stream in ours),
        *((REVIEW, stream, review) for streams in received for stream in streams),
    )
