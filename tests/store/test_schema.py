"""Which columns there are at all, and where time comes from."""

import re
from pathlib import Path

import psycopg

import cotejo.store.migrations
from cotejo.node.database import Dsns
from cotejo.store.plain import PLAIN, SEALED, UNLOGGED

MIGRATIONS = Path(cotejo.store.migrations.__path__[0])
CLOCKS = re.compile(
    r"\bnow\(\)|current_timestamp|clock_timestamp|auto_now|localtimestamp|statement_timestamp", re.IGNORECASE
)


def test_the_schema_has_exactly_the_columns_of_the_allow_list(node_database: Dsns) -> None:
    with psycopg.connect(node_database.owner) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name LIKE 'store\\_%'"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)

    assert found == {table: set(columns) for table, columns in PLAIN.items()}


def test_names_for_search_are_in_tables_that_are_not_logged(node_database: Dsns) -> None:
    with psycopg.connect(node_database.owner) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r' AND relname LIKE 'store\\_%'"
        ).fetchall()
    unlogged = {name for (name,) in rows}

    assert unlogged == {"store_search_name", "store_search_state"}
    assert {table for table, columns in PLAIN.items() if UNLOGGED in columns.values()} <= unlogged


def test_what_is_said_about_a_person_is_only_where_it_is_sealed(node_database: Dsns) -> None:
    sealed = {(table, column) for table, columns in PLAIN.items() for column, what in columns.items() if what == SEALED}
    with psycopg.connect(node_database.owner) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type <> 'bytea'"
        ).fetchall()

    assert not sealed & set(rows)


def test_no_table_of_ours_reads_the_clock_of_the_database() -> None:
    for path in sorted(MIGRATIONS.glob("*.py")):
        assert not CLOCKS.search(path.read_text(encoding="utf-8")), path.name
