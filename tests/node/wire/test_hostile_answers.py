"""A partner turned hostile, in front of a real node: its machine answers anything, its letters show two faces.

Each answer is refused by its name, written into the journal, told by `cotejo check`, and changes nothing: what was to
be sent waits. Each lying message takes its place without effect, and the operator or the oversight body is told.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions.status import list_id
from cotejo.exchange.confirming import sign_line
from cotejo.exchange.incoming import open_letter, open_receipt
from cotejo.exchange.keyring import keys_of
from cotejo.exchange.reconciling import line_held
from cotejo.node.clock import now
from cotejo.node.database.leftover import until
from cotejo.node.home import Home
from cotejo.node.keys import load_keys
from cotejo.node.wire.client import Receipted, Wire
from cotejo.proof import records
from cotejo.proof.commitments import commit
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import open_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.status_list import StatusList, sign_status_list
from cotejo.rules.agreement import MINUTE
from cotejo.rules.line import LineMessage
from cotejo.rules.told import LinkCheckpoint, Receipt, StatusPush
from tests.machine import free_port
from tests.node.nodes import SECONDS, RealNode, ending, paired
from tests.node.wire.answering import Answer, Answering, a_page, broken_off, elsewhere, enormous, nested, never
from tests.node.wire.letters import Writer

pytestmark = pytest.mark.node

BITS = bytes(8192)
A_TRY = 2.0
"""After how many seconds without the expected refusal what waits is tried once more."""


class Hostile:
    """Alba, a real node; and boreal, of which only keys and a machine that answers badly are left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.alba = RealNode(folder, "alba", profile="sv", hand="tests.node.wire.hand", journal=folder / "alba.journal")
        self.boreal = RealNode(folder, "boreal", profile="us", url_port=self.port)

    def start(self) -> Answering:
        """Pair both, run alba, let boreal's machine listen."""
        paired(self.folder, self.alba, self.boreal, grave="60s")
        self.theirs = load_keys(Home(folder=self.boreal.home))
        self.ours = open_key_document((self.folder / "alba.keys").read_bytes().strip())
        machine = Answering(Home(folder=self.boreal.home), self.port)
        self.alba.serve()
        self.agreement = self.alba.ask("line")["boreal"][2]
        self.writer = Writer(self.theirs, self.ours, self.agreement)
        return machine

    def whys(self) -> list[str]:
        """Return why messages were not taken, as alba's journal says."""
        lines = (self.folder / "alba.journal").read_text().splitlines()
        found = [json.loads(each) for each in lines if each.startswith("{")]
        return [str(each["facts"]["why"]) for each in found if each["from"] == "cotejo.sending"]

    def refused(self, why: str) -> bool:
        """Try what waits at once, again while a try is still under way; say whether it was refused for this reason."""
        before = len(self.whys())

        def heard() -> bool:
            self.alba.cli("partner", "try-again", str(self.alba.home))
            return until(lambda: why in self.whys()[before:], A_TRY)

        return until(heard, SECONDS)

    def receipt(self, body: bytes, **changes: object) -> bytes:
        """Return a sealed receipt for a letter of alba's, wrong as asked."""
        opened = open_letter(body, own=self.theirs.own, partners=[keys_of(self.ours, now=now())])
        sound = Receipt(of=opened.claims.mid, sha256=opened.sha256, outcome="taken", gaps=())
        key = changes.pop("key", None)
        content = records.encode(replace(sound, **changes)).decode()  # type: ignore[arg-type]
        claims = self.writer.claims(kind="receipt", seq=0, prev=opened.sha256, rid="", ver=0, body=content)
        return self.writer.sealed(self.writer.signed(claims, key if isinstance(key, SigningKey) else None))


def effects(node: RealNode) -> object:
    """Return everything an answer could have changed."""
    seen = node.ask("look")
    waiting = [(row["mid"], row["state"]) for row in seen["outbox"]]
    return waiting, seen["inbox"], seen["link"], seen["reviews"], seen["status"], node.ask("acts"), node.ask("line")


def receipted_with(make: Callable[[bytes], bytes]) -> Answer:
    """Keep every part; answer every message with these bytes."""
    return lambda asked: (
        asked.say("200 OK", make(asked.body)) if "messages" in asked.path else asked.say("204 No Content")
    )


@pytest.fixture
def hostile(folder: Path) -> Iterator[tuple[Hostile, Answering]]:
    """Make both; end them whatever happens."""
    made = Hostile(folder)
    with ending(made.alba, made.boreal), made.start() as machine:
        yield made, machine


def test_every_bad_answer_is_refused_by_name_and_told_and_every_lying_letter_changes_nothing(
    hostile: tuple[Hostile, Answering],
) -> None:
    made, machine = hostile
    answers_badly(made, machine)
    is_older(made, machine)
    lies(made)


def answers_badly(made: Hostile, machine: Answering) -> None:
    """Let the partner's machine answer in every bad way."""
    stranger = SigningKey.from_seed(os.urandom(32), Purpose.MESSAGE)
    answers: list[tuple[str, Answer]] = [
        ("not_the_exchange", a_page),
        ("not_the_exchange", elsewhere),
        ("not_the_exchange", nested),
        ("cut_off", broken_off),
        ("too_much", enormous),
        ("not_readable", receipted_with(lambda _body: os.urandom(9_000))),
        ("unknown_key", receipted_with(lambda body: made.receipt(body, key=stranger))),
        ("wrong_receipt", receipted_with(lambda body: made.receipt(body, of="0" * 32))),
        ("wrong_receipt", receipted_with(lambda body: made.receipt(body, sha256="0" * 64))),
        ("too_slow", never(machine.closing)),
    ]
    machine.answer = a_page
    assert until(lambda: bool(made.whys()), SECONDS)
    before = effects(made.alba)
    for why, answer in answers:
        machine.answer = answer
        assert made.refused(why), (why, made.whys()[-3:])
    machine.use(Home(folder=made.alba.home))
    assert made.refused("other_certificate")
    assert effects(made.alba) == before
    told = made.alba.ask("cli", words=["check", str(made.alba.home)], language="es_SV.UTF-8")
    assert told["status"] == 1
    assert "Nada llega a boreal desde" in told["err"]
    assert "otro certificado que el de su documento de claves" in told["err"]


def is_older(made: Hostile, machine: Answering) -> None:
    """Let the partner's program be one that knows none of what it is told: that is named, and the line goes on."""
    machine.use(Home(folder=made.boreal.home))
    machine.answer = receipted_with(lambda body: made.receipt(body, outcome="refused", gaps=("unknown_kind",)))
    made.alba.cli("partner", "try-again", str(made.alba.home))

    def told() -> bool:
        said = made.alba.ask("cli", words=["check", str(made.alba.home)], language="en_US.UTF-8")["err"]
        named = "boreal's program did not understand:" in said and "status_list (" in said
        return named and "the partner's program knows no rehearsals" in said

    assert until(told, SECONDS), made.alba.ask("cli", words=["check", str(made.alba.home)])["err"]
    machine.answer = a_page


def lies(made: Hostile) -> None:
    """Let the partner's letters lie: a list rolled back, a list signed by another key, two faces of its own line."""
    told: list[LineMessage] = []
    document = made.alba.ask("line")
    assert document["boreal"][0] == 0
    newest = now()

    def status(n: int, key: SigningKey) -> StatusPush:
        listed = StatusList(id=list_id("boreal", "alba"), n=n, iat=n, exp=n + 10 * MINUTE, bits=BITS)
        return StatusPush(jws=sign_status_list(listed, key).decode())

    def tell(kind: str, content: object) -> tuple[str, ...]:
        body = records.encode(content).decode()
        claims = made.writer.claims(
            kind=kind, seq=len(told) + 1, prev=told[-1].sha256 if told else "", rid="", ver=0, body=body
        )
        signed = made.writer.signed(claims)
        told.append(
            LineMessage(
                seq=claims.seq,
                mid=claims.mid,
                kind=kind,
                request="",
                version=0,
                sha256=sha256(signed).hex(),
                commitment=commit(bytes.fromhex(claims.salt), signed).hex(),
                outcome="",
            )
        )
        with Wire(home=Home(folder=made.boreal.home), partner=made.ours) as wire:
            answer = wire.post(made.writer.sealed(signed))
        assert isinstance(answer, Receipted), answer
        receipt = open_receipt(
            answer.sealed,
            own=made.theirs.own,
            partner=keys_of(made.ours, now=now()),
            mid=claims.mid,
            sha256_sent=told[-1].sha256,
        )
        assert receipt.outcome == ("refused" if receipt.gaps else "taken")
        return receipt.gaps

    def checkpoint(of: list[LineMessage]) -> LinkCheckpoint:
        note = sign_line(line_held(of), sender="boreal", addressee="alba", key=made.theirs.log)
        return LinkCheckpoint(note=note.decode())

    assert tell("status_list", status(newest, made.theirs.own.status)) == ()
    held = made.alba.ask("look")["status"]
    assert tell("status_list", status(newest - 1, made.theirs.own.status)) == ("status_behind",)
    forged = SigningKey.from_seed(os.urandom(32), Purpose.STATUS)
    assert tell("status_list", status(newest + 1, forged)) == ("unknown_key",)
    assert made.alba.ask("look")["status"] == held

    assert tell("link_checkpoint", checkpoint(list(told))) == ()
    other = [replace(told[0], commitment="0" * 64), *told[1:]]
    assert tell("link_checkpoint", checkpoint(other)) == ("line.checkpoint",)
    said = made.alba.ask("cli", words=["check", str(made.alba.home)], language="en_US.UTF-8")
    assert "the partner signed another line of its messages than came in here" in said["err"]
    assert "Its requests are paused." in said["err"]
    refused = [row["seq"] for row in made.alba.ask("look")["inbox"] if row["outcome"] == "refused"]
    assert refused == [2, 3, 5]
    journal = (made.folder / "alba.journal").read_text()
    written = [json.loads(each)["facts"] for each in journal.splitlines() if '"cotejo.line"' in each]
    assert [each["seq"] for each in written if each["partner"] == "boreal"] == refused
