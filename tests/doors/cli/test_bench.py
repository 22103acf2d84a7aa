"""The ledger's bench measures a log that is right, and writes what it measured."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cotejo.doors.cli.bench import bench_app
from cotejo.doors.cli.bench_figures import Spent, percentile, ratio, times


def test_the_ledgers_figures_are_written_with_their_ratios(tmp_path: Path) -> None:
    out = tmp_path / "ledger.json"
    done = CliRunner().invoke(bench_app, ["ledger", "--leaves", "1500", "--json", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text())
    assert found.pop("machine")["cores"] > 0
    assert found["leaves"] == 1500
    assert all(figure > 0 for figure in found.values())
    assert found["append_of_floor"] == found["append_per_s"] / found["floor_per_s"]


def test_another_implementation_does_the_same_work_beside_ours(tmp_path: Path) -> None:
    pytest.importorskip("pymerkle", reason="pymerkle is not installed (group `peers`)")
    out = tmp_path / "ledger.json"
    done = CliRunner().invoke(bench_app, ["ledger", "--leaves", "1000", "--peers", "--json", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text())["pymerkle"]
    assert found["append_of_pymerkle"] == found["append_per_s"] / found["append_pymerkle_per_s"]


def test_times_are_told_by_nearest_rank_and_ratios_pair_by_pair() -> None:
    assert [percentile(range(1, 101), share) for share in (50, 95, 99)] == [50, 95, 99]
    assert percentile([3.0], 99) == 3.0
    assert times([0.001, 0.003, 0.002]) == {
        "count": 3,
        "p50_ms": 2.0,
        "p95_ms": 3.0,
        "p99_ms": 3.0,
        "longest_ms": 3.0,
    }
    ours, floor = [Spent(wall=2, cpu=4), Spent(wall=4, cpu=4)], [Spent(wall=1, cpu=1), Spent(wall=1, cpu=1)]
    assert ratio(ours, floor)["by_the_clock"] == {
        "over_all": 0.333,
        "median_of_pairs": 0.375,
        "quartiles_of_pairs": [0.25, 0.5],
    }
