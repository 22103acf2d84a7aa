"""The history of a case as one officer may read it.

1. Every act is a line with its time. What a line says beyond its code depends on who reads (F44, I3, I12).
2. A pause whose kind this duty may not see is a line without a name, a duty or a body, whoever placed or signed it.
3. Protection checks, searches and sealed answers are lines without a body for those who may not see them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cotejo.rules.acts import Act, Entry, Millis
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.holds import HOLDS, HoldKind
from cotejo.rules.review_acts import (
    CourtOrdersChecked,
    HoldLiftSigned,
    HoldPlaced,
    IdentityAnswered,
    IdentityReconfirmed,
    NationalityRecorded,
    ProtectionChecked,
    Searched,
)
from cotejo.rules.review_state import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the history. `by` and `duty` are empty and `act` is None where this reader may not know them."""

    version: int
    at: Millis
    code: str
    by: str = ""
    duty: str = ""
    act: Act | None = None


def history(state: Review, entries: Iterable[Entry], reader: Officer) -> tuple[Line, ...]:
    """Return the lines of a case, oldest first, as this officer may read them."""
    return tuple(_line(state, entry, reader) for entry in entries)


def _line(state: Review, entry: Entry, reader: Officer) -> Line:
    bare = Line(version=entry.version, at=entry.at, code=entry.act.code)
    if isinstance(entry.act, HoldPlaced | HoldLiftSigned) and not _sees_hold(state, entry, reader):
        return bare
    shown = entry.act if _sees_body(state, entry.act, reader) else None
    return Line(version=entry.version, at=entry.at, code=entry.act.code, by=entry.by, duty=entry.duty, act=shown)


def _sees_hold(state: Review, entry: Entry, reader: Officer) -> bool:
    wanted = entry.act.hold if isinstance(entry.act, HoldLiftSigned) else entry.version
    mine = isinstance(entry.act, HoldPlaced) and entry.by == reader.id
    return mine or any(hold.id == wanted for hold in state.holds_visible_to(reader.duty))


def _sees_body(state: Review, act: Act, reader: Officer) -> bool:
    match act:
        case ProtectionChecked():
            return reader.duty is Duty.PROTECTION
        case Searched() | IdentityReconfirmed():
            return state.shows_candidates_to(reader.duty)
        case IdentityAnswered():
            return act in state.answers_visible_to(reader) and state.shows_candidates_to(reader.duty)
        case NationalityRecorded():
            return reader.duty in HOLDS[HoldKind.CITIZENSHIP_CLAIM].seen_by
        case CourtOrdersChecked():
            return reader.duty in HOLDS[HoldKind.COURT_ORDER].seen_by
        case _:
            return True
