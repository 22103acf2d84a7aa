"""Backups, restores and new keys in a simulated world: what a node forgets, and how it learns what it forgot.

1. A restored backup is an older memory under the same marks, high-water mark and key documents: the node must notice
   by itself. Any node is restored, also two at once, also to before a partner's change of keys.
2. Recovering is what `cotejo.node.recovering` and `cotejo recover` do: ask who is in reach, end when nothing is
   missing.
3. An older backup may turn out to be too old, and a newer one be put in its place, until the node has spoken with a
   partner from it: what a partner was told by then cannot be taken back (the operator's guide says so).
4. A node whose key document lapses makes the next one too late; nobody takes anything else of it until then.
"""

from typing import TYPE_CHECKING, Final

from cotejo.actions.follow_keys import follow_kept
from cotejo.actions.outside import Room
from cotejo.actions.reconcile import Asked, ask_partner, hear_difference, hear_other_line, not_reconciled, take_answer
from cotejo.actions.recover import end_recovery
from cotejo.actions.unit import Conflict
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import MINUTE
from cotejo.simulation.events import Event
from cotejo.simulation.kept import Kept
from cotejo.simulation.memory import Crash
from cotejo.simulation.network import NEEDS_KEYS
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import World

MOST_BACKUPS: Final = 3
SHORT: Final[tuple[Millis, Millis]] = (20 * MINUTE, 90 * MINUTE)
"""How long a key document lasts that is made to lapse."""


def backup(world: "World", event: Event) -> None:
    """Make a backup of a node's memory."""
    node = world.nodes[event.node]
    if node.unit.recovering():
        return
    kept = world.backups[event.node]
    world.in_place.pop(event.node, None)
    kept.append(node.unit.backup())
    del kept[:-MOST_BACKUPS]
    world.say(event.node, "a backup is made")


def restore(world: "World", event: Event) -> None:
    """Put one of a node's backups in the place of its memory."""
    kept = world.backups[event.node]
    if kept:
        _put_back(world, event.node, event.chance().choice(kept))


def restore_two(world: "World", event: Event) -> None:
    """Put older memories in place at two nodes at once: what both lost of their line, nobody knows any more."""
    chance = event.chance()
    pair = (event.node, event.other)
    if not all(world.backups[name] for name in pair):
        return
    for name in pair:
        _put_back(world, name, chance.choice(world.backups[name]))
    world.happened["two restored at once"] += 1


def restore_across_keys(world: "World", event: Event) -> None:
    """Let a partner change its keys and use the new ones, then restore a node to before that."""
    node, other = world.nodes[event.node], world.nodes[event.other]
    if node.unit.recovering() or other.unit.recovering():
        return
    before = node.unit.backup()
    rotate(world, Event(kind="rotate", after=0, node=event.other, other=event.node, pick=event.pick))
    for _ in range(2):
        world.network.send_all(other, event.chance(), faulty=False)
        node.follow()
        if other.use_new_keys(now=world.now):
            world.say(other.name, "signs with its new keys from now on")
    if event.chance().random() < 0.5:  # noqa: PLR2004 - as often the whole home is as old as the database
        node.unit.forget_key_documents()
        world.say(node.name, "forgets the key documents of its partners as well")
    _put_back(world, node.name, before)
    world.happened["restored across a change of keys"] += 1


def _put_back(world: "World", name: str, kept: Kept) -> None:
    node = world.nodes[name]
    world.in_place[name] = next((n for n, each in enumerate(world.backups[name]) if each is kept), MOST_BACKUPS)
    node.unit.restore(kept)
    world.network.hang_up(name)
    world.truth.was_restored(name)
    world.happened["restored"] += 1
    world.say(name, f"an older backup is put in place; recovering: {node.unit.recovering()}")


def _spoke(world: "World", name: str) -> None:
    """Note that a restored node has spoken with a partner: nothing newer is put in place any more (rule 3)."""
    if world.nodes[name].unit.recovering() and name in world.in_place:
        del world.backups[name][world.in_place[name] + 1 :]


def recover(world: "World", event: Event) -> None:
    """Ask every partner in reach what it holds, and end the recovery once nothing is missing."""
    node = world.nodes[event.node]
    if not node.unit.recovering():
        return
    try:
        for partner in node.unit.partners():
            unanswered = not_reconciled(node.unit, partner) in {"asked", "waiting"}
            if unanswered and world.network.reaches(node.name, partner.name):
                _ask(world, node, world.nodes[partner.name])
        left = end_recovery(node.unit, now=world.now + node.skew)
        if not left:  # the worker's next round, before any officer's next word
            node.unit.send_scheduled(now=world.now + node.skew)
    except Crash as crash:
        world.say(node.name, f"dies before `{crash}` in its recovery")
        return
    except Conflict:
        return
    world.say(node.name, left[0].en if left else "is restored and works again")
    if not left:
        world.happened["recovered"] += 1


def _ask(world: "World", node: SimulatedNode, other: SimulatedNode) -> None:
    """Ask one partner, page after page, as `cotejo.node.recovering` does."""
    room, here = Room(own=node.own, chance=node.chance.randbytes), world.now + node.skew
    partner = node.unit.partner(other.name)
    if partner is None:
        return
    try:
        partner = follow_kept(node.unit, partner, now=here)
        asked: Asked | None = ask_partner(node.unit, partner, room, now=here)
        _spoke(world, node.name)
        while asked is not None:
            try:
                answer = _answered(world, node, other, asked.letter.body)
            except WireRefusal as refusal:
                if refusal.reason is WireReason.LINES_DIFFER:
                    hear_difference(node.unit, other.name, now=here)
                world.say(node.name, f"is told nothing by {other.name}: {refusal}")
                world.happened["restored node learns nothing"] += 1
                return
            _spoke(world, other.name)
            asked = take_answer(node.unit, partner, asked, answer, room, now=here)
    except (WireRefusal, ProofError) as refusal:
        world.say(node.name, f"learns nothing from {other.name}: {refusal}")
        world.happened["restored node learns nothing"] += 1
        if isinstance(refusal, WireRefusal) and refusal.reason is WireReason.LINES_DIFFER:
            hear_other_line(node.unit, other.name, now=here)
    except Conflict:
        return
    else:
        world.say(node.name, f"learns from {other.name} what it lost")


def _answered(world: "World", node: SimulatedNode, other: SimulatedNode, question: bytes) -> bytes:
    """Let a partner answer, after it was told our keys outside the line where it does not know them."""
    try:
        return other.hear_letter(question, {}, now=world.now)
    except WireRefusal as refusal:
        if refusal.reason not in NEEDS_KEYS or not world.network.tell_keys(node, other):
            raise
        return other.hear_letter(question, {}, now=world.now)


def rotate(world: "World", event: Event) -> None:
    """Make new keys, and tell them."""
    if not world.nodes[event.node].unit.recovering():
        _rotate(world, world.nodes[event.node], life=0)


def lapse(world: "World", event: Event) -> None:
    """Make new keys under a document that lapses soon: the one after it comes too late."""
    if not world.nodes[event.node].unit.recovering():
        _rotate(world, world.nodes[event.node], life=event.chance().randint(*SHORT))


def renew(world: "World", node: SimulatedNode) -> None:
    """Make the next key document of a node whose own has lapsed, as its operator does who is told of it."""
    if node.document.expires <= world.now + node.skew:
        world.happened["key document lapsed"] += 1
        node.next_own = None
        _rotate(world, node, life=0)


def _rotate(world: "World", node: SimulatedNode, *, life: Millis) -> None:
    if node.next_own is not None:
        return
    world.happened["rotated"] += 1
    world.say(node.name, "makes new keys")
    try:
        node.rotate(now=world.now, life=life)
    except (Crash, Conflict) as crash:
        world.say(node.name, f"dies before `{crash}` while it tells its new keys")
