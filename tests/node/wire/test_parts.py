"""The names of parts come from a partner: one that is no hash names no file."""

import hashlib
import os
import time
from dataclasses import replace

import pytest

from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.exchange.slips import issuer_of, sign_slip
from cotejo.node.home import Home
from cotejo.node.wire import parts as waiting
from cotejo.node.wire.parts import PartRefused, Parts
from cotejo.rules.agreement import DAY
from tests.builders.wire import ALBA, BOREAL, side


def test_f54_no_name_a_partner_writes_reaches_a_file_outside_the_waiting_parts(tmp_path):
    home = Home.create(tmp_path / "home", world="invented")
    outside = tmp_path / "outside"
    outside.write_bytes(b"an epoch key")
    parts = Parts(home)
    for name in ("../../../outside", str(outside), "", "."):
        assert parts.get(name) is None
        parts.drop((name,))
    assert outside.read_bytes() == b"an epoch key"


def part(n: int) -> tuple[str, bytes]:
    """Return an invented sealed part and its name."""
    sealed = f"sealed part {n}".encode()
    return hashlib.sha256(sealed).hexdigest(), sealed


def test_f54_a_partner_that_fills_its_room_stands_in_nobody_elses_way(tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "ROOM", 2)
    parts = Parts(Home.create(tmp_path / "home", world="invented"))
    for n in (1, 2):
        parts.keep(*part(n), partner="alba")
    with pytest.raises(PartRefused, match="no_room"):
        parts.keep(*part(3), partner="alba")
    parts.keep(*part(3), partner="cresta")
    parts.keep(*part(2), partner="alba")
    assert parts.get(part(3)[0]) == part(3)[1]
    parts.drop((part(1)[0],))
    parts.keep(*part(4), partner="alba")


def test_a_part_sent_again_waits_a_whole_day_anew(tmp_path):
    home = Home.create(tmp_path / "home", world="invented")
    parts = Parts(home)
    now = time.time_ns() // 1_000_000
    for n in (1, 2):
        parts.keep(*part(n), partner="alba")
        os.utime(home.documents / "parts" / "alba" / part(n)[0], (now / 1000 - 90_000, now / 1000 - 90_000))
    parts.keep(*part(2), partner="alba")
    assert parts.drop_old(now) == 1
    assert parts.get(part(1)[0]) is None
    assert parts.get(part(2)[0]) == part(2)[1]
    assert parts.drop_old(now + DAY + 60_000) == 1


def test_f54_only_a_slip_of_a_paired_partner_for_this_part_and_this_node_says_whose_a_part_is():
    name, partners = part(1)[0], (side("cresta").public, ALBA.public)
    assert issuer_of(sign_slip(name, own=ALBA.own, to="boreal"), name, node="boreal", partners=partners) == "alba"
    wrong = {
        sign_slip(name, own=BOREAL.own, to="boreal"): WireReason.UNKNOWN_PARTNER,
        sign_slip("0" * 64, own=ALBA.own, to="boreal"): WireReason.NOT_FOR_US,
        sign_slip(name, own=ALBA.own, to="cresta"): WireReason.NOT_FOR_US,
        b"": WireReason.NOT_READABLE,
        b"a.b.c": WireReason.NOT_READABLE,
        b"x" * 9000: WireReason.NOT_READABLE,
    }
    for slip, reason in wrong.items():
        with pytest.raises(WireRefusal) as caught:
            issuer_of(slip, name, node="boreal", partners=partners)
        assert caught.value.reason is reason


def test_f54_a_partner_that_publishes_anothers_key_keeps_no_part_of_that_one_out():
    name, _ = part(1)
    slip = sign_slip(name, own=ALBA.own, to="boreal")
    thief = replace(side("aaa").public, message=ALBA.public.message)
    for partners in ((thief, ALBA.public), (ALBA.public, thief)):
        assert issuer_of(slip, name, node="boreal", partners=partners) == "alba"
    with pytest.raises(WireRefusal) as refused:
        issuer_of(slip, name, node="boreal", partners=(thief,))
    assert refused.value.reason is WireReason.UNKNOWN_PARTNER
