"""A receiving node under test: Boreal's memory on PostgreSQL, its register, its people, and requests of a real origin.

1. The origin is a simulated node that records, checks, certifies and sends with the real actions; what reaches Boreal
   is its sealed letter.
2. The clock is the test's own: every page reads it, and a test moves it.
3. Nobody here exists; numbers lie in a range never issued.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings

from cotejo.actions.laws import PARTNER, REVIEW, comparisons
from cotejo.actions.perform import perform
from cotejo.actions.post import PostRoom
from cotejo.actions.take_in import Desk, take_in
from cotejo.doors.web.base import acting
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.identity.identifiers import dui_check_digit
from cotejo.node.home import Home
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_commands import AuthoriseSending
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.partner import PairPartner
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_facts import Compared
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Sameness
from cotejo.simulation import invented_review as path
from cotejo.simulation.invented import AUTHORISER, InventedCase, sound_case
from cotejo.simulation.node import SimulatedNode, open_link, waiting_for
from tests.builders import wire

NOW: Final[Millis] = 1_795_780_800_000  # 2026-11-27T12:00:00Z
MINUTE: Final = 60_000


def dui(number: int) -> str:
    """Return an invented DUI with its right check digit."""
    return f"{number}-{dui_check_digit(str(number))}"


SUBJECT: Final = PersonRecord(
    id="B-5520",
    full_name="Josué Antonio Mejía Brisas",
    given="Josué Antonio",
    surname="Mejía Brisas",
    dob="1991-04-02",
    sex="M",
    pob="Villa Clara",
    dui=dui(90000171),
    father="Antonio Mejía Roble",
    mother="Lidia Brisas Nube",
)
BROTHER: Final = replace(
    SUBJECT,
    id="B-5521",
    full_name="Josué Alberto Mejía Brisas",
    given="Josué Alberto",
    dob="1993-09-17",
    dui=dui(90000288),
)
NAMESAKE: Final = replace(
    SUBJECT, id="B-7001", dob="1974-12-30", dui=dui(90000355), pob="Puerto Hondo", father="", mother="Rosa Brisas Vega"
)
REGISTER: Final = (SUBJECT, BROTHER, NAMESAKE)


@dataclass
class Clock:
    """The moment every page of a test lives in."""

    now: Millis = NOW

    def __call__(self) -> Millis:
        return self.now

    def move(self, minutes: int) -> Millis:
        """Let time pass."""
        self.now += minutes * MINUTE
        return self.now


@dataclass
class Receiving:
    """Boreal, and Alba that sends to it."""

    clock: Clock
    alba: SimulatedNode
    unit: Any
    desk: Desk
    parts: dict[str, bytes] = field(default_factory=dict)
    cases: dict[str, InventedCase] = field(default_factory=dict)

    def hear(self) -> None:
        """Take in everything Alba has sent."""
        for waiting in waiting_for(self.alba, "boreal"):
            self.parts.update(waiting.sealed.parts)
            self.alba.note(waiting, take_in(self.desk, waiting.sealed.body, now=self.clock.now), now=self.clock.now)

    def status(self) -> None:
        """Let Alba push its status list, and take it in."""
        self.alba.push_status(now=self.clock.now)
        self.hear()

    def request(self, record: PersonRecord = SUBJECT, *, seed: object = 1, status: bool = True) -> str:
        """Let Alba make and send a sound request, take it in with a fresh status, and return its local id."""
        case = sound_case(record, seed=seed, partner="boreal")
        self.alba.give(case, now=self.clock.now)
        self.at_origin(case, AuthoriseSending(), AUTHORISER)
        self.hear()
        if status:
            self.status()
        found = self.unit.lookup("review.request", f"alba/{case.request}")
        assert found, "the request was not taken in"
        self.cases[found[0].id] = case
        return str(found[0].id)

    def at_origin(self, case: InventedCase, command: object, who: Officer) -> None:
        """Let one of Alba's people act on the dossier."""
        done = self.alba.act(
            StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=self.clock.now
        )
        assert not isinstance(done, Refused), done

    def state(self, review: str) -> Review:
        """Return where a case stands."""
        state: Review = state_of(StreamKind.REVIEW, self.unit.entries(Stream(StreamKind.REVIEW, review)))
        return state

    def do(self, review: str, command: object, who: Who, *, purpose: Purpose = Purpose.INTAKE) -> None:
        """Do a step that has to be accepted."""
        stream = Stream(StreamKind.REVIEW, review)
        done = perform(REVIEW, self.unit, stream, command, who=who, purpose=purpose, now=self.clock.now)
        assert not isinstance(done, Refused), [reason.text.en for reason in done.reasons]


def receiving(folder: Path, patch: pytest.MonkeyPatch) -> Receiving:
    """Put Boreal together in the database Django is connected to, paired with Alba; its pages work on it."""
    from cotejo.store import current
    from cotejo.store.unit import PgUnit

    clock = Clock()
    alba, keys = (
        SimulatedNode(
            name=name,
            profile=profile,
            register=RegisterInMemory((), as_of=NOW),
            seed="pages",
            start=NOW - 10 * 24 * 60 * MINUTE,
        )
        for name, profile in (("alba", "sv"), ("boreal", "us"))
    )
    agreement = alba.pair(keys, terms())
    unit: PgUnit

    def document(sha256: str) -> bytes:
        return unit.documents.get(sha256)

    unit = PgUnit(
        node="boreal",
        world="invented",
        profile="us",
        places=Home.create(folder, world="invented"),
        post=PostRoom(own=keys.own, chance=wire_chance(), document=document),
    )
    unit.pair(wire.paired_with("alba", agreement, alba.key_document), now=clock.now)
    house = Receiving(clock=clock, alba=alba, unit=unit, desk=None)  # type: ignore[arg-type]
    house.desk = Desk(
        unit=unit,
        own=keys.own,
        part=house.parts.get,
        drop_parts=lambda names: [house.parts.pop(name, None) for name in names] and None,
        chance=wire_chance(),
    )
    by = Officer(id="0" * 32, duty=Duty.PARTNERS, unit="Enlace", chain="Dirección")
    pairing = PairPartner(
        name="alba",
        node="boreal",
        agreement=agreement,
        key_document=alba.key_document,
        key_number=1,
        fingerprint="ab12 cd34",
        read_aloud="ab12 cd34",
    )
    stream = Stream(StreamKind.PARTNER, "alba")
    done = perform(PARTNER, unit, stream, pairing, who=by, purpose=Purpose.PARTNERS, now=clock.now)
    assert not isinstance(done, Refused), done
    open_link(unit, "alba", now=clock.now)
    unit.register.replace(REGISTER, as_of=clock.now, who=by, reason="test", now=clock.now)
    patch.setattr(acting, "now", clock)
    patch.setattr(settings, "COTEJO_NODE", "Boreal")
    current.use(unit)
    return house


UNITS: Final = {"risk": "Evaluación externa", "oversight": "Defensoría", "auditor": "Auditoría"}
PDF: Final = b"%PDF-1.7\n% an invented document\n"


@dataclass
class Staff:
    """Boreal's people, who can sign in: one a duty, two where two must act; each is named by what they do."""

    people: dict[str, Any]
    clients: dict[str, Any] = field(default_factory=dict)

    def acting(self, who: str) -> Officer:
        """Return somebody in their one duty."""
        officer = self.people[who]
        acted: Officer = officer.acting(Duty(officer.duties[0]), at=NOW)
        return acted

    def at(self, who: str) -> Any:
        """Return the browser of somebody who signed in, in English."""
        from tests.pages import signed_in

        if who not in self.clients:
            self.clients[who] = signed_in(self.people[who])
        return self.clients[who]

    def read(self, who: str, address: str, *, status: int = 200) -> str:
        """Return the text of a page."""
        return _text(self.at(who).get(address), status)

    def give(self, who: str, address: str, fields: dict[str, Any] | None = None, *, status: int = 302) -> str:
        """Send a form and return the text of the answer."""
        return _text(self.at(who).post(address, fields or {}), status)


def _text(answer: Any, status: int) -> str:
    text: str = answer.content.decode()
    assert answer.status_code == status, f"{answer.status_code}: {text.partition('<main')[2][:2000]}"
    return text


def pdf(name: str = "paper") -> Any:
    """Return a document to attach."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"{name}.pdf", PDF + name.encode(), "application/pdf")


def staff() -> Staff:
    """Enrol Boreal's people."""
    from tests.pages import somebody

    jobs = [(duty.value, duty) for duty in Duty] + [("identity2", Duty.IDENTITY), ("protection2", Duty.PROTECTION)]
    return Staff(
        {
            who: somebody(f"p.{who.replace('_', '-')}", duty, name=f"P. {who.title()}", unit=UNITS.get(who, "Casos"))
            for who, duty in jobs
        }
    )


def play(house: Receiving, review: str, until: str = "decided") -> None:
    """Bring a case by the invented officers' commands to `open`, `checked`, `identified`, `ready` or `decided`."""
    unit, papers = house.unit, path.receiver_papers(1)
    for content in papers.values():
        unit.documents.put(content, unit=Stream(StreamKind.REVIEW, review))

    def identify() -> Iterator[path.Step]:
        *others, mine = compared_of(house, review)
        for each in others:
            yield from path.identity(each, says=Sameness.NOT_SAME)
        yield from path.identity(mine)

    def finish() -> Iterator[path.Step]:
        house.clock.move(1)
        yield from path.review(1, papers, day="2026-11-27")
        yield path.check_protection(house.state(review).candidates)
        house.status()

    steps: dict[str, Callable[[], Iterator[path.Step]]] = {
        "open": path.begin,
        "checked": lambda: path.search(
            tuple(each.candidate for each in compared_of(house, review)), set_aside=0, as_of="2026-11-27"
        ),
        "identified": identify,
        "ready": finish,
        "decided": lambda: iter([path.decide()]),
    }
    for name, step in steps.items():
        for who, command in step():
            house.do(review, command, who)
        if name == until:
            return


def compared_of(house: Receiving, review: str) -> tuple[Compared, ...]:
    """Return how each possible same person compares, the right one last."""
    state = house.state(review)
    mine = house.unit.token(SUBJECT.id, state.request)
    return tuple(sorted(comparisons(house.unit, state), key=lambda each: each.candidate == mine))


def terms() -> Agreement:
    """Return the agreement between the two."""
    return wire.agreement(
        valid_from=NOW - 100 * 24 * 60 * MINUTE, valid_until=NOW + 300 * 24 * 60 * MINUTE, ceiling_per_month=100
    )


def wire_chance() -> Callable[[int], bytes]:
    """Return seeded chance."""
    return random.Random(20).randbytes
