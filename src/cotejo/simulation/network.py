"""The line between simulated nodes: it loses, repeats, delays, reorders, corrupts, is cut; nodes die while they hear.

1. Every fault is drawn from the chance of the event that delivers; `faulty=False` delivers everything.
2. A message is delivered by its sender's worker, the next of its line first, until one is not taken; a partner that
   lacks earlier messages gets them again, as `cotejo.node.sending` does.
3. A refusal is remembered by message until the message is taken: it is what the sender's operator reads.
"""

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cotejo.actions.post import is_sealable
from cotejo.actions.reconcile import may_send
from cotejo.actions.unit import Conflict
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis
from cotejo.simulation.kept import Waiting
from cotejo.simulation.memory import Crash
from cotejo.simulation.node import SimulatedNode, waiting_for

if TYPE_CHECKING:
    from cotejo.simulation.world import World

FATES: Final[Mapping[str, int]] = {
    "arrives": 30,
    "lost": 3,
    "receipt lost": 3,
    "comes twice": 2,
    "late copy": 2,
    "corrupted": 2,
    "overtaken": 2,
    "receiver dies": 3,
    "sender dies": 2,
}
NEEDS_KEYS: Final = frozenset({WireReason.UNKNOWN_KEY, WireReason.KEY_DOCUMENT_EXPIRED, WireReason.RECOVERING})
HEARING: Final = ("act", "messages", "commit", "marked", "answer")
NOTING: Final = ("act", "messages", "commit", "marked", "answer", "receipt")


class Network:
    """Who can reach whom until when, what still flies about, and what was refused."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._cut: dict[frozenset[str], Millis] = {}
        self._silent: dict[str, Millis] = {}
        self._late: list[tuple[str, str, Waiting]] = []
        self.refused: dict[tuple[str, str, str], str] = {}

    def cut(self, first: str, second: str, *, until: Millis) -> None:
        """Cut the line between two nodes."""
        self._cut[frozenset({first, second})] = until

    def silence(self, node: str, *, until: Millis) -> None:
        """Let a node answer nobody."""
        self._silent[node] = until

    def hang_up(self, node: str) -> None:
        """Lose what flew about of a node whose process has ended: its connections ended with it."""
        self._late = [each for each in self._late if each[0] != node]

    def heal(self) -> None:
        """Mend every line; what flew about is gone."""
        self._cut.clear()
        self._silent.clear()
        self._late.clear()

    def reaches(self, first: str, second: str) -> bool:
        """Say whether a message could pass now."""
        now = self._world.now
        dead = max(self._silent.get(first, 0), self._silent.get(second, 0))
        return now >= max(dead, self._cut.get(frozenset({first, second}), 0))

    def send_all(self, source: SimulatedNode, chance: random.Random, *, faulty: bool) -> None:
        """Send what waits, to every partner, until one message is not taken.

        As `cotejo.node.worker` does, keys are told also when no message can be sealed.
        """
        for name in self._world.names:
            if name == source.name or not self.reaches(source.name, name):
                continue
            partner, to = source.unit.partner(name), self._world.nodes[name]
            if partner is not None and not is_sealable(partner, now=self._world.now + source.skew):
                self.tell_keys(source, to)
            if may_send(source.unit, name):
                self._send_to(source, to, chance, faulty=faulty)

    def late_copies(self, to: SimulatedNode, chance: random.Random) -> None:
        """Let a copy that flew about arrive now, long after its time."""
        mine = [each for each in self._late if each[1] == to.name]
        if mine:
            late = chance.choice(mine)
            self._late.remove(late)
            self._world.say(to.name, f"a late copy of {late[0]}'s {late[2].sealed.kind} arrives")
            self._hear(self._world.nodes[late[0]], to, late[2], chance)

    def replayed(self, source: SimulatedNode, to: SimulatedNode, waiting: Waiting) -> None:
        """Let somebody put an old letter on the line once more."""
        self._hear(source, to, waiting, random.Random(0))

    def _send_to(self, source: SimulatedNode, to: SimulatedNode, chance: random.Random, *, faulty: bool) -> None:
        while waiting := waiting_for(source, to.name):
            fate = chance.choices(tuple(FATES), tuple(FATES.values()))[0] if faulty else "arrives"
            message = chance.choice(waiting) if fate == "overtaken" else waiting[0]
            if not self._deliver(source, to, message, fate, chance):
                return

    def _deliver(
        self, source: SimulatedNode, to: SimulatedNode, message: Waiting, fate: str, chance: random.Random
    ) -> bool:
        """Say whether the message was taken and its receipt noted."""
        world = self._world
        if fate != "arrives":
            world.happened[fate] += 1
            world.say(source.name, f"{message.sealed.kind} {message.seq} to {to.name}: {fate}")
        if fate == "lost":
            return False
        if fate == "late copy":
            self._late.append((source.name, to.name, message))
        if fate == "corrupted":
            self._corrupted(source, to, message, chance)
        if fate == "receiver dies":
            to.crash_next = chance.choice(HEARING)
        receipt = self._hear(source, to, message, chance)
        if fate == "comes twice" and receipt:
            receipt = self._hear(source, to, message, chance)
        if fate == "receiver dies":
            to.crash_next = ""
        if not receipt or fate == "receipt lost":
            return False
        if fate == "sender dies":
            source.crash_next = chance.choice(NOTING)
        return self._note(source, message, receipt, keep=fate != "sender dies")

    def _hear(
        self, source: SimulatedNode, to: SimulatedNode, message: Waiting, chance: random.Random, *, keys: bool = True
    ) -> bytes:
        """Let a node hear one message; empty when it did not take it. `keys`: told when it does not know them."""
        world, key = self._world, (source.name, to.name, message.sealed.mid)
        heard = world.truth.before_hearing(source.name, to, message)
        try:
            receipt = to.hear(message, now=world.now)
        except WireRefusal as refusal:
            self.refused[key] = refusal.reason.code
            world.happened[f"refused: {refusal.reason.code}"] += 1
            world.say(to.name, f"refuses {source.name}'s {message.sealed.kind} {message.seq}: {refusal}")
            heard.refused(refusal.reason)
            if refusal.reason is WireReason.GAP and refusal.expected < message.seq:
                self._fill_gap(source, to, refusal.expected, message.seq, chance)
            if refusal.reason in NEEDS_KEYS and keys and self.tell_keys(source, to):
                return self._hear(source, to, message, chance, keys=False)
            return b""
        except Conflict:
            return b""
        except Crash as crash:
            world.say(to.name, f"dies before `{crash}` over {source.name}'s {message.sealed.kind} {message.seq}")
            return b""
        self.refused.pop(key, None)
        heard.taken(receipt)
        return receipt

    def tell_keys(self, source: SimulatedNode, to: SimulatedNode) -> bool:
        """Tell key documents outside the line until the newest is known, as `cotejo.node.sending` does."""
        world, newest = self._world, len(source.key_documents)
        version = newest
        world.say(source.name, f"tells {to.name} its keys outside the line")
        world.happened["keys told outside the line"] += 1
        for _ in range(2 * newest):
            try:
                to.hear_letter(source.key_letter(to.name, version, now=world.now), {}, now=world.now)
            except WireRefusal as refusal:
                if refusal.reason is not WireReason.GAP or not 0 < refusal.expected < version:
                    world.say(to.name, f"does not believe them: {refusal}")
                    return False
                version = refusal.expected
            except (Conflict, Crash):
                return False
            else:
                if version == newest:
                    return True
                version += 1
        return False

    def _fill_gap(self, source: SimulatedNode, to: SimulatedNode, start: int, end: int, chance: random.Random) -> None:
        """Send what the partner lacks once more, receipted or not: it may have been restored from a backup."""
        for message in source.unit.outbox:
            again = message.partner == to.name and start <= message.seq < end and message.receipt
            if again and not self._hear(source, to, message, chance):
                return

    def _note(self, source: SimulatedNode, message: Waiting, receipt: bytes, *, keep: bool) -> bool:
        world = self._world
        try:
            source.note(message, receipt, now=world.now)
        except Crash as crash:
            world.say(source.name, f"dies before `{crash}` over the receipt of its {message.sealed.kind} {message.seq}")
            return False
        except Conflict:
            return False
        except (WireRefusal, ProofError) as refusal:
            world.say(source.name, f"does not believe the receipt of its {message.sealed.kind}: {refusal}")
            world.happened["receipt not believed"] += 1
            return False
        finally:
            if not keep:
                source.crash_next = ""
        return True

    def _corrupted(self, source: SimulatedNode, to: SimulatedNode, message: Waiting, chance: random.Random) -> None:
        """Let a copy with one byte changed arrive before the message itself."""
        body = bytearray(message.sealed.body)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        parts = [(name, _flipped(part, chance)) for name, part in message.sealed.parts]
        heard = self._world.truth.before_hearing(source.name, to, message)
        try:
            to.hear_letter(bytes(body), dict(parts), now=self._world.now)
        except WireRefusal as refusal:
            self._world.say(to.name, f"refuses a corrupted letter: {refusal.reason.code}")
        except (Conflict, Crash):
            return
        else:
            heard.forged_was_taken("a letter with a changed byte")


def _flipped(part: bytes, chance: random.Random) -> bytes:
    body = bytearray(part)
    body[chance.randrange(len(body))] ^= 0x10
    return bytes(body)
