"""What a document points at is there: links, anchors, files, commands."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.docs.pages import ROOT, documents, name_of

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)">')
FOLDERS = ("src/", "tests/", "docs/", "script/", "tools/", "mutants/", "requirements/")
ROOMS = "|".join(path.name for path in sorted((ROOT / "src/cotejo").iterdir()) if path.is_dir() and path.name[0] != "_")
IN_ROOM = re.compile(rf"(?:{ROOMS})/[\w/.-]+\.(?:py|cedar|typ|json)")
COMMAND = re.compile(r"(cotejo(?:-[a-z]+)?)((?: [a-z][a-z-]+)+)")

DOCUMENTS = pytest.mark.parametrize("page", documents(), ids=name_of)


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = (re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text))
    return {*headings, *ANCHOR.findall(text)}


@DOCUMENTS
def test_every_link_of_a_document_leads_somewhere(page):
    lost = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            lost.append(target)
    assert not lost


@DOCUMENTS
def test_every_file_a_document_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    named = [word for code in CODE.findall(text) for word in code.split()]
    lost = []
    for word in named:
        plain = word.rstrip(".,;:").partition("::")[0]
        if any(sign in plain for sign in "*<>{}…") or plain.isupper() or "ROOM" in plain or "..." in plain:
            continue
        missing = plain.startswith(FOLDERS) and not (ROOT / plain).exists()
        missing |= bool(IN_ROOM.fullmatch(plain)) and not (ROOT / "src/cotejo" / plain).exists()
        if missing:
            lost.append(word)
    assert not lost


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    """Return what every console script understands: sub-commands by name, and each one's options."""
    script = """
import importlib, json, sys, typer
def words(command):
    below = {name: words(each) for name, each in getattr(command, "commands", {}).items()}
    return {"below": below, "options": [text for each in command.params for text in (*each.opts, *each.secondary_opts)]}
found = {}
for name, target in json.loads(sys.argv[1]).items():
    found[name] = words(typer.main.get_command(importlib.import_module(target.partition(":")[0]).app))
print(json.dumps(found))
"""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(scripts)], capture_output=True, check=True, timeout=60, text=True
    )
    return dict(json.loads(done.stdout))


@DOCUMENTS
def test_every_command_and_option_a_document_names_exists(page, commands):
    text = page.read_text(encoding="utf-8")
    fences = [line for fence in FENCE.findall(text) for line in fence.splitlines()]
    lost = []
    for span in [*CODE.findall(FENCE.sub("", text)), *fences]:
        for part in re.split(r"&&|\||;|  #", span):
            if found := COMMAND.match(part.strip()):
                lost += unknown(found[1], found[2].split(), part, commands)
    assert not lost


def unknown(program: str, words: list[str], line: str, commands: dict[str, Any]) -> list[str]:
    """Name the words and options of one line that the program does not know."""
    if program not in commands:
        return [program]
    at = commands[program]
    for word in words:
        if not at["below"]:
            break
        if word not in at["below"]:
            return [f"{program} … {word}"]
        at = at["below"][word]
    known = {*at["options"], "--help"}
    return [f"{program} {' '.join(words)} {option}" for option in re.findall(r"--[a-z-]+", line) if option not in known]
