"""The installation's own SQLite file: accounts, sealed referrals, tallies.

1. Plain columns hold no fact about a person: an id, whose referral it is, and when it was last touched.
2. Deleted rows are overwritten (`secure_delete`), and there is no write-ahead log that would keep them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from cotejo_prevention.home import Home
from cotejo_prevention.problems import CannotContinue

SCHEMA_VERSION = 1
_WAIT_SECONDS = 10
_SCHEMA = """
CREATE TABLE worker (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL, era TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, wait_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE referral (
    id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id), touched INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT;
CREATE INDEX referral_worker ON referral (worker);
CREATE TABLE tally (
    half_year TEXT NOT NULL, event TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (half_year, event)
) STRICT;
"""


def create_tables(home: Home) -> None:
    """Make the tables of a new installation."""
    connection = _connect(home)
    try:
        connection.executescript(_SCHEMA + f"PRAGMA user_version = {SCHEMA_VERSION};")
    finally:
        connection.close()
    home.database.chmod(0o600)


@contextmanager
def transaction(home: Home) -> Iterator[sqlite3.Connection]:
    """One connection, one transaction: everything inside happens or nothing does."""
    if not home.database.exists():
        raise CannotContinue(f"The database {home.database} is missing. Restore it from its backup.")
    connection = _connect(home)
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            raise CannotContinue(f"The database {home.database} was made by another version of this program.")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()


@contextmanager
def reading(home: Home) -> Iterator[sqlite3.Connection]:
    """Open a connection that cannot write."""
    connection = _connect(home)
    try:
        connection.execute("PRAGMA query_only = ON")
        yield connection
    finally:
        connection.close()


def _connect(home: Home) -> sqlite3.Connection:
    connection = sqlite3.connect(home.database, timeout=_WAIT_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("secure_delete = ON", "foreign_keys = ON", "journal_mode = DELETE", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
