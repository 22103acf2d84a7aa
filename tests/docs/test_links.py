"""What a document points at is there: links, anchors, files, commands."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import ROOT, documents, name_of

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)">')
FOLDERS = ("src/", "tests/", "docs/", "script/", "tools/", "mutants/", "benchmarks/", "requirements/")
ROOMS = "|".join(path.name for path in sorted((ROOT / "src/cotejo").iterdir()) if path.is_dir() and path.name[0] != "_")
IN_ROOM = re.compile(rf"(?:{ROOMS})/[\w/.-]+\.(?:py|cedar|typ|json)")
COMMAND = re.compile(r"\b(cotejo(?:-[a-z]+)?)((?: [a-z][a-z-]+)+)")

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
def commands() -> dict[str, object]:
    """Return the tree of words every console script understands."""
    script = """
import importlib, json, sys, typer
def words(command):
    return {name: words(each) for name, each in getattr(command, "commands", {}).items()}
found = {}
for name, target in json.loads(sys.argv[1]).items():
    module, _, attribute = target.partition(":")
    loaded = importlib.import_module(module)
    found[name] = words(typer.main.get_command(getattr(loaded, "app")))
print(json.dumps(found))
"""
    import json

    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(scripts)], capture_output=True, check=True, timeout=60, text=True
    )
    return json.loads(done.stdout)


@DOCUMENTS
def test_every_command_a_document_names_exists(page, commands):
    text = page.read_text(encoding="utf-8")
    spans = [
        *CODE.findall(FENCE.sub("", text)),
        *(line for fence in FENCE.findall(text) for line in fence.splitlines()),
    ]
    lost = []
    for span in spans:
        for program, words in COMMAND.findall(span):
            if program not in commands:
                lost.append(program)
                continue
            at = commands[program]
            for word in words.split():
                if not at:
                    break
                if word not in at:
                    lost.append(f"{program}{words}")
                    break
                at = at[word]
    assert not lost
