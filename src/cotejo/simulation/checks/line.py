"""I8, I9, X2, X3, X7, X8: messages, receipts, versions, transactions and logs."""

from collections.abc import Iterator
from typing import Any

from cotejo.rules.dossier_acts import ReceiptRecorded
from cotejo.rules.onward import TakenThrough
from cotejo.rules.review_acts import Corrected, Supplemented, TakenIn
from cotejo.simulation.checks.agreed import left_out
from cotejo.simulation.memory import leaf_of
from cotejo.simulation.truth import Look


def i8_exactly_once(look: Look) -> Iterator[str]:
    """I8 (design section 4), X4 (exchange.md D8): each direction is taken in without a gap, each message once.

    That a repeat brings the same receipt and no act is watched where letters are heard (`truth.Heard`).
    """
    memory = look.node.unit._memory  # noqa: SLF001 - watched from outside
    for name, partner in memory.partners.items():
        taken = sum(1 for source, _ in memory.inbox if source == name)
        if taken != partner.sequence_in:
            yield f"{taken} messages of {name} were taken in, the line is at {partner.sequence_in}"
        sent = [each.seq for each in memory.outbox if each.partner == name]
        if sent != list(range(1, len(sent) + 1)):
            yield f"the line to {name} has the numbers {sent[-3:]} at its end"


def i9_one_transaction(look: Look) -> Iterator[str]:
    """I9 (design section 4): acts, leaves, messages and link leaves were committed together, or none of them."""
    unit = look.node.unit
    memory = unit._memory  # noqa: SLF001 - watched from outside
    stored = sum(len(entries) for entries in memory.streams.values())
    if not len(memory.leaves) == len(memory.journal) == stored:
        yield f"{stored} acts, {len(memory.journal)} in order, {len(memory.leaves)} leaves"
    for name in memory.partners:
        messages = sum(1 for each in memory.outbox if each.partner == name)
        messages += sum(1 for source, _ in memory.inbox if source == name)
        if len(memory.link_leaves[name]) != messages:
            yield f"{messages} messages with {name} and {len(memory.link_leaves[name])} leaves of that link"


def x2_versions_never_go_back(look: Look) -> Iterator[str]:
    """X2 (exchange.md D8), I8: the version held of a request never goes back, across crash and restore.

    While a restored node gets again what it lost, versions come once more, in order; when it works again, none is
    missing that whoever sent it still knows. A version that its sender lost in a restore as well, before anybody gave
    it back, no machine knows of (F55: people look): its number is used again, and what was held of it counts no more.
    Of a request whose withdrawal is marked no version comes in again: the mark stops a restore as well (I7). Nor of one
    that the agreement in turn leaves out: what comes again is judged by it (F19).
    """
    truth, holder = look.world.truth, look.node.name
    floors = look.node.unit._memory.floors  # noqa: SLF001 - watched from outside
    for entry in look.entries:
        if not isinstance(entry.act, TakenIn | TakenThrough | Corrected | Supplemented):
            continue
        package = entry.act.package
        before = [
            each.act.package.version
            for each in look.acts_before(entry)
            if isinstance(each.act, TakenIn | TakenThrough | Corrected | Supplemented)
        ]
        if before and package.version <= max(before):
            yield f"version {package.version} was taken in after version {max(before)}"
        key = (holder, look.heard_from(entry, package), package.request)
        if package.version >= truth.held.get(key, 0):
            truth.held[key] = package.version
            truth.forgotten.discard(key)
    if look.node.unit.recovering():
        return
    for (name, origin, request), version in tuple(truth.held.items()):
        if name != holder or floors.get((origin, request), 0) >= version:
            continue
        if look.node.unit.marked(origin=origin, request=request) or left_out(look, origin, request):
            continue
        if truth.forgotten_by_both((name, origin, request)):
            truth.held[(name, origin, request)] = floors.get((origin, request), 0)
        else:
            yield f"version {version} was taken in and the floor is {floors.get((origin, request), 0)}"


def x3_receipts(look: Look) -> Iterator[str]:
    """X3 (exchange.md D8): the origin holds a receipt for a version, so the holder has it durably."""
    world = look.world
    for entry in look.entries:
        if isinstance(entry.act, ReceiptRecorded) and entry.act.outcome == "taken":
            state: Any = look.node.unit.state(entry.stream)
            holder = world.nodes[state.partner].unit
            floor = holder._memory.floors.get((look.node.name, state.request), 0)  # noqa: SLF001 - watched from outside
            if floor < entry.act.version and not holder.recovering():
                yield f"version {entry.act.version} is receipted, {state.partner} has {floor}"


def x7_leaves_follow_acts(look: Look) -> Iterator[str]:
    """X7 (exchange.md D8): no act without a leaf, and leaves stand in the order of their acts."""
    if look.entries:
        leaves = look.node.unit.leaves[-len(look.entries) :]
        if leaves != tuple(leaf_of(entry) for entry in look.entries):
            yield "the newest leaves are not those of the newest acts"


def x8_witnessed_logs_only_grow(look: Look) -> Iterator[str]:
    """X8 (exchange.md D8): what a witness confirmed of one log is always consistent, also across a restore.

    No partner confirms a line that is not the one it took in: a split view is refused and kept as evidence.
    """
    yield from look.world.witness.two_faces(look.node)
    split = look.world.truth.split
    for message in look.node.unit.outbox if split else ():
        if message.receipt == b"taken" and any(message.send is each for each in split):
            yield f"{message.partner} confirmed a checkpoint of another line of {look.node.name}"
