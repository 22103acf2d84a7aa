"""No officer meets a bare code: whatever the law or the exchange may name on a page has words in both languages."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum, StrEnum
from pathlib import Path
from types import ModuleType

import pytest
from django.utils.translation import override

import cotejo.doors.web
import cotejo.exchange
import cotejo.rules
from cotejo.actions import take_in
from cotejo.doors.redress import words as redress
from cotejo.doors.web.dossiers import desk as dossiers
from cotejo.doors.web.inquiries import desk as inquiries
from cotejo.doors.web.oversight.words import WORDS_OF_ACTS
from cotejo.doors.web.partners.words import KIND_WORDS, OUTCOME_WORDS
from cotejo.doors.web.records import desk as records
from cotejo.doors.web.records.templatetags.records import gap_in_words
from cotejo.doors.web.review.words import STEP_WORDS
from cotejo.exchange.messages import KINDS
from cotejo.rules.acts import ACTS, GateState, StreamKind
from cotejo.rules.facts import Scale
from cotejo.rules.gap_words import GAP_WORDS
from cotejo.rules.receipts import NAMED
from cotejo.rules.redress import ClockState, Signal
from cotejo.rules.words import Text

RULES = Path(cotejo.rules.__file__).parent
ELSEWHERE = {"bulletin.pass", "group.check", "incident.check"}
"""Steps whose desk has one word for all of them."""
COUNTED_ONLY = {"dossier.sweep", "dossier.certificate"}
"""Steps of partner relations, who read no request: they stand on nobody's desk."""
NEVER_SHOWN = {StreamKind, Signal, ClockState, GateState}
"""Lists that no page prints: a page of each kind of case, signals between two doors, shapes of the gates' own words."""


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield every module of a room."""
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(each.name)


def with_words(found: Mapping[object, object]) -> Iterator[object]:
    """Yield every code a table gives words to, tables of tables included."""
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from with_words(value)
        elif isinstance(key, Enum):
            yield key


def waiting_steps() -> set[str]:
    """Return every step that the law lets somebody wait for, by its code."""
    calls = (
        node
        for path in RULES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Waiting"
    )
    steps = {given.value for call in calls for given in call.keywords if given.arg == "step"}
    return {each.value for each in steps if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_every_gap_a_receipt_may_name_has_words_and_nothing_else_has() -> None:
    of_the_line = {each.code for each in take_in._NOT_UNDERSTOOD}
    assert set(GAP_WORDS) == NAMED | of_the_line


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_gap_of_a_newer_program_is_said_to_be_one(language: str) -> None:
    with override(language):
        said = gap_in_words("request.of_tomorrow")
    assert "request.of_tomorrow" in said
    assert len(said.split()) > 8


def test_every_kind_of_message_and_every_outcome_has_words() -> None:
    assert set(KINDS) - {"receipt"} <= set(KIND_WORDS)
    assert {take_in.TAKEN, take_in.REFUSED} == set(OUTCOME_WORDS)


def test_every_act_has_words_for_the_auditor() -> None:
    for _ in modules(cotejo.rules):
        pass
    assert {code for code, kind in ACTS.items() if kind.__module__.startswith("cotejo.")} <= set(WORDS_OF_ACTS)


def test_every_step_somebody_waits_for_has_words() -> None:
    worded = {*STEP_WORDS, *dossiers.STEPS, *inquiries.STEPS, *records.STEPS}
    assert waiting_steps() - ELSEWHERE - COUNTED_ONLY <= worded


def test_every_closed_list_of_the_law_and_the_exchange_has_words() -> None:
    law = [*modules(cotejo.rules), *modules(cotejo.exchange)]
    tables = (each for room in [*law, *modules(cotejo.doors.web), redress] for each in vars(room).values())
    worded = {(type(code), code) for table in tables if isinstance(table, Mapping) for code in with_words(table)}
    lists = {
        each for room in law for each in vars(room).values() if isinstance(each, type) and issubclass(each, StrEnum)
    }
    shown = {each for each in lists if each.__module__.startswith("cotejo.rules")} - NEVER_SHOWN
    assert {(each, code) for each in shown for code in each} - worded <= {(Scale, Scale.NONE)}


def test_no_words_of_a_gap_are_the_same_in_both_languages() -> None:
    assert all(isinstance(each, Text) and each.en != each.es for each in GAP_WORDS.values())
