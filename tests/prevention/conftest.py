"""Installations to try: one in a folder, one really served, and a person at its pages."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cotejo_prevention import database, home, programmes
from cotejo_prevention.home import Home
from cotejo_prevention.main import app
from cotejo_prevention.referrals import Consent, ConsentBy, Wanted
from cotejo_prevention.staff import Worker
from tests.machine import free_port

NOW = 1_790_000_000_000  # September 2026
PASSWORD = "a lamp for every street 7"
SECONDS = 120.0
"""How long a process may take to answer or to end on a busy machine."""


@pytest.fixture
def installation(tmp_path: Path) -> Home:
    made = home.create(tmp_path / "prevention", world="invented")
    database.create_tables(made)
    made.programmes.write_text(programmes.starting_list("invented"), "utf-8")
    return made


@pytest.fixture
def marta(installation: Home) -> Worker:
    return hire(installation, "marta")


def hire(installation: Home, name: str) -> Worker:
    worker = Worker(id=name, name=name, era="first")
    with database.transaction(installation) as connection:
        connection.execute(
            "INSERT INTO worker (id, name, password, era) VALUES (?, ?, 'none', ?)", (worker.id, name, worker.era)
        )
    return worker


def wanted(name: str = "Lucero Inventada") -> Wanted:
    consent = Consent(
        by=ConsentBy.PERSON, given=NOW, recorded_by="marta", language="es", words="Usted decide.", spoken_in=""
    )
    return Wanted(name=name, reach="con su tía", programme="oficios", consent=consent)


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running installation."""

    url: str
    root: Path
    log: Path

    def visitor(self) -> "Visitor":
        return Visitor(httpx.Client(base_url=self.url, timeout=SECONDS))


class Visitor:
    """Somebody with a browser: fills in forms as the pages offer them."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def see(self, path: str) -> httpx.Response:
        return self.client.get(path, follow_redirects=True)

    def send(self, path: str, fields: dict[str, str], *, at: str | None = None) -> httpx.Response:
        """Open the page, keep its hidden fields, send the form to `at` or to the page itself."""
        shown = self.see(path).text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
        return self.client.post(at or path, data={**hidden, **fields}, follow_redirects=True)

    def sign_in(self, name: str) -> httpx.Response:
        return self.send("/en/sign-in/", {"name": name, "password": PASSWORD})


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve one installation with two workers, as its operator would, for this test process."""
    root = tmp_path_factory.mktemp("served") / "prevention"
    log = root.parent / "output"
    assert CliRunner().invoke(app, ["init", str(root), "--world", "invented"]).exit_code == 0
    with ThreadPoolExecutor() as at_once:
        list(at_once.map(lambda name: add_staff(root, name), ("marta", "julio", "ines", "locked")))
    port = free_port()
    with log.open("wb") as output:
        started = [sys.executable, "-m", "cotejo_prevention.main", "serve", str(root), "--port", str(port)]
        process = subprocess.Popen(started, stdout=output, stderr=output)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process)
            yield Served(url=url, root=root, log=log)
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)


def add_staff(root: Path, name: str, password: str = PASSWORD, *, expect: int = 0) -> str:
    """Run the command in a process of its own, because it loads the settings of one installation."""
    done = subprocess.run(
        [sys.executable, "-m", "cotejo_prevention.main", "staff-add", str(root), name],
        input=password + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stderr


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the server stopped"
        try:
            httpx.get(url + "/style.css", timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not answer within {SECONDS:.0f} seconds")
