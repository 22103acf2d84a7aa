"""A partner one version ahead, in front of a real node: the exchange goes on, and what is not known is named.

The newer node's hand writes what a later version might: a kind nobody knows, a field nobody knows, a suite nobody
knows, another version of the exchange. The first two take their place without effect, with a receipt that says so; the
last two have no place, so the line waits where it stands. Nothing is lost: what was not understood is said again under
a new number once the older node was upgraded, and then counts.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.exchange.incoming import open_receipt
from cotejo.exchange.keyring import keys_of
from cotejo.exchange.messages import PROTOCOL
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import load_keys
from cotejo.node.wire.client import NotTaken, Receipted, Wire
from cotejo.proof import records
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import open_key_document
from cotejo.rules.told import Withdrawal
from tests.node.nodes import RealNode, ending, paired
from tests.node.wire.letters import REQUEST, Writer

pytestmark = pytest.mark.node

SUITE_AT = 4
NO_SUITE = 9


class Newer:
    """Alba's hand, one version ahead of boreal, which runs; `said` counts what took a place in the line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.alba = RealNode(folder, "alba", profile="sv")
        self.boreal = RealNode(
            folder, "boreal", profile="us", hand="tests.node.wire.hand", journal=folder / "boreal.journal"
        )
        self.said, self._last = 0, ""

    def start(self) -> None:
        """Pair both and start the older one."""
        paired(self.folder, self.alba, self.boreal)
        self.boreal.serve()
        self._home = Home(folder=self.alba.home)
        self.keys = load_keys(self._home)
        self.to = open_key_document((self.folder / "boreal.keys").read_bytes().strip())
        self._writer = Writer(self.keys, self.to, self.boreal.ask("line")["alba"][2])

    def tell(self, kind: str, body: str, *, v: int = PROTOCOL, suite: int = 0) -> tuple[str, ...] | str:
        """Say the next thing of the line. Return the gaps of its receipt, or the code it was refused by."""
        claims = self._writer.claims(kind=kind, body=body, v=v, seq=self.said + 1, prev=self._last)
        signed = self._writer.signed(claims)
        letter = bytearray(self._writer.sealed(signed))
        letter[SUITE_AT] = suite or letter[SUITE_AT]
        with Wire(home=self._home, partner=self.to) as wire:
            answer = wire.post(bytes(letter))
        if isinstance(answer, NotTaken):
            return answer.code
        assert isinstance(answer, Receipted), answer
        self.said, self._last = claims.seq, sha256(signed).hex()
        keys = keys_of(self.to, now=now())
        receipt = open_receipt(answer.sealed, own=self.keys.own, partner=keys, mid=claims.mid, sha256_sent=self._last)
        return receipt.gaps


@pytest.fixture
def newer(folder: Path) -> Iterator[Newer]:
    """Make both; end them whatever happens."""
    made = Newer(folder)
    with ending(made.alba, made.boreal):
        made.start()
        yield made


def withdrawal(**more: str) -> str:
    """Return a withdrawal as text, with fields a later version might add."""
    known = json.loads(records.encode(Withdrawal(request=REQUEST, version=1, reason="acquitted")))
    return json.dumps(known | more, sort_keys=True, separators=(",", ":"))


def test_what_a_newer_partner_says_is_named_where_it_is_not_known_and_counts_when_said_again(newer: Newer) -> None:
    assert newer.tell("inventory", "{}") == ("unknown_kind",)
    assert newer.tell("withdrawal", withdrawal(because="of a later law")) == ("wrong_body",)
    assert newer.tell("withdrawal", withdrawal(), suite=NO_SUITE) == "not_readable"
    assert newer.tell("withdrawal", withdrawal(), v=PROTOCOL + 1) == "unknown_version"
    assert newer.said == 2
    assert newer.tell("bulletin", "{}") == ("wrong_body",)

    held = newer.boreal.ask("look")["inbox"]
    assert [(row["seq"], row["kind"], row["outcome"]) for row in held] == [
        (1, "inventory", "refused"),
        (2, "withdrawal", "refused"),
        (3, "bulletin", "refused"),
    ]
    lines = (newer.folder / "boreal.journal").read_text().splitlines()
    journal = [json.loads(each) for each in lines if each.startswith("{")]
    took_place = [each["facts"] for each in journal if each["from"] == "cotejo.line"]
    assert [(each["kind"], each["codes"]) for each in took_place] == [
        ("inventory", ["unknown_kind"]),
        ("withdrawal", ["wrong_body"]),
        ("bulletin", ["wrong_body"]),
    ]
    no_place = [each["facts"]["code"] for each in journal if each["from"] == "cotejo.wire"]
    assert no_place == ["not_readable", "unknown_version"]
    for language, words in (
        ("en_US.UTF-8", "does not know: inventory (1)"),
        ("es_SV.UTF-8", "no conoce: inventory (1)"),
    ):
        told = newer.boreal.ask("cli", words=["check", str(newer.boreal.home)], language=language)
        assert words in told["err"], told

    assert newer.tell("withdrawal", withdrawal()) == ()
    assert [row["outcome"] for row in newer.boreal.ask("look")["inbox"]] == ["refused"] * 3 + ["taken"]
    newer.boreal.cli("fsck", str(newer.boreal.home))
