"""The node's memory under test: on PostgreSQL and in the simulation, each fresh for one test."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cotejo.node.database import Dsns
from tests import pages
from tests.builders import memory
from tests.cluster import Cluster


@pytest.fixture
def node_database(postgres: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Dsns]:
    """Let Django reach a fresh migrated database, as the role the node runs as."""
    with django_db_blocker.unblock(), pages.node_database(postgres) as dsns:
        yield dsns


@pytest.fixture
def house(node_database: Dsns, tmp_path: Path) -> memory.House:
    """Give a node's memory on PostgreSQL, with a home and one paired partner."""
    return memory.on_postgresql(tmp_path / "home", node_database)


@pytest.fixture(params=["postgresql", "memory"])
def node(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> memory.Node:
    """Give one node's memory, on PostgreSQL and in the simulation in turn."""
    if request.param == "memory":
        return memory.SimulatedNode(random.Random(7))
    return memory.PostgresNode(request.getfixturevalue("house"), monkeypatch)
