"""What is done about keys on their way: a new document is told to all, and new keys are used once all know them.

A start publishes the document and uses the keys; telling goes on while the node runs, for a partner that could not be
told before and after a restore.
"""

import logging
from typing import Final

from django.db import connections

from cotejo.actions.announce import tell_partners
from cotejo.node.assembly import Node, assemble
from cotejo.node.clock import now
from cotejo.node.rotation import NEXT, publish, ready, use_new_keys
from cotejo.rules.acts import Millis

LOG: Final = logging.getLogger("cotejo.node")


def tell_on_their_way(node: Node, *, now: Millis) -> int:
    """Tell the document of keys on their way to every partner that was not told. Return how many."""
    if not (node.home.keys / NEXT).exists() or node.unit.recovering():
        return 0
    return tell_partners(node.unit, node.keys.document, node.keys.signed_document.decode(), now=now)


def start_with_new_keys(node: Node) -> Node:
    """Return the node, with its new keys when it is their time."""
    home = node.home
    if not (home.keys / NEXT).exists():
        return node
    publish(home)
    node, at = assemble(home), now()
    tell_on_their_way(node, now=at)
    if ready(home, node.unit, now=at):
        use_new_keys(home)
        LOG.warning("the node uses its new keys", extra={"facts": {"document": node.keys.document.version}})
        node = assemble(home)
    connections.close_all()
    return node
