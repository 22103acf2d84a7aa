"""The protocol page says what the code does, where a machine can compare the two."""

import re

from cotejo.exchange.messages import KINDS, ONE_LENGTH
from cotejo.exchange.refusals import WireReason
from cotejo.node.wire.listener import MESSAGES, PARTS, SEALED
from cotejo.proof.parts import PART_CONTENT
from cotejo.proof.sealing import OVERHEAD
from cotejo.rules.agreement import CAPS, DAY, HOUR, MINUTE
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")


def test_every_refusal_of_the_wire_is_in_the_protocol_with_its_sentence():
    wanted = [f"| `{reason.code}` | {reason.value.en} |" for reason in WireReason]
    table = PAGE.partition("### Refusals")[2].partition("\nWhat the sender does")[0]
    assert [line for line in table.splitlines() if line.startswith("| `")] == wanted


def test_every_kind_of_message_is_in_the_protocol_and_no_other():
    table = PAGE.partition("## Kinds")[2].partition("\n## ")[0]
    named = {
        kind
        for line in table.splitlines()
        if line.startswith("| `")
        for kind in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    assert named == set(KINDS)
    assert all(f"`{kind}`" in PAGE.partition("**Padding**")[2].partition("\n## ")[0] for kind in ONE_LENGTH)


def test_addresses_sizes_and_caps_of_the_protocol_are_those_of_the_code():
    for text in (
        f"POST {MESSAGES}",
        f"PUT {PARTS}",
        SEALED,
        f"{PART_CONTENT:,}",
        *(f"{more:,}" for more in OVERHEAD.values()),
    ):
        assert text in PAGE, text
    lifetimes, handover = CAPS.lifetimes, CAPS.handover
    assert (lifetimes.reading, lifetimes.administrative, lifetimes.grave) == (24 * HOUR, HOUR, 10 * MINUTE)
    assert (CAPS.answer_every, CAPS.sweep_every, CAPS.package_validity) == (30 * DAY, 24 * HOUR, 7 * DAY)
    assert (handover.arrival, handover.before_judge, handover.told, handover.custody_every) == (
        24 * HOUR,
        72 * HOUR,
        24 * HOUR,
        30 * DAY,
    )
    assert (CAPS.skew, CAPS.ceiling_per_month) == (5 * MINUTE, 1000)
