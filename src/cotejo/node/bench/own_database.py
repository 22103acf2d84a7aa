"""A throwaway database of this program's own, for figures that want a PostgreSQL and no node."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database() -> Iterator[str]:
    """Have a new, empty database answer while inside; give its superuser's address. Raises `NodeError`."""
    from cotejo.node.bench.throwaway import folder
    from cotejo.node.database import Database
    from cotejo.node.home import Home

    with folder() as made, Database(Home.create(made / "bench", world="invented"), durable=False) as database:
        yield database.admin_dsn()
