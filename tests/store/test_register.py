"""The imported copy of the agency's register: found through its index, followed, erased, never searched half (F29)."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from cotejo.identity import PersonRecord, RegisterInMemory, RegisterNotReady, find_candidates
from cotejo.identity.invented import invented_register
from cotejo.identity.register_file import NotARegister, written
from cotejo.node.database import Dsns
from cotejo.node.facts import DSN_VARIABLE
from cotejo.store import deliveries, indexing, register_import
from cotejo.store.deliveries import Delivered, Signature
from cotejo.store.models import (
    RegisterGone,
    RegisterImport,
    RegisterIncoming,
    RegisterRow,
    RegisterState,
    UnitKey,
)
from cotejo.store.register import PgRegister
from cotejo.store.register_import import FileSource, NoGoodRow, Read, read_in
from tests.builders.memory import NOW, RECORDER, House

PEOPLE = tuple(
    PersonRecord(id=f"{number:032x}", given=given, surname=surname, dob=dob, sex="F", dui=dui)
    for number, (given, surname, dob, dui) in enumerate(
        [
            ("Rosa", "Pérez López", "1985-03-02", "90000001-8"),
            ("Rosa", "Perez Lopes", "1985-03-02", ""),
            ("Rosa", "Pérez", "1990-01-01", ""),
            ("Ana", "Ruiz", "1985-03-02", ""),
        ]
    )
)
MANY = tuple(invented_register(60, 6))
SIGNED = Signature(by="o", reason="trial", as_of=NOW - 5)


@pytest.fixture
def soon_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let twenty changed rows be enough for a new generation."""
    for module in (deliveries, indexing):
        monkeypatch.setattr(module, "MERGED_FROM", 20)


def put(house: House, people: Sequence[PersonRecord], *, now: int = NOW) -> int:
    return house.unit.register.replace(people, as_of=now - 5, who=RECORDER, reason="trial", now=now)


def deliver(house: House, people: Sequence[PersonRecord], *, now: int = NOW, complete: bool = False) -> Delivered:
    return house.unit.register.deliveries.whole(people, signature=SIGNED, remove_missing=complete, now=now)


def other_process(house: House) -> PgRegister:
    """Give the register as another process of the node has it."""
    return PgRegister(house.home)


def found(register: PgRegister, person: PersonRecord) -> set[str]:
    candidates = find_candidates(person, register)
    return {row.id for row in candidates.candidates} | set(candidates.further)


def living_keys() -> set[str]:
    return set(UnitKey.objects.filter(stream_kind="register", destroyed_at=0).values_list("id", flat=True))


def generations(house: House) -> list[str]:
    return sorted(path.name for path in house.home.index.iterdir()) if house.home.index.exists() else []


def test_f29_the_imported_register_answers_as_the_one_in_memory(house: House) -> None:
    register = house.unit.register
    assert register.as_of() == 0
    assert find_candidates(PEOPLE[0], register).candidates == ()
    assert put(house, PEOPLE) == len(PEOPLE)
    model = RegisterInMemory(PEOPLE, as_of=NOW - 5)
    for each in PEOPLE:
        for limit in (1, 10):
            assert find_candidates(each, register, limit) == find_candidates(each, model, limit)


def test_a_new_copy_of_the_register_replaces_the_old_one_and_its_keys(house: House) -> None:
    put(house, PEOPLE)
    put(house, PEOPLE[:1], now=NOW + 1)
    assert find_candidates(PEOPLE[3], house.unit.register).candidates == ()
    assert find_candidates(PEOPLE[1], house.unit.register).candidates == PEOPLE[:1]
    assert set(RegisterRow.objects.values_list("id", flat=True)) == {PEOPLE[0].id}
    assert UnitKey.objects.filter(stream_kind="register", destroyed_at=0).count() == 1


def test_the_same_delivery_again_changes_nothing_but_the_day(house: House) -> None:
    assert deliver(house, PEOPLE) == Delivered(rows=4, new=4, changed=0, missing=0, removed=0)
    rows = list(RegisterRow.objects.order_by("id").values_list("id", "sealed", "change"))
    assert deliver(house, PEOPLE, now=NOW + 1) == Delivered(rows=4, new=0, changed=0, missing=0, removed=0)
    assert [tuple(map(bytes, (row[1],))) for row in rows] == [
        tuple(map(bytes, (row.sealed,))) for row in RegisterRow.objects.order_by("id")
    ]
    assert RegisterState.objects.get().change == NOW


def test_rows_a_delivery_lacks_stay_unless_it_is_said_to_be_complete(house: House) -> None:
    deliver(house, PEOPLE)
    assert deliver(house, PEOPLE[:2], now=NOW + 1).missing == 2
    assert RegisterRow.objects.count() == 4
    assert deliver(house, PEOPLE[:2], now=NOW + 2, complete=True).removed == 2
    assert PEOPLE[3].id not in found(house.unit.register, PEOPLE[3])


def test_another_process_follows_every_change_at_its_next_search(house: House, soon_indexed: None) -> None:
    put(house, MANY)
    elsewhere = other_process(house)
    assert found(elsewhere, MANY[0]) >= {MANY[0].id}
    renamed = replace(MANY[0], given="Zoila", surname="Quijano Urrutia", full_name="", dui="", passport="", mother="")
    deliver(house, [renamed, PEOPLE[0]], now=NOW + 1)
    assert RegisterState.objects.get().indexed < RegisterState.objects.get().change
    assert found(elsewhere, renamed) >= {MANY[0].id}
    assert PEOPLE[0].id in found(elsewhere, PEOPLE[0])
    assert find_candidates(MANY[0], elsewhere).rows == len(MANY) + 1
    house.unit.register.indexing.rebuild()
    assert PEOPLE[0].id in found(elsewhere, PEOPLE[0])
    assert len(generations(house)) == 1


def test_i11_a_removed_row_is_found_by_nobody_and_in_no_file_at_once(house: House, soon_indexed: None) -> None:
    put(house, (*MANY, PEOPLE[0]))
    elsewhere = other_process(house)
    assert PEOPLE[0].id in found(elsewhere, PEOPLE[0])
    before, keys = generations(house), living_keys()
    deliver(house, MANY, now=NOW + 1, complete=True)
    assert PEOPLE[0].id not in found(elsewhere, PEOPLE[0])
    assert not set(before) & set(generations(house))
    files = b"".join(path.read_bytes() for path in house.home.index.rglob("*") if path.is_file())
    assert PEOPLE[0].id.encode() not in files
    assert MANY[0].id.encode() in files
    assert len(living_keys()) == 1
    assert not keys & living_keys()


def test_i11_erasing_the_copy_leaves_no_row_no_key_and_no_file(house: House, soon_indexed: None) -> None:
    put(house, MANY)
    assert generations(house)
    house.unit.erase(indexing.REGISTER, who=RECORDER, purpose="operation", now=NOW + 1)
    assert generations(house) == []
    assert not RegisterRow.objects.exists()
    assert not UnitKey.objects.filter(stream_kind="register", destroyed_at=0).exists()
    assert found(house.unit.register, MANY[0]) == set()
    put(house, MANY[:3], now=NOW + 2)
    assert found(house.unit.register, MANY[0]) >= {MANY[0].id}


def test_a_damaged_index_is_not_searched_and_is_made_again(house: House, soon_indexed: None) -> None:
    put(house, MANY)
    keys = next(house.home.index.rglob("keys.bin"))
    content = bytearray(keys.read_bytes())
    content[100] ^= 1
    keys.write_bytes(content)
    elsewhere = other_process(house)
    assert not elsewhere.indexing.wanting()
    with pytest.raises(RegisterNotReady):
        find_candidates(MANY[0], elsewhere)
    assert elsewhere.indexing.wanting()
    assert elsewhere.indexing.rebuild() == len(MANY)
    assert not elsewhere.indexing.wanting()
    assert found(elsewhere, MANY[0]) >= {MANY[0].id}
    assert len(generations(house)) == 1


def test_an_index_that_is_lost_is_made_again_and_searched_by_nobody_until_then(
    house: House, soon_indexed: None
) -> None:
    put(house, MANY)
    house.unit.register.indexing.sweep()
    for path in sorted(house.home.index.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    elsewhere = other_process(house)
    with pytest.raises(RegisterNotReady):
        find_candidates(MANY[0], elsewhere)
    assert elsewhere.indexing.wanting()
    elsewhere.indexing.rebuild()
    assert found(elsewhere, MANY[0]) >= {MANY[0].id}


def test_what_a_crash_leaves_of_an_index_is_swept_and_the_old_one_holds(
    house: House, soon_indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(house, MANY)
    held = generations(house)
    monkeypatch.setattr("cotejo.identity.index.files.Making.abandon", lambda _making: None)
    monkeypatch.setattr("cotejo.identity.index.files.Making.finish", lambda _making, **_facts: 1 // 0)
    with suppress(ZeroDivisionError):
        deliver(house, tuple(invented_register(100, 9)), now=NOW + 1, complete=True)
    assert len(generations(house)) == 2
    monkeypatch.undo()
    assert found(other_process(house), MANY[0]) >= {MANY[0].id}
    assert RegisterRow.objects.count() == len(MANY)
    house.unit.register.indexing.sweep()
    assert generations(house) == held


def read(house: House, path: Path, *, now: int = NOW) -> tuple[Read, Delivered]:
    return read_in(
        house.unit.register.deliveries,
        FileSource(path),
        mapping=None,
        signature=SIGNED,
        remove_missing=False,
        now=now,
    )


def test_a_file_that_is_no_register_is_refused_before_anything_changes(house: House, tmp_path: Path) -> None:
    put(house, PEOPLE)
    for number, content in enumerate([b"", b"a,b\n1,2\n", b"\x89PNG\0", b"id,dob\n1,1990\n"]):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        with pytest.raises(NotARegister):
            read(house, path, now=NOW + 1)
    empty = tmp_path / "empty.csv"
    empty.write_text("id,full_name\n,Ana\n2,\n")
    with pytest.raises(NoGoodRow) as nothing:
        read(house, empty, now=NOW + 1)
    assert [(each.line, each.column) for each in nothing.value.read.problems] == [(2, "id"), (3, "full_name")]
    assert RegisterRow.objects.count() == len(PEOPLE)
    assert not RegisterIncoming.objects.exists()
    assert RegisterState.objects.get().imported_at == NOW


def test_an_id_that_comes_again_is_named_with_both_lines_and_the_first_row_counts(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_import, "BATCH", 2)
    path = tmp_path / "r.csv"
    path.write_text("id,full_name\n1,Ana Cruz\n1,Otra Ana\n2,Eva Paz\n3,Luis Paz\n2,Otra Eva\n", encoding="utf-8")
    told, done = read(house, path)
    assert [(each.line, each.code) for each in told.problems] == [(3, "id_twice"), (6, "id_twice")]
    assert "line 4" in told.problems[1].words.en
    assert (told.good, told.bad, done.rows) == (3, 2, 3)
    assert [row.full_name for row in house.unit.register.rows(["1", "2"])] == ["Ana Cruz", "Eva Paz"]


CHILD = """
import sys
from pathlib import Path
import django
from cotejo.node.home import Home
django.setup()
from cotejo.store import register_import
from cotejo.store.deliveries import Signature
from cotejo.store.register import PgRegister
register_import.BATCH = 20
register_import.read_in(
    PgRegister(Home.open(Path(sys.argv[1]))).deliveries, register_import.FileSource(Path(sys.argv[2])), mapping=None,
    signature=Signature(by="o", reason="trial", as_of=1), remove_missing=False, now=int(sys.argv[3]),
)
"""


def test_an_import_killed_in_the_middle_shows_nothing_and_goes_on_where_it_was(
    house: House, node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_import, "BATCH", 20)
    put(house, PEOPLE)
    people = list(invented_register(3_000, 7))
    path = tmp_path / "r.csv"
    lines = list(written(people))
    path.write_text("".join([lines[0], ",Nadie,,,,,,,,,,\n", *lines[1:]]), encoding="utf-8")
    arguments = [str(house.home.folder), str(path), str(NOW + 1)]
    environment = {
        "DJANGO_SETTINGS_MODULE": "cotejo.node.settings",
        DSN_VARIABLE: node_database.app,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    with subprocess.Popen([sys.executable, "-c", CHILD, *arguments], env=os.environ | environment) as child:
        while child.poll() is None and not RegisterImport.objects.filter(place__gt=100).exists():
            os.sched_yield()
        os.kill(child.pid, signal.SIGKILL)
    kept = RegisterIncoming.objects.count()
    assert 0 < kept < len(people)
    assert RegisterRow.objects.count() == len(PEOPLE)
    assert found(other_process(house), people[0]) == set()

    told, done = read(house, path, now=NOW + 2)

    assert told.went_on_from >= kept
    assert (told.good, told.bad, done.new) == (len(people), 1, len(people))
    assert [(each.line, each.code) for each in told.problems][:1] == [(2, "no_id")]
    assert house.unit.register.rows([people[0].id, people[-1].id]) == (people[0], people[-1])
    assert not RegisterIncoming.objects.exists()
    assert read(house, path, now=NOW + 3)[1].changed == 0


def test_another_delivery_does_not_go_on_where_the_first_was_left(house: House, tmp_path: Path) -> None:
    path, other = tmp_path / "r.csv", tmp_path / "s.csv"
    path.write_text("".join(written(MANY)), encoding="utf-8")
    other.write_text("".join(written(islice(MANY, 5))), encoding="utf-8")
    begun = house.unit.register.deliveries.begin("x" * 64, {}, now=NOW)
    house.unit.register.deliveries.add(begun, [(2, MANY[0])], now=NOW)
    told, done = read(house, other, now=NOW + 1)
    assert (told.went_on_from, done.rows) == (0, 5)
    assert not RegisterGone.objects.exists()
