"""What every test may use: a database of its own.

- `pg_dsn`: the owner's connection string to a fresh, empty database of this test alone; `pg_dsns`: all four roles'.
- `chromium`: the worker's one browser; Playwright allows only one of its loops in a process.
- `postgres`: the run's cluster (`tests/cluster.py`), for templates: `postgres.template("migrated", build)` once, then
  `postgres.create(template=...)` and `postgres.drop(...)` a test.

No property test fails because the machine is busy: that is said to Hypothesis here, once.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from cotejo.node.database import Dsns
from cotejo.node.database.leftover import until
from tests.cluster import FOLDER, Cluster, joined

STOP_SECONDS = 30.0
NODE_SECONDS = 900
"""How long a test of real nodes may take on a busy machine: some of them wait for several things, each in its bound."""
ALIVE = pytest.StashKey[IO[bytes]]()
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]

os.environ.setdefault("COTEJO_TEST", "1")
# Playwright's loop stays in the thread for every later test, and Django takes that for an asynchronous program.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder and keep its lock, in the run's first process; workers find it in the environment."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(tempfile.mkdtemp(prefix="cotejo-tests-"))
    folder.chmod(0o711)
    os.environ[FOLDER] = str(folder)
    alive = (folder / "alive").open("ab")
    fcntl.flock(alive, fcntl.LOCK_EX)
    config.stash[ALIVE] = alive


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run's cluster, if a test started one, and wait until it is gone."""
    if (alive := config.stash.get(ALIVE, None)) is None:
        return
    folder = Path(os.environ.pop(FOLDER))
    started = (folder / "home").exists()
    alive.close()
    if started:
        until(lambda: not folder.exists(), STOP_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests of real nodes more time than others."""
    for item in items:
        if item.get_closest_marker("node") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(NODE_SECONDS))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Share the PostgreSQL of this run among all its workers."""
    cluster = joined(Path(os.environ[FOLDER]))
    yield cluster
    cluster.close()


@pytest.fixture
def pg_dsns(postgres: Cluster) -> Iterator[Dsns]:
    """Say how each role connects to a fresh, empty database of this test alone."""
    name = postgres.create()
    yield postgres.dsns(name)
    postgres.drop(name)


@pytest.fixture
def pg_dsn(pg_dsns: Dsns) -> str:
    """Say how the owner connects to a fresh, empty database of this test alone."""
    return pg_dsns.owner


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Share one browser among the tests of a worker; skip where there is none."""
    program = os.environ.get("COTEJO_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium here: install it (Debian: apt-get install chromium) or name it in COTEJO_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
