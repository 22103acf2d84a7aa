"""The picture of cost against size: the same figures, the same bytes; and the one in the documentation is theirs."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cotejo.identity.bench.plot import NoFigures, main, picture

DOCS = Path(__file__).parents[3] / "docs"


def told(rows: int, times: float) -> dict[str, object]:
    names = ("cpu_p50_ms", "cpu_p95_ms", "compared_mean", "compared_p95", "index_mib", "peak_mib", "build_cpu_seconds")
    return {"online": {"rows": rows} | {name: times * (number + 1) for number, name in enumerate(names)}}


def test_the_order_of_the_files_changes_no_byte() -> None:
    three = [told(100_000, 1.5), told(1_000_000, 4.0), told(10_000_000, 11.0)]
    drawn = picture(three)
    assert drawn == picture(three[::-1])
    assert "10,000,000 persons" in drawn
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    lines = root.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert {len(line.attrib["points"].split()) for line in lines} == {3}
    assert all(float(y) > 0 for line in lines for y in line.attrib["points"].replace(",", " ").split())


def test_one_size_is_a_picture_too_and_none_is_said() -> None:
    ET.fromstring(picture([told(100_000, 1.0)]))  # noqa: S314 - our own
    with pytest.raises(NoFigures, match="online"):
        picture([{"persons": 3}])
    with pytest.raises(NoFigures, match="one size"):
        picture([told(100, 1.0), told(100, 2.0)])


def test_the_picture_in_the_documentation_is_made_of_the_figures_beside_it(tmp_path: Path) -> None:
    files = sorted((DOCS / "measured").glob("identity-*.json"))
    assert files
    for path in files:
        assert json.loads(path.read_text(encoding="utf-8"))["online"]["rows"] > 0
    main([*map(str, files), "--out", str(tmp_path / "made.svg")])
    made, kept = (tmp_path / "made.svg"), DOCS / "pictures" / "identity-cost.svg"
    assert made.read_bytes() == kept.read_bytes(), "run python -m cotejo.identity.bench.plot again"
