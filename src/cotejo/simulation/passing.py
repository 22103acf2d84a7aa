"""A receiver of a simulated world passes requests on (F54).

1. Passing on follows a receiver's step now and then (`then_pass_on`), with choices of its own from the event's number:
   worlds without standing recipients play as they always did.
2. Officers err: they pass on to one of several, to a stranger, a copy of a copy.
"""

import random
from typing import TYPE_CHECKING, Final

from cotejo.rules.acts import StreamKind
from cotejo.rules.onward import PassOn
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState
from cotejo.simulation import invented_review as desk
from cotejo.simulation.events import Event
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.plays import Play
    from cotejo.simulation.world import World

OFTEN: Final = 0.3
ERRS: Final = 0.15
BEGUN: Final = frozenset({ReviewState.OPEN, ReviewState.DECIDED, ReviewState.FOLLOWED})


def then_pass_on(play: "Play") -> "Play":
    """Let a receiver's step be followed, now and then, by passing a request on."""

    def played(world: "World", event: Event) -> None:
        play(world, event)
        chance = random.Random(f"onward/{event.pick}")
        if world.onward and chance.random() < OFTEN:
            _pass_on(world, world.nodes[event.node], chance)

    return played


def _pass_on(world: "World", node: SimulatedNode, chance: random.Random) -> None:
    reviews: list[Review] = [node.unit.state(line.stream) for line in node.unit.listed(StreamKind.REVIEW)]
    begun = [each for each in reviews if each.state in BEGUN and not each.withdrawn_at]
    errs = chance.random() < ERRS
    choices = begun if errs else [each for each in begun if each.through is None and not each.passed_to]
    if not choices:
        return
    review = chance.choice(choices)
    known = node.unit.partner(review.partner)
    standing = known.terms(world.now + node.skew).standing_recipients if known else ()
    to = tuple(chance.choice(world.names) for _ in range(1)) if errs else standing
    if to:
        command, purpose = PassOn(recipients=to), Purpose.DECISION
        world.act(node, StreamKind.REVIEW, review.id, command, who=desk.LEGAL, purpose=purpose)
