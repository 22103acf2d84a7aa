"""A redress office really served, in its own role, on a node's migrated database; and what the house has there."""

import base64
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from cotejo.actions.sealed_cards import PersonCard, paper_key, seal_card
from cotejo.actions.sealed_cards import Place as Report
from cotejo.doors.redress.office import Office
from cotejo.doors.redress.people import code_now
from cotejo.doors.redress.visitor import Visitor
from cotejo.node.clock import now
from cotejo.node.database import Dsns
from cotejo.node.home import Home
from cotejo.node.node_file import NodeFile, write_node_file
from cotejo.node.redress import make_office, people_of, start_office
from cotejo.rules.paper_codes import PAPER_CODE
from tests import pages
from tests.cluster import Cluster
from tests.machine import free_port

PASSWORD = "una frase larga inventada"
SECONDS = 120.0
"""How long an office may take to answer or to end on a busy machine."""


def secret_of(username: str) -> str:
    return base64.b32encode(hashlib.sha256(username.encode()).digest()[:20]).decode()


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running office, its home, and how each role connects."""

    url: str
    home: Home
    office: Office
    dsns: Dsns
    visitors: list[Visitor] = field(default_factory=list)

    def visitor(self, language: str = "en") -> Visitor:
        """Give somebody with a browser of their own; it is closed with the office."""
        visitor = Visitor(self.url, language=language)
        self.visitors.append(visitor)
        return visitor

    def officer(self, username: str, language: str = "en") -> Visitor:
        """Give a visitor who has signed in as an officer made for this, with both factors."""
        with people_of(self.home, self.dsns.redress) as people:
            secret = secret_of(username)
            people.add_invented(
                username=username, name=username.title(), password=PASSWORD, totp_secret=secret, now=now()
            )
        visitor = self.visitor(language)
        fields = {"username": username, "password": PASSWORD, "code": code_now(secret, now=now())}
        assert visitor.send("/office/sign-in/", dict(fields)).url.path == "/office/"
        return visitor

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database as its owner."""
        with psycopg.connect(self.dsns.owner) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def signals(self, request: str) -> list[str]:
        """Return what the door said about a request."""
        found = self.rows("SELECT word FROM public.redress_signal WHERE request = %s ORDER BY id", request)
        return [str(word) for (word,) in found]

    def card(self, *places: Report, request: str = "", due: int = 0) -> str:
        """Put a card there as the house does; return the code on the paper."""
        code = PAPER_CODE.make(os.urandom)
        key = paper_key(code.replace("-", ""))
        card = PersonCard(
            request=request or os.urandom(16).hex(),
            court="Juzgado Cuarto · 88",
            answers="Alba",
            places=places,
            next_due=due,
        )
        with psycopg.connect(self.dsns.app) as connection:
            connection.execute(
                "INSERT INTO public.redress_card (lookup, sealed) VALUES (%s, %s)",
                [key.lookup, seal_card(card, key.opening.sealing)],
            )
        return code


@pytest.fixture(scope="session")
def served(
    postgres: Cluster, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Served]:
    """Serve one office for all tests of a worker; each test uses requests of its own."""
    with django_db_blocker.unblock():
        template = postgres.template("migrated", pages.migrate)
    database = postgres.create(template=template)
    dsns = postgres.dsns(database)
    with serve(tmp_path_factory.mktemp("office") / "home", dsns) as office:
        yield office
    postgres.drop(database)


class serve:  # noqa: N801 - reads as a verb where it is used
    """Run an office on a database for as long as the `with` block lasts."""

    def __init__(self, folder: Path, dsns: Dsns) -> None:
        self._home = Home.create(folder, world="invented")
        self._dsns = dsns
        port = free_port()
        named = NodeFile(
            world="invented",
            node="alba",
            name="Alba",
            profile="sv",
            language="es",
            url="https://127.0.0.1:1",
            pages="127.0.0.1:2",
            exchange="127.0.0.1:3",
        )
        write_node_file(self._home, replace(named))
        self._office = make_office(self._home, listens=f"127.0.0.1:{port}")
        self._process: subprocess.Popen[bytes] | None = None
        self._served: Served | None = None

    def __enter__(self) -> Served:
        self._process = start_office(self._home, self._dsns.redress)
        until = time.monotonic() + SECONDS
        while True:
            assert self._process.poll() is None, "the office stopped"
            assert time.monotonic() < until, "the office did not answer"
            try:
                httpx.get(self._office.url + "/static/redress/redress.css", timeout=2).raise_for_status()
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                break
        self._served = Served(url=self._office.url, home=self._home, office=self._office, dsns=self._dsns)
        return self._served

    def __exit__(self, *_: object) -> None:
        for visitor in self._served.visitors if self._served else ():
            visitor.client.close()
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=SECONDS)
