"""One person's file as a page needs it, read by one person at one moment.

1. Every page of a file begins with `read_file`, which asks `access` and notes the read (I10).
2. What speaks for the person is gathered first.
3. Officers appear by name and office; the law's own ids stay out of sight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.records.labels import documents_of, name_in
from cotejo.rules.acts import Entry, Erased, Millis, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.claims import Claim, ClaimState
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Favours
from cotejo.rules.gates.judicial import FAVOURABLE
from cotejo.rules.package import CourtAct, EvidenceItem, Identifier
from cotejo.rules.person import PersonFile
from cotejo.rules.person_acts import IdentifierVerified
from cotejo.rules.words import Text
from cotejo.store.models import LocalNumber
from cotejo.store.people import Officer

READERS: Final = (Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER)
"""Who reads a person's file; somebody with several of these duties acts in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A document number with who held it beside its document, if anybody did."""

    identifier: Identifier
    office: str = ""
    at: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim with the items it rests on, in file order."""

    claim: Claim
    items: tuple[EvidenceItem, ...]

    @property
    def checked(self) -> bool:
        """Whether this version was held beside its document."""
        return self.claim.state is ClaimState.CHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A person's file, read by one person at one moment."""

    acting: Acting
    stream: Stream
    number: int
    file: PersonFile
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The local id used in addresses."""
        return self.stream.id

    @property
    def name(self) -> str:
        """The first name as documented."""
        return name_in(self.file)

    @property
    def label(self) -> Text:
        """The short name screens show beside or instead of a name."""
        return Text(f"File {self.number}", f"Expediente {self.number}")

    @property
    def items_for(self) -> tuple[EvidenceItem, ...]:
        """Evidence that speaks for the person."""
        return tuple(each for each in self.file.evidence if each.favours is Favours.FOR)

    @property
    def acts_for(self) -> tuple[CourtAct, ...]:
        """Court acts that ended well for the person."""
        return tuple(each for each in self.file.court_acts if each.outcome in FAVOURABLE)

    @property
    def other_items(self) -> tuple[EvidenceItem, ...]:
        """The rest of the evidence."""
        return tuple(each for each in self.file.evidence if each.favours is not Favours.FOR)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every claim with what it rests on."""
        return tuple(self.statement(each) for each in self.file.claims)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Document numbers, each with the office that verified it."""
        return tuple(self._number(each) for each in self.file.subject.identifiers)

    def statement(self, claim: Claim) -> Statement:
        """Return a claim with what it rests on."""
        items = tuple(each for each in self.file.evidence if each.id in claim.body.evidence)
        return Statement(claim=claim, items=items)

    def cites(self, sha256: str) -> bool:
        """Say whether the file cites this document."""
        return sha256 in documents_of(self.file)

    def _number(self, identifier: Identifier) -> Number:
        for entry in reversed(self.entries):
            act = entry.act
            if (
                identifier.verified
                and isinstance(act, IdentifierVerified)
                and (act.kind, act.value) == (identifier.kind, identifier.value)
            ):
                return Number(identifier=identifier, office=act.by.unit, at=entry.at)
        return Number(identifier=identifier)


def person_stream(person: str) -> Stream:
    """Return a person file's line of acts."""
    return Stream(StreamKind.PERSON, person)


def read_file(acting: Acting, person: str, *, subject: str = "") -> Case:
    """Read a file. Raises `PermissionDenied`, and `Http404` when there is none."""
    stream = person_stream(person)
    acting.read("person", subject or str(stream), case=str(stream))
    return load_file(acting, stream)


def load_file(acting: Acting, stream: Stream) -> Case:
    """Load a file whose read was asked for and noted. Raises `Http404` when there is none or it was erased."""
    entries = acting.unit.entries(stream)
    if not entries or isinstance(entries[0].act, Erased):
        raise Http404
    return Case(
        acting=acting,
        stream=stream,
        number=number_of(stream),
        file=state_of(StreamKind.PERSON, entries),
        entries=entries,
    )


def number_of(stream: Stream) -> int:
    """Return the short local number of a stream, which never travels."""
    row = LocalNumber.objects.filter(stream_kind=stream.kind, stream_id=stream.id).first()
    return row.number if row else 0


def officers_named(ids: Iterable[str]) -> dict[str, Officer]:
    """Return the officers with these ids."""
    return {each.id: each for each in Officer.objects.filter(id__in=set(ids))}
