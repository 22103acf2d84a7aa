"""Two nodes whose key documents both expired, with nothing under way between them, find each other again."""

from cotejo.actions.post import is_sealable
from cotejo.rules.agreement import HOUR, MINUTE
from cotejo.simulation import restoring
from cotejo.simulation.events import Event
from cotejo.simulation.node import waiting_for
from cotejo.simulation.world import World

SEED = 2
"""A seed of two nodes."""


def test_f19_two_nodes_whose_key_documents_expired_while_nothing_waited_hear_each_other_again():
    world = World(SEED)
    alba, boreal = (world.nodes[name] for name in world.names)
    world.settle()
    for node, other in ((alba, boreal), (boreal, alba)):
        restoring.lapse(world, Event(kind="lapse", after=0, node=node.name, other=other.name, pick=1))
    for _ in range(3):
        for node in (alba, boreal):
            world.network.send_all(node, Event(kind="work", after=0, node="", other="", pick=0).chance(), faulty=False)
            node.follow()
            node.use_new_keys(now=world.now)
    assert not waiting_for(alba, "boreal")
    assert not waiting_for(boreal, "alba")
    world.now = max(alba.document.expires, boreal.document.expires) + HOUR

    for node, other in ((alba, "boreal"), (boreal, "alba")):
        assert not is_sealable(node.unit.partner(other), now=world.now + MINUTE)
    world.settle()
    assert alba.unit.partner("boreal").key_document == boreal.key_document
    assert boreal.unit.partner("alba").key_document == alba.key_document
