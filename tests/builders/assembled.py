"""A node put together around a memory, without its processes."""

from cotejo.node.assembly import Node
from cotejo.node.keys import load_keys
from cotejo.node.wire.parts import Parts
from tests.builders.memory import House
from tests.builders.node_file import WANTED


def assembled(house: House) -> Node:
    """Put the node of a house together, whose keys are made."""
    return Node(home=house.home, file=WANTED, keys=load_keys(house.home), unit=house.unit, parts=Parts(house.home))
