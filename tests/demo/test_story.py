"""The whole story from nothing: nine steps, each as told, and no process left."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo_demo.places import Places
from cotejo_demo.world import remove
from tests.machine import passable_folder

pytestmark = pytest.mark.long


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a short-named folder everybody may pass through, unlike `tmp_path` as root."""
    with passable_folder() as made:
        yield made
        if (made / "world").exists():
            remove(Places.of(made / "world"))


def test_the_story_is_as_told_and_leaves_no_process(folder: Path) -> None:
    home, out = folder / "world", folder / "story.json"
    words = ["--headless", "--home", str(home), "--json", str(out), "--persons", "3000"]
    done = subprocess.run(
        [sys.executable, "-m", "cotejo_demo", *words], check=False, capture_output=True, text=True, timeout=600
    )
    steps = json.loads(out.read_text(encoding="utf-8"))["steps"]

    assert [each["name"] for each in steps if not each["ok"]] == [], done.stdout
    assert done.returncode == 0, done.stderr
    assert len(steps) == 9
    assert not [entry for entry in Path("/proc").glob("[0-9]*") if str(home) in _words(entry)]


def _words(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
