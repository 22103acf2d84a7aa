"""How each kind of event is played: work, trouble, and what the desks do.

1. `work` is one round of a node's worker: partners as their acts say, the redress office's words, due moments, status
   lists at their cadence, and sending. A node being restored hears the redress office and nothing else.
2. A node that dies in its work starts again with what it had committed; the rest of the round is lost.
3. Restores and new keys are played in `restoring`, lies in `lies`, what officers do in the desks.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cotejo.actions.confirm import EVERY, state_checkpoint
from cotejo.actions.confirm import KIND as CHECKPOINT
from cotejo.actions.laws import partner_state
from cotejo.actions.reconcile import KIND as STATEMENT
from cotejo.actions.reconcile import (
    next_statement,
    state_lines,
)
from cotejo.actions.run_due import run_due
from cotejo.actions.status import cadence, push_status
from cotejo.actions.take_signal import Said, take_signal
from cotejo.rules.acts import Millis, Refused, StreamKind
from cotejo.rules.agreement import HOUR, MINUTE, SECOND
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.partner import ResumePartner
from cotejo.rules.purposes import Purpose
from cotejo.rules.redress import Signal
from cotejo.simulation import origin_desk, receiver_desk, restoring
from cotejo.simulation.disputes import then_dispute, then_sign
from cotejo.simulation.events import SECRET, Event
from cotejo.simulation.kept import Waiting
from cotejo.simulation.lies import lie
from cotejo.simulation.memory import Crash
from cotejo.simulation.network import HEARING
from cotejo.simulation.node import SimulatedNode
from cotejo.simulation.passing import then_pass_on
from cotejo.simulation.renewals import meet, sign_what_was_heard, then_adopt, then_draft

if TYPE_CHECKING:
    from cotejo.simulation.world import World

Play = Callable[["World", Event], None]
OVERSIGHT: Final = Officer(id="olga.vale", duty=Duty.OVERSIGHT, unit="Oversight", chain="Oversight")
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
        restoring.renew(world, node)
        if node.unit.recovering():
            world.network.send_all(node, chance, faulty=bool(event.pick))
            return
        if node.use_new_keys(now=world.now):
            world.say(node.name, "signs with its new keys from now on")
        node.announce(now=world.now)
        _timers(world, node)
        meet(world, node)
        sign_what_was_heard(world, node, event.pick)
        node.unit.send_scheduled(now=world.now + node.skew)
        _push_status(world, node)
        _state_lines(world, node)
        _state_checkpoints(world, node)
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
        due = newest is None or (newest.receipt and here >= newest.at + cadence(partner.terms(here)))
        if due and isinstance(push_status(node.unit, partner, own=node.own, now=here), Refused):
            world.happened["clock behind the list before"] += 1


def _state_lines(world: "World", node: SimulatedNode) -> None:
    here = world.now + node.skew
    for partner in node.unit.partners():
        newest = _newest(node, partner.name, STATEMENT)
        said = newest.at if newest else 0
        if (newest is None or newest.receipt) and here >= next_statement(partner, said, here):
            state_lines(node.unit, partner, now=here)


def _state_checkpoints(world: "World", node: SimulatedNode) -> None:
    here = world.now + node.skew
    for partner in node.unit.partners():
        newest = _newest(node, partner.name, CHECKPOINT)
        if newest is None or (newest.receipt and here >= newest.at + EVERY):
            state_checkpoint(node.unit, partner, own=node.own, now=here)


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


def _resume(world: "World", event: Event) -> None:
    """Let the oversight body look at why a sender is paused, and resume it."""
    node = world.nodes[event.node]
    state = partner_state(node.unit, event.other)
    if state.paused:
        looked_at = tuple({review for review, _ in state.open_causes})
        command = ResumePartner(reasons="Both agencies compared the logs of the link.", settled=looked_at)
        world.act(node, StreamKind.PARTNER, event.other, command, who=OVERSIGHT, purpose=Purpose.OVERSIGHT)


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
    "origin": then_dispute(origin_desk.origin),
    "overreach_at_origin": origin_desk.overreach_at_origin,
    "evidence_falls": origin_desk.evidence_falls,
    "report": then_sign(origin_desk.report),
    "withdraw_behind_a_cut": origin_desk.withdraw_behind_a_cut,
    "bulletin": then_draft(origin_desk.bulletin),
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
    "resume": _resume,
    "backup": restoring.backup,
    "restore": restoring.restore,
    "restore_two": restoring.restore_two,
    "restore_across_keys": restoring.restore_across_keys,
    "recover": then_adopt(restoring.recover),
    "rotate": restoring.rotate,
    "lapse": restoring.lapse,
    "late": then_draft(_late),
    "lie": lie,
}
PLAYS: Final[Mapping[str, Play]] = MappingProxyType({kind: _unless_quiet(kind, play) for kind, play in _ALL.items()})
"""Every kind of event and how it is played."""
