"""`cotejo link` and `cotejo dedupe`: interfaces as written, plain refusals, nothing half done."""

import csv

import pytest

from cotejo.identity.invented import invented_register
from cotejo.identity.register_file import written
from cotejo.node.command import run
from tests.identity.people import JOSE, like_jose


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def write(path, records):
    path.write_text("".join(written(records)), encoding="utf-8")
    return str(path)


def pairs(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_link_writes_the_possible_pairs_and_all_of_them_when_asked(tmp_path, capsys):
    people = list(invented_register(150, 3))
    left = write(tmp_path / "left.csv", [JOSE])
    right = write(tmp_path / "right.csv", [like_jose("R1"), like_jose("R2", dob="1951-03-03", dui=""), *people])
    out = tmp_path / "pairs.csv"
    assert run(["link", left, right, "--out", str(out)]) == 0
    assert "rows used: 1 + 152, left out: 0" in capsys.readouterr().out
    (pair,) = pairs(out)
    assert (pair["left_id"], pair["right_id"], pair["band"]) == ("Q", "R1", "many_agree")
    assert pair["reason"].startswith("agrees: ")
    assert float(pair["score"]) > 3
    assert run(["link", left, right, "--out", str(out), "--all-pairs"]) == 0
    assert {each["right_id"] for each in pairs(out)} >= {"R1", "R2"}


def test_dedupe_writes_each_pair_once_and_names_what_is_wrong_with_the_file(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "es_SV.UTF-8")
    file = tmp_path / "file.csv"
    text = "".join(written([like_jose("A"), like_jose("B"), *invented_register(60, 3)]))
    file.write_text(text + ",,,,,,,,,,,\n", encoding="utf-8")
    assert run(["dedupe", str(file), "--out", str(tmp_path / "pairs.csv")]) == 0
    told = capsys.readouterr()
    assert "file.csv: Línea 64, id: La fila no tiene id." in told.err
    assert "dejadas fuera: 1" in told.out
    assert [(each["left_id"], each["right_id"]) for each in pairs(tmp_path / "pairs.csv")] == [("A", "B")]
    assert pairs(tmp_path / "pairs.csv")[0]["reason"].startswith("coincide: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"%PDF-1.7 \xff\n", "is a PDF"), (b"name\nAna\n", "names no column `id`")],
)
def test_a_file_that_is_no_register_is_refused_before_anything_is_written(tmp_path, capsys, content, said):
    good, bad = write(tmp_path / "good.csv", [JOSE]), tmp_path / "bad.csv"
    bad.write_bytes(content)
    assert run(["link", good, str(bad), "--out", str(tmp_path / "pairs.csv")]) == 1
    told = capsys.readouterr().err
    assert "bad.csv: Line 1" in told
    assert said in told
    assert {path.name for path in tmp_path.iterdir()} == {"good.csv", "bad.csv"}


def test_pairs_never_overwrite_a_file_they_come_from(tmp_path, capsys):
    file = write(tmp_path / "file.csv", [JOSE])
    before = (tmp_path / "file.csv").read_text("utf-8")
    assert run(["dedupe", file, "--out", file]) == 1
    assert "overwrite" in capsys.readouterr().err
    assert (tmp_path / "file.csv").read_text("utf-8") == before


def test_a_mapping_and_a_model_are_read_before_the_files(tmp_path, capsys):
    (tmp_path / "file.csv").write_text("NUM,NOMBRE\n1,Ana Cruz Paz\n2,Ana Cruz Paz\n", encoding="utf-8")
    (tmp_path / "mapping.json").write_text('{"id": "NUM", "full_name": "NOMBRE"}')
    (tmp_path / "model.json").write_text("{}")
    command = ["dedupe", str(tmp_path / "file.csv"), "--out", str(tmp_path / "pairs.csv")]
    assert run([*command, "--mapping", str(tmp_path / "mapping.json"), "--all-pairs"]) == 0
    assert len(pairs(tmp_path / "pairs.csv")) == 1
    assert run([*command, "--model", str(tmp_path / "model.json")]) == 1
    assert "no model this engine can use" in capsys.readouterr().err


def test_faults_of_one_kind_are_named_a_few_times_and_counted(tmp_path, capsys):
    file = tmp_path / "file.csv"
    text = "".join(written([like_jose("A"), like_jose("B")]))
    file.write_text(text + "torn\n" * 501 + ",,,,,,,,,,,\n", encoding="utf-8")
    assert run(["dedupe", str(file), "--out", str(tmp_path / "pairs.csv")]) == 0
    told = capsys.readouterr()
    assert told.err.count("fields where the header names") == 8
    assert "Line 505, id: The row has no id." in told.err
    assert "more of the same kinds" in told.err
    assert len(pairs(tmp_path / "pairs.csv")) == 1
