"""`cotejo simulate` as an operator types it."""

import json

import pytest

from cotejo.node.command import run


def test_a_clean_run_says_so_and_writes_its_figures(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    report = tmp_path / "report.json"

    assert run(["simulate", "--seeds", "2", "--steps", "40", "--jobs", "1", "--json", str(report)]) == 0

    assert "2 seeds" in capsys.readouterr().out
    figures = json.loads(report.read_text())
    assert figures["failures"] == []
    assert figures["events"] > 2 * 40
    assert figures["happened"]["log confirmed"]


def test_a_planted_fault_is_told_with_its_seed_and_what_each_node_did(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    report = tmp_path / "report.json"
    words = ["simulate", "--mutant", "receipt-not-stored", "--steps", "120", "--jobs", "1", "--json", str(report)]

    assert run(words) == 0

    told = capsys.readouterr().out
    assert "receipt-not-stored: seed 0, i8_exactly_once" in told
    assert "refuses" in told
    assert json.loads(report.read_text())["mutants"][0]["rows"] == ["I8", "X4"]


def test_an_unknown_fault_is_refused_with_the_list(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "es_SV.UTF-8")

    assert run(["simulate", "--mutant", "no-such-fault"]) == 1
    assert "no-version-floor" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_two_thousand_seeds_of_three_hundred_events_and_every_planted_fault():
    assert run(["simulate", "--seeds", "2000", "--steps", "300"]) == 0
    assert run(["simulate", "--mutants"]) == 0
