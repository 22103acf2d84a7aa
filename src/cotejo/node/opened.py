"""A node opened for one command: with the database that runs already, or with its own for as long as it takes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cotejo.node import framework
from cotejo.node.database import Database, Dsns, OtherServer, database_of
from cotejo.node.home import Home, NodeError
from cotejo.node.making import prepare


@contextmanager
def database_for(home: Home, environment: Mapping[str, str]) -> Iterator[Dsns]:
    """Have the node's database answer while inside, and Django set up for it. Raises `NodeError`."""
    database = database_of(home, environment)
    running = _running(database)
    if running is not None:
        framework.set_up(home, running.app)
        yield running
        return
    with database:
        prepare(home, database)
        try:
            yield database.dsns()
        finally:
            from django.db import connections

            connections.close_all()


def _running(database: Database | OtherServer) -> Dsns | None:
    """Return how to reach the database when another process of this node runs it."""
    if isinstance(database, OtherServer):
        return None
    try:
        dsns = database.dsns()
    except NodeError:
        return None
    return dsns if database.healthy() else None
