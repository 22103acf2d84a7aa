"""What an officer types to make the invented sound case, as values of the pages' fields.

A document is given as its bytes under `attached`; the test uploads it, or chooses it when the file has it already.
"""

from collections.abc import Iterator
from typing import Any

from cotejo.doors.web.base.asking import flat
from cotejo.doors.web.records.forms_evidence import spelled
from cotejo.rules import person_commands as ask
from cotejo.rules.facts import Ground
from cotejo.rules.package import EvidenceItem, Subject
from cotejo.simulation.invented import InventedCase

MANY = ("speaks_to", "evidence", "derived_from", "underlying")
"""Ids in these fields are made by the pages; a browser ticks what it is offered, a quick test names them."""


def text_of(value: Any) -> Any:
    """Return a value as a form sends it."""
    if isinstance(value, bool | list):
        return value
    return "" if value is None else str(value)


def described(subject: Subject) -> dict[str, Any]:
    """Return the fields of a description."""
    rows = [*enumerate(subject.names, start=1), *enumerate(subject.identifiers, start=1)]
    values = {name: value for name, value in flat(subject).items() if name not in ("names", "identifiers")}
    values |= {f"{name}_{n}": value for n, row in rows for name, value in flat(row).items() if name != "verified"}
    return {name: text_of(value) for name, value in values.items()}


def item_values(item: EvidenceItem) -> dict[str, Any]:
    """Return the fields of an item of evidence."""
    left_out = ("id", "translation", "self_statement", "grade", "interval")
    values = {name: value for name, value in flat(item).items() if name not in left_out}
    values["grade"] = spelled(item.grade)
    if item.translation is not None:
        values |= {"translation_language": item.translation.language, "translation_text": item.translation.text}
        values["translator"] = item.translation.translator
    return {name: text_of(value) for name, value in values.items()}


def steps(case: InventedCase) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each writing step of the file after its opening: the page's name and its fields."""
    for _, command in case.file:
        match command:
            case ask.RecordCourtAct(court_act=act):
                yield "court-act", _plain(act)
            case ask.RecordAlleged(alleged=act):
                yield "alleged", _plain(act)
            case ask.RecordEvidence(item=item):
                yield "evidence", item_values(item)
            case ask.RecordClaim(body=body):
                yield "statement", _plain(body)
            case _:
                continue


def grounds(document: str) -> dict[str, Any]:
    """Return an answer to every ground, all from one document."""
    return {"document": document} | {f"answer_{each}": "no" for each in Ground}


def _plain(record: Any) -> dict[str, Any]:
    left_out = ("id", "membership_only")
    return {name: text_of(value) for name, value in flat(record).items() if name not in left_out}
