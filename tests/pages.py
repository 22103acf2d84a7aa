"""The officers' pages under test: Django on a migrated database of the test's own, and people who can sign in.

Rules of this module:

1. The database is a copy of the run's `migrated` template; Django speaks to it as the app role, as in a real node.
2. People are made by `cotejo.store.people`; a signed-in client has passed both factors, as a real session has.
3. The server answers on loopback, on a free port, from a thread of the test's own process.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import base64
import hashlib
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("COTEJO_TEST", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotejo.node.settings")

import django
from psycopg.conninfo import conninfo_to_dict

from cotejo.node.database import Dsns
from tests.cluster import Cluster

django.setup()

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from cotejo.rules.duties import Duty
from cotejo.store import people
from tests.builders import appointing

PASSWORD = "una frase larga inventada"
NOW = 1_795_000_000_000


@contextmanager
def connected(dsn: str) -> Iterator[None]:
    """Point every thread's Django at another database for a while."""
    settings = connections.settings["default"]
    before = dict(settings)
    parts = conninfo_to_dict(dsn)
    connections.close_all()
    settings.update(
        NAME=parts.pop("dbname"),
        USER=parts.pop("user", ""),
        PASSWORD=parts.pop("password", ""),
        HOST=parts.pop("host", ""),
        PORT=parts.pop("port", ""),
        OPTIONS={**before["OPTIONS"], **parts},
    )
    try:
        yield
    finally:
        connections.close_all()
        settings.clear()
        settings.update(before)


def migrate(dsns: Dsns) -> None:
    """Fill an empty database with the node's tables."""
    with connected(dsns.owner):
        call_command("migrate", verbosity=0)


@contextmanager
def node_database(postgres: Cluster) -> Iterator[Dsns]:
    """Give Django a migrated database of this test alone."""
    name = postgres.create(template=postgres.template("migrated", migrate))
    dsns = postgres.dsns(name)
    with connected(dsns.app):
        yield dsns
    postgres.drop(name)


def secret_of(username: str) -> str:
    """Return the second factor's key of an invented person."""
    return base64.b32encode(hashlib.sha256(username.encode()).digest()[:20]).decode()


def code_of(username: str) -> str:
    """Return the code an invented person's telephone shows now."""
    return format_hotp_value(hotp_value(secret_of(username), int(time.time()) // 30))


def somebody(username: str, *held: Duty, name: str = "", unit: str = "Unidad de casos") -> people.Officer:
    """Make an invented person who can sign in with `PASSWORD` and `code_of`."""
    new = people.NewOfficer(
        username=username,
        name=name or username.title(),
        unit=unit,
        chain="Dirección de investigación",
        duties=frozenset(held or {Duty.RECORDER}),
    )
    if Duty.AUDITOR in new.duties:
        return appointing.invented_auditor(new, password=PASSWORD, totp_secret=secret_of(username), now=NOW)
    return people.add_invented_officer(new, password=PASSWORD, totp_secret=secret_of(username), now=NOW)


def signed_in(officer: people.Officer, *, language: str = "en") -> Client:
    """Return a test client of somebody who signed in with both factors."""
    client = Client(headers={"accept-language": language})
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = officer.id
    session.save()
    return client


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a test run's output is for failures."""


def words_in(page: HttpResponse) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages on loopback and yield their address without a final slash."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
