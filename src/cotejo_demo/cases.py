"""What several steps of the story do with a case: prepare it at Alba, send it, await it at Boreal, review it there.

Each helper carries out the commands of officers and stops with `Differs` at the first refusal nobody expected.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from cotejo.actions.register import Candidate, Searched, compared
from cotejo.identity import PersonRecord
from cotejo.proof import records
from cotejo.rules.acts import Entry, Stream, StreamKind
from cotejo.rules.dossier_commands import AuthoriseSending
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Sameness
from cotejo.simulation import invented_review
from cotejo.simulation.invented import InventedCase, sound_case
from cotejo_demo.cast import AUTHORISER
from cotejo_demo.node import NodeProcess, wait_for
from cotejo_demo.passed import Done, Step
from cotejo_demo.world import World

ARRIVES_WITHIN: Final = 30.0
PURPOSES: Final = MappingProxyType(
    {
        Duty.RECORDER: Purpose.RECORDING,
        Duty.CHECKER: Purpose.CHECKING,
        Duty.CERTIFIER: Purpose.REQUEST,
        Duty.AUTHORISER: Purpose.REQUEST,
        Duty.INTAKE: Purpose.INTAKE,
        Duty.PROTECTION: Purpose.PROTECTION,
        Duty.NATIONALITY: Purpose.NATIONALITY,
        Duty.IDENTITY: Purpose.IDENTITY,
        Duty.LEGAL: Purpose.LEGAL_REVIEW,
        Duty.RISK: Purpose.RISK,
        Duty.DECISION: Purpose.DECISION,
        Duty.DUTY_OFFICER: Purpose.COURT_ORDER,
        Duty.CUSTODY: Purpose.HANDOVER,
        Duty.PARTNERS: Purpose.PARTNERS,
        Duty.OVERSIGHT: Purpose.OVERSIGHT,
    }
)


class Differs(Exception):  # noqa: N818 - it says what the outcome does
    """The outcome of a step is not what the story says; the message names the difference."""


def expect(outcome: object, words: str) -> None:
    """Stop the step unless this holds."""
    if not outcome:
        raise Differs(words)


def done(what: str, outcome: Done) -> Done:
    """Return what was written; stop the step when it was refused."""
    expect(not outcome.codes, f"{what} was refused: {', '.join(outcome.codes)}")
    return outcome


def today() -> str:
    """Return this day, UTC."""
    return datetime.now(UTC).date().isoformat()


def fingerprint(package: Package) -> str:
    """Return the hex SHA-256 of a package's content, as the sending page shows it.

    What is only added while it leaves is left out: its place in the status list, the sealed documents' parts, and the
    moment of the last signature.
    """
    signers = tuple(replace(each, at=0) for each in package.signers)
    content = replace(package, slot=-1, documents=(), signers=signers)
    return hashlib.sha256(records.encode(content)).hexdigest()


@dataclass(kw_only=True)
class Story:
    """The world and what earlier steps left for later ones: cases by name."""

    world: World
    cases: dict[str, InventedCase] = field(default_factory=dict)
    reviews: dict[str, Stream] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)

    @property
    def alba(self) -> NodeProcess:
        """The node that asks."""
        return self.world.alba

    @property
    def boreal(self) -> NodeProcess:
        """The node that is asked."""
        return self.world.boreal

    def prepare(self, name: str, record: PersonRecord) -> InventedCase:
        """Let Alba's officers record, check, prepare and certify a sound case about this person."""
        case = sound_case(record, seed=f"{self.world.file.seed}/{name}", partner="boreal", today=today())
        self.cases[name] = case
        person, dossier = Stream(StreamKind.PERSON, case.person), Stream(StreamKind.DOSSIER, case.dossier)
        self.alba.ask("put", person, tuple(case.documents.values()))
        told: list[tuple[Stream, Officer, object]] = [(person, *each) for each in case.file]
        told += [(dossier, *each) for each in (*case.preparation, case.certificate)]
        steps = tuple(self.alba.step(who.id, stream, ask, PURPOSES[who.duty]) for stream, who, ask in told)
        done(f"preparing the case {name}", self.alba.ask("play", steps))
        return case

    def send(self, name: str) -> None:
        """Let the authoriser send a prepared case."""
        stream = Stream(StreamKind.DOSSIER, self.cases[name].dossier)
        done("sending", self.alba.act(AUTHORISER, stream, AuthoriseSending(), Purpose.REQUEST))

    def await_review(self, name: str) -> Stream:
        """Wait until a sent request was taken in at Boreal, its receipt noted at Alba, and a status list names it."""
        case = self.cases[name]
        found = wait_for(
            f"The request {name}",
            lambda: self.boreal.ask("lookup", "review.request", f"alba/{case.request}"),
            seconds=ARRIVES_WITHIN,
        )
        dossier = Stream(StreamKind.DOSSIER, case.dossier)
        wait_for(
            f"The receipt of {name}",
            lambda: self.alba.ask("state", dossier).latest.outcome,
            seconds=ARRIVES_WITHIN,
        )
        self.reviews[name] = found[0]
        self.await_status(self.asked(name).latest.at)
        return self.reviews[name]

    def review(self, name: str, steps: Iterable[invented_review.Step]) -> Done:
        """Let Boreal's officers act on a case, and stop when one is refused."""
        outcome: Done = self.boreal.ask("play", self.steps(name, steps))
        return done(f"the review of {name}", outcome)

    def steps(self, name: str, steps: Iterable[invented_review.Step]) -> tuple[Step, ...]:
        """Return commands as Boreal's people give them."""
        return tuple(
            self.boreal.step(who.id, self.reviews[name], command, PURPOSES[who.duty]) for who, command in steps
        )

    def reviewed(self, name: str) -> Any:  # noqa: ANN401 - a `Review`, read through the hand
        """Return the receiver's case."""
        return self.boreal.ask("state", self.reviews[name])

    def asked(self, name: str) -> Any:  # noqa: ANN401 - a `Dossier`, read through the hand
        """Return the origin's case."""
        return self.alba.ask("state", Stream(StreamKind.DOSSIER, self.cases[name].dossier))

    def acts_asked(self, name: str) -> tuple[Entry, ...]:
        """Return the acts of the origin's case."""
        acts: tuple[Entry, ...] = self.alba.ask("entries", Stream(StreamKind.DOSSIER, self.cases[name].dossier))
        return acts

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Search Boreal's register for the person of a case."""
        return self.search(name).candidates

    def search(self, name: str) -> Searched:
        """Search Boreal's register for the person of a case, with everybody the comparison leaves open."""
        found: Searched = self.boreal.ask("search", self.reviews[name].id)
        return found

    def begin(self, name: str) -> tuple[Candidate, ...]:
        """Open the review, search the register, check protection (nothing registered) and nationality."""
        found = self.search(name)
        tokens = tuple(each.token for each in found.candidates)
        searched = invented_review.search(tokens, set_aside=0, as_of=today(), further=found.further)
        self.review(name, (*invented_review.begin(), *searched))
        return found.candidates

    def agree(self, name: str, record: PersonRecord) -> Candidate:
        """Let two officers call this row the same person and everybody else found not the same."""
        found = self.begin(name)
        the_one = next((each for each in found if each.explanation.candidate.id == record.id), None)
        if the_one is None:
            raise Differs(f"the register's search did not find the person of {name}")
        for each in found:
            says = Sameness.SAME if each is the_one else Sameness.NOT_SAME
            self.review(name, invented_review.identity(compared(each), says=says))
        return the_one

    def ready_to_decide(self, name: str, record: PersonRecord) -> Candidate:
        """Go the receiver's whole path up to the decision."""
        the_one = self.agree(name, record)
        self.keep_papers(name)
        version = self.reviewed(name).package.version
        self.review(name, invented_review.review(version, self.papers, day=today()))
        self.review(name, (invented_review.check_protection((the_one.token,)),))
        return the_one

    def keep_paper(self, name: str, content: bytes) -> None:
        """Keep a printed paper where a visitor of the demo finds it."""
        self.world.places.papers.mkdir(exist_ok=True)
        (self.world.places.papers / name).write_bytes(content)

    def keep_papers(self, name: str) -> None:
        """Keep the receiver's own documents of a case."""
        if not self.papers:
            self.papers = invented_review.receiver_papers(self.world.file.seed)
        self.boreal.ask("put", self.reviews[name], tuple(self.papers.values()))

    def await_fresh_status(self, name: str) -> None:
        """Wait for a status list issued after the second identity answer."""
        agreed = self.reviewed(name).agreed
        self.await_status(agreed[1] if agreed else 0)

    def await_status(self, after: int) -> None:
        """Wait for a status list issued after this moment."""
        wait_for(
            "A fresh status list", lambda: self.boreal.ask("status_held", "alba")[0] > after, seconds=ARRIVES_WITHIN
        )
