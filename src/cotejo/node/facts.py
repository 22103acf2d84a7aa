"""What the settings must know of a node before Django starts: who it is, in which world, with which key and database.

1. Everything comes from the home's `node.toml` and key files; how to connect to the database from `COTEJO_DSN`, which
   the node sets for its own processes (`COTEJO_DATABASE_URL` is the operator's and names no user).
2. `node.toml` holds `world`, `name` (as screens print it), `language` (`es` or `en`), `hosts` (names in addresses) and
   `redress` (where people reach the redress office).
3. The pages' secret is made once, with the home; a missing one is never replaced, for it seals second factors.
"""

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from cotejo.node.home import Home, World, no_node_here, read_private, write_private

LANGUAGES: Final = ("es", "en")
DSN_VARIABLE: Final = "COTEJO_DSN"
LOOPBACK: Final = ("127.0.0.1", "localhost")
PREPARED_AFTER: Final = 3
"""How often a statement comes before the server keeps its plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """`slug` names cookies; `for_tests` chooses cheap password hashing and files served as they are."""

    home: Path
    name: str
    world: World
    language: str
    hosts: tuple[str, ...]
    secret_key: str
    database: str
    redress: str = ""
    for_tests: bool = False

    @property
    def slug(self) -> str:
        return "".join(letter for letter in self.name.lower() if letter.isascii() and letter.isalnum()) or "node"


def pages_secret(home: Home) -> Path:
    """Return where the pages keep their secret."""
    return home.keys / "pages"


def make_pages_secret(home: Home) -> None:
    """Make the pages' secret, once; called when a node is made. Leaves an existing one alone."""
    if not pages_secret(home).exists():
        write_private(pages_secret(home), secrets.token_urlsafe(48).encode())


def read_facts(environment: Mapping[str, str]) -> NodeFacts:
    """Return the facts of the node in `COTEJO_HOME`, or harmless ones. Raises `NodeError`."""
    database = environment.get(DSN_VARIABLE, "")
    folder = environment.get("COTEJO_HOME")
    if folder:
        return _facts_of(Home.open(Path(folder)), database)
    for_tests = environment.get("COTEJO_TEST") == "1"
    return NodeFacts(
        home=Path(gettempdir()) / "cotejo-without-home",
        name="Alba",
        world="invented",
        language="es",
        hosts=(*LOOPBACK, "testserver"),
        secret_key="for tests only, never of a node" if for_tests else "",
        database=database,
        redress="https://reparacion.example" if for_tests else "",
        for_tests=for_tests,
    )


def django_database(dsn: str) -> dict[str, Any]:
    """Return Django's words for a libpq connection string or URL.

    Statements go to the server with their values apart, and are prepared there when they come again: what every message
    asks is planned once a connection, and no value is ever part of a statement's text.
    """
    parts: dict[str, Any] = conninfo_to_dict(dsn) if dsn else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "cotejo"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PREPARED_AFTER, **parts},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _facts_of(home: Home, database: str) -> NodeFacts:
    world = home.world
    written = tomllib.loads(home.settings.read_text(encoding="utf-8"))
    name, language, hosts = written.get("name", ""), written.get("language", "es"), written.get("hosts", list(LOOPBACK))
    if not (isinstance(name, str) and language in LANGUAGES and isinstance(hosts, list)):
        raise no_node_here(home.folder, "node.toml: name is text, language is es or en, hosts is a list of names")
    return NodeFacts(
        home=home.folder,
        name=name or home.folder.name,
        world=world,
        language=language,
        hosts=tuple(map(str, hosts)),
        secret_key=read_private(pages_secret(home)).decode(),
        database=database,
        redress=str(written.get("redress", "")),
    )
