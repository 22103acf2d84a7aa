"""The view of an agency's own PostgreSQL database in which its person register can be read: how it is asked.

    CREATE VIEW cotejo_register AS
      SELECT numero::text AS id, nombres AS given, apellidos AS surname, ..., modificado AS changed FROM padron;

1. Columns are those of `cotejo.identity.COLUMNS` (or others, by a mapping), and one that grows whenever a row changes:
   a time, or a number no two changes share. Rows are asked for by it from a little before the last look on (a minute,
   a thousand numbers): transactions end in another order than they begin.
2. The role needs SELECT on the view and nothing else; whatever it may, every connection reads only.
3. Each round of questions sees one moment. Every method may raise `OSError` when the database does not answer.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.rows import dict_row

from cotejo.identity import COLUMNS, PersonRecord
from cotejo.identity.register_file import NotARegister, Problem, RegisterRows, our_columns, problem_at
from cotejo.rules.words import Text

CONNECT_SECONDS: Final = 10
ANSWER_MS: Final = 5_000
FETCHED: Final = 5_000
_NO_CHANGE_COLUMN: Final = Text(
    "The view needs this column: the time, or a number, that grows whenever a row changes.",
    "La vista necesita esta columna: la hora, o un número, que crece cada vez que cambia una fila.",
)
# From where to look next time, by the type of the column that says what changed.
_MARKS: Final = {
    "timestamptz": sql.SQL("least(max({0}), clock_timestamp() - interval '1 minute')"),
    "timestamp": sql.SQL("least(max({0}), clock_timestamp()::timestamp - interval '1 minute')"),
    "int8": sql.SQL("max({0}) - 1000"),
    "int4": sql.SQL("max({0}) - 1000"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewAt:
    """Where a view is: how to connect, its name, its columns by ours, and its column that says when a row changed."""

    dsn: str
    view: str
    changed: str
    mapping: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """How many rows there are, and the mark after which to look for changes; empty when all are to be read."""

    rows: int
    mark: str


class AgencyView:
    """A view, one connection a process; it is opened when it is needed, and again after it was lost."""

    def __init__(self, at: ViewAt) -> None:
        self._at = at
        self._turn = threading.RLock()
        self._connection: psycopg.Connection[dict[str, Any]] | None = None
        self._ours: dict[str, str] = {}
        self._kind = ""

    @contextmanager
    def moment(self, *, patient: bool = False) -> Iterator["Asking"]:
        """Ask at one moment; `patient` sets no limit of time. Raises `NotARegister` when the view is none."""
        try:
            with self._turn, (connection := self._connected()).transaction(force_rollback=True):
                connection.execute(f"SET LOCAL statement_timeout = {0 if patient else ANSWER_MS}")
                yield Asking(connection, self._at, self._ours, self._kind)
        except NotARegister:
            self.close()
            raise
        except psycopg.Error as problem:
            self.close()
            raise OSError(f"the agency's register does not answer: {problem}") from problem

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> "psycopg.Connection[dict[str, Any]]":
        if self._connection is None or self._connection.closed:
            connection = psycopg.connect(
                self._at.dsn, row_factory=dict_row, connect_timeout=CONNECT_SECONDS, autocommit=True
            )
            self._connection = connection
            connection.read_only = True
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            self._ours, self._kind = _columns(connection, self._at)
        return self._connection


class Asking:
    """Questions to a view at one moment."""

    def __init__(
        self, connection: "psycopg.Connection[dict[str, Any]]", at: ViewAt, ours: Mapping[str, str], kind: str
    ) -> None:
        self._connection = connection
        self._changed = sql.Identifier(at.changed)
        self._kind = kind
        self._mark = _MARKS[kind].format(self._changed)
        missing = (sql.SQL("'' AS {}").format(sql.Identifier(own)) for own in COLUMNS if own not in ours.values())
        columns = (
            sql.SQL("coalesce({}::text, '') AS {}").format(sql.Identifier(theirs), sql.Identifier(own))
            for theirs, own in ours.items()
        )
        self._view = sql.Identifier(*at.view.split("."))
        their_id = next(theirs for theirs, own in ours.items() if own == "id")
        self._id = sql.SQL("{}::text").format(sql.Identifier(their_id))
        self._rows = sql.SQL("SELECT {} FROM {} ").format(sql.SQL(", ").join([*columns, *missing]), self._view)

    def now(self) -> Moment:
        """Return what there is."""
        query = sql.SQL("SELECT count(*) AS rows, coalesce(({})::text, '') AS mark FROM {}")
        told = self._one(query.format(self._mark, self._view))
        return Moment(rows=int(told["rows"]), mark=str(told["mark"]))

    def mark(self) -> str:
        """Return the mark after which to look for changes next time."""
        query = sql.SQL("SELECT coalesce(({})::text, '') AS mark FROM {}")
        return str(self._one(query.format(self._mark, self._view))["mark"])

    def everybody(self) -> Iterator[PersonRecord]:
        """Yield every good row, in no order."""
        yield from _good(self._stream(self._rows))

    def since(self, mark: str, most: int) -> list[PersonRecord]:
        """Return the good rows that changed after this mark, at most so many; all rows after an empty one."""
        rows = self._connection.execute(self._rows + self._after(mark) + sql.SQL(" LIMIT {}").format(most))
        return list(_good(iter(rows)))

    def count_since(self, mark: str) -> int:
        """Return how many rows changed after this mark."""
        query = sql.SQL("SELECT count(*) AS rows FROM {} ").format(self._view)
        return int(self._one(query + self._after(mark))["rows"])

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are not there."""
        found = self._connection.execute(self._rows + sql.SQL("WHERE {} = ANY(%s)").format(self._id), [[*ids]])
        by_id = {record.id: record for record in _good(iter(found))}
        return tuple(by_id[id_] for id_ in ids if id_ in by_id)

    def faults(self) -> Iterator[Text]:
        """Say what is wrong with the view or with the role that reads it."""
        unmarked = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {} IS NULL) AS found")
        if self._one(unmarked.format(self._view, self._changed))["found"]:
            yield Text(
                "Rows of the agency's register do not say when they changed; such rows are found only when the index "
                "is made again.",
                "Hay filas del registro de la institución que no dicen cuándo cambiaron; solo se encuentran cuando se "
                "rehace el índice.",
            )
        may_write = sql.SQL("SELECT has_table_privilege({}::text::regclass, 'INSERT, UPDATE, DELETE') AS may")
        if self._one(may_write.format(sql.Literal(self._view.as_string(self._connection))))["may"]:
            yield Text(
                "The role that reads the agency's register may also change it. Give it SELECT on the view, and nothing "
                "else.",
                "El rol que lee el registro de la institución también puede modificarlo. Dele SELECT sobre la vista y "
                "nada más.",
            )

    def _after(self, mark: str) -> sql.Composed:
        if not mark:
            return sql.Composed([])
        kind = sql.Identifier(self._kind)
        return sql.SQL("WHERE {} > {}::{}").format(self._changed, sql.Literal(mark), kind)

    def _stream(self, query: sql.Composed) -> Iterator[dict[str, Any]]:
        with self._connection.cursor("register") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(query)
            yield from cursor

    def _one(self, query: sql.Composed) -> dict[str, Any]:
        found: dict[str, Any] = self._connection.execute(query).fetchone() or {}
        return found


def _good(rows: Iterator[dict[str, Any]]) -> Iterator[PersonRecord]:
    """Yield the rows a register can use (`register_file`)."""
    judge = RegisterRows(remember=False)
    for number, row in enumerate(rows, start=1):
        record = judge.taken(number, row)
        if record is not None:
            yield record


def _columns(connection: "psycopg.Connection[dict[str, Any]]", at: ViewAt) -> tuple[dict[str, str], str]:
    """Return our columns by theirs, and the type of the one that says what changed. Raises `NotARegister`."""
    try:
        cursor = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(*at.view.split("."))))
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as problem:
        raise NotARegister([problem_at(1, "", "no_view", view=at.view)]) from problem
    described = cursor.description or []
    kinds = {column.name: psycopg.adapters.types.get(column.type_code) for column in described}
    kind = kinds.get(at.changed)
    if kind is None or kind.name not in _MARKS:
        raise NotARegister([Problem(line=1, column=at.changed, code="no_change_column", words=_NO_CHANGE_COLUMN)])
    names = [column.name for column in described]
    ours = {theirs: own for theirs, own in zip(names, our_columns(names, at.mapping), strict=True) if own}
    return ours, kind.name
