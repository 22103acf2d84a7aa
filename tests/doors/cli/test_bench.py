"""The ledger's bench measures a log that is right, and writes what it measured."""

import json
from pathlib import Path

from typer.testing import CliRunner

from cotejo.doors.cli.bench import bench_app


def test_the_ledgers_figures_are_written_with_their_ratios(tmp_path: Path) -> None:
    out = tmp_path / "ledger.json"
    done = CliRunner().invoke(bench_app, ["ledger", "--leaves", "1500", "--json", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text())
    assert found["leaves"] == 1500
    assert all(figure > 0 for figure in found.values())
    assert found["append_of_floor"] == found["append_per_s"] / found["floor_per_s"]
