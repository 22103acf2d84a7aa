"""What a start does about keys on their way: publish and tell a new document, and use new keys once all know them."""

import logging
from typing import Final

from django.db import connections

from cotejo.actions.announce import tell_partners
from cotejo.node.assembly import Node, assemble
from cotejo.node.clock import now
from cotejo.node.rotation import NEXT, publish, ready, use_new_keys

LOG: Final = logging.getLogger("cotejo.node")


def start_with_new_keys(node: Node) -> Node:
    """Return the node, with its new keys when it is their time."""
    home = node.home
    if not (home.keys / NEXT).exists():
        return node
    publish(home)
    node, at = assemble(home), now()
    if not node.unit.recovering():
        tell_partners(node.unit, node.keys.document, node.keys.signed_document.decode(), now=at)
    if ready(home, node.unit, now=at):
        use_new_keys(home)
        LOG.warning("the node uses its new keys", extra={"facts": {"document": node.keys.document.version}})
        node = assemble(home)
    connections.close_all()
    return node
