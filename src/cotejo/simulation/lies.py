"""A partner that lies: what a node under a bad hand can put on the line, and what nobody may believe.

1. Some lies keep the line (a false word under the next number): the receiver's law refuses them in its receipt.
2. Some break it (a second letter under a used number, another key, another addressee): nothing is taken in at all.
3. A lie that is believed is noted as found; false words are judged by the checks like everything else.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cotejo.actions.post import PostRoom, partner_keys
from cotejo.actions.status import make_list
from cotejo.actions.unit import Conflict, Partner, Sealed
from cotejo.exchange.confirming import sign_line
from cotejo.exchange.refusals import WireRefusal
from cotejo.proof.keys import Purpose as KeyPurpose
from cotejo.proof.keys import SigningKey
from cotejo.proof.padding import pad, unpad
from cotejo.proof.refusals import ProofError
from cotejo.proof.sealing import open_sealed, preferred, seal
from cotejo.proof.status_list import sign_status_list
from cotejo.rules import told
from cotejo.rules.acts import Plan, Send
from cotejo.rules.agreement import MINUTE
from cotejo.rules.dossier_send import SLOT_NEVER_AGAIN, SLOT_VALID
from cotejo.rules.duties import Clockwork
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import LinkCheckpoint
from cotejo.simulation.events import Event
from cotejo.simulation.kept import Waiting
from cotejo.simulation.memory import Crash
from cotejo.simulation.node import SimulatedNode, waiting_for

if TYPE_CHECKING:
    from cotejo.simulation.world import World

Lie = Callable[["World", SimulatedNode, SimulatedNode, random.Random], None]


def lie(world: "World", event: Event) -> None:
    """Tell one lie from one node to another."""
    chance = event.chance()
    name = chance.choice(world.lies)
    node, other = world.nodes[event.node], world.nodes[event.other]
    if node.unit.recovering():
        return
    world.happened[f"lie: {name}"] += 1
    world.say(event.node, f"lies to {event.other}: {name}")
    try:
        LIES[name](world, node, other, chance)
    except Crash as crash:
        world.say(event.node, f"dies before `{crash}`")
    except ProofError as error:
        world.say(event.node, f"has no key to lie with: {error}")


def _an_older_version(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    sent = [each for each in _to(node, other) if isinstance(each.send.content, told.Request | told.Correction)]
    _say_again(world, node, sent, chance)


def _an_older_status_list(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    lists = [each for each in _to(node, other) if isinstance(each.send.content, told.StatusPush)]
    _say_again(world, node, lists[:-1], chance)


def _an_older_word(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    words = (told.Reinstatement, told.Withdrawal, told.Sweep, told.Answer, told.KeyDocumentPush, told.Bulletin)
    _say_again(world, node, [each for each in _to(node, other) if isinstance(each.send.content, words)], chance)


def _say_again(world: "World", node: SimulatedNode, sent: list[Waiting], chance: random.Random) -> None:
    if sent:
        _say(world, node, replace(chance.choice(sent).send, at=0))


def _a_revived_slot(world: "World", node: SimulatedNode, other: SimulatedNode, _chance: random.Random) -> None:
    partner = _partner(node, other)
    slots = {slot: SLOT_VALID if state == SLOT_NEVER_AGAIN else state for slot, state in _slots(node, other).items()}
    status = make_list(slots, origin=node.name, partner=partner, now=world.now + node.skew)
    _say(
        world,
        node,
        Send(partner=other.name, content=told.StatusPush(jws=sign_status_list(status, node.own.status).decode())),
    )


def _without_evidence(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    packages = [package for package in map(_package, _to(node, other)) if package is not None]
    if not packages:
        return
    package = replace(chance.choice(packages), evidence=(), court_acts=())
    content: Any
    if chance.random() < 0.5:  # noqa: PLR2004 - a new request or a new version of an old one
        package = replace(package, request=f"{chance.getrandbits(128):032x}", version=1)
        content = told.Request(package=package)
    else:
        package = replace(package, version=package.version + 1)
        change = told.Change(field="evidence", old="some", new="none")
        content = told.Correction(package=package, changes=(change,), reason="It is true all the same.")
    _say(world, node, Send(partner=other.name, content=content, request=package.request, version=package.version))


def _of_another(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    """Say a word about a request this node has nothing to do with."""
    cases = [case for case in world.cases if node.name not in {case.origin, case.partner}]
    if not cases:
        return
    request = chance.choice(cases).about.request
    words: list[Any] = [
        told.Withdrawal(request=request, version=1, reason="acquitted"),
        told.Suspension(request=request, version=1),
        told.Sweep(request=request, version=1),
        told.Answer(request=request, period=1, answered=told.Answered.ACTION_REPORTED),
    ]
    _say(world, node, Send(partner=other.name, content=chance.choice(words), request=request, version=1))


def _a_sweep_never_made(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    requests = [case.about.request for case in world.cases if (case.origin, case.partner) == (other.name, node.name)]
    live = [each for each in requests if (other.name, each) not in world.truth.withdrawn]
    if live:
        request = chance.choice(live)
        _say(world, node, Send(partner=other.name, content=told.Sweep(request=request, version=1), request=request))


def _a_used_number(world: "World", node: SimulatedNode, other: SimulatedNode, _chance: random.Random) -> None:
    partner = _partner(node, other)
    if partner.sequence_out:
        send = Send(partner=other.name, content=told.Suspension(request="f" * 32, version=1))
        sealed = node.unit.post.seal(
            partner=partner, seq=partner.sequence_out, prev=partner.last_out, send=send, now=world.now + node.skew
        )
        _must_not_take(world, other, sealed, "a second letter under a used number")


def _another_key(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    partner = _partner(node, other)
    stranger = SigningKey.from_seed(chance.randbytes(32), KeyPurpose.MESSAGE)
    room = PostRoom(own=replace(node.own, message=stranger), chance=chance.randbytes, document=lambda _name: b"")
    send = Send(partner=other.name, content=told.Suspension(request="f" * 32, version=1))
    seq = partner.sequence_out + 1
    sealed = room.seal(partner=partner, seq=seq, prev=partner.last_out, send=send, now=world.now + node.skew)
    _must_not_take(world, other, sealed, "a letter signed with a key nobody published")


def _readdressed(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    """Seal somebody else's letter anew, for another node."""
    letters = [
        (source, each)
        for source in world.nodes.values()
        for each in source.unit.outbox
        if each.partner == node.name and source is not other and each.sealed.body
    ]
    if not letters:
        return
    source, letter = chance.choice(letters)
    padded = open_sealed(letter.sealed.body, keys=node.own.opening, issuer=source.name, addressee=node.name)
    keys = partner_keys(_partner(node, other), now=world.now + node.skew)
    body = seal(pad(unpad(padded)), to=preferred(keys.sealing), issuer=node.name, addressee=other.name)
    _must_not_take(world, other, replace(letter.sealed, body=body), "a letter written to somebody else")


def _a_forged_receipt(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    """Answer one message with the receipt of another, or with a receipt of a third node."""
    waiting = waiting_for(other, node.name)
    receipts = [
        receipt
        for (source, _, mid), receipt in world.truth.receipts.items()
        if source == other.name and all(mid != each.sealed.mid for each in waiting)
    ]
    if not waiting or not receipts:
        return
    try:
        other.note(chance.choice(waiting), chance.choice(receipts), now=world.now)
    except (WireRefusal, ProofError) as refusal:
        world.say(other.name, f"does not believe it: {refusal}")
    else:
        world.truth.found.append(("x3_receipts", f"{other.name} believed a receipt of another message"))


def _silence(world: "World", node: SimulatedNode, _other: SimulatedNode, chance: random.Random) -> None:
    world.network.silence(node.name, until=world.now + chance.randint(5, 100) * MINUTE)


def _an_old_letter(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    old = [each for each in _to(node, other) if each.receipt]
    if old:
        world.network.replayed(node, other, chance.choice(old))


def _another_line(world: "World", node: SimulatedNode, other: SimulatedNode, chance: random.Random) -> None:
    """Sign a checkpoint of another line than the one the partner has."""
    told = node.unit.line_held(other.name).told
    if not told or node.own.log is None:
        return
    count = chance.randint(1, len(told))
    altered = replace(told[count - 1], commitment=chance.randbytes(32).hex())
    held = told.digest(count - 1).after((altered,)).held()
    note = sign_line(held, sender=node.name, addressee=other.name, key=node.own.log)
    send = Send(partner=other.name, content=LinkCheckpoint(note=note.decode()))
    world.truth.split.append(_say(world, node, send))


LIES: Final[Mapping[str, Lie]] = {
    "an older version under a new number": _an_older_version,
    "an older status list under a new number": _an_older_status_list,
    "an older word under a new number": _an_older_word,
    "a slot that ended is valid again": _a_revived_slot,
    "a request or version without evidence": _without_evidence,
    "a word about a request of others": _of_another,
    "a sweep of a request that was not withdrawn": _a_sweep_never_made,
    "a second letter under a used number": _a_used_number,
    "a letter signed with an unpublished key": _another_key,
    "a letter of somebody else, sealed anew": _readdressed,
    "the receipt of another message": _a_forged_receipt,
    "a signed checkpoint of another line": _another_line,
    "silence": _silence,
    "an old letter once more": _an_old_letter,
}
"""Every lie by what it is."""


def _say(world: "World", node: SimulatedNode, send: Send) -> Send:
    """Put a false word into the line, under the next number, as said at this moment. Return it as it was said."""
    send = replace(send, at=send.at or world.now + node.skew)
    world.truth.false_words.append(send)
    node.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=world.now + node.skew)
    world.truth.note_lies(node)
    return send


def _must_not_take(world: "World", to: SimulatedNode, sealed: Sealed, what: str) -> None:
    try:
        to.hear_letter(sealed.body, dict(sealed.parts), now=world.now)
    except WireRefusal as refusal:
        world.say(to.name, f"refuses it: {refusal}")
        world.happened[f"refused: {refusal.reason.code}"] += 1
    except Conflict:
        return
    else:
        world.truth.found.append(("x11_keys", f"{to.name} took in {what}"))


def _to(node: SimulatedNode, other: SimulatedNode) -> list[Waiting]:
    """Return the letters from one node to another, without those whose bytes a restore lost."""
    return [each for each in node.unit.outbox if each.partner == other.name and each.sealed.body]


def _package(waiting: Waiting) -> Package | None:
    package: Package | None = getattr(waiting.send.content, "package", None)
    return package


def _slots(node: SimulatedNode, other: SimulatedNode) -> dict[int, int]:
    return node.unit.slots(other.name)


def _partner(node: SimulatedNode, other: SimulatedNode) -> Partner:
    partner = node.unit.partner(other.name)
    if partner is None:
        raise LookupError(other.name)
    return partner
