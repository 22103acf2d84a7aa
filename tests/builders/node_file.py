"""What the `node.toml` of an invented node says."""

from cotejo.node.node_file import NodeFile, WitnessAt

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
