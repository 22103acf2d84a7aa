"""Alba's pages on a database of each test's own."""

from pathlib import Path

import pytest

from tests.builders.origin import Origin, origin


@pytest.fixture
def house(node_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Origin:
    """Put Alba together, with its people."""
    return origin(tmp_path / "home", monkeypatch)
