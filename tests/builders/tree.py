"""Three invented nodes: Alba asks, Boreal is asked, Cobre is the standing recipient of their agreement."""

from typing import Any, Final

from cotejo.actions.reconcile import Asked, Room, ask_partner, take_answer
from cotejo.actions.recover import end_recovery
from cotejo.exchange.refusals import WireRefusal
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.rules import dossier_commands
from cotejo.rules.acts import Plan, Refused, Send, StreamKind
from cotejo.rules.agreement import DAY, HOUR, SECOND, Agreement
from cotejo.rules.dossier import Dossier
from cotejo.rules.duties import Clockwork, Officer, Who
from cotejo.rules.onward import PassOn
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_state import Review
from cotejo.simulation import invented_review as desk
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, RECORDER, InventedCase, sound_case
from cotejo.simulation.kept import Waiting
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import PERSON, START
from tests.builders.wire import agreement

PERIOD: Final = 3 * HOUR
"""How often Alba and Boreal sweep; Boreal and Cobre do three times as often."""
NAMES: Final = ("alba", "boreal", "cobre")


class Tree:
    """The nodes, the lines between them, and one request; `cut` lines carry nothing."""

    def __init__(
        self, *, standing: tuple[str, ...] = ("cobre",), strangers: bool = False, seed: object = "tree", **terms: Any
    ) -> None:
        self.now = START
        self.cut: set[frozenset[str]] = set()
        self.refused: list[str] = []
        self.nodes = {
            name: SimulatedNode(
                name=name,
                profile=profile,
                register=RegisterInMemory([PERSON], as_of=START),
                seed=seed,
                start=START - DAY,
            )
            for name, profile in zip(NAMES, ("sv", "us", "us"), strict=True)
        }
        self.alba, self.boreal, self.cobre = self.nodes.values()
        self.terms = self._pair("alba", "boreal", standing_recipients=standing, sweep_every=PERIOD)
        self._pair("boreal", "cobre", **{"sweep_every": HOUR, **terms})
        if not strangers:
            self._pair("alba", "cobre", sweep_every=HOUR)
        self.case = self.request(1)

    def _pair(self, first: str, second: str, **terms: Any) -> Agreement:
        one, other = self.nodes[first], self.nodes[second]
        limits = {"valid_from": START - DAY, "valid_until": START + 300 * DAY, "answer_every": DAY}
        made = agreement(first, second, **{**limits, **terms})
        one.pair(other, made)
        return other.pair(one, made)

    def request(self, seed: object, person: PersonRecord = PERSON) -> InventedCase:
        """Let Alba prepare a sound request and send it."""
        case = sound_case(person, seed=seed, partner="boreal")
        self.alba.give(case, now=self.now)
        self.at_origin(dossier_commands.AuthoriseSending(), AUTHORISER, case)
        return case

    # The line

    def work(self, rounds: int = 4) -> "Tree":
        """Let every node do what is due and send what waits, a second a round."""
        for _ in range(rounds):
            self.now += SECOND
            for node in self.nodes.values():
                node.tick(now=self.now)
                node.unit.send_scheduled(now=self.now)
            for source in NAMES:
                for to in NAMES:
                    if source != to:
                        self._send(source, to)
        return self

    def wait(self, longest: int) -> "Tree":
        """Let so much time pass, and every node work every half hour of it."""
        until = self.now + longest
        while self.now < until:
            self.now = min(until, self.now + HOUR // 2)
            self.work(1)
        return self.work()

    def push(self) -> "Tree":
        """Let Alba push its status lists, and everything arrive."""
        self.alba.push_status(now=self.now)
        return self.work()

    def _send(self, source: str, to: str) -> None:
        if frozenset({source, to}) in self.cut:
            return
        for message in waiting_for(self.nodes[source], to):
            try:
                receipt = self.nodes[to].hear(message, now=self.now)
            except WireRefusal as refusal:
                self.refused.append(f"{source} to {to}: {refusal}")
                return
            self.nodes[source].note(message, receipt, now=self.now)

    def sent(self, source: str, to: str, kind: str = "") -> list[Waiting]:
        """Return what one node told another about requests and lists, in order."""
        return [
            each
            for each in self.nodes[source].unit.outbox
            if each.partner == to and (each.sealed.kind == kind if kind else each.send.request)
        ]

    def tell(self, source: str, to: str, content: Any, request: str = "") -> Waiting:
        """Put anything at all into a line, as patched software might, and let it arrive."""
        node = self.nodes[source]
        send = Send(partner=to, content=content, request=request or self.case.request)
        node.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=self.now)
        message = waiting_for(node, to)[-1]
        self.work(1)
        return message

    def recover(self, name: str, *, late: str = "") -> "Tree":
        """Let a restored node ask its partners what it lost, hear all again (a `late` one's last), and work on."""
        node = self.nodes[name]
        room = Room(own=node.own, chance=node.chance.randbytes)
        for partner in node.unit.partners():
            asked: Asked | None = ask_partner(node.unit, partner, room, now=self.now)
            while asked is not None:
                answer = self.nodes[partner.name].hear_letter(asked.letter.body, {}, now=self.now)
                asked = take_answer(node.unit, partner, asked, answer, room, now=self.now)
        if late:
            self.cut.add(frozenset({name, late}))
            self.work()
            self.cut.remove(frozenset({name, late}))
        self.work()
        assert not end_recovery(node.unit, now=self.now)
        return self.work()

    # The desks

    def at_origin(self, command: object, who: Officer, case: InventedCase | None = None) -> None:
        """Let an officer of Alba act on the dossier."""
        stream = (case or self.case).dossier
        done = self.alba.act(StreamKind.DOSSIER, stream, command, who=who, purpose=Purpose.REQUEST, now=self.now)
        assert not isinstance(done, Refused), done.codes

    def prepare_again(self) -> None:
        """Let Alba certify anew with one more item withheld, so that there is something to correct."""
        state = self.dossier
        more = dossier_commands.SetBasis(alleged=state.alleged, case_number=state.case_number, withheld=7)
        self.at_origin(more, RECORDER)
        self.at_origin(self.case.certificate[1], CERTIFIER)

    @property
    def dossier(self) -> Dossier:
        """Alba's side."""
        state: Dossier = self.alba.state(StreamKind.DOSSIER, self.case.dossier)
        return state

    def review(self, node: str, speaker: str, request: str = "") -> Review:
        """Return a node's case of the request as it came from a partner."""
        unit = self.nodes[node].unit
        found = unit.lookup("review.request", f"{speaker}/{request or self.case.request}")
        return unit.state(found[0]) if found else Review()

    @property
    def received(self) -> Review:
        """Boreal's case."""
        return self.review("boreal", "alba")

    @property
    def copy(self) -> Review:
        """Cobre's case."""
        return self.review("cobre", "boreal")

    def act(self, node: str, review: Review, command: object, who: Who) -> tuple[str, ...]:
        """Let somebody act on a case; return the codes of a refusal, nothing when it was accepted."""
        unit = self.nodes[node]
        done = unit.act(StreamKind.REVIEW, review.id, command, who=who, purpose=Purpose.DECISION, now=self.now)
        return done.codes if isinstance(done, Refused) else ()

    def open(self) -> "Tree":
        """Let Boreal take the request in and begin."""
        self.work().push()
        for who, command in desk.begin():
            assert self.act("boreal", self.received, command, who) == ()
        return self

    def pass_on(self, *recipients: str) -> tuple[str, ...]:
        """Let Boreal's legal officer pass the request on."""
        return self.act("boreal", self.received, PassOn(recipients=recipients or ("cobre",)), desk.LEGAL)

    def passed_on(self) -> "Tree":
        """Bring the tree to where Cobre holds a copy under a fresh status."""
        assert self.open().pass_on() == ()
        return self.work().push()
