"""The redress office's process: made in a folder of its own, started as a program of its own (I13).

1. The folder is `redress` in the home, or anywhere else, under another account, for an office apart: `run_office` needs
   that folder and a connection string in the role `redress`, and nothing of the node.
2. A child of the node becomes another program: nothing of the house's memory, keys or connections goes with it.
3. The office's key is made once; a lost one is never replaced.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn

import psycopg

from cotejo.doors.redress.memory import Complaints
from cotejo.doors.redress.office import (
    DSN_VARIABLE,
    FOLDER_VARIABLE,
    KEY_BYTES,
    OFFICE_KEY,
    PAGES_KEY,
    SETTINGS,
    Office,
    OfficeError,
    open_office,
)
from cotejo.doors.redress.people import People
from cotejo.node.home import FOLDER_MODE, Home, NodeError, write_private
from cotejo.node.http_server import serve
from cotejo.node.node_file import Place, read_node_file, write_node_file

FOLDER: Final = "redress"
DJANGO_SETTINGS: Final = "cotejo.doors.redress.settings"
HOUSE_VARIABLES: Final = ("COTEJO_", "DJANGO_")


def office_folder(home: Home) -> Path:
    """Return where the office of a home is."""
    return home.folder / FOLDER


def has_office(home: Home) -> bool:
    """Say whether a home has a redress office of its own."""
    return (office_folder(home) / SETTINGS).exists()


def make_office(home: Home, *, listens: str, url: str = "") -> Office:
    """Make the redress office of a home, once; what is there already is kept. Raises `NodeError`.

    `listens` is `address:port`; `url` is where people reach it, as papers print it: the node is told that much of the
    office, unless it names another already.
    """
    file = read_node_file(home)
    folder = office_folder(home)
    if not has_office(home):
        try:
            Place.of(listens)
        except ValueError as problem:
            raise NodeError(
                en="listens: write an IP address and a port, such as 127.0.0.1:8010.",
                es="listens: escriba una dirección IP y un puerto, por ejemplo 127.0.0.1:8010.",
            ) from problem
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        for name in (OFFICE_KEY, PAGES_KEY):
            if not (folder / name).exists():
                write_private(folder / name, secrets.token_bytes(KEY_BYTES))
        lines = {
            "name": file.name,
            "world": file.world,
            "language": file.language,
            "listens": listens,
            "url": url or f"http://{listens}",
            "hosts": list(file.hosts),
        }
        written = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
        write_private(folder / SETTINGS, written.encode())
    office = office_of(home)
    if not file.redress:
        write_node_file(home, replace(file, redress=office.url))
    return office


def office_of(home: Home) -> Office:
    """Open the office of a home. Raises `NodeError`."""
    try:
        return open_office(office_folder(home))
    except OfficeError as problem:
        raise NodeError(en=problem.text.en, es=problem.text.es) from problem


@contextmanager
def people_of(home: Home, dsn: str) -> Iterator[People]:
    """Give the officers of a home's office, over a connection in the role `redress`. Raises `NodeError`."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield People(connection, office_of(home))


@contextmanager
def complaints_of(home: Home, dsn: str) -> Iterator[Complaints]:
    """Give the complaints of a home's office, over a connection in the role `redress`. Raises `NodeError`."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield Complaints(connection, office_of(home))


def become_office(home: Home, dsn: str) -> NoReturn:
    """Become the office's program: this process's memory is gone with it. For a child of the node."""
    os.execve(sys.executable, _command(), _environment(office_folder(home), dsn))  # noqa: S606 - our own program


def start_office(home: Home, dsn: str) -> subprocess.Popen[bytes]:
    """Start the office of a home as a process of its own, beside a node that does not run it. SIGTERM ends it."""
    return subprocess.Popen(_command(), env=_environment(office_folder(home), dsn))  # noqa: S603 - our own program


def run_office(environment: Mapping[str, str]) -> None:
    """Serve the office until told to stop; its folder and connection string are in the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = DJANGO_SETTINGS
    office = open_office(Path(environment[FOLDER_VARIABLE]))
    from cotejo.doors.redress.wsgi import application

    serve(Place.of(office.listens), lambda: application)


def _command() -> list[str]:
    return [sys.executable, "-m", "cotejo.node.redress"]


def _environment(folder: Path, dsn: str) -> dict[str, str]:
    """Return this environment without a word of the house, and with what the office needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(HOUSE_VARIABLES)}
    return {**kept, FOLDER_VARIABLE: str(folder), DSN_VARIABLE: dsn}


if __name__ == "__main__":
    run_office(os.environ)
