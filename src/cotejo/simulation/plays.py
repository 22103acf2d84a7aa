"""How each kind of event is played: work, trouble, and what the desks do.

1. `work` is one round of a node's worker: partners as their acts say, the redress office's words, due moments, status
   lists at their cadence, and sending. A node being restored hears the redress office and nothing else.
2. A node that dies in its work starts again with what it had committed; the rest of the round is lost.
3. A restored backup is an older memory under the same marks, high-water mark and key documents: the node must notice by
   itself. Any node is restored, also two at once, also to before a partner's change of keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cotejo.actions.follow_keys import follow_kept
from cotejo.actions.outside import Room
from cotejo.actions.reconcile import KIND as STATEMENT
from cotejo.actions.reconcile import (
    Asked,
    ask_partner,
    hear_other_line,
    next_statement,
    not_reconciled,
    state_lines,
    take_answer,
)
from cotejo.actions.recover import end_recovery
from cotejo.actions.run_due import run_due
from cotejo.actions.status import cadence, push_status
from cotejo.actions.take_signal import Said, take_signal
from cotejo.actions.unit import Conflict
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Refused, StreamKind
from cotejo.rules.agreement import HOUR, MINUTE, SECOND
from cotejo.simulation.passing import then_pass_on
from cotejo.rules.redress import Signal
from cotejo.simulation import origin_desk, receiver_desk
from cotejo.simulation.events import SECRET, Event
from cotejo.simulation.kept import Waiting
from cotejo.simulation.lies import lie
from cotejo.simulation.memory import Crash
from cotejo.simulation.network import HEARING
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import World

Play = Callable[["World", Event], None]
MOST_BACKUPS: Final = 3
CLOSED_AFTER: Final[Millis] = 40 * MINUTE


class OfficeDoor:
    """The house's side of the redress office's door: what was said and what became of it (`take_signal.Door`)."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.outcomes: dict[int, str] = {}
        self.noted_at: dict[int, Millis] = {}

    def say(self, request: str, word: Signal) -> None:
        """Let the redress office say one word about a request."""
        self.said.append(Said(id=len(self.said) + 1, request=request, word=word))

    def close_old(self, now: Millis) -> None:
        """Close complaints after a while: whoever is blocked is free again, so that cases go on."""
        for said in tuple(self.said):
            newest = next(each for each in reversed(self.said) if each.request == said.request)
            if newest.word is Signal.SUSPEND and now > self.noted_at.get(newest.id, now) + CLOSED_AFTER:
                self.say(said.request, Signal.LIFT)

    def waiting(self) -> tuple[Said, ...]:
        return tuple(each for each in self.said if self.outcomes.get(each.id, "unknown") == "unknown")

    def note(self, said: Said, outcome: str, *, now: Millis) -> None:
        self.outcomes[said.id] = outcome
        self.noted_at.setdefault(said.id, now)


def work(world: "World", event: Event) -> None:
    """Do one round of a node's worker."""
    node, chance = world.nodes[event.node], event.chance()
    try:
        node.follow()
        _hear_redress(world, node)
        if node.unit.recovering():
            world.network.send_all(node, chance, faulty=bool(event.pick))
            return
        if node.use_new_keys(now=world.now):
            world.say(node.name, "signs with its new keys from now on")
        node.announce(now=world.now)
        _timers(world, node)
        node.unit.send_scheduled(now=world.now + node.skew)
        _push_status(world, node)
        _state_lines(world, node)
        world.witness.is_asked(node)
    except Crash as crash:
        world.say(node.name, f"dies before `{crash}` at its work and starts again")
        world.happened["crash at work"] += 1
        return
    world.network.send_all(node, chance, faulty=bool(event.pick))


def _hear_redress(world: "World", node: SimulatedNode) -> None:
    door = world.doors[node.name]
    door.close_old(world.now + node.skew)
    for said in door.waiting():
        outcome = take_signal(node.unit, door, said, now=world.now + node.skew)
        if outcome == "taken":
            world.happened[f"redress: {said.word}"] += 1
            world.say(node.name, f"the redress office says {said.word}: {outcome}")


def _timers(world: "World", node: SimulatedNode) -> None:
    for timer in node.unit.due(world.now + node.skew):
        done = run_due(node.unit, timer, now=world.now + node.skew)
        if not isinstance(done, Refused):
            for entry in done.entries:
                world.happened[entry.act.code] += 1
                world.say(node.name, f"the clock: {entry.act.code}")


def _push_status(world: "World", node: SimulatedNode) -> None:
    here = world.now + node.skew
    for partner in node.unit.partners():
        newest = _newest(node, partner.name, "status_list")
        due = newest is None or (newest.receipt and here >= newest.at + cadence(partner.agreement))
        if due and isinstance(push_status(node.unit, partner, own=node.own, now=here), Refused):
            world.happened["clock behind the list before"] += 1


def _state_lines(world: "World", node: SimulatedNode) -> None:
    here = world.now + node.skew
    for partner in node.unit.partners():
        newest = _newest(node, partner.name, STATEMENT)
        said = newest.at if newest else 0
        if (newest is None or newest.receipt) and here >= next_statement(partner, said):
            state_lines(node.unit, partner, now=here)


def _newest(node: SimulatedNode, partner: str, kind: str) -> Waiting | None:
    sent = reversed(node.unit.outbox)
    wanted = (partner, kind, "")
    return next((each for each in sent if (each.partner, each.sealed.kind, each.send.request) == wanted), None)


def _complain(world: "World", event: Event) -> None:
    """Let the redress office block or free a request this node received."""
    reviews = world.nodes[event.node].unit.listed(StreamKind.REVIEW)
    if reviews:
        state = world.nodes[event.node].unit.state(event.chance().choice(reviews).stream)
        _say_word(world, event, state.request)


def _complain_at_origin(world: "World", event: Event) -> None:
    """Let the redress office block or free one of this node's own requests."""
    mine = [case for case in world.cases if case.origin == event.node]
    _say_word(world, event, event.chance().choice(mine).about.request)


def _say_word(world: "World", event: Event, request: str) -> None:
    door = world.doors[event.node]
    before = [each.word for each in door.said if each.request == request]
    word = Signal.LIFT if before and before[-1] is Signal.SUSPEND else Signal.SUSPEND
    door.say(request, word)
    world.say(event.node, f"somebody goes to the redress office; it will say {word}")


def _cut(world: "World", event: Event) -> None:
    until = world.now + event.chance().randint(1, 60) * MINUTE
    world.network.cut(event.node, event.other, until=until)
    world.say(event.node, f"the line to {event.other} is cut for {(until - world.now) // MINUTE} minutes")


def _clock(world: "World", event: Event) -> None:
    """Let a clock jump and somebody decide by it, or set all clocks right."""
    chance = event.chance()
    wrong = [each for each in world.names if world.nodes[each].skew != world.skews[each]]
    for name in wrong:
        world.nodes[name].skew = world.skews[name]
        world.truth.clock_is_right(name)
        world.say(name, "its clock is set right")
    if wrong:
        return
    ready = [name for name in world.names if receiver_desk.ready(world.nodes[name])]
    name = chance.choice(ready or [event.node])
    jump = chance.choice((-2 * HOUR, -20 * MINUTE, -2 * MINUTE, -MINUTE, -MINUTE, MINUTE, 2 * MINUTE, 20 * MINUTE))
    world.nodes[name].skew += jump
    world.truth.clock_went_wrong(name)
    world.happened["clock jump"] += 1
    world.say(name, f"its clock jumps by {jump // SECOND} s")
    receiver_desk.hurry(world, replace(event, node=name))


def _crash(world: "World", event: Event) -> None:
    """Let a node die at its next write of some kind."""
    step = event.chance().choice((*HEARING, "receipt"))
    world.nodes[event.node].crash_next = step
    world.say(event.node, f"will die before its next `{step}`")


def _backup(world: "World", event: Event) -> None:
    node = world.nodes[event.node]
    if node.unit.recovering():
        return
    kept = world.backups[event.node]
    kept.append(node.unit.backup())
    del kept[:-MOST_BACKUPS]
    world.say(event.node, "a backup is made")


def _restore(world: "World", event: Event) -> None:
    node, kept = world.nodes[event.node], world.backups[event.node]
    if not kept:
        return
    node.unit.restore(event.chance().choice(kept))
    world.truth.was_restored(event.node)
    world.happened["restored"] += 1
    world.say(event.node, f"an older backup is put in place; recovering: {node.unit.recovering()}")


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
    partner = follow_kept(node.unit, partner, now=here)
    asked: Asked | None = ask_partner(node.unit, partner, room, now=here)
    try:
        while asked is not None:
            answer = other.hear_letter(asked.letter.body, {}, now=world.now)
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


def _rotate(world: "World", event: Event) -> None:
    node = world.nodes[event.node]
    if node.unit.recovering() or node.next_own is not None:
        return
    world.happened["rotated"] += 1
    world.say(event.node, "makes new keys")
    try:
        node.rotate(now=world.now)
    except (Crash, Conflict) as crash:
        world.say(event.node, f"dies before `{crash}` while it tells its new keys")


def _late(world: "World", event: Event) -> None:
    world.network.late_copies(world.nodes[event.node], event.chance())


def _unless_quiet(kind: str, play: Play) -> Play:
    """Skip what is secret where a world is played without it (I6)."""

    def played(world: "World", event: Event) -> None:
        if not (world.quiet and kind in SECRET):
            play(world, event)

    return played


_ALL: Final[Mapping[str, Play]] = {
    "work": work,
    "origin": origin_desk.origin,
    "overreach_at_origin": origin_desk.overreach_at_origin,
    "evidence_falls": origin_desk.evidence_falls,
    "report": origin_desk.report,
    "withdraw_behind_a_cut": origin_desk.withdraw_behind_a_cut,
    "bulletin": origin_desk.bulletin,
    "complaint_at_origin": _complain_at_origin,
    "receiver": then_pass_on(receiver_desk.receiver),
    "hurry": receiver_desk.hurry,
    "hold": receiver_desk.hold,
    "lift": receiver_desk.lift,
    "overreach": receiver_desk.overreach_at_receiver,
    "complaint": _complain,
    "erase": receiver_desk.erase,
    "cut": _cut,
    "clock": _clock,
    "crash": _crash,
    "backup": _backup,
    "restore": _restore,
    "recover": recover,
    "rotate": _rotate,
    "late": _late,
    "lie": lie,
}
PLAYS: Final[Mapping[str, Play]] = MappingProxyType({kind: _unless_quiet(kind, play) for kind, play in _ALL.items()})
"""Every kind of event and how it is played."""
