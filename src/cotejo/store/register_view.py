"""An agency's own register behind a view of its PostgreSQL database, read as a delivery for the imported copy.

    CREATE VIEW cotejo_register AS SELECT numero::text AS id, nombres AS given, apellidos AS surname, ... FROM ...;

1. A view with the columns of `cotejo.identity.COLUMNS` (those it has; `id` and a name are needed), each text. A mapping
   serves for other names. The role it is read with needs SELECT on the view and nothing else.
2. `ViewDelivery` reads it whole, in the order of the ids, in one snapshot, for `cotejo register import`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from cotejo.identity import PersonRecord
from cotejo.identity.register_file import NotARegister, RegisterRows, our_columns, problem_at

CONNECT_SECONDS: Final = 10
ANSWER_MS: Final = 5_000
FETCHED: Final = 5_000


class ViewDelivery(RegisterRows):
    """A view being read; iterate over `numbered` once: rows after `after` (an id), each with its number."""

    def __init__(
        self, dsn: str, view: str, *, mapping: Mapping[str, str] | None = None, after: str = "", read: int = 0
    ) -> None:
        """Connect and read the columns. Raises `NotARegister`, and `OSError` when the database does not answer."""
        super().__init__(remember=False)
        self._connection = _connected(dsn)
        self._view = view
        self._ours = _columns(self._connection, view, mapping or {})
        self._after = after
        self._read = read
        with self._connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) AS rows FROM {}").format(_named(view)))
            counted: Any = cursor.fetchone()
        self.total: int = counted["rows"]

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def numbered(self) -> Iterator[tuple[int, PersonRecord]]:
        """Yield the good rows in the order of their ids, each with its number."""
        theirs = {own: name for name, own in self._ours.items()}
        wanted = sql.SQL(", ").join(_text(name, own) for name, own in self._ours.items())
        id_ = sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(theirs["id"]))
        query = sql.SQL("SELECT {wanted} FROM {view} WHERE {id} > %s OR %s = '' ORDER BY {id}")
        with self._connection.cursor("register") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(query.format(wanted=wanted, view=_named(self._view), id=id_), [self._after, self._after])
            for number, row in enumerate(cursor, start=self._read + 1):
                record = self.taken(number, row)
                if record is None:
                    self.bad += 1
                else:
                    self.good += 1
                    yield number, record


def _connected(dsn: str) -> "psycopg.Connection[dict[str, Any]]":
    try:
        connection = psycopg.connect(dsn, row_factory=dict_row, connect_timeout=CONNECT_SECONDS)
        connection.execute(sql.SQL("SET statement_timeout = {}").format(sql.Literal(ANSWER_MS)))
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    except psycopg.Error as problem:
        raise OSError(f"the agency's register does not answer: {problem}") from problem
    return connection


def _columns(connection: "psycopg.Connection[dict[str, Any]]", view: str, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return our column name by the view's. Raises `NotARegister`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(_named(view)))
            names = [column.name for column in cursor.description or ()]
    except psycopg.errors.UndefinedTable as problem:
        raise NotARegister([problem_at(1, "", "no_view", view=view)]) from problem
    return {theirs: own for theirs, own in zip(names, our_columns(names, mapping), strict=True) if own}


def _named(view: str) -> sql.Identifier:
    return sql.Identifier(*view.split("."))


def _text(theirs: str, own: str) -> sql.Composed:
    return sql.SQL("coalesce({}::text, '') AS {}").format(sql.Identifier(theirs), sql.Identifier(own))
