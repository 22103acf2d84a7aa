"""`pg_trgm` beside the engine: measured where a database offers it, and why not where it does not."""

import os
from pathlib import Path

import psycopg
import pytest

from cotejo.doors.cli.bench_trigrams import measure_trigrams
from cotejo.identity.invented_population import Population

HERE = "COTEJO_BENCH_DATABASE_URL"


def measured(dsn: str) -> dict[str, object]:
    population = Population(persons=300, count=60, seed=4)
    rows = list(population.register())
    return measure_trigrams(dsn, rows, population.dossiers, population.truth)


def test_a_database_that_does_not_offer_the_extension_is_skipped_with_the_reason(pg_dsn: str) -> None:
    with psycopg.connect(pg_dsn) as connection:
        offered = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'").fetchone()
    told = measured(pg_dsn)
    assert ("skipped" in told) is (offered is None)
    if offered is None:
        assert "does not offer the extension pg_trgm" in str(told["skipped"])


def test_a_database_that_does_not_answer_is_skipped_with_the_reason(tmp_path: Path) -> None:
    assert "does not answer" in str(measured(f"host={tmp_path} dbname=nobody")["skipped"])


@pytest.mark.skipif(not os.environ.get(HERE), reason=f"{HERE} names no PostgreSQL with pg_trgm")
def test_where_the_extension_is_there_rows_are_found_and_nothing_is_left_behind() -> None:
    told = measured(os.environ[HERE])
    assert "skipped" not in told, told
    assert float(str(told["recall_10"])) > 0.5
    with psycopg.connect(os.environ[HERE]) as connection:
        left = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'cotejo_bench_%'").fetchall()
    assert not left
