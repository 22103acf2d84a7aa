"""The worker's pieces on a node's memory in PostgreSQL, without its processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import pages
from tests.builders import memory
from tests.cluster import Cluster


@pytest.fixture
def house(postgres: Cluster, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[memory.House]:
    """Give a node's memory on PostgreSQL, with a home and one paired partner."""
    with django_db_blocker.unblock(), pages.node_database(postgres) as dsns:
        yield memory.on_postgresql(tmp_path / "home", dsns)
