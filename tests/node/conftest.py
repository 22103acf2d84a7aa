"""A node's home where the database's account can reach it, and a Python another account can run."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from cotejo.node.database.place import known
from cotejo.node.home import Home, World
from tests.machine import passable_folder

MakeHome = Callable[..., Home]
RunAsNobody = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a short-named folder everybody may pass through, unlike `tmp_path` as root."""
    with passable_folder() as made:
        yield made


@pytest.fixture
def make_home(folder: Path) -> Iterator[MakeHome]:
    """Make homes by name; their data is removed afterwards wherever it stands."""
    made: list[Home] = []

    def make(name: str = "alba", *, world: World = "invented", under: Path = folder) -> Home:
        made.append(Home.create(under / name, world=world))
        return made[-1]

    yield make
    for home in made:
        if (home.database / "place").exists():
            shutil.rmtree(known(home).folder)


@pytest.fixture(scope="session")
def run_as_nobody() -> RunAsNobody:
    """Run Python as an ordinary user, with this installation; skips when that user cannot reach one."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not here")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    paths = [place for place in sys.path if place.endswith(("site-packages", "src"))]
    ordinary = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
    ordinary += ["env", "-i", f"PYTHONPATH={':'.join(paths)}", "LANG=es_SV.UTF-8"]

    def run(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([*ordinary, *command], check=False, capture_output=True, text=True)

    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        if run(python, "-c", "import cotejo, psycopg").returncode == 0:
            return partial(run, python)
    pytest.skip("no Python here that an ordinary user can run with this installation")
