"""The receiver's pages on a node of each test's own: Boreal, its people, and one sound request of Alba's."""

from pathlib import Path

import pytest

from tests.builders.receiving import Receiving, Staff, receiving, staff


@pytest.fixture
def house(node_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receiving:
    """Give Boreal, paired with Alba."""
    return receiving(tmp_path / "home", monkeypatch)


@pytest.fixture
def people(house: Receiving) -> Staff:
    """Give Boreal's people, each with one duty."""
    return staff()


@pytest.fixture
def review(house: Receiving) -> str:
    """Give the local id of a request that came in."""
    return house.request()
