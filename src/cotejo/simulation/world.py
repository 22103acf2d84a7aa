"""A small world under faults: two nodes, a line that loses, repeats, delays and reorders, crashes, clocks that differ.

    World(seed=7).run(steps=200)        raises `Broken` at the first step after which an invariant does not hold

1. Everything happens through the real actions; chance comes from the seed alone, so a failing seed plays again.
2. After every step the invariants are looked at: I8 (a version never goes down, an effect happens once, a repeat gets
   the same receipt), X3 (a receipt at the origin means the version is durable at the holder), I5 and X1 (no decision to
   act rests on a version withdrawn longer ago than the lifetime of a grave status), I9 (no act without a leaf).
3. Three faults can be planted, to show that they would be found: see `FAULTS`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cotejo.actions.register import compared, search_register
from cotejo.exchange.refusals import WireRefusal
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import Millis, Plan, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE, SECOND, Agreement, HandoverTerms, Lifetimes
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Clockwork, Officer
from cotejo.rules.facts import Route
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_acts import Corrected, Decided, Supplemented, TakenIn
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Outcome
from cotejo.simulation import invented_review
from cotejo.simulation.faults import FAULTS
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, RECORDER, InventedCase, sound_case
from cotejo.simulation.memory import Crash, MemoryUnit, Waiting
from cotejo.simulation.node import SimulatedNode, waiting_for

START: Final[Millis] = 1_795_773_600_000
TODAY: Final = "2026-11-27"


class Broken(AssertionError):  # noqa: N818 - it says what happened to an invariant
    """An invariant does not hold; the message names it, the step and the seed."""


@dataclass
class World:
    """Two nodes, `alba` and `boreal`, with one case each way of going wrong can be tried on."""

    seed: int
    fault: str = ""
    cases: int = 2
    now: Millis = START
    step: int = 0
    cut_until: Millis = 0
    receipts: dict[str, bytes] = field(default_factory=dict)
    decisions: list[tuple[str, int, Millis]] = field(default_factory=list)
    ended: dict[tuple[str, int], Millis] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"world/{self.seed}")
        people = [
            PersonRecord(
                id=f"r{number}",
                full_name=f"PERSONA INVENTADA {number}",
                given="PERSONA",
                surname=f"INVENTADA NUMERO{number}",
                dob="1990-04-02",
                sex="M",
                pob="VILLA NUBE",
                passport=f"X90{number:05}",
                father="PADRE INVENTADO",
                mother=f"MADRE INVENTADA{number}",
            )
            for number in range(1, self.cases + 1)
        ]
        agreement = _agreement()
        register = RegisterInMemory(people, as_of=START)
        self.alba, self.boreal = (
            SimulatedNode(
                name=name,
                profile=profile,
                register=register,
                seed=self.seed,
                start=START - DAY,
                memory=FAULTS.get(self.fault, MemoryUnit) if name == "boreal" else MemoryUnit,
                skew=self.chance.randint(-agreement.skew // 2, agreement.skew // 2),
            )
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        )
        self.alba.pair(self.boreal, agreement)
        self.boreal.pair(self.alba, agreement)
        self.agreement = agreement
        self.inventory = [sound_case(person, seed=f"{self.seed}/{person.id}", partner="boreal") for person in people]
        for case in self.inventory:
            self.alba.give(case, now=self.now + self.alba.skew)
        self.papers = invented_review.receiver_papers("world")

    def run(self, steps: int) -> None:
        """Play so many steps. Raises `Broken`."""
        for _ in range(steps):
            self.step += 1
            self.now += self.chance.choice((SECOND, 10 * SECOND, MINUTE))
            self._one_step()
            self._look()

    def settle(self) -> None:
        """Let the line heal: every message arrives and every receipt comes back."""
        self.cut_until = 0
        for _ in range(400):
            self.now += SECOND
            left = [*waiting_for(self.alba, "boreal"), *waiting_for(self.boreal, "alba")]
            if not left:
                return
            self._deliver(self.alba, self.boreal)
            self._deliver(self.boreal, self.alba)
            self._look()
        raise Broken(f"seed {self.seed}: the line does not settle")

    # Steps

    def _one_step(self) -> None:
        moves: tuple[tuple[Callable[[], None], int], ...] = (
            (self._origin_acts, 2),
            (self._receiver_acts, 5),
            (lambda: self._deliver(self.alba, self.boreal), 14),
            (lambda: self._deliver(self.boreal, self.alba), 3),
            (lambda: self.alba.push_status(now=self.now), 5),
            (lambda: self.alba.tick(now=self.now), 1),
            (lambda: self.boreal.tick(now=self.now), 2),
            (self._cut_the_line, 1),
            (self._withdraw_behind_a_cut_line, 1),
            (self._repeat_something, 2),
            (self._replay_an_older_version, 1),
        )
        move = self.chance.choices([move for move, _ in moves], [weight for _, weight in moves])[0]
        move()

    def _origin_acts(self) -> None:
        case = self.chance.choice(self.inventory)
        state = self.alba.state(StreamKind.DOSSIER, case.dossier)
        who, command = self._next_word(state)
        if command is None:
            return
        if isinstance(command, origin.Correct):
            self._prepare_again(case, withheld=self.chance.randrange(9))
        self._origin_does(case, who, command)

    def _origin_does(self, case: InventedCase, who: Officer, command: object) -> None:
        before = len(self.alba.state(StreamKind.DOSSIER, case.dossier).sent)
        self.alba.act(
            StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=self.now + self.alba.skew
        )
        after = self.alba.state(StreamKind.DOSSIER, case.dossier)
        if isinstance(command, origin.Withdraw) or len(after.sent) > max(before, 1):
            for version in range(1, len(after.sent) + (1 if after.withdrawn_for else 0)):
                self.ended.setdefault((case.request, version), self.now)

    def _next_word(self, state: Dossier) -> tuple[Officer, Any]:
        """Return what the origin's officers do next: mostly nothing, so that cases live long enough to go wrong."""
        if not state.sent:
            return AUTHORISER, origin.AuthoriseSending()
        if state.suspended_for:
            return AUTHORISER, origin.Reinstate(cause=SuspensionCause.OWN)
        choices: tuple[tuple[tuple[Officer, Any], int], ...] = (
            ((AUTHORISER, None), 8),
            ((AUTHORISER, origin.Correct(reason="The withheld items were counted again.")), 3),
            ((AUTHORISER, origin.Suspend(cause=SuspensionCause.OWN)), 2),
            ((CERTIFIER, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED)), 3),
        )
        return self.chance.choices([each for each, _ in choices], [weight for _, weight in choices])[0]

    def _prepare_again(self, case: InventedCase, *, withheld: int) -> None:
        state = self.alba.state(StreamKind.DOSSIER, case.dossier)
        basis = origin.SetBasis(alleged=state.alleged, case_number=state.case_number, withheld=withheld)
        for who, command in ((RECORDER, basis), case.certificate):
            self.alba.act(
                StreamKind.DOSSIER,
                case.dossier,
                command,
                who=who,
                purpose=Purpose.REQUEST,
                now=self.now + self.alba.skew,
            )

    def _receiver_acts(self) -> None:
        listed = self.boreal.unit.listed(StreamKind.REVIEW)
        if not listed:
            return
        review = self.chance.choice(listed).stream
        state = self.boreal.state(StreamKind.REVIEW, review.id)
        if state.package is None:
            return
        for content in self.papers.values():
            self.boreal.unit.documents.put(content, unit=review)
        for who, command in self._next_steps(state):
            self.boreal.act(
                StreamKind.REVIEW,
                review.id,
                command,
                who=who,
                purpose=Purpose.DECISION,
                now=self.now + self.boreal.skew,
            )
            self.now += SECOND // 10

    def _next_steps(self, state: Review) -> list[invented_review.Step]:
        """Return what the receiver's officers would do next; they take their time to decide."""
        if state.package is None:
            return []
        searched = search_register(self.boreal.unit, state.package.subject, state.request)
        found = [compared(each) for each in searched.candidates]
        tokens = tuple(each.candidate for each in found)
        if not state.opened_at:
            return list(invented_review.begin())
        if state.search is None:
            return list(invented_review.search(tokens, set_aside=0, as_of=TODAY))
        if state.agreed is None:
            return [step for each in found for step in invented_review.identity(each)]
        if state.served is None:
            return list(invented_review.review(state.package.version, self.papers, day=TODAY))
        if state.decision is None:
            patient = self.chance.random() < 0.5  # noqa: PLR2004 - most days nothing is decided
            return [] if patient else [invented_review.check_protection(tokens), invented_review.decide(Outcome.ACT)]
        return list(invented_review.hand_over(state, found[0], self.papers, day=TODAY)) if found else []

    def _deliver(self, source: SimulatedNode, to: SimulatedNode) -> None:
        """Deliver messages until one meets a fault."""
        while self.now >= self.cut_until and (waiting := waiting_for(source, to.name)):
            if not self._deliver_one(source, to, waiting):
                return

    def _deliver_one(self, source: SimulatedNode, to: SimulatedNode, waiting: tuple[Waiting, ...]) -> bool:
        # Mostly the next in line; sometimes a later one overtakes it, and the line has to hold.
        message = waiting[0] if self.chance.random() < 0.8 else self.chance.choice(waiting)  # noqa: PLR2004
        fate = self.chance.choices(("arrives", "lost", "crash", "receipt lost"), (12, 2, 2, 2))[0]
        if fate == "lost":
            return False
        if fate == "crash":
            self._crash_soon(to)
        try:
            receipt = self._hear(to, message)
        except (WireRefusal, Crash):
            return False
        finally:
            to.crash_before = lambda _step: None
        if fate == "receipt lost":
            return False
        source.note(message, receipt, now=self.now)
        return True

    def _hear(self, to: SimulatedNode, message: Waiting) -> bytes:
        receipt = to.hear(message, now=self.now)
        known = self.receipts.setdefault(message.sealed.mid, receipt)
        if known != receipt:
            raise Broken(f"I8: seed {self.seed}, step {self.step}: a repeat got another receipt")
        return receipt

    def _cut_the_line(self) -> None:
        self.cut_until = self.now + self.chance.randint(1, 25) * MINUTE

    def _withdraw_behind_a_cut_line(self) -> None:
        """Withdraw a case that is ready to be decided while nothing can arrive: the holder must stop by itself."""
        for case in self.inventory:
            held = self.boreal.unit.lookup("review.request", f"alba/{case.request}")
            state = self.boreal.state(StreamKind.REVIEW, held[0].id) if held else None
            if state is None or state.served is None or state.decision is not None:
                continue
            self.cut_until = self.now + self.chance.randint(15, 25) * MINUTE
            self._origin_does(case, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED))

    def _repeat_something(self) -> None:
        done = [each for each in self.alba.unit.outbox if each.receipt]
        if done:
            self._hear(self.boreal, self.chance.choice(done))

    def _replay_an_older_version(self) -> None:
        """Let the origin lie: it says an older version once more, under a new number in its line."""
        sent = [each for each in self.alba.unit.outbox if each.sealed.kind in {"request", "correction"}]
        if sent:
            old = self.chance.choice(sent)
            self.alba.unit.commit(
                Plan(sends=(replace(old.send, at=0),)),
                who=Clockwork(),
                purpose=Purpose.EXCHANGE,
                now=self.now + self.alba.skew,
            )

    def _crash_soon(self, node: SimulatedNode) -> None:
        step = self.chance.choice(("act", "messages", "commit", "answer"))

        def crash(at: str) -> None:
            if at == step:
                raise Crash(step)

        node.crash_before = crash

    # Looking

    def _look(self) -> None:
        where = f"seed {self.seed}, step {self.step}"
        for line in self.boreal.unit.listed(StreamKind.REVIEW):
            entries = MemoryUnit.entries(self.boreal.unit, line.stream)
            versions = _versions(entries)
            if versions != sorted(set(versions)):
                raise Broken(f"I8: {where}: versions {versions} were taken in")
            self._look_at_decisions(entries, where)
        for case in self.inventory:
            self._look_at_receipts(case, where)
        for node in (self.alba, self.boreal):
            if len(node.unit.leaves) != node.unit.acts:
                raise Broken(f"I9: {where}: {node.name} has {node.unit.acts} acts and {len(node.unit.leaves)} leaves")

    def _versions_held(self, request: str) -> list[int]:
        streams = self.boreal.unit.lookup("review.request", f"alba/{request}")
        return [version for stream in streams for version in _versions(MemoryUnit.entries(self.boreal.unit, stream))]

    def _look_at_receipts(self, case: InventedCase, where: str) -> None:
        dossier = self.alba.state(StreamKind.DOSSIER, case.dossier)
        durable = max((0, *self._versions_held(case.request)))
        for sent in dossier.sent:
            if sent.outcome == "taken" and durable < sent.version:
                raise Broken(f"X3: {where}: version {sent.version} was receipted, {durable} is durable")

    def _look_at_decisions(self, entries: tuple[Any, ...], where: str) -> None:
        version, request = 0, ""
        for entry in entries:
            match entry.act:
                case TakenIn(package=package) | Corrected(package=package) | Supplemented(package=package):
                    version, request = package.version, package.request
                case Decided(outcome=Outcome.ACT):
                    ended = self.ended.get((request, version))
                    real = entry.at - self.boreal.skew
                    if ended is not None and real > ended + self.agreement.lifetimes.grave:
                        raise Broken(f"I5: {where}: version {version} ended {real - ended} ms before the decision")


def _versions(entries: tuple[Any, ...]) -> list[int]:
    return [each.act.package.version for each in entries if isinstance(each.act, TakenIn | Corrected | Supplemented)]


def _agreement() -> Agreement:
    return Agreement(
        hash="a" * 64,
        parties=("alba", "boreal"),
        purposes=("criminal_justice",),
        routes=tuple(Route),
        valid_from=START - 100 * DAY,
        valid_until=START + 300 * DAY,
        ceiling_per_month=50,
        lifetimes=Lifetimes(reading=HOUR, administrative=HOUR, grave=10 * MINUTE),
        answer_every=HOUR,
        sweep_every=HOUR,
        handover=HandoverTerms(),
        package_validity=7 * DAY,
        skew=30 * SECOND,
    )
