"""`cotejo model`: learning from a register, and the scorecard that fails when a group is served worse."""

import json

import pytest
from typer.testing import CliRunner

from cotejo.doors.cli.models import model_app
from cotejo.doors.cli.speaking import Told
from cotejo.identity import read_model, standard_model
from cotejo.identity.invented_population import Population
from cotejo.identity.register_file import written

run = CliRunner().invoke


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    population = Population(persons=1_000, count=400, seed=6)
    rows = list(population.register())
    for name, records in (("register.csv", rows), ("requests.csv", population.dossiers)):
        (folder / name).write_text("".join(written(records)), encoding="utf-8")
    truth = [(each, told.row) for each, told in population.truth.items() if told.row][:50]
    lines = ["left_id,right_id,same", *(f"{one},{other},yes" for one, other in truth)]
    (folder / "decided.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_model_is_learnt_and_written_as_a_file_that_reads_back(files, tmp_path):
    out = tmp_path / "model.json"
    options = ["--out", str(out), "--version", "alba-1", "--adjudicated", str(files / "decided.csv")]
    done = run(model_app, ["fit", str(files / "register.csv"), str(files / "requests.csv"), *options])
    assert done.exit_code == 0, done.output
    assert read_model(out.read_text("utf-8")).version == "alba-1"


def test_bad_decisions_are_named_by_line_and_nothing_is_written(files, tmp_path):
    decided, out = tmp_path / "decided.csv", tmp_path / "model.json"
    decided.write_text("left_id,right_id,same\nD0000001,nobody,yes\nD0000001,R00000001,perhaps\n", encoding="utf-8")
    options = ["--out", str(out), "--adjudicated", str(decided)]
    done = run(model_app, ["fit", str(files / "register.csv"), str(files / "requests.csv"), *options])
    assert isinstance(done.exception, Told)
    assert "line 2, 3" in done.exception.texts[0].en
    assert not out.exists()


def test_what_is_no_register_is_refused(tmp_path):
    (tmp_path / "no.csv").write_bytes(b"PK\x03\x04\0\0")
    done = run(model_app, ["fit", str(tmp_path / "no.csv"), "--out", str(tmp_path / "model.json")])
    assert isinstance(done.exception, Told)
    assert not (tmp_path / "model.json").exists()


def test_the_report_names_the_groups_a_model_serves_worse_and_fails(tmp_path):
    blunt = standard_model().written()
    blunt["prior"]["same"] = 1e-12
    (tmp_path / "blunt.json").write_text(json.dumps(blunt), encoding="utf-8")
    done = run(model_app, ["report", "--people", "1500", "--model", str(tmp_path / "blunt.json")])
    assert isinstance(done.exception, Told)
    assert "all" in done.exception.texts[0].en
    assert "missing: dui" in done.stdout
