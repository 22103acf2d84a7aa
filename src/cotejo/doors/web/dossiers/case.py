"""One request at the origin as a page needs it, read by one person at one moment.

1. Every page of a request begins with `read_dossier`, which asks `access` and notes the read (I10).
2. Gates are evaluated on the package that would leave now, by the very function the receiver will use (I2).
3. A count of passed checks is said in words, never as a percentage.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404

from cotejo.actions.laws import dossier_facts
from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.records.case import number_of
from cotejo.doors.web.records.labels import name_in
from cotejo.proof import records
from cotejo.rules.acts import Entry, Gate, GateState, Stream, StreamKind
from cotejo.rules.assemble import assemble, outdated_pins
from cotejo.rules.cases import state_of
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.package import Package
from cotejo.rules.person import PersonFile
from cotejo.rules.words import Text

READERS: Final = (Duty.RECORDER, Duty.CERTIFIER, Duty.AUTHORISER, Duty.CHECKER)
"""Who reads a request; somebody with several of these duties acts in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request at the origin, read by one person at one moment."""

    acting: Acting
    stream: Stream
    number: int
    dossier: Dossier
    facts: DossierFacts
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The local id used in addresses; it never leaves this node."""
        return self.stream.id

    @property
    def file(self) -> PersonFile:
        """The file of the person the request is about."""
        return self.facts.person

    @property
    def name(self) -> str:
        """The person's first name as documented."""
        return name_in(self.file)

    @property
    def label(self) -> Text:
        """The short name screens show."""
        return Text(f"Request {self.number}", f"Solicitud {self.number}")

    @property
    def outdated(self) -> tuple[str, ...]:
        """Chosen statements that moved since they were chosen."""
        return outdated_pins(self.dossier, self.file)

    @property
    def preparing(self) -> bool:
        """Whether something is being prepared that has not left."""
        fresh = not self.dossier.sent or self.dossier.never_taken
        return self.dossier.live and (fresh or self.dossier.prepared_anew)

    def package(self, authoriser: Officer | None = None) -> Package:
        """Return the package that would leave now."""
        return assemble(
            self.dossier,
            self.file,
            origin=self.facts.node,
            token=self.facts.token,
            now=self.acting.now,
            authoriser=authoriser,
        )

    def gates(self, authoriser: Officer | None = None) -> tuple[Gate, ...]:
        """Return the sender's gates on the package that would leave now; none without an agreement."""
        terms = self.facts.agreement
        if terms is None:
            return ()
        here = self.facts.documents_here
        return sender_gates(self.package(authoriser), terms, self.acting.now, documents_here=here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many checks are passed, of how many."""

    passed: int
    total: int


def count_of(gates: Iterable[Gate]) -> Count:
    """Count the passed gates."""
    every = tuple(gates)
    return Count(passed=sum(each.state is GateState.PASSED for each in every), total=len(every))


def dossier_stream(dossier: str) -> Stream:
    """Return a request's line of acts."""
    return Stream(StreamKind.DOSSIER, dossier)


def read_dossier(acting: Acting, dossier: str, *, subject: str = "") -> Case:
    """Read a request. Raises `PermissionDenied`, and `Http404` when there is none."""
    stream = dossier_stream(dossier)
    acting.read("dossier", subject or str(stream), case=str(stream))
    return load_dossier(acting, stream)


def load_dossier(acting: Acting, stream: Stream) -> Case:
    """Load a request whose read was asked for and noted. Raises `Http404` when there is none."""
    entries = acting.unit.entries(stream)
    state: Dossier = state_of(StreamKind.DOSSIER, entries)
    if not state.id:
        raise Http404
    return Case(
        acting=acting,
        stream=stream,
        number=number_of(stream),
        dossier=state,
        facts=dossier_facts(acting.unit, stream, state, None, acting.who, acting.now),
        entries=entries,
    )


def content_bytes(package: Package) -> bytes:
    """Return the exact bytes of what is authorised: the package before signature, time and status place are added."""
    signers = tuple(each for each in package.signers if each.duty is not Duty.AUTHORISER)
    return records.encode(replace(package, signers=signers, slot=-1, documents=()))


def fingerprint(content: bytes) -> str:
    """Return the hex SHA-256 of exact bytes."""
    return hashlib.sha256(content).hexdigest()
