"""An inquiry: one person's complete court record, asked of a partner for that person or by a judge; never by officers.

1. Two bases and no third: the person asks through counsel (a signed mandate), or a judge ordered it after hearing the
   person. The paper travels with the question, so that whoever answers reads it too (design section 3).
2. Nothing goes out before the protection check about this person found nothing registered. A stop ends the inquiry; to
   everybody but the protection officer it looks like one that was not checked yet (F44, F45).
3. Whoever is asked learns whom a court or counsel asks about, and uses it for nothing else: an inquiry is in no search,
   begins no file and no request, blocks nothing, and is erased there a month after the answer.
4. There is no question "is this person there?" and no answer to it: what comes back are court acts held by the agency
   that is asked, acquittals and pending matters included, or that nothing is held in its files on a day (F29).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Act, Entry, Erased, Millis, Stream, StreamKind, act
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.inquiry_words import Asked, RecordAnswer
from cotejo.rules.review_words import Protection
from cotejo.rules.words import Text


class InquiryState(StrEnum):
    """Where an inquiry stands."""

    NONE = "none"
    OPEN = "open"
    SENT = "sent"
    REFUSED = "refused"
    RECEIVED = "received"
    ANSWERED = "answered"
    ERASED = "erased"


STATE_WORDS: Final[Mapping[InquiryState, Text]] = {
    InquiryState.NONE: Text("none", "ninguna"),
    InquiryState.OPEN: Text("being prepared", "en preparación"),
    InquiryState.SENT: Text("asked", "consultada"),
    InquiryState.REFUSED: Text("refused by the agency asked", "rechazada por la entidad consultada"),
    InquiryState.RECEIVED: Text("to be answered", "por responder"),
    InquiryState.ANSWERED: Text("answered", "respondida"),
    InquiryState.ERASED: Text("erased", "suprimida"),
}


@act("inquiry.opened")
class InquiryOpened(Act):
    """A question to a partner was begun, on one of the two bases."""

    inquiry: str
    partner: str
    asked: Asked
    by: Officer


@act("inquiry.protection_checked")
class InquiryChecked(Act):
    """The protection register was looked into; one code for both answers (F44)."""

    result: Protection
    by: Officer


@act("inquiry.sent")
class InquirySent(Act):
    """The question left; until `due` the partner owes its answer."""

    due: Millis
    by: Officer


@act("inquiry.taken")
class InquiryTaken(Act):
    """A partner's question was taken in; until `due` this agency owes its answer."""

    inquiry: str
    partner: str
    asked: Asked
    due: Millis


@act("inquiry.person_named")
class PersonNamed(Act):
    """One officer's sealed answer: which files here are about this person, if any."""

    persons: tuple[str, ...]
    reasons: str
    by: Officer


@act("inquiry.answered")
class InquiryAnswered(Act):
    """The answer left, exactly as it stands here."""

    answer: RecordAnswer
    by: Officer


@act("inquiry.answer_recorded")
class AnswerRecorded(Act):
    """The partner's answer came."""

    answer: RecordAnswer


@act("inquiry.refused")
class InquiryRefused(Act):
    """The partner did not take the question in; every code its receipt named."""

    gaps: tuple[str, ...]


@act("inquiry.closed")
class InquiryClosed(Act):
    """A refused inquiry was read and closed."""

    by: Officer


@act("inquiry.overdue")
class InquiryOverdue(Act):
    """No answer in the agreed term; the oversight body waits."""


@act("inquiry.forgotten")
class InquiryForgotten(Act):
    """What was asked is erased; only that and when an inquiry was answered stays."""

    inquiry: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """The state of one inquiry, at whoever asks or is asked (`received`). Times in ms UTC, 0 until it happened."""

    id: str = ""
    version: int = 0
    partner: str = ""
    received: bool = False
    asked: Asked | None = None
    since: Millis = 0
    checked_at: Millis = 0
    stopped: bool = False
    sent_at: Millis = 0
    due: Millis = 0
    refused_at: Millis = 0
    gaps: tuple[str, ...] = ()
    closed_at: Millis = 0
    named: tuple[PersonNamed, ...] = ()
    disagreed: int = 0
    overdue_at: Millis = 0
    answer: RecordAnswer | None = None
    answered_at: Millis = 0
    erased: bool = False
    roster: tuple[Officer, ...] = ()

    @property
    def stream(self) -> Stream:
        """The line of acts of this inquiry."""
        return Stream(StreamKind.INQUIRY, self.id)

    @property
    def state(self) -> InquiryState:
        """Where it stands."""
        if self.erased:
            return InquiryState.ERASED
        if self.answered_at:
            return InquiryState.ANSWERED
        if self.received:
            return InquiryState.RECEIVED
        if self.refused_at:
            return InquiryState.REFUSED
        if self.sent_at:
            return InquiryState.SENT
        return InquiryState.OPEN if self.id else InquiryState.NONE

    @property
    def agreed(self) -> tuple[str, ...] | None:
        """The files both officers named, perhaps none; `None` while they have not both answered alike (I3)."""
        if len(self.named) < len(("first", "second")):
            return None
        return tuple(sorted(self.named[0].persons))

    def named_visible_to(self, officer: Officer) -> tuple[PersonNamed, ...]:
        """Return what this officer may see of the two sealed answers: their own, and both once both are there (I3)."""
        return self.named if self.agreed is not None else tuple(x for x in self.named if x.by.id == officer.id)


def evolve(state: Inquiry, entry: Entry) -> Inquiry:
    """Fold one act."""
    moved = replace(_apply(state, entry), version=entry.version)
    by = getattr(entry.act, "by", None)
    if isinstance(by, Officer) and all(each.id != by.id or each.duty is not by.duty for each in moved.roster):
        moved = replace(moved, roster=(*moved.roster, by))
    return moved


def _apply(state: Inquiry, entry: Entry) -> Inquiry:
    match entry.act:
        case Erased():
            return Inquiry(id=entry.stream.id, erased=True)
        case InquiryForgotten() as gone:
            return Inquiry(id=gone.inquiry, partner=gone.partner, received=True, erased=True)
        case InquiryOpened() as opened:
            return replace(state, id=opened.inquiry, partner=opened.partner, asked=opened.asked, since=entry.at)
        case InquiryTaken() as taken:
            return replace(
                state,
                id=taken.inquiry,
                partner=taken.partner,
                received=True,
                asked=taken.asked,
                since=entry.at,
                due=taken.due,
            )
        case InquiryChecked(result=result):
            return replace(state, checked_at=entry.at, stopped=state.stopped or result is Protection.STOP)
        case InquirySent(due=due):
            return replace(state, sent_at=entry.at, due=due)
        case InquiryRefused(gaps=gaps):
            return replace(state, refused_at=entry.at, gaps=gaps)
        case InquiryClosed():
            return replace(state, closed_at=entry.at)
        case PersonNamed() as named:
            return _named(state, named)
        case InquiryAnswered(answer=answer) | AnswerRecorded(answer=answer):
            return replace(state, answer=answer, answered_at=entry.at)
        case InquiryOverdue():
            return replace(state, overdue_at=entry.at)
        case _:
            return state


def _named(state: Inquiry, named: PersonNamed) -> Inquiry:
    """Keep an answer; two that differ are both opened again, and counted (I3)."""
    given = (*state.named, named)
    if len(given) > 1 and len({tuple(sorted(each.persons)) for each in given}) > 1:
        return replace(state, named=(), disagreed=state.disagreed + 1)
    return replace(state, named=given)


def waiting(state: Inquiry) -> tuple[Waiting, ...]:
    """Return who is waited for, since when, until when."""
    late = (
        (Waiting(duty=Duty.OVERSIGHT, step="inquiry.overdue", since=state.overdue_at),)
        if state.overdue_at and not state.answered_at
        else ()
    )
    match state.state:
        case InquiryState.OPEN if state.stopped:
            return ()
        case InquiryState.OPEN:
            step = ("inquiry.send", Duty.DECISION) if state.checked_at else ("inquiry.protection", Duty.PROTECTION)
            return (Waiting(duty=step[1], step=step[0], since=state.checked_at or state.since),)
        case InquiryState.SENT:
            return late
        case InquiryState.REFUSED if not state.closed_at:
            return (Waiting(duty=Duty.LEGAL, step="inquiry.refused", since=state.refused_at),)
        case InquiryState.RECEIVED if state.agreed is not None:
            return (Waiting(duty=Duty.AUTHORISER, step="inquiry.answer", since=state.since, due=state.due), *late)
        case InquiryState.RECEIVED:
            duties = (Duty.CHECKER, Duty.CERTIFIER)
            return (
                *(Waiting(duty=each, step="inquiry.name", since=state.since, due=state.due) for each in duties),
                *late,
            )
        case _:
            return ()


def card(state: Inquiry) -> Card:
    """Show an inquiry in a list, in codes alone."""
    side = "received" if state.received else "asked"
    return Card(state=state.state.value, partner=state.partner, waiting=waiting(state), facets=(side,))


def terms(state: Inquiry) -> tuple[tuple[str, str], ...]:
    """Let an inquiry be found by its number and partner, and by nothing about the person."""
    return (("inquiry.of", f"{state.partner}/{state.id}"),) if state.id else ()


START: Final = Inquiry()
FOLD: Final = Fold(kind=StreamKind.INQUIRY, start=START, evolve=evolve, card=card, terms=terms, search_names=no_names)
declare_fold(FOLD)
