"""Receiving against the bare loop: each message is taken in by the node, then by the bare loop, and so on in turn.

1. Two kinds are measured: a request that brings its documents, and a correction of it whose documents came before, so
   that the message alone is the work. Both are the smallest sound ones the gates take.
2. Everything is sealed before the first is measured. Both databases begin alike, on one server that forgets nothing.
3. At the end both have the same number of rows in every table, or the figures are worth nothing and none are given.
4. Where the time goes is watched on further messages, which are not in the ratio.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cotejo.actions import take_in as taking
from cotejo.actions.post import PostRoom
from cotejo.doors.cli.bench_figures import Figures, Spent, pace, ratio, spent
from cotejo.exchange.keyring import keys_of
from cotejo.exchange.outgoing import Letter
from cotejo.node.bench.bare import BareLoop, Recorder
from cotejo.node.bench.stopwatch import Stopwatch
from cotejo.node.bench.throwaway import RECEIVER, Agency, introduce, make_home, with_database
from cotejo.node.clock import now
from cotejo.node.database import Database
from cotejo.node.database.roles import DATABASE

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

ORIGIN: Final = "alba"
TWIN: Final = "cotejo_bare"
WATCHED_SHARE: Final = 4
"""One message of so many is watched rather than measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one message took here and in the bare loop, and how many statements ours were."""

    ours: Spent
    floor: Spent
    statements: int
    writes: int


def measure_receiving(folder: Path, count: int) -> Figures:
    """Return the figures of so many requests and as many corrections."""
    moment = now()
    alba = Agency(folder, ORIGIN, now=moment)
    home = make_home(folder, RECEIVER, "us")
    with with_database(home, durable=True) as (node, database):
        introduce(node, [(alba.home, alba.agreed)], now=moment)
        alba.writes_to(home)
        letters = {
            "request_with_documents": alba.requests(range(count), now=moment),
            "message_alone": alba.corrections(range(count), now=moment),
        }
        bare = BareLoop(
            dsn=make_conninfo(database.dsns().app, dbname=_copy(database)),
            folder=folder / "bare",
            own=node.keys.own,
            partner=keys_of(alba.keys.document, now=moment),
            agreement=alba.agreed.hash,
        )
        try:
            found = {name: _measure(node, bare, each) for name, each in letters.items()}
        finally:
            bare.close()
        _require_same_rows(database)
    return found


def _measure(node: "Node", bare: BareLoop, letters: tuple[Letter, ...]) -> Figures:
    measured = letters[: len(letters) - max(1, len(letters) // WATCHED_SHARE)]
    turns = [_turn(node, bare, each) for each in measured]
    warm = turns[len(turns) // 10 :]
    return {
        "envelope_bytes": len(letters[0].body),
        "documents": len(letters[0].parts),
        "ours": pace([each.ours for each in warm]),
        "bare_loop": pace([each.floor for each in warm]),
        "share_of_the_bare_loop": ratio([each.ours for each in warm], [each.floor for each in warm]),
        "statements": turns[-1].statements,
        "statements_that_wrote": turns[-1].writes,
        "where_the_time_goes": _parts(node, bare, letters[len(measured) :]),
    }


def _turn(node: "Node", bare: BareLoop, letter: Letter) -> Turn:
    from django.db import connection

    recorder, receipts = Recorder(), []
    desk = replace(
        node.desk, part={part.name: part.sealed for part in letter.parts}.get, drop_parts=lambda _names: None
    )
    with connection.execute_wrapper(recorder):
        ours = spent(lambda: receipts.append(taking.take_in(desk, letter.body, now=now())))
    written = recorder.taken()
    floor = spent(lambda: receipts.append(bare.take(letter, written, now=now())))
    if len(receipts[0]) != len(receipts[1]):
        raise ValueError("the bare loop gives another receipt")
    return Turn(ours=ours, floor=floor, statements=recorder.statements, writes=len(written))


def _parts(node: "Node", bare: BareLoop, letters: tuple[Letter, ...]) -> Figures:
    watch = Stopwatch()
    with watch.watching(_places()):
        turns = [_turn(node, bare, each) for each in letters]
    return watch.table(len(letters), sum(each.ours.wall for each in turns))


def _places() -> dict[str, tuple[Any, str]]:
    from cotejo.store import log, projections, writing
    from cotejo.store.links import Line
    from cotejo.store.unit import PgUnit

    return {
        "seal, signature and form of the message": (taking, "open_letter"),
        "place in the line": (taking, "place_in_line"),
        "documents opened": (taking, "documents_of"),
        "case found, facts loaded, law decides": (taking, "perform"),
        "transaction and its end on the disk": (PgUnit, "commit"),
        "documents kept": (writing, "_keep_documents"),
        "acts sealed": (writing, "write_acts"),
        "message, its place and leaf": (Line, "take_in"),
        "receipt signed and sealed": (PostRoom, "seal_receipt"),
        "lists and look-ups": (projections, "project"),
        "house log": (log, "grow_house"),
        "high-water mark on the disk": (writing, "raise_high_water"),
    }


def _copy(database: Database) -> str:
    """Make a database like the node's own, for the bare loop, and return its name. Nothing may be connected."""
    from django.db import connections

    connections.close_all()
    with psycopg.connect(database.admin_dsn("postgres"), autocommit=True) as admin:
        make = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        admin.execute(sql.SQL(make).format(sql.Identifier(TWIN), sql.Identifier(DATABASE)))
    return TWIN


def _require_same_rows(database: Database) -> None:
    """Raise `ValueError` unless both databases hold as many rows of every kind (rule 3)."""
    counts = [_rows(database.admin_dsn(name)) for name in (DATABASE, TWIN)]
    if counts[0] != counts[1]:
        other = {name: (rows, counts[1].get(name)) for name, rows in counts[0].items() if counts[1].get(name) != rows}
        raise ValueError(f"the bare loop wrote other rows: {other}")


def _rows(dsn: str) -> dict[str, int]:
    with psycopg.connect(dsn) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        count = sql.SQL("SELECT count(*) FROM {}")
        found = {name: connection.execute(count.format(sql.Identifier(name))).fetchone() for (name,) in tables}
        return {name: rows[0] for name, rows in found.items() if rows}
