"""Each command begins in a process of its own, where nothing of the node is set up yet, as it does from a shell."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.node.nodes import ROOT

ASKED = (
    "check HOME",
    "fsck HOME",
    "recover HOME",
    "figures release HOME --from 2026-01 --to 2026-06 --by ana --out NEW",
    "keys rotate HOME",
    "package write HOME --partner boreal --out NEW",
    "package take HOME FILE",
    "package export HOME --request x --partner boreal --by ana --duty certifier --out NEW",
    "partner list HOME",
    "sealed list HOME",
)
RUN = """
import contextlib, io, json, sys
from cotejo.node.command import run
said = {}
for words in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        status = run(words)
    said[" ".join(words)] = [status, out.getvalue()]
json.dump(said, sys.stdout)
"""


def test_a_command_about_a_node_begins_from_nothing_and_names_the_node_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    places = {"HOME": tmp_path / "home", "NEW": tmp_path / "new", "FILE": tmp_path / "file"}
    asked = [[str(places.get(word, word)) for word in words.split()] for words in ASKED]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("COTEJO_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(asked),
        env=bare | {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = json.loads(done.stdout)
    assert {status for status, _ in said.values()} == {1}, said
    assert all("home" in text and "does not know" not in text for _, text in said.values()), said
