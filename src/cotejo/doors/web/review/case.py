"""One received request as a page needs it: its state, the facts the law reads, and who is looking.

1. Every page of a case begins with `read_case`, which asks `access` and notes the read (I10).
2. What a page may show of holds, candidates and answers comes from the law's own `visible_to` questions (F44, I3).
3. The status line is computed from the list held here; nobody is asked (I5, I6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from cotejo.actions.laws import review_facts
from cotejo.doors.web.base.acting import Acting
from cotejo.rules.acts import Entry, Millis, Reason, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Duty
from cotejo.rules.package import Package
from cotejo.rules.review import shown_state
from cotejo.rules.review_checks import vigent
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Usability
from cotejo.rules.status import ActClass, vigency
from cotejo.rules.words import Text
from cotejo.store.models import LocalNumber
from cotejo.store.people import Officer

READERS: Final = (
    Duty.INTAKE,
    Duty.NATIONALITY,
    Duty.IDENTITY,
    Duty.LEGAL,
    Duty.RISK,
    Duty.DECISION,
    Duty.CUSTODY,
    Duty.DUTY_OFFICER,
    Duty.PROTECTION,
)
"""Who reads received requests. Protection comes last: whoever also holds another duty reads as that one."""
SERVES: Final[Mapping[ActClass, Text]] = {
    ActClass.READING: Text("for reading", "para leer"),
    ActClass.ADMINISTRATIVE: Text("for steps before a decision", "para los pasos previos a la decisión"),
    ActClass.GRAVE: Text("for a decision", "para decidir"),
}
"""What a status list is asked to serve for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """Status at (issued), valid until (until) for one class of act; `reasons` say why it is not valid now."""

    serves: Text
    issued: Millis
    until: Millis
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A received request, read by one person at one moment."""

    acting: Acting
    stream: Stream
    number: int
    state: Review
    facts: ReviewFacts
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The local id used in addresses; it never leaves this node."""
        return self.stream.id

    @property
    def duty(self) -> Duty:
        """The duty the reader acts in."""
        return self.acting.who.duty

    @property
    def package(self) -> Package | None:
        """The version in hand; nothing once the case is erased."""
        return self.state.package

    @property
    def label(self) -> Text:
        """The short name screens show."""
        return Text(f"Request {self.number}", f"Solicitud {self.number}")

    @property
    def shown_state(self) -> str:
        """The one word a list shows, whatever the cause of a pause."""
        return shown_state(self.state)

    @property
    def withdrawn(self) -> bool:
        """Whether the origin withdrew the request."""
        return self.state.usability is Usability.WITHDRAWN

    @property
    def on_hold(self) -> bool:
        """Whether the case pauses; the cause is not asked."""
        return self.shown_state == "on_hold"

    def status(self, act_class: ActClass) -> StatusLine:
        """Return the status line for a class of act."""
        held, terms = self.facts.status, self.facts.agreement
        reasons = tuple(vigent(self.state, self.facts, act_class, self.acting.now))
        if held is None:
            return StatusLine(serves=SERVES[act_class], issued=0, until=0, reasons=reasons)
        line = vigency(held, terms.lifetimes, act_class)
        return StatusLine(serves=SERVES[act_class], issued=line.issued, until=line.until, reasons=reasons)

    @property
    def reading_status(self) -> StatusLine:
        """The status line for reading."""
        return self.status(ActClass.READING)

    @property
    def grave_status(self) -> StatusLine:
        """The status line for a decision or a hand-over."""
        return self.status(ActClass.GRAVE)


def read_case(acting: Acting, review: str, *, kind: str = "review", subject: str = "") -> Case:
    """Read a case. Raises `PermissionDenied`, and `Http404` when there is none.

    `kind` is the kind `access` is asked about; `subject` names what of the case is read, if not the whole.
    """
    stream = Stream(StreamKind.REVIEW, review)
    acting.read(kind, subject or str(stream), case=str(stream))
    return load_case(acting, stream)


def load_case(acting: Acting, stream: Stream) -> Case:
    """Load a case whose read was asked for and noted. Raises `Http404`."""
    entries = acting.unit.entries(stream)
    if not entries:
        raise Http404
    state: Review = state_of(StreamKind.REVIEW, entries)
    return Case(
        acting=acting,
        stream=stream,
        number=number_of(stream),
        state=state,
        facts=review_facts(acting.unit, stream, state, None, acting.who, acting.now),
        entries=entries,
    )


def number_of(stream: Stream) -> int:
    """Return the short local number of a stream, which never travels."""
    row = LocalNumber.objects.filter(stream_kind=stream.kind, stream_id=stream.id).first()
    return row.number if row else 0


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Return the names of this agency's people by id, as they were enrolled."""
    return dict(Officer.objects.filter(id__in=set(ids)).values_list("id", "name"))
