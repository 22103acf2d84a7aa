"""An origin's node under test: Alba's memory on PostgreSQL, paired with Boreal, and its people, who can sign in.

1. The clock is the test's own: every page reads it, and a test moves it.
2. A sound case comes from the invented world, given by the very people who sign in.
3. Nobody here exists; numbers lie in a range never issued.
"""

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest

from cotejo.actions.laws import DOSSIER, PERSON
from cotejo.actions.perform import perform
from cotejo.actions.post import PostRoom
from cotejo.doors.web.base import acting
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.node.home import Home
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.dossier_commands import AuthoriseSending
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import InventedCase, sound_case
from cotejo.simulation.node import SimulatedNode
from tests.builders.receiving import NOW, SUBJECT, Clock, terms
from tests.builders.wire import paired_with
from tests.pages import somebody

UNITS: Final = {
    Duty.RECORDER: "Unidad de análisis",
    Duty.CHECKER: "Archivo judicial",
    Duty.CERTIFIER: "Fiscalía",
    Duty.AUTHORISER: "Cooperación",
    Duty.OVERSIGHT: "Procuraduría",
}
PEOPLE: Final = (*UNITS, Duty.CUSTODY, Duty.DUTY_OFFICER, Duty.PROTECTION, Duty.AUDITOR)


@dataclass
class Origin:
    """Alba: its memory, its clock, its people by duty."""

    unit: Any
    clock: Clock
    people: dict[Duty, Any]

    def who(self, duty: Duty) -> Officer:
        """Return somebody in their duty."""
        acted: Officer = self.people[duty].acting(duty, at=self.clock.now)
        return acted

    def do(self, stream: Stream, command: object, duty: Duty) -> None:
        """Do a step that has to be accepted."""
        law = PERSON if stream.kind is StreamKind.PERSON else DOSSIER
        purpose = Purpose.RECORDING if stream.kind is StreamKind.PERSON else Purpose.REQUEST
        who = self.who(duty)
        done = perform(law, self.unit, stream, command, who=who, purpose=purpose, now=self.clock.now)
        assert not isinstance(done, Refused), [reason.text.en for reason in done.reasons]

    def case(
        self, record: PersonRecord = SUBJECT, *, seed: object = 1, until: str = "certified", documents: bool = True
    ) -> InventedCase:
        """Play a sound case up to `opened`, `recorded`, `checked`, `prepared`, `certified` or `sent`."""
        case = sound_case(record, seed=seed, partner="boreal", today="2026-11-20")
        person, dossier = Stream(StreamKind.PERSON, case.person), Stream(StreamKind.DOSSIER, case.dossier)
        if documents:
            for content in case.documents.values():
                self.unit.documents.put(content, unit=person)
        recorded = [step for step in case.file if step[0].duty is Duty.RECORDER]
        checked = [step for step in case.file if step[0].duty is Duty.CHECKER]
        stages: dict[str, tuple[Stream, list[Any]]] = {
            "opened": (person, recorded[:1]),
            "recorded": (person, recorded[1:]),
            "checked": (person, checked),
            "begun": (dossier, list(case.preparation[:1])),
            "prepared": (dossier, list(case.preparation[1:])),
            "certified": (dossier, [case.certificate]),
            "sent": (dossier, [(replace(case.certificate[0], duty=Duty.AUTHORISER), AuthoriseSending())]),
        }
        for name, (stream, steps) in stages.items():
            for who, command in steps:
                self.do(stream, command, who.duty)
            if name == until:
                break
        return case


def origin(folder: Path, patch: pytest.MonkeyPatch) -> Origin:
    """Put Alba together in the database Django is connected to, paired with Boreal; its pages work on it."""
    from cotejo.store import current
    from cotejo.store.unit import PgUnit

    clock = Clock()
    boreal, keys = (
        SimulatedNode(
            name=name,
            profile=profile,
            register=RegisterInMemory((), as_of=NOW),
            seed="pages",
            start=NOW - 10 * 24 * 3_600_000,
        )
        for name, profile in (("boreal", "us"), ("alba", "sv"))
    )
    unit: PgUnit

    def document(sha256: str) -> bytes:
        return unit.documents.get(sha256)

    unit = PgUnit(
        node="alba",
        world="invented",
        profile="sv",
        places=Home.create(folder, world="invented"),
        post=PostRoom(own=keys.own, chance=random.Random(20).randbytes, document=document),
    )
    unit.pair(paired_with("boreal", terms(), boreal.key_document), now=clock.now)
    patch.setattr(acting, "now", clock)
    current.use(unit)
    people = {
        duty: somebody(
            f"a.{duty.value.replace('_', '-')}", duty, name=f"A. {duty.value.title()}", unit=UNITS.get(duty, "Guardia")
        )
        for duty in PEOPLE
    }
    return Origin(unit=unit, clock=clock, people=people)
