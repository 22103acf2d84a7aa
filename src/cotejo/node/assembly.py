"""The parts of a running node put together: its home, its keys, its memory, and what waits at its door.

1. Everything is made here and handed down; no room below looks for a key or a file by itself.
2. Putting together opens no connection: a process may do it before it forks.
"""

import os
import secrets
from dataclasses import dataclass

from cotejo.actions.post import PostRoom
from cotejo.actions.take_in import Desk
from cotejo.node.agency_register import AgencyRegister, view_at
from cotejo.node.clock import now
from cotejo.node.figures import Figures
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, load_keys
from cotejo.node.model_file import model_of
from cotejo.node.node_file import NodeFile, read_node_file
from cotejo.node.wire.parts import Parts
from cotejo.store.current import use, use_figures
from cotejo.store.unit import PgUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node, whole. Its database must be running for its memory to answer."""

    home: Home
    file: NodeFile
    keys: NodeKeys
    unit: PgUnit
    parts: Parts

    @property
    def desk(self) -> Desk:
        """What the receiving end of the line works with."""
        return Desk(
            unit=self.unit,
            own=self.keys.own,
            part=self.parts.get,
            drop_parts=self.parts.drop,
            chance=secrets.token_bytes,
        )


def assemble(home: Home) -> Node:
    """Put a node together for this process and its ways in; Django must be set up. Raises `NodeError`."""
    file = read_node_file(home)
    keys = load_keys(home)
    unit: PgUnit

    def document(sha256: str) -> bytes:
        return unit.documents.get(sha256)

    post = PostRoom(own=keys.own, chance=secrets.token_bytes, document=document)
    model = model_of(home, keys.root.verifying)
    at = view_at(home, file, os.environ)
    unit = PgUnit(
        node=file.node,
        world=file.world,
        profile=file.profile,
        places=home,
        post=post,
        model=model,
        register=AgencyRegister(home, at, model=model, clock=now) if at else None,
    )
    use(unit)
    node = Node(home=home, file=file, keys=keys, unit=unit, parts=Parts(home))
    use_figures(Figures(node=node))
    return node
