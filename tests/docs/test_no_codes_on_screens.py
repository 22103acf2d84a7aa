"""Codes of rows, rules and refusals are for engineers; nobody who works with a case reads one (design: words)."""

import ast
import re

import pytest

from tests.docs.pages import ROOT

CODE = re.compile(r"\b(?:F(?:0[1-9]|[1-6][0-9]|7[0-5])|I(?:[1-9]|1[0-4])|R(?:[1-9]|1[0-9]|2[0-5]))\b")
SCREENS = sorted(
    path
    for package in ("cotejo/doors", "cotejo_prevention", "cotejo_portal")
    for pattern in ("*.html", "*.po", "*.txt")
    for path in (ROOT / "src" / package).rglob(pattern)
    if "static" not in path.parts
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->|^#.*?$", re.DOTALL | re.MULTILINE)


def test_there_are_screens_to_look_at():
    assert len(SCREENS) > 20


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_code_of_a_row_stands_on_a_screen_or_in_its_words(path):
    assert CODE.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))) == []


def words_of_the_law() -> list[tuple[str, str]]:
    """Return (place, text) of every sentence of the law in the source."""
    found = []
    for path in sorted((ROOT / "src/cotejo").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                place = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                found += [(place, part) for part in parts if isinstance(part, str)]
    return found


def test_no_code_of_a_row_stands_in_a_sentence_of_the_law():
    words = words_of_the_law()
    assert len(words) > 500
    assert [place for place, text in words if CODE.search(text)] == []
