"""A PostgreSQL the agency already runs, named by `COTEJO_DATABASE_URL`: used, checked, never started or stopped by us.

Rules of this module:

1. The address names a server and a database, no user: the node's four roles have their own names and passwords, and an
   administrator's password has no place in a node.
2. The node starts only when every role is let in, none may do too much, and the server is new enough.
"""

from collections.abc import Mapping
from typing import Self

import psycopg
from psycopg.conninfo import conninfo_to_dict

from cotejo.node.database import roles, trouble
from cotejo.node.database.roles import Dsns, Role
from cotejo.node.database.supervisor import Database
from cotejo.node.home import Home

OLDEST = 15
"""PostgreSQL's major version (design.md section 10)."""
REFUSALS = ("authentication failed", "does not exist", "permission denied", "pg_hba")
"""Words of a server that answers, and says no."""
OWN_PORT = 5432
"""Where PostgreSQL listens when nobody says otherwise."""


class OtherServer:
    """The node's database on the server `url` names. Raises `NodeError` at once when `url` cannot be used."""

    def __init__(self, home: Home, url: str) -> None:
        self.home = home
        self._where = _read(url)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def dsn(self, role: Role) -> str:
        """How `role` connects."""
        return self.dsns().of(role)

    def dsns(self) -> Dsns:
        """How every role connects."""
        return roles.dsns(roles.passwords(self.home), **self._where)

    def healthy(self) -> bool:
        """Whether the server answers a connection of the node's own role."""
        try:
            with psycopg.connect(self.dsn(Role.APP), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def start(self) -> Dsns:
        """Check that the node can live there. Raises `NodeError`."""
        place = f"{self._where['host']}/{self._where['dbname']}"
        each = self.dsns()
        try:
            version = roles.check_roles(each)
        except psycopg.Error as problem:
            words = str(problem)
            silent = isinstance(problem, psycopg.OperationalError) and not any(sign in words for sign in REFUSALS)
            raise (trouble.no_answer if silent else trouble.roles_refused)(place, words) from problem
        if version < OLDEST:
            raise trouble.too_old(version)
        return each

    def stop(self) -> None:
        """Nothing to do: the server is not ours."""


def database_of(
    home: Home, environment: Mapping[str, str], *, port: int | None = None, durable: bool = True
) -> Database | OtherServer:
    """Choose the database of `home` by the `environment`; not yet started. Raises `NodeError` on a wrong address."""
    url = environment.get(trouble.URL_VARIABLE)
    return OtherServer(home, url) if url else Database(home, port=port, durable=durable)


def _read(url: str) -> dict[str, str]:
    if not url.startswith(("postgresql://", "postgres://")):
        raise trouble.wrong_url("the address does not begin with postgresql://")
    try:
        read = conninfo_to_dict(url)
    except psycopg.ProgrammingError as problem:
        raise trouble.wrong_url("the address cannot be read") from problem
    if read.get("user") or read.get("password") or not read.get("host") or not read.get("dbname"):
        raise trouble.wrong_url("the address names a user, or no server, or no database")
    if not str(read.get("port", OWN_PORT)).replace(",", "").isdecimal():
        raise trouble.wrong_url("the port is no number")
    return {name: str(value) for name, value in read.items() if value is not None}
