"""Rows read and written by statements that are made once: for what every message goes through.

1. Django makes each query anew, and that costs several times what PostgreSQL needs for it; here a statement is text
   from the start, with the names of tables and columns that the models declare.
2. A condition is written by us, never by anybody outside; values are always parameters.
3. One cursor a connection for all of them: making one costs as much as asking. What it gives is read at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import local
from typing import Any, Final, TypeVar

from django.db import connections, models
from django.db.backends.utils import CursorWrapper

Row = TypeVar("Row", bound=models.Model)
ON_CONFLICT_NOTHING: Final = "ON CONFLICT DO NOTHING"


class _Held(local):
    """The cursors of one thread, by the name of their connection."""

    def __init__(self) -> None:
        self.cursors: dict[str, CursorWrapper] = {}


_HELD: Final = _Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """A table as its statements name it; `given` are the columns a new row gives, without a number the table draws."""

    table: str
    names: tuple[str, ...]
    columns: str
    given: tuple[str, ...]
    given_columns: str
    key: str
    key_name: str


@cache
def _shape(model: type[models.Model], without: tuple[str, ...] = ()) -> _Shape:
    every = model._meta.concrete_fields  # noqa: SLF001 - Django's documented model API
    fields = [each for each in every if each.attname not in without]
    given = [each for each in fields if not isinstance(each, models.AutoField)]
    key = next(each for each in fields if each.primary_key)
    return _Shape(
        table=model._meta.db_table,  # noqa: SLF001 - Django's documented model API
        names=tuple(each.attname for each in fields),
        columns=_quoted(fields),
        given=tuple(each.attname for each in given),
        given_columns=_quoted(given),
        key=_quoted([key]),
        key_name=key.attname,
    )


def names_of(model: type[models.Model], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of a model's fields, which are those of its columns, as its rows are made from."""
    return _shape(model, without).names


def found(model: type[Row], condition: str, *params: object, using: str, without: tuple[str, ...] = ()) -> list[Row]:
    """Return the rows of a condition, `without` fields nobody will look at.

    The condition may end with an order, a limit, a lock.
    """
    shape = _shape(model, without)
    query = f"SELECT {shape.columns} FROM {shape.table} WHERE {condition}"  # noqa: S608 - rule 2
    return [model.from_db(using, shape.names, row) for row in fetched(query, *params, using=using)]


def first(model: type[Row], condition: str, *params: object, using: str) -> Row | None:
    """Return the one row of a condition, or nothing."""
    return next(iter(found(model, f"{condition} LIMIT 1", *params, using=using)), None)


def counted(model: type[models.Model], condition: str, *params: object, using: str) -> int:
    """Return how many rows a condition has."""
    [(count,)] = fetched(f"SELECT count(*) FROM {_shape(model).table} WHERE {condition}", *params, using=using)  # noqa: S608 - rule 2
    return int(count)


def add(rows: Sequence[models.Model], *, using: str, more: str = "") -> int:
    """Write new rows of one table and return how many; numbers that the table draws are not read back."""
    if not rows:
        return 0
    shape = _shape(type(rows[0]))
    each = f"({', '.join(['%s'] * len(shape.given))})"
    query = f"INSERT INTO {shape.table} ({shape.given_columns}) VALUES {', '.join([each] * len(rows))} {more}"  # noqa: S608 - rule 2
    return done(query, *(getattr(row, name) for row in rows for name in shape.given), using=using)


def change(row: models.Model, *names: str, using: str) -> bool:
    """Write these fields of a row; say whether it was there."""
    shape = _shape(type(row))
    to = ", ".join(f'"{name}" = %s' for name in names)
    values = (getattr(row, name) for name in names)
    query = f"UPDATE {shape.table} SET {to} WHERE {shape.key} = %s"  # noqa: S608 - rule 2
    return done(query, *values, getattr(row, shape.key_name), using=using) > 0


def fetched(query: str, *params: Any, using: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - whatever psycopg adapts
    """Return what a query gives."""
    cursor = _cursor(using)
    cursor.execute(query, params)
    return list(cursor.fetchall())


def done(query: str, *params: Any, using: str) -> int:  # noqa: ANN401 - whatever psycopg adapts
    """Carry a statement out and return how many rows it touched."""
    cursor = _cursor(using)
    cursor.execute(query, params)
    return int(cursor.rowcount)


def _cursor(using: str) -> CursorWrapper:
    """Return this thread's cursor of its connection, which is looked after first as Django does for a new cursor."""
    database = connections[using]
    if not database.in_atomic_block:
        database.close_if_health_check_failed()
        database.ensure_connection()
    held = _HELD.cursors.get(using)
    if held is None or held.db is not database or held.connection is not database.connection or held.closed:
        held = _HELD.cursors[using] = database.cursor()
    return held


def _quoted(fields: "Iterable[models.Field[Any, Any]]") -> str:
    return ", ".join(f'"{each.column}"' for each in fields)
