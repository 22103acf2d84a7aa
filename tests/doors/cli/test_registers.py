"""`cotejo register`: import, match and rebuild; what an operator reads, and what a live node refuses."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from cotejo.doors.cli.opening import Doors
from cotejo.doors.cli.registers import register_app
from cotejo.doors.cli.speaking import Told
from cotejo.identity import COLUMNS
from cotejo.identity.invented import invented_register
from cotejo.identity.register_file import written
from cotejo.node.database import Dsns
from cotejo.rules.acts import Stream, StreamKind
from cotejo.store.models import Trace
from tests.builders.receiving import Receiving, play, receiving, staff

PEOPLE = tuple(invented_register(80, 8))
HEADER = ["query_id", "rank", "right_id", "score", "band", "latency_ms"]


@dataclass
class Node:
    """What a command is given of a node."""

    unit: Any
    now: int


def run(doors: Doors, *words: object) -> str:
    result = CliRunner().invoke(register_app(doors), [str(word) for word in words])
    if isinstance(result.exception, Told):
        raise result.exception
    assert result.exception is None, result.exception
    return result.output


def no_node(_home: Path) -> Any:
    raise AssertionError("no node was named")


ALONE = Doors(keys=no_node, node=no_node)


def refused(doors: Doors, *words: object) -> str:
    with pytest.raises(Told) as told:
        run(doors, *words)
    return str(told.value)


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Speak English, in a folder of this test's own."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("COTEJO_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_commands_run_as_written_without_a_node(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("".join(written(PEOPLE)), encoding="utf-8")
    (tmp_path / "q.csv").write_text("".join(written(PEOPLE[:9])), encoding="utf-8")
    assert "Rows in cotejo-register, for trying and measuring: 80." in run(ALONE, "import", "r.csv")
    run(ALONE, "match", "q.csv", "--top", "10", "--out", "ranked.csv")
    with Path("ranked.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == HEADER
    first = {row[0]: row for row in rows[1:] if row[1] == "1"}
    assert {query: row[2] for query, row in first.items()} == {person.id: person.id for person in PEOPLE[:9]}
    for query in first:
        ranked = [row for row in rows[1:] if row[0] == query]
        assert [int(row[1]) for row in ranked] == list(range(1, len(ranked) + 1))
        assert [float(row[3]) for row in ranked] == sorted((float(row[3]) for row in ranked), reverse=True)
        assert {row[4] for row in ranked} <= {"contradicted", "cannot_tell", "possible", "many_agree"}
        assert float(ranked[0][5]) > 0
    assert Path("ranked.csv").stat().st_mode & 0o077 == 0


def test_a_query_without_a_name_is_answered_where_a_key_finds_it_and_named_where_none_can(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("".join(written(PEOPLE)), encoding="utf-8")
    run(ALONE, "import", "r.csv")
    with_all = [each for each in PEOPLE if each.dui and each.passport and each.father and each.mother]
    one, other = [each for each in with_all if len(each.dob) == len("1990-01-01")][:2]
    (tmp_path / "q.csv").write_text(
        "id,alias,dob,sex,pob,dui,passport,father,mother\n"
        f"by-dui,,,,,{one.dui},,,\n"
        f"by-passport,,,,,,{one.passport},,\n"
        f'by-date-and-mother,,{one.dob},,,,,,"{one.mother}"\n'
        f'by-parents,,,,,,,"{one.father}","{one.mother}"\n'
        f'by-alias,"{other.full_name}",,,,,,,\n'
        ",,,,,90000000-9,,,\n"
        "by-sex,,,F,,,,,\n"
        "by-place,,,,Santa Ana,,,,\n",
        encoding="utf-8",
    )
    said = run(ALONE, "match", "q.csv", "--out", "ranked.csv")
    assert "Line 7, id: The row has no id." in said
    assert "Line 8: The row tells nothing that can be compared." in said
    assert "Line 9: Query by-place tells nothing to look it up by." in said
    with Path("ranked.csv").open(encoding="utf-8", newline="") as file:
        first = {row["query_id"]: row["right_id"] for row in csv.DictReader(file) if row["rank"] == "1"}
    asked = ("by-dui", "by-passport", "by-date-and-mother", "by-parents")
    assert first == dict.fromkeys(asked, one.id) | {"by-alias": other.id}
    (tmp_path / "q.csv").write_text("id,note\n1,x\n", encoding="utf-8")
    assert "No column tells a person. Give one of: full_name," in refused(ALONE, "match", "q.csv", "--out", "o.csv")


def test_other_column_names_and_parquet_are_read_by_a_mapping(tmp_path: Path) -> None:
    theirs = {"id": "EXPEDIENTE", "full_name": "NOMBRE", "dob": "NACIDO"}
    rows = [
        {"EXPEDIENTE": 17, "NOMBRE": "Ana Cruz Paz", "NACIDO": "1990-02-03"},
        {"EXPEDIENTE": 18, "NOMBRE": "", "NACIDO": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "r.parquet")
    words = [f"--map={own}={name}" for own, name in theirs.items()]
    said = run(ALONE, "import", "r.parquet", *words)
    assert "Line 2, full_name: The row tells no name." in said
    assert "Rows in cotejo-register, for trying and measuring: 1. Left out: 1." in said
    assert "no column" in refused(ALONE, "import", "r.parquet", "--map", "name=NOMBRE")
    assert "names this column" in refused(ALONE, "import", "r.parquet", *words, "--map", "dui=DUI")
    (tmp_path / "bad.parquet").write_bytes(b"id,full_name\n1,Ana\n")
    assert "not a Parquet file" in refused(ALONE, "import", "bad.parquet")


@pytest.mark.parametrize(
    ("language", "long"),
    [
        ("es", "Línea 3, full_name: La línea pasa de 65536 bytes."),
        ("en", "Line 3, full_name: The line is longer than 65536 bytes."),
    ],
)
def test_a_field_of_ten_megabytes_and_a_pdf_are_named_with_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, long: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    field = "x" * 10_000_000
    (tmp_path / "r.csv").write_text(f"id,full_name\n1,Ana Cruz Paz\n2,{field}\n3,Eva Paz\n", encoding="utf-8")
    assert long in run(ALONE, "import", "r.csv")
    (tmp_path / "scan.csv").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (tmp_path / "only-header.csv").write_text("id,full_name\n", encoding="utf-8")
    assert "Line 1: This is a PDF." in refused(ALONE, "import", "scan.csv", "--folder", "other")
    refused(ALONE, "import", "only-header.csv", "--folder", "other")
    assert not Path("other").exists()


def test_what_cannot_be_used_is_refused_and_the_register_there_stays(tmp_path: Path) -> None:
    assert "Import one first" in refused(ALONE, "match", "q.csv", "--out", "o.csv")
    (tmp_path / "r.csv").write_text("".join(written(PEOPLE)), encoding="utf-8")
    run(ALONE, "import", "r.csv")
    for content, words in (
        (b"", "empty"),
        (b"a,b\n1,2\n", "no column `id`"),
        (b"id,full_name\n1,\n", "No row can be used"),
    ):
        (tmp_path / "x.csv").write_bytes(content)
        assert words in refused(ALONE, "import", "x.csv")
    assert "no file" in refused(ALONE, "import", "nowhere.csv")
    run(ALONE, "match", "r.csv", "--out", "o.csv")
    next(tmp_path.glob("cotejo-register/*/keys.bin")).write_bytes(b"")
    assert "damaged" in refused(ALONE, "match", "r.csv", "--out", "o.csv")


@pytest.fixture
def house(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receiving:
    """Give Boreal, paired with Alba."""
    return receiving(tmp_path / "home", monkeypatch)


def doors_of(house: Receiving) -> Doors:
    @contextmanager
    def node(_home: Path) -> Iterator[Any]:
        yield Node(unit=house.unit, now=house.clock.now)

    return Doors(keys=no_node, node=node)


def test_a_node_takes_a_delivery_signed_by_the_operator_and_keeps_its_mapping(house: Receiving, tmp_path: Path) -> None:
    staff()
    doors, words = doors_of(house), ("--by", "p.operator", "--reason", "trial", "--as-of", "2026-11-01")
    (tmp_path / "r.csv").write_text("NUM,full_name\n1,Ana Cruz Paz\n2,\n", encoding="utf-8")
    assert "needs --by" in refused(doors, "import", tmp_path, "r.csv")
    assert "no column `id`" in refused(doors, "import", tmp_path, "r.csv", *words)
    said = run(doors, "import", tmp_path, "r.csv", *words, "--map", "id=NUM")
    assert "Line 3, full_name" in said
    assert "Rows in the register copy: 4. Left out: 1." in said
    assert "Rows the delivery lacks stay: 3." in said
    assert "Removed, because the delivery lacks them: 3." in run(
        doors, "import", tmp_path, "r.csv", *words, "--remove-missing"
    )
    assert Trace.objects.filter(what="import").count() == 2
    assert "Rows in the index: 1." in run(doors, "rebuild", tmp_path)


def test_on_a_live_node_each_query_is_an_open_case_signed_for_and_written_down(
    house: Receiving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff()
    review = house.request()
    monkeypatch.setattr(house.unit, "world", "real")
    doors, queries = doors_of(house), tmp_path / "q.csv"
    ask = ("match", tmp_path, "q.csv", "--out", "o.csv", "--by", "p.protection")
    queries.write_text("id,case\nQ1,1\n", encoding="utf-8")
    assert "protection officer signs" in refused(doors, *ask[:-2])
    assert "is no open case" in refused(doors, *ask)
    play(house, review, "open")
    queries.write_text("id,full_name\nQ1,Ana Cruz\n", encoding="utf-8")
    assert "names an open case" in refused(doors, *ask)
    queries.write_text("id,case,full_name\nQ1,1,Ana Cruz\n", encoding="utf-8")
    assert "nothing else" in refused(doors, *ask)
    queries.write_text("id,case\nQ1,1\nQ2,77\n", encoding="utf-8")
    assert "77 is no open case" in refused(doors, *ask)
    assert not Trace.objects.filter(what="search").exists()
    queries.write_text("id,case\nQ1,1\n", encoding="utf-8")
    run(doors, *ask)
    assert Trace.objects.filter(what="search", case=str(Stream(StreamKind.REVIEW, review))).count() == 1
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()[1].startswith("Q1,1,B-5520,")


def test_the_agencys_own_system_is_read_through_a_view(pg_dsns: Dsns) -> None:
    import psycopg

    from cotejo.store.register_view import ViewDelivery

    with psycopg.connect(pg_dsns.owner) as connection:
        columns = ", ".join(f"{column} text" for column in COLUMNS)
        connection.execute(f"CREATE TABLE persons ({columns}, secret text)")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO persons VALUES ({', '.join(['%s'] * len(COLUMNS))}, 'x')",
                [[getattr(person, column) for column in COLUMNS] for person in PEOPLE],
            )
        connection.execute(
            "CREATE VIEW cotejo_register AS SELECT id AS num, full_name, given, surname, dob, dui FROM persons"
        )
    delivery = ViewDelivery(pg_dsns.owner, "cotejo_register", mapping={"id": "num"})
    rows = [record for _number, record in delivery.numbered()]
    delivery.close()
    assert [row.id for row in rows] == sorted(person.id for person in PEOPLE)
    later = ViewDelivery(pg_dsns.owner, "cotejo_register", mapping={"id": "num"}, after=rows[9].id, read=10)
    assert next(iter(later.numbered())) == (11, rows[10])
    later.close()
