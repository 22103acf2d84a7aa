"""The node's journal: every line says what it is about without an argument, since arguments are never written."""

import ast
import json
import logging
from collections.abc import Iterator
from pathlib import Path

from cotejo.node.log_lines import JsonLine

SOURCE = Path(__file__).parents[2] / "src" / "cotejo"
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a logger in the house, with where it stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(found, ast.Call) or not isinstance(found.func, ast.Attribute):
                continue
            logger = ast.unparse(found.func.value)
            if found.func.attr in LEVELS and (logger.upper().endswith(("LOG", "LOGGER")) or logger == "logging"):
                yield f"{path.relative_to(SOURCE)}:{found.lineno}", found


def test_no_line_of_the_house_loses_an_argument_or_carries_a_typed_value() -> None:
    found = list(calls())
    assert len(found) > 10, "the loggers were not found"
    wrong = [
        where
        for where, call in found
        if len(call.args) != 1
        or not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
        or "%" in call.args[0].value
        or {each.arg for each in call.keywords} - {"extra", "exc_info"}
    ]
    assert wrong == [], "say it in `extra={'facts': {...}}`: arguments of a line are never written"


def test_a_line_holds_message_facts_and_the_kind_of_an_error_and_nothing_it_quotes() -> None:
    error = ValueError("MARÍA LAGO, 90000001-1")
    wrong = (type(error), error, None)
    record = logging.LogRecord("cotejo.x", logging.ERROR, __file__, 1, "it %s", ("90000001-1",), wrong)
    record.facts = {"code": "gap"}
    line = JsonLine().format(record)
    assert "90000001" not in line
    said = json.loads(line)
    assert (said["message"], said["facts"], said["error"]) == ("it %s", {"code": "gap"}, "builtins.ValueError")
