"""`cotejo bench identity` runs as a command: the engine measured on invented people, asked one at a time or linked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from cotejo.doors.cli.bench_identity import _trigrams, identity_command
from cotejo.doors.cli.speaking import Told


@contextmanager
def no_database() -> Iterator[str]:
    """Give the address of a database that does not answer."""
    yield "host=/nowhere dbname=nobody"


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(identity_command(no_database))
    return CliRunner().invoke(app, ["--persons", "600", "--dossiers", "320", "--seed", "3", *words])


def test_asking_one_at_a_time_is_measured_alone() -> None:
    done = run("--no-linking", "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    assert set(found) == {"persons", "dossiers", "seed", "online"}
    assert found["online"]["rows"] == 600
    assert found["online"]["queries"] == 320
    assert found["online"]["recall_10"] > 0.95


def test_linking_is_measured_with_its_counts() -> None:
    done = run("--no-online")
    assert done.exit_code == 0, done.output
    told = dict(line.split(": ", 1) for line in done.output.splitlines())
    assert told["cotejo.many_agree_without_evidence"] == "0"
    assert float(told["cotejo.best_f1"]) > 0.9
    assert told["cotejo.limit_at_recall_0.95_aim"] == "0.001"
    assert int(told["cotejo.limit_at_recall_0.95_namesakes"]) >= 0
    assert int(told["cotejo.limit_namesake_as_good_as_the_right_row"]) >= 0


def test_a_peer_that_cannot_be_measured_says_why_in_words_and_in_json() -> None:
    peer = _trigrams("", no_database)
    assert "does not answer" in str(peer([], [], {})["skipped"])


def test_peers_are_not_measured_without_linking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    refused = run("--peers", "--no-linking")
    assert isinstance(refused.exception, Told)
    assert refused.exception.texts[0].en == "Peers are measured in linking."
