"""The names of parts come from a partner: one that is no hash names no file."""

from cotejo.node.home import Home
from cotejo.node.wire.parts import Parts


def test_f54_no_name_a_partner_writes_reaches_a_file_outside_the_waiting_parts(tmp_path):
    home = Home.create(tmp_path / "home", world="invented")
    outside = tmp_path / "outside"
    outside.write_bytes(b"an epoch key")
    parts = Parts(home)
    for name in ("../../../outside", str(outside), "", "."):
        assert parts.get(name) is None
        parts.drop((name,))
    assert outside.read_bytes() == b"an epoch key"
