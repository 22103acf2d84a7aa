"""The house log, its tiles, its high-water mark, and finding what was altered (I9)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from cotejo.actions.unit import Taken
from cotejo.proof.tilelog import leaf_hash, root_at, subtrees_of
from cotejo.proof.tiles import Tile, verify_bundle
from cotejo.rules.acts import Plan
from cotejo.rules.purposes import Purpose
from cotejo.store import fsck, log
from cotejo.store.highwater import HighWater
from cotejo.store.models import HouseLeaf
from tests.builders.memory import (
    CATEGORISED,
    NOW,
    RECORDER,
    House,
    as_recorder,
    everything,
    incoming,
    opened,
    person,
    plan,
)
from tests.cluster import Cluster
from tests.store.test_queue import at_once


def fill(house: House, acts: int = 6) -> list[str]:
    streams = []
    for at in range(acts // 2):
        stream = person()
        streams.append(stream.id)
        house.unit.commit(plan(stream, opened(stream), CATEGORISED), **as_recorder(NOW + at))
    return streams


@pytest.fixture
def alter(house: House, postgres: Cluster) -> Callable[..., None]:
    """Alter rows as somebody with a database shell and every right would."""

    def run(line: LiteralString, *values: object) -> None:
        database = str(conninfo_to_dict(house.dsns.owner)["dbname"])
        with psycopg.connect(postgres.admin_dsn(database)) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(line, values)

    return run


def found(house: House) -> list[tuple[str, str]]:
    return [(each.where, each.which) for each in fsck.examine(house.home).findings]


def test_what_the_node_does_while_it_is_examined_is_no_finding(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(house)
    house.unit.write_tiles()
    head, unit = fsck._head, house.again()

    def works() -> None:
        try:
            unit.commit(everything(), taken=Taken(incoming=incoming(1), outcome="taken"), **as_recorder())
            unit.documents.put(b"an invented page", unit=person())
            unit.write_tiles()
        finally:
            connections.close_all()

    def looked_at_while_it_works(name: str, *rest: Any) -> Iterator[fsck.Finding]:
        if name == log.HOUSE:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(works).result()
        yield from head(name, *rest)

    monkeypatch.setattr(fsck, "_head", looked_at_while_it_works)
    before = house.unit.house_head()[0]
    assert fsck.examine(house.home).findings == ()
    assert house.unit.house_head()[0] > before
    monkeypatch.undo()
    assert found(house) == []


def test_i9_commits_at_the_same_moment_take_their_places_in_the_log_one_after_the_other(house: House) -> None:
    def notes() -> None:
        unit = house.again()
        for at in range(6):
            unit.note_read(**as_recorder(NOW + at), subject="x", case="")

    assert at_once(*[notes] * 4) == [None] * 4
    assert [row.index for row in HouseLeaf.objects.order_by("index")] == list(range(24))
    house.unit.write_tiles()
    assert found(house) == []


def test_nothing_is_found_where_nothing_was_altered(house: House) -> None:
    house.unit.commit(everything(), taken=Taken(incoming=incoming(1), outcome="taken"), **as_recorder())
    stream = fill(house)[0]
    house.unit.note_read(**as_recorder(), subject=stream, case=stream)
    house.unit.write_tiles()

    examined = fsck.examine(house.home)

    assert examined.findings == ()
    assert (examined.leaves, examined.acts) == (9, 8)


def test_nothing_is_found_after_an_erasure(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream), CATEGORISED), **as_recorder())
    house.unit.erase(stream, who=RECORDER, purpose="retention", now=NOW)

    assert found(house) == []


def test_one_altered_act_is_found_by_name(house: House, alter: Callable[..., None]) -> None:
    stream = fill(house)[1]
    alter("UPDATE store_act SET by = 'somebody' WHERE stream_id = %s AND version = 2", stream)

    assert found(house) == [("acts", f"person:{stream} version 2")]


def test_one_altered_body_is_found_by_name(house: House, alter: Callable[..., None]) -> None:
    stream = fill(house)[1]
    alter("UPDATE store_vault_item SET sealed = sealed || 'x' WHERE stream_id = %s AND version = 1", stream)

    assert found(house) == [("vault", f"person:{stream} version 1")]


@pytest.mark.parametrize(
    ("line", "where", "which"),
    [
        ("UPDATE store_trace SET subject = 'b'", "reads", "leaf 6"),
        ("DELETE FROM store_trace", "house log", "leaf 6"),
        ("UPDATE store_house_leaf SET root = decode(repeat('00', 32), 'hex') WHERE index = 3", "house log", "leaf 3"),
        ("DELETE FROM store_house_leaf WHERE index = 2", "house log", "leaf 2"),
        ("UPDATE store_log_head SET size = 5", "log heads", "house"),
    ],
)
def test_an_altered_log_is_found(house: House, alter: Callable[..., None], line: str, where: str, which: str) -> None:
    fill(house)
    house.unit.note_read(**as_recorder(), subject="a", case="b")
    alter(line)

    assert (where, which) in found(house)


def test_acts_taken_away_with_their_leaves_are_found_outside(house: House, alter: Callable[..., None]) -> None:
    fill(house)
    kept = HouseLeaf.objects.get(index=3)
    frontier = subtrees_of(lambda start, end: [leaf_hash(one) for one in log.house_leaves(start, end, using="default")])
    assert root_at(4, frontier) == bytes(kept.root)
    alter("DELETE FROM store_act WHERE leaf_id > 3")
    alter("DELETE FROM store_house_leaf WHERE index > 3")
    alter("UPDATE store_log_head SET size = 4, frontier = (SELECT root FROM store_house_leaf WHERE index = 3)")

    assert found(house) == [("high-water mark", str(house.home.highwater))]


def test_a_lost_message_row_is_found(house: House, alter: Callable[..., None]) -> None:
    house.unit.commit(everything(), taken=Taken(incoming=incoming(1), outcome="taken"), **as_recorder())
    alter("DELETE FROM store_outbox")
    alter("UPDATE store_inbox SET commitment = %s", "0" * 64)

    assert {where for where, _ in found(house)} == {"link log", "messages"}


def test_tiles_give_the_leaves_and_the_root_of_the_log(house: House) -> None:
    fill(house, acts=4)
    assert house.unit.write_tiles() == 4
    fill(house, acts=2)
    assert house.unit.write_tiles() == 6
    assert house.unit.write_tiles() == 6

    folder, tile = log.tiles_folder(house.home), Tile(level=0, number=0, width=6)
    leaves = verify_bundle(tile, (folder / tile.bundle_path()).read_bytes(), (folder / tile.path()).read_bytes())
    hashes = [leaf_hash(leaf) for leaf in leaves]
    assert house.unit.house_head() == (6, root_at(6, subtrees_of(lambda start, end: hashes[start:end])))


def test_an_altered_tile_is_found(house: House) -> None:
    fill(house)
    house.unit.write_tiles()
    path = log.tiles_folder(house.home) / Tile(level=0, number=0, width=6).path()
    path.write_bytes(path.read_bytes()[::-1])

    assert found(house) == [("tiles", str(path))]


def test_a_database_older_than_its_high_water_mark_is_recovering(house: House, alter: Callable[..., None]) -> None:
    fill(house, acts=4)
    assert not house.unit.recovering()
    alter("DELETE FROM store_act WHERE leaf_id > 1")
    alter("DELETE FROM store_house_leaf WHERE index > 1")
    alter("UPDATE store_log_head SET size = 2, frontier = (SELECT root FROM store_house_leaf WHERE index = 1)")

    unit = house.again()
    assert unit.recovering()
    assert unit.high_water() == NOW + 1
    # Writing more than was lost does not hide that the log went another way.
    for _ in range(4):
        unit.note_read(**as_recorder(), subject="a", case="b")
    assert unit.recovering()
    assert house.again().recovering()

    unit.recovered(now=NOW + 9)
    assert not unit.recovering()
    unit.note_read(**as_recorder(), subject="a", case="b")
    assert not house.again().recovering()


def test_a_crash_between_commit_and_mark_does_not_look_like_a_restore(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("cotejo.store.writing.raise_high_water", lambda *_: None)
        fill(house)
    assert not house.again().recovering()
    house.unit.note_read(**as_recorder(), subject="a", case="b")
    assert HighWater(house.home.highwater).last().size == house.unit.house_head()[0] == 7


def test_an_empty_plan_writes_no_leaf(house: House) -> None:
    house.unit.commit(Plan(), **as_recorder())

    assert house.unit.house_head()[0] == 0


def test_a_log_of_more_than_one_tile_has_all_its_tiles_and_an_altered_upper_one_is_found(house: House) -> None:
    for _ in range(3):
        house.unit.write_tiles()
        for _ in range(100):
            house.unit.note_read(who=RECORDER, purpose=Purpose.RECORDING, subject="x", case="x", now=NOW)
    size = house.unit.write_tiles()
    folder = log.tiles_folder(house.home)
    assert size >= 300
    upper = next(each for each in (folder / "tile/1").rglob("*") if each.is_file())
    assert [each for each in fsck.examine(house.home).findings if each.where == "tiles"] == []
    upper.write_bytes(bytes(32))
    assert [each.which for each in fsck.examine(house.home).findings if each.where == "tiles"] == [str(upper)]
