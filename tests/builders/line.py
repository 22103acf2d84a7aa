"""Two simulated nodes and the line between them, message by message: what Alba sends, what Boreal's receipt says."""

from dataclasses import replace
from typing import Any

from cotejo.actions.outside import Room
from cotejo.actions.reconcile import Asked, ask_partner, take_answer
from cotejo.actions.take_in import take_in
from cotejo.exchange.incoming import open_receipt
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.duties import Clockwork, Officer, Who
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_state import Review
from cotejo.rules.told import Receipt, Request
from cotejo.simulation.invented import AUTHORISER, InventedCase, sound_case
from cotejo.simulation.kept import Waiting
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.wire import agreement

START = 1_795_773_600_000
PERSON = PersonRecord(
    id="r1",
    full_name="INÉS BRISA ROBLE",
    given="INÉS",
    surname="BRISA ROBLE",
    dob="1990-04-02",
    sex="F",
    pob="VILLA NUBE",
    passport="X9000001",
    father="LUIS BRISA",
    mother="EVA ROBLE",
)


def delivered(source: SimulatedNode, to: SimulatedNode, *, now: Millis) -> list[Waiting]:
    """Let a node take in what another has to tell it by now, and every receipt come back; return what that was."""
    due = [each for each in waiting_for(source, to.name) if each.at <= now]
    for each in due:
        source.note(each, to.hear(each, now=now), now=now)
    return due


def asks(node: SimulatedNode, other: SimulatedNode, *, now: Millis) -> int:
    """Let a restored node ask another until their line is whole; return how many questions that took."""
    partner = node.unit.partner(other.name)
    assert partner is not None
    room, questions = Room(own=node.own, chance=node.chance.randbytes), 0
    asked: Asked | None = ask_partner(node.unit, partner, room, now=now)
    while asked is not None:
        questions += 1
        sealed = take_in(other.desk, asked.letter.body, now=now)
        asked = take_answer(node.unit, partner, asked, sealed, room, now=now)
    return questions


class Link:
    """Alba and Boreal, paired; `others` are paired with Boreal as well."""

    def __init__(self, *others: str, seed: object = "line", rehearsed: bool = True, **terms: Any) -> None:
        self.now = START
        self.boreal = self._node("boreal", "us", seed)
        self.origins = {name: self._node(name, "sv", seed) for name in ("alba", *others)}
        for name, node in self.origins.items():
            made = agreement(
                name,
                "boreal",
                **{"valid_from": START - DAY, "valid_until": START + 300 * DAY, "sweep_every": HOUR, **terms},
            )
            node.pair(self.boreal, made, rehearsed=rehearsed)
            self.boreal.pair(node, made, rehearsed=rehearsed)

    def _node(self, name: str, profile: str, seed: object) -> SimulatedNode:
        register = RegisterInMemory([PERSON], as_of=START)
        return SimulatedNode(name=name, profile=profile, register=register, seed=seed, start=START - DAY)

    @property
    def alba(self) -> SimulatedNode:
        """The first origin."""
        return self.origins["alba"]

    def case(self, seed: object = 1, *, origin: str = "alba", send: bool = True) -> InventedCase:
        """Let an origin prepare a sound request, and send it."""
        node = self.origins[origin]
        case = sound_case(PERSON, seed=seed, partner="boreal")
        node.give(case, now=self.now)
        if send:
            self.at_origin(case, ask.AuthoriseSending(), AUTHORISER, origin=origin)
        return case

    def at_origin(self, case: InventedCase, command: object, who: Officer, *, origin: str = "alba") -> None:
        """Let an officer of the origin act on the dossier."""
        done = self.origins[origin].act(
            StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=self.now
        )
        assert not isinstance(done, Refused), done.codes

    def package(self, case: InventedCase, *, origin: str = "alba", **changes: Any) -> Package:
        """Return the package of a case as it was sent, altered."""
        sent = self.origins[origin].state(StreamKind.DOSSIER, case.dossier).sent
        package: Package = sent[-1].package
        return replace(package, **changes)

    def tell(self, content: object, *, origin: str = "alba") -> Waiting:
        """Put anything at all into an origin's line, as patched software might."""
        node = self.origins[origin]
        request = content.package.request if isinstance(content, Request) else getattr(content, "request", "")
        send = Send(partner="boreal", content=content, request=request)
        node.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=self.now)
        return waiting_for(node, "boreal")[-1]

    def hear(self, message: Waiting, *, origin: str = "alba", parts: bool = True) -> Receipt:
        """Let Boreal take one message in, with its documents or without, and return what the receipt says."""
        if parts:
            self.boreal._parts.update(message.sealed.parts)
        sealed = take_in(self.boreal.desk, message.sealed.body, now=self.now)
        return self.opened(message, sealed, origin=origin)

    def opened(self, message: Waiting, sealed: bytes, *, origin: str = "alba") -> Receipt:
        """Open a receipt with the origin's keys, and note it."""
        node = self.origins[origin]
        partner = node.unit.partner("boreal")
        assert partner is not None
        from cotejo.actions.post import partner_keys

        keys = partner_keys(partner, now=self.now)
        receipt = open_receipt(
            sealed, own=node.own, partner=keys, mid=message.sealed.mid, sha256_sent=message.sealed.sha256
        )
        message.receipt = receipt.outcome.encode()
        return receipt

    def hear_all(self, *, origin: str = "alba") -> list[Receipt]:
        """Let Boreal take in everything an origin has sent."""
        return [self.hear(each, origin=origin) for each in waiting_for(self.origins[origin], "boreal")]

    def review(self, case: InventedCase, *, origin: str = "alba") -> Review:
        """Return Boreal's case of a request."""
        found = self.boreal.unit.lookup("review.request", f"{origin}/{case.request}")
        state: Review = self.boreal.state(StreamKind.REVIEW, found[0].id) if found else Review()
        return state

    def stream(self, case: InventedCase) -> Stream:
        """Name Boreal's case of a request of Alba."""
        return self.boreal.unit.lookup("review.request", f"alba/{case.request}")[0]

    def at_receiver(self, case: InventedCase, command: object, who: Who) -> None:
        """Let somebody at Boreal act on a case."""
        stream = self.stream(case)
        done = self.boreal.act(StreamKind.REVIEW, stream.id, command, who=who, purpose=Purpose.DECISION, now=self.now)
        assert not isinstance(done, Refused), done.codes
