"""Figures can be recounted from the log (I14); one altered row is found and named."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotejo_portal.problems import Unfit
from cotejo_portal.recount import recount
from cotejo_portal.release import Release, open_release
from cotejo_portal.trust import Trust
from tests.portal.conftest import Office, leaf_with_row, write_bundle

FIELDS = ("act", "month", "route", "offence", "gate", "hours")


def test_i14_the_auditors_bundle_gives_the_published_figures(folder: Path, release: Release, office: Office) -> None:
    counted = recount(folder / "leaves.jsonl", release)
    assert counted.findings == ()
    assert counted.leaves == len(office.rows)
    assert counted.rows == sum(row is not None for row in office.rows)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_i14_any_one_altered_row_is_named_by_its_line(
    folder: Path, release: Release, office: Office, data: st.DataObject
) -> None:
    lines = copy.deepcopy(office.bundle())
    at = data.draw(st.sampled_from([index for index, row in enumerate(office.rows) if row is not None]))
    field = data.draw(st.sampled_from(FIELDS))
    lines[at]["row"][field] = 99 if field == "hours" else lines[at]["row"][field] + "x"
    findings = recount(write_bundle(folder / "altered.jsonl", lines), release).findings
    assert any(finding.en.startswith(f"Line {at + 1}: the row") and "altered" in finding.en for finding in findings)
    assert findings[0].es.startswith(f"Línea {at + 1}:")


def test_a_row_and_its_leaf_exchanged_together_change_the_root(folder: Path, release: Release, office: Office) -> None:
    lines = copy.deepcopy(office.bundle())
    line = lines[0]
    line["row"]["month"] = "2026-02"
    line["leaf"] = leaf_with_row(b"act 0", line["row"], bytes.fromhex(line["salt"]))
    (finding, *_) = recount(write_bundle(folder / "exchanged.jsonl", lines), release).findings
    assert "root" in finding.en


def changed_bundles() -> dict[str, Any]:
    return {
        "leaves it out": lambda lines: [lines[0].pop(field) for field in ("row", "salt")],
        "out of place": lambda lines: lines.reverse(),
        "counted from": lambda lines: lines.pop(),
        "not a leaf": lambda lines: lines[0].update(leaf="{}"),
    }


@pytest.mark.parametrize("said", changed_bundles())
def test_rows_left_out_moved_or_cut_off_are_found(folder: Path, release: Release, office: Office, said: str) -> None:
    lines = copy.deepcopy(office.bundle())
    changed_bundles()[said](lines)
    findings = recount(write_bundle(folder / "changed.jsonl", lines), release).findings
    assert any(said in finding.en for finding in findings)


def test_a_figure_the_office_signed_but_did_not_count_is_found(folder: Path, office: Office, trust: Trust) -> None:
    def flatter(payload: dict[str, Any]) -> None:
        for cell in payload["figures"][3]["cells"]:
            cell["value"] = None if cell["value"] is None else cell["value"] + 10

    findings = recount(folder / "leaves.jsonl", open_release(office.release(flatter), trust)).findings
    assert findings
    assert all("withdrawals-swept" in finding.en and "recounted" in finding.en for finding in findings)


def test_a_reason_the_release_keeps_silent_about_is_found(folder: Path, office: Office, trust: Trust) -> None:
    def hide(payload: dict[str, Any]) -> None:
        figure = payload["figures"][1]
        figure["rows"] = ["evidence", "identity"]
        figure["cells"] = [cell for cell in figure["cells"] if cell["row"] not in {"custody", "route"}]

    findings = recount(folder / "leaves.jsonl", open_release(office.release(hide), trust)).findings
    assert [finding.en.partition(", which")[2] for finding in findings] == [" the release does not list."] * 2


def test_a_malformed_line_is_named(folder: Path, release: Release) -> None:
    (folder / "broken.jsonl").write_text('{"index": 0, "leaf": 5}\n', "utf-8")
    with pytest.raises(Unfit, match="Line 1"):
        recount(folder / "broken.jsonl", release)
