"""A node's database for commands that need one."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cotejo.node.database import Dsns
from tests import pages
from tests.cluster import Cluster


@pytest.fixture
def node_database(postgres: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Dsns]:
    """Let Django reach a fresh migrated database."""
    with django_db_blocker.unblock(), pages.node_database(postgres) as dsns:
        yield dsns
