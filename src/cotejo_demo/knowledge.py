"""What Alba knows about invented groups and incidents: recorded by its officers when the world is made.

Incidents hold no person; each rests on a document, printed as a real PDF that says it is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.bulletin_words import IncidentKind
from cotejo.rules.facts import Interval
from cotejo.rules.group import OpenGroup, PartOf, RecordStructure
from cotejo.rules.incident import RecordIncident
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import invented_document, invented_id
from cotejo_demo.cast import RECORDER
from cotejo_demo.node import DemoError, NodeProcess
from cotejo_demo.passed import Done, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedGroup:
    """A group that exists nowhere."""

    code: str
    names: tuple[str, ...]
    part_of: str = ""


GROUPS: Final = (
    InventedGroup(code="G-101", names=("Los del Faro (inventado)",)),
    InventedGroup(code="G-102", names=("Clica Puente Viejo (inventada)",), part_of="G-101"),
    InventedGroup(code="G-103", names=("La Ronda (inventada)", "Ronda del Sur (inventada)")),
)
INCIDENTS: Final = (
    (IncidentKind.EXTORTION, "2026-09-04", "SV-SM", "G-101"),
    (IncidentKind.EXTORTION, "2026-10-11", "SV-SM", "G-102"),
    (IncidentKind.FORCED_DISPLACEMENT, "2026-10", "SV-US", "G-103"),
    (IncidentKind.WEAPONS, "2026-08-19", "SV-SS", ""),
)


def record_knowledge(alba: NodeProcess, seed: int) -> None:
    """Let Alba's recorder open the groups and record the incidents."""
    done: Done = alba.ask("play", tuple(_groups(alba, seed)))
    for number, (kind, day, place, group) in enumerate(INCIDENTS):
        stream = Stream(StreamKind.INCIDENT, invented_id(seed, "incident", number))
        paper = invented_document(
            "Parte de novedad", f"{kind.value}, {day}, {place}", number=str(number), day="2026-11-02"
        )
        command = RecordIncident(
            incident=stream.id,
            kind=kind,
            interval=Interval(start=day, end=day),
            place=place,
            group_code=group,
            documents=alba.ask("put", stream, (paper,)),
        )
        if not done.codes:
            done = alba.act(RECORDER, stream, command, Purpose.ANALYSIS)
    if done.codes:
        raise DemoError(f"Alba could not record what it knows: {', '.join(done.codes)}.")


def _groups(alba: NodeProcess, seed: int) -> Iterator[Step]:
    for each in GROUPS:
        stream = Stream(StreamKind.GROUP, invented_id(seed, each.code))
        opened = OpenGroup(group=stream.id, code=each.code, names=each.names)
        yield alba.step(RECORDER, stream, opened, Purpose.ANALYSIS)
        if each.part_of:
            part_of = PartOf(parent_code=each.part_of, interval=Interval(start="2024-05"), source="Análisis 2026-10")
            yield alba.step(RECORDER, stream, RecordStructure(part_of=part_of), Purpose.ANALYSIS)
