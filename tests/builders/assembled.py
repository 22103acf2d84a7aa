"""A node put together around a memory, without its processes; and what its `node.toml` says."""

from cotejo.node.assembly import Node
from cotejo.node.keys import load_keys
from cotejo.node.node_file import NodeFile, WitnessAt
from cotejo.node.wire.parts import Parts
from tests.builders.memory import House

WANTED = NodeFile(
    world="invented",
    node="alba",
    name='Alba "Norte"',
    profile="sv",
    language="es",
    url="https://alba.example:8443",
    pages="127.0.0.1:8000",
    exchange="[::1]:8443",
    hosts=("alba.example",),
    witnesses=(WitnessAt(url="http://127.0.0.1:8790", key="w+1+k"),),
)


def assembled(house: House) -> Node:
    """Put the node of a house together, whose keys are made."""
    return Node(home=house.home, file=WANTED, keys=load_keys(house.home), unit=house.unit, parts=Parts(house.home))
