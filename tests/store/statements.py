"""What was asked of the database: each statement, how many rows it gave or touched, whether it reads a whole table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement with its parameters, and the rows it gave or touched."""

    sql: str
    params: Any
    rows: int

    def reads_whole(self, *small: str) -> bool:
        """Say whether no index leads to its rows, though one would be taken; `small` tables may be read whole."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {self.sql}", self.params)
            plan = [line for (line,) in cursor.fetchall()]
        return any("Seq Scan" in line and not any(f" {each} " in f"{line} " for each in small) for line in plan)


@contextmanager
def noted() -> Iterator[list[Statement]]:
    """Note every statement while inside."""
    statements: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        done = execute(sql, params, many, context)
        statements.append(Statement(sql=sql, params=params, rows=context["cursor"].rowcount))
        return done

    with connection.execute_wrapper(note):
        yield statements
