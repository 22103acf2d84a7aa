"""Reading register files as numbers: the fast way and the careful way agree, in one process or several."""

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord
from cotejo.identity.bulk import parts as parts_module
from cotejo.identity.bulk import reading
from cotejo.identity.bulk.parts import read_part
from cotejo.identity.bulk.reading import read_people
from cotejo.identity.columns import encode
from cotejo.identity.invented import invented_register
from cotejo.identity.register_file import TELLING, NotARegister, RegisterFile, written
from cotejo.identity.tokens import Tokens
from tests.identity.bulk.files import write

HEADER = "id,full_name,dob,dui\n"
# Pieces that files go wrong with, and pieces that are fine.
PIECES = ["1", "2", "Ana Cruz", "José Núñez", "1990-01-02", "1990-02-30", ",", ",", ",", "\n", "\n", '"', '""', " "]
PIECES += ["\r\n", "\r", "\t", "\x07", "\u0085", "N/D", "90000000-9", "12", "x" * 501, "\ufeff"]


def people(path):
    (read,), _tokens = read_people([path])
    return read


def careful(data: bytes):
    file = RegisterFile(io.BytesIO(HEADER.encode() + data), telling=TELLING)
    return file, list(file)


@example(data="1,Ana\x07 Cruz,1990-01-02,\n")
@example(data='1,Ana "la" Cruz,1990-01-02,\n')
@given(data=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_fast_way_takes_the_rows_and_names_the_faults_of_the_careful_way(data):
    file, records = careful(data.encode())
    header = RegisterFile(io.BytesIO(HEADER.encode()))
    part = read_part(data.encode(), header, 2)
    again = file.counts["id_twice"]
    assert part.bad + (again if len(part.ids) > len(records) else 0) == file.bad
    kept = dict(zip(part.ids.to_pylist(), part.lines.tolist(), strict=True))
    assert {record.id for record in records} == kept.keys()
    named = {(each.line, each.column, each.code) for each in part.problems if each.code != "id_twice"}
    assert {(each.line, each.column, each.code) for each in file.problems if each.code != "id_twice"} <= named


def test_a_row_without_a_name_is_a_row_when_it_tells_anything_else(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("id,full_name,dob,sex,dui\n1,,1990-01-02,M,\n2,N/D,,M,\n3,,,,90000000-9\n4,,,,\n", encoding="utf-8")
    read = people(path)
    assert read.ids.to_pylist() == ["1", "3"]
    assert [(each.line, each.code) for each in read.problems if not each.row_used] == [(3, "nothing"), (5, "nothing")]


def test_a_plain_file_is_read_by_columns(monkeypatch):
    monkeypatch.setattr(parts_module, "_line_by_line", None)
    text = "".join(written(invented_register(300, 5)))
    header, _, rows = text.partition("\n")
    part = read_part(rows.encode(), RegisterFile(io.BytesIO(header.encode())), 2)
    assert len(part.ids) == 300


def test_several_processes_read_what_one_reads(tmp_path, monkeypatch):
    records = list(invented_register(2_000, 9))
    path = write(tmp_path / "register.csv", records)
    monkeypatch.setattr(reading, "PART_BYTES", 60_000)
    monkeypatch.setattr(reading, "_ALONE", 1)
    (one, other), tokens = read_people([path, path], processes=2)
    assert one.ids.to_pylist() == [record.id for record in records]
    assert np.array_equal(one.columns.rows, other.columns.rows)
    alone = Tokens()
    expected = encode(records, alone)
    words = [tokens.text(number) for number in one.columns.rows[:, :6].ravel()]
    assert words == [alone.text(number) for number in expected.rows[:, :6].ravel()]
    fixed = [8, 9, 12, 13, 14, 15]  # what is no word
    assert np.array_equal(one.columns.rows[:, fixed], expected.rows[:, fixed])


def test_the_later_of_two_rows_with_one_id_is_left_out_across_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "PART_BYTES", 30)
    path = tmp_path / "register.csv"
    path.write_text(HEADER + "1,Ana Cruz,1990,\n2,Luis Paz Rivas,1991,\n1,Otra Ana Cruz,1992,\n", encoding="utf-8")
    read = people(path)
    assert read.ids.to_pylist() == ["1", "2"]
    assert [(each.line, each.code) for each in read.problems] == [(4, "id_twice")]
    assert "line 2" in read.problems[0].words.en
    assert read.bad == 1


def test_rows_left_out_are_named_before_doubts_with_their_lines(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(
        HEADER.encode()
        + b"1,Ana Cruz,1990-02-30,\n"
        + b"2,Jos\xe9 Paz,1990,\n"
        + b'3,"'
        + b"x" * 10_000_000
        + b'",1990,\n'
        + b"4,Luis Paz,1990\n5,Eva Paz,1980,\n"
    )
    read = people(path)
    assert read.ids.to_pylist() == ["1", "5"]
    assert [(each.line, each.column, each.code) for each in read.problems] == [
        (3, "full_name", "encoding"),
        (4, "full_name", "long_line"),
        (5, "", "width"),
        (2, "dob", "date"),
    ]


def test_a_mapping_names_the_columns(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("NUM;NOMBRE;NACIDO\n1;Ana Cruz Paz;1990\n", encoding="utf-8")
    (read,), _ = read_people([path], mapping={"id": "NUM", "full_name": "NOMBRE", "dob": "NACIDO"})
    assert read.ids.to_pylist() == ["1"]
    assert read.columns.rows[0, 8] == 1990_00_00


def test_one_file_that_is_no_register_stops_both_before_a_row_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_read", None)
    good = write(tmp_path / "good.csv", [PersonRecord(id="1", full_name="Ana Cruz")])
    (tmp_path / "bad.csv").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(NotARegister):
        read_people([good, tmp_path / "bad.csv"])
