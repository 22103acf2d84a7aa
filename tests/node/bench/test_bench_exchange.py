"""`cotejo bench exchange` runs small and tells its figures in their shape; nothing about time is asserted."""

import json
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.command import run

pytestmark = pytest.mark.node


def measured(tmp_path: Path, *words: str) -> dict[str, Any]:
    out = tmp_path / "exchange.json"
    assert run(["bench", "exchange", *words, "--json", str(out)]) == 0
    found: dict[str, Any] = json.loads(out.read_text())
    assert {"processor", "cores", "load_at_start"} <= found["machine"].keys()
    return found


def test_receiving_is_told_beside_a_bare_loop_that_wrote_the_same_rows(tmp_path: Path) -> None:
    found = measured(tmp_path, "--part", "receiving", "--requests", "6")["receiving"]
    assert set(found) == {"request_with_documents", "message_alone"}
    for kind in found.values():
        assert kind["ours"]["count"] == kind["bare_loop"]["count"] == 5
        assert kind["statements"] > kind["statements_that_wrote"] > 0
        share = kind["share_of_the_bare_loop"]["by_the_clock"]
        assert share.keys() == {"over_all", "median_of_pairs", "quartiles_of_pairs"}
        assert sum(part["share"] for part in kind["where_the_time_goes"].values()) == pytest.approx(1, abs=0.02)


def test_what_grows_is_told_for_each_number_of_live_requests(tmp_path: Path) -> None:
    (found,) = measured(tmp_path, "--part", "sizes", "--live", "1000")["sizes"]
    assert found["live_requests"] == 1000
    assert found["status_list_bytes"] > 8192
    assert found["withdrawal_pressed"]["count"] == found["request_taken_in"]["count"] > 0


@pytest.mark.long
def test_two_served_nodes_are_measured_from_sending_to_receipt_and_from_withdrawing_to_refusal(tmp_path: Path) -> None:
    found = measured(tmp_path, "--part", "crossing", "--requests", "8", "--withdrawals", "3")["crossing"]
    assert found["one_after_the_other"]["count"] == 8
    assert found["connections"]["8"]["messages_alone"]["connections"] == 8
    assert found["withdrawal"]["count"] == 3
