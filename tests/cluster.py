"""The one PostgreSQL of a test run: started by the first test that needs it, shared by all workers, gone at the end.

Rules of this module:

1. The run's first process keeps a lock on `alive` in the run's folder. A keeper process runs the cluster and waits for
   that lock: however the run ends, the keeper gets it, stops the cluster and removes the folder.
2. Whoever needs the cluster first starts the keeper, under the lock `turn`.
3. Every test gets its own database, copied from a template; a template is built once a run, whoever comes first.
"""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cotejo.node.database import Database, Dsns, Role
from cotejo.node.database.place import known
from cotejo.node.home import Home

FOLDER = "COTEJO_TEST_RUN"
"""The variable that names the run's folder, for all its processes."""
EMPTY = "cotejo"
"""The template with roles and rights and no table: the node's own database, to which nothing connects."""
KEEPERS: list[subprocess.Popen[bytes]] = []


@dataclass(slots=True)
class Cluster:
    """The cluster of this run, as one worker uses it."""

    folder: Path
    _database: Database = field(init=False)
    _admin: psycopg.Connection[tuple[object, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._database = Database(Home.open(self.folder / "home"), durable=False)
        self._admin = psycopg.connect(self.admin_dsn("postgres"), autocommit=True)

    def admin_dsn(self, database: str) -> str:
        """Say how the superuser connects to `database`."""
        return self._database.admin_dsn(database)

    def dsns(self, database: str) -> Dsns:
        """Say how each role connects to `database`."""
        mine = self._database.dsns()
        return Dsns(**{role.value: make_conninfo(mine.of(role), dbname=database) for role in Role})

    def create(self, *, template: str = EMPTY) -> str:
        """Make a database like `template`, which nothing may be connected to. Returns its name."""
        name = f"t_{secrets.token_hex(8)}"
        words = {role.value: sql.Identifier(role.login) for role in Role}
        words |= {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        for line in (
            "CREATE DATABASE {name} OWNER {owner} TEMPLATE {template} STRATEGY FILE_COPY",
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {name} TO {app}, {audit}, {redress}",
        ):
            self._admin.execute(sql.SQL(line).format(**words))
        return name

    def drop(self, name: str) -> None:
        """Remove a database and whatever is still connected to it."""
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def template(self, name: str, build: Callable[[Dsns], None]) -> str:
        """Return a database to copy with `create(template=...)`; `build` fills it the first time in this run.

        `build` gets the connection strings of an empty database and must leave no connection open.
        """
        made = self.folder / f"template-{name}"
        with turn(self.folder):
            if not made.exists():
                database = self.create()
                build(self.dsns(database))
                made.write_text(database, encoding="ascii")
        return made.read_text(encoding="ascii")

    def close(self) -> None:
        """Let go of this worker's connection."""
        self._admin.close()


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One worker at a time."""
    with (folder / "turn").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def joined(folder: Path) -> Cluster:
    """Join the cluster of the run whose folder this is; start it when nobody has yet."""
    with turn(folder):
        if not (folder / "ready").exists():
            keeper = subprocess.Popen(
                [sys.executable, __file__, str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            KEEPERS.append(keeper)
            assert keeper.stdout is not None
            with keeper.stdout as said:
                assert said.readline() == b"ready\n", "the test cluster did not start; its reason stands above"
            (folder / "ready").touch()
    return Cluster(folder)


def keep(folder: Path) -> None:
    """Run the cluster until the run is over."""
    home = Home.create(folder / "home", world="invented")
    elsewhere = home.database
    try:
        with Database(home, durable=False):
            elsewhere = known(home).folder
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            with (folder / "alive").open("ab") as run:
                fcntl.flock(run, fcntl.LOCK_EX)
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
