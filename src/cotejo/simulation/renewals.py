"""Agreements that follow others in a simulated world: drafted, signed by both, adopted from files after a restore.

1. A draft follows a bulletin now and then, with choices of its own from the event's number (`disputes` does the same),
   so that scripts stay as they were drawn. What was heard is signed in a round of the worker.
2. Officers err: they approve what they sign themselves, put off what was promised, begin at once; the law refuses.
3. A node whose restore lost an agreement gets both signatures from its partner by file, as people would.
"""

import random
from typing import TYPE_CHECKING, Any, Final

from cotejo.actions.laws import partner_state
from cotejo.actions.renew import adopt_terms, meet_terms, sign_terms
from cotejo.actions.unit import Committed
from cotejo.rules.acts import Millis, Refused
from cotejo.rules.agreement import DAY, MINUTE, Agreement, RenewableAgreement
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import DataClass, Handling, Route
from cotejo.rules.partner import PartnerState
from cotejo.rules.succession import following, shortest_closing
from cotejo.simulation.events import Event
from cotejo.simulation.memory import Crash
from cotejo.simulation.node import PARTNERS, SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.plays import Play
    from cotejo.simulation.world import World

OVERSIGHT: Final = Officer(id="olga.vale", duty=Duty.OVERSIGHT, unit="Oversight", chain="Oversight")
DRAFTS: Final = 0.6
SIGNS: Final = 0.4
ERRS: Final = 0.1
ENDS: Final = 0.15
SOONEST_ANSWER: Final[Millis] = 45 * MINUTE
"""Answers that came oftener than a round at the end of a run would still be owed there."""
BEGINS: Final[tuple[Millis, ...]] = (5 * MINUTE, 15 * MINUTE, 40 * MINUTE)


def then_draft(play: "Play") -> "Play":
    """Let what happened be followed, now and then, by a signature under terms drafted here."""

    def played(world: "World", event: Event) -> None:
        play(world, event)
        chance = random.Random(f"draft/{event.pick}")
        if chance.random() < DRAFTS:
            lines = [case.partner for case in world.cases if case.origin == event.node]
            _offer(world, world.nodes[event.node], chance.choice((event.other, *lines)), chance)

    return played


def sign_what_was_heard(world: "World", node: SimulatedNode, pick: int) -> None:
    """Let officers sign, now and then, what a partner signed; in the worker's round, for that comes often enough."""
    chance = random.Random(f"terms/{pick}")
    for partner in node.unit.partners():
        theirs = partner_state(node.unit, partner.name).renewal.theirs
        if theirs is not None and chance.random() < SIGNS:
            _sign(world, node, partner.name, theirs.terms, OVERSIGHT)


def then_adopt(play: "Play") -> "Play":
    """Let a node that was restored get from its partners' files the agreements it lost."""

    def played(world: "World", event: Event) -> None:
        node = world.nodes[event.node]
        try:
            if world.truth.restored[node.name]:
                _adopt(world, node)
        except Crash as crash:
            world.say(node.name, f"dies before `{crash}` over an agreement from files")
        play(world, event)

    return played


def _adopt(world: "World", node: SimulatedNode) -> None:
    for partner in node.unit.partners():
        other = partner_state(world.nodes[partner.name].unit, node.name)
        for terms, signed in _agreed(other):
            ours = partner_state(node.unit, partner.name).agreements
            if terms.hash in {each.hash for each in ours} or terms.replaces[:1] != (ours[-1].hash,):
                continue
            document = world.nodes[node.name].document
            done = adopt_terms(
                node.unit,
                partner.name,
                signed,
                own=document,
                who=PARTNERS,
                approved_by=OVERSIGHT,
                now=world.now + node.skew,
            )
            _say(world, node, f"adopts an agreement with {partner.name} from files", done)
    node.follow()


def meet(world: "World", node: SimulatedNode) -> None:
    """Let every case be met by the agreement whose turn it is, as the worker does."""
    for partner in node.unit.partners():
        meet_terms(node.unit, partner.name, now=world.now + node.skew)


def _agreed(state: PartnerState) -> list[tuple[RenewableAgreement, tuple[bytes, ...]]]:
    followed = [each for each in state.agreements if isinstance(each, RenewableAgreement)]
    signed = [each.encode() for each in state.renewal.signed]
    pairs = zip(signed[::2], signed[1::2], strict=True)
    return list(zip(followed, pairs, strict=True))


def _offer(world: "World", node: SimulatedNode, other: str, chance: random.Random) -> None:
    known = node.unit.partner(other)
    if known is None:
        return
    earlier, here, errs = known.agreements[-1], world.now + node.skew, chance.random() < ERRS
    begins = max(here + chance.choice(BEGINS), earlier.valid_from + 1)
    until = begins + max(300 * DAY, shortest_closing(earlier))
    terms = following(earlier, begins, until, **_changes(earlier, chance, errs=errs))
    _sign(world, node, other, terms, PARTNERS if errs and chance.random() < 1 / 2 else OVERSIGHT)


def _changes(earlier: Agreement, chance: random.Random, *, errs: bool) -> dict[str, Any]:
    """Draw what the next terms change: mostly one thing, which the law allows unless somebody errs."""
    if chance.random() < ENDS:
        return {"routes": (), "data": ()}
    dropped = chance.choice(list(Route))
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"answer_every": max(SOONEST_ANSWER, earlier.answer_every * 3 // 4)},
        {"sweep_every": max(MINUTE, earlier.sweep_every // 2)},
        {"routes": tuple(each for each in Route if each is not dropped)},
        {"routes": tuple(each for each in Route if each is not Route.EXTRADITION)},
        {"data": (DataClass.REQUEST,)},
        {"handling": tuple(each for each in Handling if each is not Handling.H3)},
        {"kept_months": chance.randint(12, 60)},
    )
    if errs:
        return {"sweep_every": earlier.sweep_every * 2}
    return chance.choice(changes)


def _sign(world: "World", node: SimulatedNode, other: str, terms: RenewableAgreement, approved_by: Officer) -> None:
    try:
        done = sign_terms(
            node.unit,
            other,
            terms,
            root=node.root,
            who=PARTNERS,
            approved_by=approved_by,
            now=world.now + node.skew,
        )
    except Crash as crash:
        world.truth.signs_terms(node.name, terms)
        world.say(node.name, f"signs terms with {other}; the node dies before `{crash}` and starts again")
        return
    if not isinstance(done, Refused):
        world.truth.signs_terms(node.name, terms)
    _say(world, node, f"signs terms with {other}", done)
    node.follow()


def _say(world: "World", node: SimulatedNode, words: str, done: Committed | Refused) -> None:
    if isinstance(done, Refused):
        world.happened["refusals"] += 1
        world.say(node.name, f"{words}: refused ({', '.join(done.codes[:3])})")
    else:
        for entry in done.entries:
            world.happened[entry.act.code] += 1
        world.say(node.name, f"{words}: done")
