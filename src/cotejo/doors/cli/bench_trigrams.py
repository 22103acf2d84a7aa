"""PostgreSQL's `pg_trgm` as a peer: rows whose name shares trigrams with the one asked, the likest in all told first.

1. Found by the name, through a GIN index; put in order by the likeness of everything told (name, birth date, numbers,
   parents) as one folded text. The threshold is the one measured best before.
2. Only where the extension is there to be installed: otherwise what is told is why it was skipped.
3. Everything stands in a schema of its own that is dropped at the end, the extension too if it was not there before.
"""

import secrets
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any, Final, cast

import psycopg
from psycopg import sql

from cotejo.identity import PersonRecord
from cotejo.identity.invented_population import Truth
from cotejo.identity.names import fold

ASKED: Final = 500
SHOWN: Final = 10
THRESHOLD: Final = "0.45"
_AVAILABLE: Final = "SELECT default_version FROM pg_available_extensions WHERE name = 'pg_trgm'"
_FIND: Final = "SELECT id FROM person WHERE name %% %s ORDER BY similarity(told, %s) DESC, id LIMIT %s"


def measure_trigrams(
    dsn: str, records: Iterable[PersonRecord], dossiers: Sequence[PersonRecord], truth: Mapping[str, Truth]
) -> dict[str, Any]:
    """Put a register into a schema of this database and ask it for the first dossiers whose person is in it.

    Milliseconds are by the clock: the work is the server's. `{"skipped": why}` where it cannot be measured.
    """
    try:
        connection = psycopg.connect(dsn, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as problem:
        return {"skipped": f"the database does not answer: {problem}".strip()}
    with closing(connection):
        version = connection.info.parameter_status("server_version")
        offered = connection.execute(_AVAILABLE).fetchone()
        if offered is None:
            return {"skipped": f"PostgreSQL {version} here does not offer the extension pg_trgm"}
        try:
            with _schema(connection):
                found = _measured(connection, records, dossiers, truth)
        except psycopg.errors.InsufficientPrivilege as problem:
            return {"skipped": f"this account may not install pg_trgm: {problem}".strip()}
        return {"server": version, "extension": offered[0], **found}


@contextmanager
def _schema(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    schema = sql.Identifier(f"cotejo_bench_{secrets.token_hex(8)}")
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
    try:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA {}").format(schema))
        held = connection.execute(
            "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
            "WHERE e.extname = 'pg_trgm'"
        ).fetchone()
        path = sql.SQL(", ").join([schema, sql.Identifier(cast("tuple[str]", held)[0])])
        connection.execute(sql.SQL("SET search_path TO {}").format(path))
        yield
    finally:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema))


def _measured(
    connection: "psycopg.Connection[Any]",
    records: Iterable[PersonRecord],
    dossiers: Sequence[PersonRecord],
    truth: Mapping[str, Truth],
) -> dict[str, Any]:
    began = time.perf_counter()
    connection.execute("CREATE UNLOGGED TABLE person (id text, name text, told text)")
    with connection.cursor().copy("COPY person FROM STDIN") as rows:
        for record in records:
            rows.write_row((record.id, _name(record), _told(record)))
    connection.execute("CREATE INDEX ON person USING gin (name gin_trgm_ops)")
    connection.execute("ANALYZE person")
    connection.execute(f"SET pg_trgm.similarity_threshold = {THRESHOLD}")
    built = time.perf_counter() - began
    asked = list(islice((dossier for dossier in dossiers if truth[dossier.id].row), ASKED))
    taken = [_asked(connection, dossier) for dossier in asked]
    told = [(rows, truth[dossier.id].row) for dossier, (rows, _took) in zip(asked, taken, strict=True)]
    times = sorted(took for _rows, took in taken)
    return {
        "queries": len(asked),
        "recall_1": _share(sum(rows[:1] == [right] for rows, right in told), len(asked)),
        "recall_10": _share(sum(right in rows for rows, right in told), len(asked)),
        "p50_ms": round(statistics.median(times), 2) if times else 0.0,
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 2) if times else 0.0,
        "build_s": round(built, 1),
    }


def _asked(connection: "psycopg.Connection[Any]", dossier: PersonRecord) -> tuple[list[str], float]:
    began = time.perf_counter()
    rows = connection.execute(_FIND, (_name(dossier), _told(dossier), SHOWN)).fetchall()
    return [row[0] for row in rows], (time.perf_counter() - began) * 1000


def _name(record: PersonRecord) -> str:
    return fold(record.full_name or f"{record.given} {record.surname}")


def _told(record: PersonRecord) -> str:
    told = (record.dob, record.dui, record.passport, record.father, record.mother)
    return " ".join((_name(record), *(fold(each.replace("-", "")) for each in told if each)))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
