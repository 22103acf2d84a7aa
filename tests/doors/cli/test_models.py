"""`cotejo model`: learning from a register, the scorecard that fails when a group is served worse, the signature."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cotejo.doors.cli.models import model_app
from cotejo.doors.cli.opening import Doors, Signer
from cotejo.doors.cli.speaking import Told
from cotejo.identity import read_model, standard_model
from cotejo.identity.invented_population import Population
from cotejo.identity.model import rewritten
from cotejo.identity.register_file import written
from cotejo.node.home import Home, NodeError
from cotejo.node.keys import load_keys, make_keys
from cotejo.node.model_file import model_of

NOW = 1_790_000_000_000


def no_node(_home: object) -> Any:
    raise AssertionError("no node is needed")


def signer(folder: Path) -> Signer:
    keys = load_keys(Home.open(folder))
    return Signer(root=keys.root, document=keys.document, signed_document=keys.signed_document, now=NOW)


def run(*words: object) -> Result:
    return CliRunner().invoke(model_app(Doors(keys=signer, node=no_node)), [str(word) for word in words])


def node(folder: Path, name: str) -> Home:
    home = Home.create(folder / name, world="invented")
    make_keys(home, name=name, url=f"https://{name}.example", now=NOW)
    return home


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def fitted(tmp_path: Path) -> Path:
    """Give a model that differs from the standard one, as a file."""
    path = tmp_path / "fitted.json"
    path.write_text(rewritten(standard_model(), standard_model().written()["fields"], version="alba-2").text(), "utf-8")
    return path


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
    done = run("fit", files / "register.csv", files / "requests.csv", *options)
    assert done.exit_code == 0, done.output
    learnt = read_model(out.read_text("utf-8"))
    assert learnt.version == "alba-1"
    assert learnt.digest == sha256(out.read_bytes()).hexdigest()
    assert learnt.digest in done.output
    assert learnt.text() == out.read_text("utf-8")


def test_bad_decisions_are_named_by_line_and_nothing_is_written(files, tmp_path):
    decided, out = tmp_path / "decided.csv", tmp_path / "model.json"
    decided.write_text("left_id,right_id,same\nD0000001,nobody,yes\nD0000001,R00000001,perhaps\n", encoding="utf-8")
    options = ["--out", str(out), "--adjudicated", str(decided)]
    done = run("fit", files / "register.csv", files / "requests.csv", *options)
    assert isinstance(done.exception, Told)
    assert "line 2, 3" in done.exception.texts[0].en
    assert not out.exists()


def test_what_is_no_register_is_refused(tmp_path):
    (tmp_path / "no.csv").write_bytes(b"PK\x03\x04\0\0")
    done = run("fit", tmp_path / "no.csv", "--out", tmp_path / "model.json")
    assert isinstance(done.exception, Told)
    assert not (tmp_path / "model.json").exists()


def test_the_report_names_the_groups_a_model_serves_worse_and_fails(tmp_path):
    blunt = standard_model().written()
    blunt["prior"]["same"] = 1e-12
    (tmp_path / "blunt.json").write_text(json.dumps(blunt), encoding="utf-8")
    done = run("report", "--people", "1500", "--model", tmp_path / "blunt.json")
    assert isinstance(done.exception, Told)
    assert "all" in done.exception.texts[0].en
    assert "missing: dui" in done.stdout


def test_a_node_compares_with_the_standard_model_until_it_has_signed_another(tmp_path: Path, fitted: Path) -> None:
    home = node(tmp_path, "alba")
    root = load_keys(home).root.verifying
    assert model_of(home, root) is standard_model()
    assert standard_model().digest in run("verify", home.folder).output
    done = run("sign", home.folder, fitted)
    assert done.exit_code == 0, done.output
    assert model_of(home, root).digest == sha256(fitted.read_bytes()).hexdigest()
    assert model_of(home, root).version == "alba-2"
    told = run("verify", home.folder)
    assert told.exit_code == 0
    assert "alba-2" in told.output
    assert "Signed by alba" in told.output


def test_a_model_signed_by_another_node_or_changed_afterwards_is_refused_in_both_languages(
    tmp_path: Path, fitted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alba, boreal = node(tmp_path, "alba"), node(tmp_path, "boreal")
    run("sign", boreal.folder, fitted)
    foreign = (boreal.folder / "model.signed").read_bytes()
    run("sign", alba.folder, fitted)
    own = (alba.folder / "model.signed").read_bytes()
    header, payload, signature = own.strip().split(b".")
    changed = b".".join((header, payload[:40] + (b"A" if payload[40:41] != b"A" else b"B") + payload[41:], signature))
    for content in (foreign, changed, fitted.read_bytes(), b"", b"\xff"):
        (alba.folder / "model.signed").write_bytes(content)
        with pytest.raises(NodeError) as refused:
            model_of(alba, load_keys(alba).root.verifying)
        assert "no model this node has signed" in refused.value.sentence("en")
        assert "no es un modelo firmado por este nodo" in refused.value.sentence("es")
        told = run("verify", alba.folder)
        assert isinstance(told.exception, Told)
        assert "the node does not use it" in told.exception.texts[0].en
        assert "el nodo no lo usa" in told.exception.texts[0].es
    assert isinstance(run("verify", alba.folder, tmp_path / "none").exception, Told)


def test_what_is_no_model_is_not_signed(tmp_path: Path) -> None:
    home, blunt = node(tmp_path, "alba"), standard_model().written()
    blunt["gate"]["fields_beyond_name"] = 1
    (tmp_path / "blunt.json").write_text(json.dumps(blunt), encoding="utf-8")
    refused = run("sign", home.folder, tmp_path / "blunt.json")
    assert isinstance(refused.exception, Told)
    assert "fields_beyond_name" in refused.exception.texts[0].en
    assert not (home.folder / "model.signed").exists()
