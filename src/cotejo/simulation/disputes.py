"""What is disputed in a simulated world: by origins, answered by legal reviewers, and signed by the person (F64, I12).

1. Disputing follows an origin's step now and then (`then_dispute`), with choices of its own from the event's number; so
   does signing at a node (`then_sign`), which has no place where I6 is compared: the origin learns of it.
2. Officers err: they name a statement that did not leave, dispute without the paper, let a dispute leave that is not
   theirs to let go or was never signed; the law refuses.
"""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.dates import iso_day
from cotejo.rules.dispute_words import DisputeAsks, Disputed, DisputedBy, PersonSigned
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute
from cotejo.rules.dossier import Dossier
from cotejo.rules.duties import Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_acts import MarkAnswer
from cotejo.rules.review_commands import RecordLegalReview
from cotejo.rules.review_decide.disputing import WHILE_REVIEWED
from cotejo.rules.review_law import DISPUTED
from cotejo.rules.review_state import Review
from cotejo.simulation import invented_review as desk
from cotejo.simulation.events import Event
from cotejo.simulation.invented import CERTIFIER
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.plays import Play
    from cotejo.simulation.world import Case, World

OFTEN: Final = 0.15
ERRS: Final = 0.15
PAPER: Final = b"An invented note of what an invented office found."
SIGNED: Final = b"An invented paper with an invented signature."


def then_dispute(play: "Play") -> "Play":
    """Let an origin's step be followed, now and then, by a dispute about one of its requests."""

    def played(world: "World", event: Event) -> None:
        play(world, event)
        chance = random.Random(f"dispute/{event.pick}")
        mine = [case for case in world.cases if case.origin == event.node]
        if mine and chance.random() < OFTEN:
            _dispute(world, chance.choice(mine), chance)

    return played


def _dispute(world: "World", case: "Case", chance: random.Random) -> None:
    node = world.nodes[case.origin]
    state: Dossier = node.state(StreamKind.DOSSIER, case.about.dossier)
    if not state.live or state.latest is None:
        return
    claims = tuple((each.id, each.version) for each in state.latest.package.claims)
    document = node.unit.documents.put(PAPER, unit=Stream(StreamKind.DOSSIER, case.about.dossier))
    errs = chance.random() < ERRS
    stated = Disputed(
        claims=((case.about.dossier, 1),) if errs else (chance.choice(claims),),
        by=chance.choice(list(DisputedBy)),
        on=iso_day(world.now + node.skew),
        statement="The entry is of another day.",
        asks=chance.choice(list(DisputeAsks)),
    )
    command = ask.DisputeClaims(stated=stated, document="" if errs else document)
    world.act(node, StreamKind.DOSSIER, case.about.dossier, command, who=CERTIFIER, purpose=Purpose.REQUEST)


def then_sign(play: "Play") -> "Play":
    """Let what happened be followed by somebody who was heard at this node, and signs what they dispute."""

    def played(world: "World", event: Event) -> None:
        play(world, event)
        node, chance = world.nodes[event.node], random.Random(f"sign/{event.pick}")
        reviews: list[Review] = [node.unit.state(line.stream) for line in node.unit.listed(StreamKind.REVIEW)]
        heard = [each for each in reviews if each.served is not None and each.state in WHILE_REVIEWED]
        if heard:
            _sign(world, node, chance.choice(heard), chance)

    return played


def _sign(world: "World", node: SimulatedNode, review: Review, chance: random.Random) -> None:
    package = review.package
    if package is None:
        return
    day, document = iso_day(world.now + node.skew), node.unit.documents.put(SIGNED, unit=review.stream)
    claim = chance.choice(package.claims)
    stated = Disputed(
        claims=((claim.id, claim.version),),
        by=DisputedBy.PERSON,
        on=day,
        statement="I was in hospital on that day.",
        asks=chance.choice(list(DisputeAsks)),
    )
    signed = PersonSigned(document=document, counsel="R. Alder", warned_on=day)
    errs = chance.random() < 2 * ERRS
    steps: list[tuple[Officer, object]] = [(desk.LEGAL, RecordSignedDispute(stated=stated, signed=signed))]
    if errs:
        steps = chance.choice(([], steps))
    else:
        steps.append(desk.check_protection(review.to_protect))
    steps.append((chance.choice((desk.LEGAL, desk.CUSTODY)) if errs else desk.PROTECTION, SendSignedDispute()))
    for who, command in steps:
        world.act(node, StreamKind.REVIEW, review.id, command, who=who, purpose=Purpose.DECISION)


def answered(review: Review) -> Iterator[desk.Step]:
    """Make the legal review of a case anew, answering what is disputed."""
    mark = MarkAnswer(mark=DISPUTED.code, may_go_on=True, reasons="The other entries bear the statement out.")
    yield (
        desk.LEGAL,
        RecordLegalReview(
            route_lawful=True,
            answers=(mark,) if review.disputed else (),
            reasons="The treaty covers the act.",
            person_told_of_route=True,
        ),
    )
