"""An agency's own register behind a view of its PostgreSQL database: read as a delivery, or asked person by person.

    CREATE VIEW cotejo_register AS SELECT numero::text AS id, nombres AS given, apellidos AS surname, ... FROM ...;

1. A view with the columns of `cotejo.identity.COLUMNS` (those it has; `id` and a name are needed), each text. A mapping
   serves for other names. The role it is read with needs SELECT on the view and nothing else.
2. `ViewDelivery` reads it whole, in the order of the ids, in one snapshot, for `cotejo register import`.
3. `ViewConnector` asks it for whoever may be meant (`cotejo.identity.Connector`): by number; by birth date and a word
   of the name; by the words of the name. It is a working example: an agency with better means of its own (its phonetic
   search, its service) writes its own connector of the same five methods.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from cotejo.identity import COLUMNS, PersonRecord, Rows
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


class ViewConnector:
    """An agency's view as a `cotejo.identity.Connector`. `as_of` is in ms UTC: when the agency says it is current."""

    def __init__(self, dsn: str, view: str, *, as_of: int, mapping: Mapping[str, str] | None = None) -> None:
        """Read the columns. Raises `NotARegister` and `OSError`."""
        self._dsn = dsn
        self._view = view
        self._as_of = as_of
        with _connected(dsn) as connection:
            self._ours = _columns(connection, view, mapping or {})

    def rows_like(self, subject: PersonRecord, limit: int) -> Rows:
        """Return whoever shares a number, or a birth date and a word of the name, or two words of the name."""
        words = [word for word in f"{subject.full_name} {subject.given} {subject.surname}".split() if len(word) > 2]  # noqa: PLR2004 - particles find everybody
        terms = {
            "dui": subject.dui,
            "passport": subject.passport,
            "dob": subject.dob,
            "words": [f"%{word}%" for word in dict.fromkeys(words)],
        }
        rows = self._asked(_LIKE, limit=limit + 1, **terms)
        total = len(rows) if len(rows) <= limit else self._asked(_COUNT_LIKE, **terms)[0]["rows"]
        return Rows(records=tuple(_record(row) for row in rows[:limit]), total=int(total))

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order."""
        told = self._asked("SELECT * FROM told WHERE id = ANY(%(ids)s)", ids=[*ids])
        found = {row["id"]: _record(row) for row in told}
        return tuple(found[id_] for id_ in ids if id_ in found)

    def bearing_name(self, folded_name: str) -> int:
        """Return how many names hold each of these words, whatever their accents."""
        query = f"SELECT count(*) AS rows FROM told WHERE {_FOLDED} LIKE ALL (%(words)s)"  # noqa: S608 - our own words
        return int(self._asked(query, words=[f"%{word}%" for word in folded_name.split()])[0]["rows"])

    def size(self) -> int:
        """Return how many rows the view has."""
        return int(self._asked("SELECT count(*) AS rows FROM told")[0]["rows"])

    def as_of(self) -> int:
        """Return when the agency says its register is current, in ms UTC."""
        return self._as_of

    def _asked(self, query: str, **terms: Any) -> list[Any]:  # noqa: ANN401 - what a query takes
        columns = [_text(name, own) for name, own in self._ours.items()]
        missing = [own for own in COLUMNS if own not in self._ours.values()]
        columns += [sql.SQL("'' AS {}").format(sql.Identifier(own)) for own in missing]
        told = sql.SQL("WITH told AS (SELECT {} FROM {}) ").format(sql.SQL(", ").join(columns), _named(self._view))
        try:
            with _connected(self._dsn) as connection:
                return connection.execute(told + sql.SQL(query), terms).fetchall()
        except psycopg.Error as problem:
            raise OSError(f"the agency's register does not answer: {problem}") from problem


_FOLDED: Final = "translate(lower(concat_ws(' ', full_name, given, surname)), 'áéíóúüàèìòùâêîôû', 'aeiouuaeiouaeiou')"
_WHERE: Final = f"""FROM told CROSS JOIN LATERAL (
  SELECT count(*) AS shared FROM unnest(%(words)s::text[]) AS word
  WHERE {_FOLDED} LIKE translate(lower(word), 'áéíóúüàèìòùâêîôû', 'aeiouuaeiouaeiou')
) AS names
WHERE (dui <> '' AND replace(dui, '-', '') = replace(%(dui)s, '-', '')) OR (passport <> '' AND passport = %(passport)s)
  OR (%(dob)s <> '' AND dob = %(dob)s AND shared > 0) OR shared > 1"""  # noqa: S608 - our own words
_LIKE: Final = f"SELECT told.* {_WHERE} ORDER BY (dui <> '' AND dui = %(dui)s) DESC, shared DESC, id LIMIT %(limit)s"
_COUNT_LIKE: Final = f"SELECT count(*) AS rows {_WHERE}"


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


def _record(row: Mapping[str, str]) -> PersonRecord:
    return PersonRecord(**{column: row[column] for column in COLUMNS})
