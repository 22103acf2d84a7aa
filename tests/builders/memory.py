"""Two memories behind one face for the contract tests, and the few acts, people and messages they write."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, Protocol

import pytest

from cotejo.actions.unit import Incoming, Partner, Sealed, Unit
from cotejo.exchange.messages import kind_of
from cotejo.identity import RegisterInMemory
from cotejo.node.database import Dsns
from cotejo.node.home import Home
from cotejo.rules.acts import (
    Act,
    FloorRaise,
    Millis,
    NewAct,
    Plan,
    Send,
    SlotChange,
    Stream,
    StreamKind,
    Timer,
    WithdrawalMark,
)
from cotejo.rules.duties import Duty, Officer, PartnerNode
from cotejo.rules.facts import Category, Sex
from cotejo.rules.package import Name, Subject
from cotejo.rules.person_acts import PersonCategorised, PersonOpened
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Suspension
from cotejo.simulation.memory import MemoryUnit
from tests.builders import wire

NOW: Final[Millis] = 1_800_000_000_000
ALBA: Final = "alba"
BOREAL: Final = "boreal"
REQUEST: Final = "7" * 32
RECORDER: Final = Officer(id="0a" * 16, duty=Duty.RECORDER, unit="north", chain="first")
CHECKER: Final = Officer(id="0b" * 16, duty=Duty.CHECKER, unit="south", chain="second")


class PlannedCrash(Exception):  # noqa: N818 - what happens, not what is wrong
    """The node dies here."""


def person() -> Stream:
    """Name a new line of acts about a person."""
    return Stream(StreamKind.PERSON, token_hex(16))


def opened(stream: Stream, *, name: str = "Rosa Inventada Pérez", by: Officer = RECORDER) -> PersonOpened:
    """Begin a file on an invented person."""
    given, surname = name.split(maxsplit=1)[0], name.split()[1]
    subject = Subject(
        names=(Name(documented=name, given=given, first_surname=surname),),
        birth="1985-03-02",
        sex=Sex.F,
        birth_place="SV-SS",
        nationality="SV",
        nationality_basis="",
        identifiers=(),
    )
    return PersonOpened(
        person=stream.id, subject=subject, category=Category.SUSPECT, category_since="2020-01-01", by=by
    )


CATEGORISED: Final = PersonCategorised(category=Category.ACCUSED, since="2021-05-04")


def plan(stream: Stream, *acts: Act, version: int = 0, **more: Any) -> Plan:
    """Plan acts at the end of a stream that had so many."""
    return Plan(acts=tuple(NewAct(stream=stream, act=each) for each in acts), expect={stream: version}, **more)


def as_recorder(at: Millis = NOW) -> dict[str, Any]:
    """Say that the recorder commits, while recording."""
    return {"who": RECORDER, "purpose": Purpose.RECORDING, "now": at}


def as_partner(at: Millis = NOW) -> dict[str, Any]:
    """Say that the partner's node commits, through a message."""
    return {"who": PartnerNode(name=BOREAL), "purpose": Purpose.EXCHANGE, "now": at}


def suspension(*, at: Millis = 0, request: str = REQUEST) -> Send:
    """Tell the partner that a request is suspended."""
    return Send(partner=BOREAL, content=Suspension(request=request, version=1), request=request, version=1, at=at)


def everything() -> Plan:
    """Plan two acts and one of everything else a plan can have."""
    stream = person()
    return plan(
        stream,
        opened(stream),
        CATEGORISED,
        sends=(suspension(),),
        timers=(Timer(kind="answer", stream=stream, at=NOW + 10),),
        slots=(SlotChange(partner=BOREAL, slot=17, state=1),),
        floors=(FloorRaise(origin=BOREAL, request=REQUEST, version=3),),
        marks=(WithdrawalMark(origin=BOREAL, request=REQUEST, facts_token="f" * 32),),
    )


def incoming(seq: int, *, prev: str = "", text: str = "a message") -> Incoming:
    """Give an opened message of the partner."""
    digest = sha256(f"{seq}/{text}".encode()).hexdigest()
    return Incoming(
        partner=BOREAL,
        mid=digest[:32],
        kind="suspension",
        seq=seq,
        prev=prev,
        at=NOW,
        sha256=digest,
        commitment=sha256(digest.encode()).hexdigest(),
        content=Suspension(request=REQUEST, version=1),
    )


class OpenPost:
    """A post room that seals nothing, so that a test can read what was to be sent. Receipts differ each time made."""

    def can_seal(self, partner: Partner, *, now: Millis) -> bool:
        return bool(partner.key_document) and now >= 0

    def seal(self, *, partner: Partner, seq: int, prev: str, send: Send, now: Millis) -> Sealed:
        return _sealed(kind_of(send.content), f"to {partner.name} {seq} after {prev} at {now}: {send.content}")

    def seal_receipt(
        self, *, partner: Partner, incoming: Incoming, outcome: str, gaps: tuple[str, ...], now: Millis
    ) -> Sealed:
        words = f"to {partner.name} for {incoming.mid}: {outcome} {gaps} at {now} {token_hex(8)}"
        return _sealed("receipt", words)


def _sealed(kind: str, text: str) -> Sealed:
    digest = sha256(text.encode()).hexdigest()
    commitment = sha256(digest.encode()).hexdigest()
    return Sealed(mid=digest[:32], kind=kind, body=text.encode(), sha256=digest, commitment=commitment)


def boreal() -> Partner:
    """Give the paired partner at the beginning of its line."""
    return wire.paired_with(BOREAL, wire.agreement(), "signed")


class Node(Protocol):
    """What contract tests ask of either memory beside the Unit itself."""

    @property
    def unit(self) -> Unit: ...

    def pair(self, partner: Partner) -> None:
        """Write what is known of the partner over what was."""

    def crash_before(self, step: str) -> None:
        """Plan a crash before `act`, `messages` or `commit`; an empty step plans none."""

    def erase(self, stream: Stream) -> None:
        """Erase one unit."""

    def sent(self) -> tuple[tuple[int, bytes], ...]:
        """Return every message sealed so far: its number and its body."""

    def house_leaves(self) -> int:
        """Return how many leaves the house log has."""

    def link_leaves(self) -> int:
        """Return how many leaves the log of the partner's link has."""

    def traces(self) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        """Return reads and refusals: what, by whom, about what, codes."""


class SimulatedNode:
    """The memory of the simulation."""

    def __init__(self, chance: random.Random) -> None:
        self._crash = ""
        self._unit = MemoryUnit(
            node=ALBA,
            profile="sv",
            post=OpenPost(),
            register=RegisterInMemory((), as_of=NOW),
            chance=chance,
            crash_before=self._step,
        )
        self._unit.pair(boreal())

    @property
    def unit(self) -> Unit:
        return self._unit

    def pair(self, partner: Partner) -> None:
        self._unit.pair(partner)

    def crash_before(self, step: str) -> None:
        self._crash = step

    def _step(self, step: str) -> None:
        if step == self._crash:
            raise PlannedCrash(step)

    def erase(self, stream: Stream) -> None:
        self._unit.erase(stream)

    def sent(self) -> tuple[tuple[int, bytes], ...]:
        return tuple((each.seq, each.sealed.body) for each in self._unit.outbox)

    def house_leaves(self) -> int:
        return len(self._unit.leaves)

    def link_leaves(self) -> int:
        return len(self._unit.link_leaves(BOREAL))

    def traces(self) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        return tuple((each.what, each.by, each.subject, each.codes) for each in self._unit.traces)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A memory on PostgreSQL with its home and its database."""

    home: Home
    dsns: Dsns
    again: Callable[[], Any]

    @property
    def unit(self) -> Any:
        return self.again()


def on_postgresql(folder: Path, dsns: Dsns) -> House:
    """Make a home and a memory in the database Django is connected to, with one paired partner."""
    from cotejo.store.unit import PgUnit

    home = Home.create(folder, world="invented")

    def again() -> PgUnit:
        return PgUnit(node=ALBA, world="invented", profile="sv", places=home, post=OpenPost())

    again().pair(boreal(), now=NOW)
    return House(home=home, dsns=dsns, again=again)


class PostgresNode:
    """The memory of a real node."""

    def __init__(self, house: House, patch: pytest.MonkeyPatch) -> None:
        self.unit: Any = house.unit
        self._patch = patch

    def pair(self, partner: Partner) -> None:
        self.unit.pair(partner, now=NOW)

    def crash_before(self, step: str) -> None:
        from cotejo.store import links, writing

        self._patch.undo()
        places = {"act": (writing, "write_acts"), "messages": (links.Line, "send"), "commit": (writing, "write_marks")}
        if step:

            def crash(*_: object, **__: object) -> None:
                raise PlannedCrash(step)

            self._patch.setattr(*places[step], crash)

    def erase(self, stream: Stream) -> None:
        self.unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW)

    def sent(self) -> tuple[tuple[int, bytes], ...]:
        from cotejo.store.models import Outbox

        return tuple((row.seq, bytes(row.body)) for row in Outbox.objects.order_by("id"))

    def house_leaves(self) -> int:
        from cotejo.store.models import HouseLeaf

        return HouseLeaf.objects.count()

    def link_leaves(self) -> int:
        from cotejo.store.models import LinkLeaf

        return LinkLeaf.objects.filter(partner=BOREAL).count()

    def traces(self) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        from cotejo.store.models import Trace

        return tuple((row.what, row.by, row.subject, tuple(row.codes)) for row in Trace.objects.order_by("leaf_id"))
