"""A small world under faults: two to five nodes, a network that fails, people who work, err and complain.

    world = World(seed=7)
    world.play(world.script(steps=300))     raises `Broken` at the first event after which something does not hold
    world.settle()                          heals everything, lets time pass, looks whether all arrived everywhere

1. Everything happens through the real actions; chance comes from the seed alone, so a failing seed plays again.
2. After every event each check of `checks` looks at what changed; at the end `endings` look at the whole.
3. What happened is told in plain words, one line each (`told`), and counted (`happened`): a check that never saw what
   it is about would be worth nothing.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

from cotejo.actions.register import Searched
from cotejo.actions.unit import Committed, Conflict
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.rules.acts import Millis, Refused, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE, SECOND, Agreement, HandoverTerms, Lifetimes
from cotejo.rules.duties import Who, name_of
from cotejo.rules.facts import Route
from cotejo.rules.package import Subject
from cotejo.rules.purposes import Purpose
from cotejo.simulation import checks
from cotejo.simulation.events import Event, script_of
from cotejo.simulation.invented import InventedCase, sound_case
from cotejo.simulation.kept import Kept
from cotejo.simulation.lies import LIES
from cotejo.simulation.memory import Crash
from cotejo.simulation.network import Network
from cotejo.simulation.node import SimulatedNode
from cotejo.simulation.plays import PLAYS, OfficeDoor
from cotejo.simulation.truth import Truth
from cotejo.simulation.witness import Witness

START: Final[Millis] = 1_795_773_600_000
TODAY: Final = "2026-11-27"
NAMES: Final = ("alba", "boreal", "cobre", "delta", "estero")
PROFILES: Final = ("sv", "us", "sv", "us", "sv")
_NAMES: Final = (
    ("BRUNO", "ACACIA", "BREZO"),
    ("CIRO", "CIPRES", "DRAGO"),
    ("DARIO", "ENCINA", "FRESNO"),
    ("ELIAS", "GUAYABO", "HAYA"),
    ("FABIO", "INGA", "JACARANDA"),
)
"""People nobody is, each called after two trees."""
SKEW: Final[Millis] = 30 * SECOND
APART: Final = 2
"""How far apart in the row of nodes those are whose line is fit for copies."""
ROUND: Final[Millis] = 70 * SECOND
HEALED: Final = 6
"""How many rounds of work all messages need at most once nothing fails any more."""
LAST: Final = 3
"""How many rounds at the end let the last word that was answered by a word arrive."""


class Broken(AssertionError):  # noqa: N818 - it says what happened to an invariant
    """Something does not hold. `check` is the name of the check; the message says where and what was found."""

    def __init__(self, check: str, where: str, found: str) -> None:
        super().__init__(f"{check}: {where}: {found}")
        self.check = check
        self.where = where
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One invented case: at which node it lies and what its officers do."""

    origin: str
    partner: str
    about: InventedCase


class World:
    """Nodes, cases, a network and what is true.

    `plain` leaves out hand-overs and questions, `quiet` what happens to the person at the receivers (I6). `lies` are
    the lies that are told when somebody lies; all when not given. `onward`: whether requests are passed on; as a rule
    not where `plain` is.
    """

    def __init__(
        self,
        seed: int,
        *,
        plain: bool = False,
        quiet: bool = False,
        lies: tuple[str, ...] = (),
        onward: bool | None = None,
    ) -> None:
        self.seed, self.plain, self.quiet, self.lies = seed, plain, quiet, lies or tuple(LIES)
        self.onward = not plain if onward is None else onward
        chance = random.Random(f"world/{seed}")
        self.names = _names(seed)
        self.now, self.step, self._worked_at = START, 0, START
        self.told: list[str] = []
        self.happened: Counter[str] = Counter()
        people = [_person(number) for number in range(1, len(_NAMES) + 1)]
        register = RegisterInMemory([*people, *map(_namesake, people[1::2])], as_of=START)
        skews = {name: chance.randint(-SKEW // 2, SKEW // 2) for name in NAMES}
        self.nodes = {
            name: SimulatedNode(
                name=name, profile=profile, register=register, seed=seed, start=START - DAY, skew=skews[name]
            )
            for name, profile in zip(self.names, PROFILES, strict=False)
        }
        self.skews = {name: skews[name] for name in self.names}
        self.agreements = self._pair_all()
        self.truth = Truth(self)
        self.network = Network(self)
        self.witness = Witness(self)
        self.cases = self._cases(people, chance)
        self.backups: dict[str, list[Kept]] = {name: [] for name in self.names}
        self.in_place: dict[str, int] = {}
        self.doors = {name: OfficeDoor() for name in self.names}
        self.searched: dict[tuple[str, str, Subject], Searched] = {}
        self.look()

    def _pair_all(self) -> dict[frozenset[str], Agreement]:
        made = {}
        for first, node in self.nodes.items():
            for second, other in self.nodes.items():
                if first < second:
                    parties = (first, node.unit.profile), (second, other.unit.profile)
                    terms = replace(_terms(*parties), **self._onward_terms(first, second))
                    node.pair(other, terms)
                    made[frozenset({first, second})] = other.pair(node, terms)
        return made

    def _onward_terms(self, first: str, second: str) -> dict[str, Any]:
        """Return the terms of passing on: between every other node withdrawals are swept three times as often."""
        here, there = self.names.index(first), self.names.index(second)
        if there - here == APART:
            return {"sweep_every": HOUR // 3}
        third = (name for at, name in enumerate(self.names) if APART in {abs(at - here), abs(at - there)})
        return {"standing_recipients": tuple(third)[:1]}

    def _cases(self, people: list[PersonRecord], chance: random.Random) -> list[Case]:
        cases = []
        for number, origin in enumerate(self.names):
            partner = chance.choice([name for name in self.names if name != origin])
            about = sound_case(people[number], seed=f"world/{number}/{partner}", partner=partner)
            node = self.nodes[origin]
            node.give(about, now=self.now + node.skew)
            cases.append(Case(origin=origin, partner=partner, about=about))
        return cases

    @staticmethod
    def script_for(seed: int, steps: int, *, more: tuple[str, ...] = ()) -> tuple[Event, ...]:
        """Draw the script of a world before there is one."""
        return script_of(seed, steps, _names(seed), more=more)

    def script(self, steps: int) -> tuple[Event, ...]:
        """Draw this world's script."""
        return self.script_for(self.seed, steps)

    # Playing

    def play(self, script: tuple[Event, ...]) -> None:
        """Play a script. Raises `Broken`."""
        for event in script:
            self.step += 1
            self.now += event.after
            self._workers(event.pick)
            if event.node in self.nodes and event.other in self.nodes:
                PLAYS[event.kind](self, event)
                self.look()

    def _workers(self, pick: int) -> None:
        """Let every node's worker do a round, as often as a worker does when nothing else wakes it."""
        if self.now < self._worked_at + ROUND:
            return
        self._worked_at = self.now
        for name in self.names:
            PLAYS["work"](self, self._plain_event("work", name, pick=pick + 1 + self.names.index(name)))

    def look(self) -> None:
        """Look whether everything holds after this event."""
        for name, found in checks.after_event(self):
            raise Broken(name, self.where, found)

    @property
    def where(self) -> str:
        """Which seed and which event of its script."""
        return f"seed {self.seed}, event {self.step}"

    def say(self, node: str, words: str) -> None:
        """Tell what a node did, in plain words."""
        seconds = (self.now - START) // SECOND
        self.told.append(
            f"{self.step:>4}  {seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}  {node}: {words}"
        )

    def act(
        self,
        node: SimulatedNode,
        kind: StreamKind,
        stream: str,
        command: object,
        *,
        who: Who,
        purpose: Purpose,
    ) -> Committed | Refused | None:
        """Let somebody ask something of a case, and tell what came of it; `None` when the node died over it."""
        what = f"{name_of(who)} asks {type(command).__name__}"
        try:
            done = node.act(kind, stream, command, who=who, purpose=purpose, now=self.now + node.skew)
        except Crash as crash:
            self.say(node.name, f"{what}; the node dies before `{crash}` and starts again")
            self.happened["crash in an act"] += 1
            return None
        except Conflict:
            return None
        if isinstance(done, Refused):
            self.say(node.name, f"{what}: refused ({', '.join(done.codes[:3])})")
            self.happened["refusals"] += 1
        else:
            self.say(node.name, f"{what}: done")
            for entry in done.entries:
                self.happened[entry.act.code] += 1
        return done

    def settle(self) -> None:
        """Heal network, clocks and nodes, let time pass, and look whether everything reached everybody."""
        self.network.heal()
        for name, node in self.nodes.items():
            node.skew, node.crash_next = self.skews[name], ""
        for pause in (*[MINUTE] * HEALED, *[40 * MINUTE] * (HEALED + 2), *[SECOND] * LAST):
            self.step += 1
            self.now += pause
            for name in self.names:
                PLAYS["recover"](self, self._plain_event("recover", name))
                PLAYS["work"](self, self._plain_event("work", name))
            self.look()
        for name, found in checks.at_the_end(self):
            raise Broken(name, f"seed {self.seed}, at the end", found)

    def _plain_event(self, kind: str, node: str, *, pick: int = 0) -> Event:
        other = next(each for each in self.names if each != node)
        return Event(kind=kind, after=0, node=node, other=other, pick=pick)


def _names(seed: int) -> tuple[str, ...]:
    return NAMES[: random.Random(f"nodes/{seed}").choices((2, 3, 4, 5), (6, 4, 1, 1))[0]]


def _person(number: int) -> PersonRecord:
    given, first, second = _NAMES[number - 1]
    return PersonRecord(
        id=f"r{number}",
        full_name=f"{given} {first} {second}",
        given=given,
        surname=f"{first} {second}",
        dob=f"{1980 + number}-0{1 + number % 8}-1{number % 9}",
        sex="M",
        pob="VILLA NUBE",
        passport=f"X90{number:05}",
        father=f"PADRE {first}",
        mother=f"MADRE {second}",
    )


def _namesake(person: PersonRecord) -> PersonRecord:
    """Return another person of the same name, with another number, mother and birthday."""
    return PersonRecord(
        id=f"{person.id}b",
        full_name=person.full_name,
        given=person.given,
        surname=person.surname,
        dob=f"1{int(person.dob[1:4]) - 7}-09-17",
        sex=person.sex,
        pob=person.pob,
        passport=f"Y9{person.passport[2:]}",
        father="OTRO PADRE INVENTADO",
        mother="OTRA MADRE INVENTADA",
    )


def _terms(first: tuple[str, str], second: tuple[str, str]) -> Agreement:
    return Agreement(
        hash="",
        parties=(first[0], second[0]),
        profiles=(first[1], second[1]),
        purposes=("criminal_justice",),
        routes=tuple(Route),
        valid_from=START - 100 * DAY,
        valid_until=START + 300 * DAY,
        ceiling_per_month=50,
        lifetimes=Lifetimes(reading=HOUR, administrative=HOUR, grave=10 * MINUTE),
        answer_every=HOUR,
        sweep_every=HOUR,
        handover=HandoverTerms(arrival=HOUR, before_judge=2 * HOUR, custody_every=6 * HOUR, told=2 * HOUR),
        package_validity=4 * HOUR,
        skew=SKEW,
    )
