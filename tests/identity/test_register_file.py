"""Reading a register file: every fault with line and column, good rows usable, no half-read register."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord
from cotejo.identity.invented import invented_register
from cotejo.identity.register_file import LONGEST_LINE, PROBLEMS_KEPT, NotARegister, RegisterFile, written

HEADER = "id,full_name,dob,dui\n"


def read(content: str | bytes) -> tuple[RegisterFile, list[PersonRecord]]:
    file = RegisterFile(io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    return file, list(file)


def faults(file: RegisterFile) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in file.problems]


def test_what_is_written_is_read_back_without_a_problem():
    people = list(invented_register(300, 2))
    file, records = read("".join(written(people)))
    assert records == people
    assert file.problems == []
    assert (file.good, file.bad) == (300, 0)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_usual_separators_and_a_byte_order_mark_are_understood(separator):
    text = separator.join(("id", "full_name", "dob")) + "\r\n" + separator.join(("1", "Ana Cruz", "1990")) + "\r\n"
    _file, records = read("\ufeff" + text)
    assert records == [PersonRecord(id="1", full_name="Ana Cruz", dob="1990")]


def test_every_fault_is_named_with_line_and_column_and_good_rows_are_used():
    file, records = read(
        HEADER
        + "1,Ana Cruz,1990-02-30,\n"
        + ",Luis Paz,,\n"
        + "1,Otra Ana,,\n"
        + "4,,,\n"
        + "5,Eva Paz,1990\n"
        + '6,"Eva ""la Paz,,\n'
        + "7,Eva\x07 Paz,,\n"
        + f"8,{'x' * 501},,\n"
        + "\n"
        + "10,Juan Rivas,1980,90000000-1\n"
    )
    assert [record.id for record in records] == ["1", "10"]
    assert faults(file) == [
        (2, "dob", "date"),
        (3, "id", "no_id"),
        (4, "id", "id_twice"),
        (5, "full_name", "no_name"),
        (6, "", "width"),
        (7, "", "quotes"),
        (8, "full_name", "control"),
        (9, "full_name", "long_field"),
        (11, "dui", "dui"),
    ]
    assert (file.good, file.bad) == (2, 7)
    assert [problem.line for problem in file.problems if problem.row_used] == [2, 11]
    assert records[0].dob == "1990-02-30"
    assert all(problem.words.es and problem.words.en for problem in file.problems)
    assert "line 2" in file.problems[2].words.en


def test_a_byte_of_another_encoding_spoils_its_row_and_names_its_column():
    file, records = read(HEADER.encode() + "1,Jos\xe9 Cruz,1990,\n".encode("latin-1") + b"2,Ana Paz,,\n")
    assert [record.id for record in records] == ["2"]
    assert faults(file) == [(2, "full_name", "encoding")]
    assert "0xE9" in file.problems[0].words.es


def test_a_field_of_ten_megabytes_spoils_its_row_only():
    file, records = read(HEADER + '1,"' + "x" * 10_000_000 + '",,\n2,Ana Paz,,\n')
    assert [record.id for record in records] == ["2"]
    assert faults(file) == [(2, "full_name", "long_line")]


def test_an_open_quotation_mark_spoils_its_own_line_only():
    file, records = read(HEADER + '1,"Ana Cruz,,\n2,Luis Paz,,\n')
    assert [record.id for record in records] == ["2"]
    assert faults(file) == [(2, "", "quotes")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        ("id,full_name\n1,Ana\n".encode("utf-16"), "utf16"),
        (b"PK\x03\x04\0\0\0", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\0", "spreadsheet"),
        (b"%PDF-1.7 \xff\xfe\n", "pdf"),
        (b"id,a\xf1o\n", "encoding"),
        (b"x" * (LONGEST_LINE + 2), "long_header"),
        (b"id,full_name\r1,Ana Cruz\r2,Luis Paz\r", "returns"),
        (b"name,born\nAna,1990\n", "no_header"),
        (b"<html><body>\n", "no_header"),
        (b"id,dob\n1,1990\n", "no_name_column"),
        (b"id,given\n1,Ana\n", "no_name_column"),
        (b"id,id,full_name\n", "column_twice"),
    ],
)
def test_a_file_that_is_no_register_is_refused_before_any_row(content, code):
    with pytest.raises(NotARegister) as refused:
        RegisterFile(io.BytesIO(content))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_columns_that_are_not_ours_are_left_out():
    _file, records = read("id,shoe_size,full_name\n1,43,Ana Cruz\n")
    assert records == [PersonRecord(id="1", full_name="Ana Cruz")]


def test_of_very_many_problems_all_are_counted_and_the_first_are_kept():
    file, records = read(HEADER + ",Ana Cruz,,\n" * (PROBLEMS_KEPT + 50))
    assert records == []
    assert file.counts["no_id"] == PROBLEMS_KEPT + 50
    assert len(file.problems) == PROBLEMS_KEPT


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_after_a_header_give_rows_or_named_problems_and_nothing_else(content):
    file, records = read(HEADER.encode() + content + b"\nlast,Ana Cruz,,\n")
    assert file.bad == len({problem.line for problem in file.problems if not problem.row_used})
    assert file.good == len(records)
