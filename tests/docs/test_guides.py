"""A guide calls a page and a button what the screen calls it: in a guide, what stands in bold is a word of a screen."""

import ast
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.docs.pages import ROOT

GUIDES = [
    ROOT / f"docs/guides/{tongue}/{role}.md"
    for tongue in ("en", "es")
    for role in ("recorder", "checker", "certifier", "receiver", "duty-officer", "redress-officer")
]
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@cache
def words_of_screens(tongue: str) -> str:
    """Return everything a screen may say in a language, in small letters."""
    said: list[str] = []
    for path in sorted((ROOT / "src/cotejo").rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="es"):
                text = message.id if tongue == "en" else message.string
                said += [text] if isinstance(text, str) else list(text)
    for path in sorted((ROOT / "src/cotejo").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                side = node.args[tongue == "es" : (tongue == "es") + 1]
                said += [part.value for part in side if isinstance(part, ast.Constant)]
    return "\n".join(said).casefold()


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_guide_calls_things_what_the_screen_calls_them(page):
    words = words_of_screens(page.parent.name)
    named = [" ".join(each.split()).rstrip(".:") for each in BOLD.findall(page.read_text(encoding="utf-8"))]
    assert named
    assert [each for each in named if each.casefold() not in words] == []


def test_every_guide_is_there_in_both_languages():
    english, spanish = ({path.name for path in (ROOT / "docs/guides" / tongue).iterdir()} for tongue in ("en", "es"))
    assert english == spanish
