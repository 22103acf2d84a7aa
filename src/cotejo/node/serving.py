"""`cotejo serve`: the database first, then one process that imports everything once and forks what the node is made of.

Django is set up for the node before anything that stands on its tables is imported; see `watching` for what follows.
"""

import gc
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from cotejo.node.database import database_of
from cotejo.node.home import Home
from cotejo.node.making import prepare
from cotejo.node.signals import Said
from cotejo.node.starting import require_files, require_ports, require_week_keys

SHARED: Final = ("cotejo.node.wsgi", "cotejo.node.listening", "cotejo.node.worker")
"""What the children need, imported once, so that they share it."""


def serve(home: Home, environment: Mapping[str, str], *, durable: bool = True, say: Callable[[str], None]) -> None:
    """Run the node in `home` until told to stop; `say("ready")` when it answers. Raises `NodeError`."""
    said = Said()
    said.listen()
    require_files(home)
    with database_of(home, environment, durable=durable) as database:
        require_ports(home)
        prepare(home, database)
        require_week_keys(home)
        from django.urls import get_resolver

        from cotejo.node.assembly import assemble
        from cotejo.node.starting_keys import start_with_new_keys
        from cotejo.node.watching import Parent

        node = start_with_new_keys(assemble(home))
        for module in SHARED:
            import_module(module)
        _ = get_resolver().url_patterns
        gc.freeze()
        Parent(node=node, database=database, said=said, say=say).run()
