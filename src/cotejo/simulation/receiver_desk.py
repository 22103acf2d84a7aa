"""What the officers of a receiver do in a simulated world: review, pause, end a pause, decide, hand over, overreach.

1. `receiver` goes the path of the law one step at a time; `hurry` tries to decide and hand over whatever the state is.
2. A pause is placed by whoever may; it is ended by the two people its kind names, or somebody tries to end it alone.
3. Of several possible same persons, one is the same only when a unique number agrees; the others are not.
"""

import random
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from cotejo.actions.register import Searched, compared, search_register
from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.holds import BODY_FOR, HOLDS, Body, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.package import Subject
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_facts import Compared
from cotejo.rules.review_state import Hold, Review
from cotejo.rules.review_words import (
    Citizenship,
    Outcome,
    Protection,
    QuestionCode,
    ReviewState,
    Sameness,
    UniqueIdentifier,
)
from cotejo.simulation import disputes, returns
from cotejo.simulation import invented_review as desk
from cotejo.simulation.events import Event
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import World

TODAY: Final = "2026-11-27"
ORDER: Final = b"An invented order that ends an invented pause."
BY_DUTY: Final = {each.duty: each for each in reversed(desk.BOREAL_OFFICERS)}
SECONDS: Final = {Duty.PROTECTION: desk.SECOND_PROTECTION, Duty.IDENTITY: desk.SECOND_IDENTITY}
REDRESS: Final = Officer(id="rosa.dale", duty=Duty.REDRESS, unit="Redress office", chain="Redress office")
JOINED: Final = Officer(id=desk.IDENTITY.id, duty=Duty.DECISION, unit="Boreal / Decisions", chain="Decisions")


@cache
def papers() -> dict[str, bytes]:
    """Return the receivers' own invented documents."""
    return desk.receiver_papers("world")


def receiver(world: "World", event: Event) -> None:
    """Do the next step of one review at this node."""
    chance, review = event.chance(), _review(world, event)
    if review is None:
        return
    _put_papers(world, event, review)
    for who, command in _next_steps(world, event.node, review, chance):
        _ask(world, event.node, review.id, who, command)


def hurry(world: "World", event: Event) -> None:
    """Let the deciding officer try now, and custody after them, whether the case is ready or not."""
    node = world.nodes[event.node]
    choices = ready(node) or [each for each in _reviews(node) if each.package]
    if not choices:
        return
    review = event.chance().choice(choices)
    _put_papers(world, event, review)
    if review.decision is None:
        if event.chance().random() < 0.8:  # noqa: PLR2004 - often the last check is not forgotten
            _ask(world, event.node, review.id, *desk.check_protection(review.to_protect))
        _ask(world, event.node, review.id, *desk.decide(Outcome.ACT))
    elif not world.plain and (same := _agreed(world, event.node, review)):
        for who, command in desk.hand_over(review, same, papers(), day=TODAY):
            _ask(world, event.node, review.id, who, command)


def ready(node: SimulatedNode) -> list[Review]:
    """Return the reviews of a node in which only a decision or a hand-over is left."""
    return [each for each in _reviews(node) if each.served is not None and not each.withdrawn_at]


def _reviews(node: SimulatedNode) -> list[Review]:
    return [node.unit.state(line.stream) for line in node.unit.listed(StreamKind.REVIEW)]


def hold(world: "World", event: Event) -> None:
    """Pause a review: a hold, a court's order, a protection stop, a claim of citizenship."""
    chance, review = event.chance(), _review(world, event)
    if review is None:
        return
    command: ask.ReviewCommand
    match chance.choice(("hold", "order", "stop", "claim")):
        case "hold":
            kind = chance.choice([each for each in HoldKind if each is not HoldKind.COMPLAINT])
            ground = chance.choice(list(ProtectionGround)) if kind is HoldKind.PROTECTION else None
            who, command = desk.LEGAL, ask.PlaceHold(kind=kind, grounds="Told at the desk.", ground=ground, feared="SV")
        case "order":
            who, command = desk.GUARD, ask.RegisterCourtOrder(court="District Court", number="26-9")
        case "stop":
            who = desk.PROTECTION
            command = ask.RecordProtectionCheck(
                candidates=review.to_protect,
                result=Protection.STOP,
                ground=chance.choice(list(ProtectionGround)),
                feared=review.destination,
            )
        case _:
            who, command = desk.NATIONALITY, ask.RecordNationality(found=Citizenship.CLAIM, sources=())
    _ask(world, event.node, review.id, who, command)


def lift(world: "World", event: Event) -> None:
    """Sign for the end of a pause: mostly those named for it, else somebody else, one person twice, a wrong body."""
    chance, review = event.chance(), _review(world, event)
    holds = [each for each in review.holds if not each.ended] if review else []
    if review is None or not holds:
        return
    pause = chance.choice(holds)
    stream = Stream(StreamKind.REVIEW, review.id)
    document = world.nodes[event.node].unit.documents.put(ORDER, unit=stream)
    honest = chance.random() < 0.7  # noqa: PLR2004 - mostly
    signers = _signers(pause) if honest else _strangers(pause, chance)
    for who in signers:
        decision = _decision(pause, review.destination, wrong=not honest and chance.random() < 0.5)  # noqa: PLR2004
        command = ask.LiftHold(hold=pause.id, reasons="It is over.", document=document, decision=decision)
        _ask(world, event.node, review.id, who, command)


def overreach_at_receiver(world: "World", event: Event) -> None:
    """Let somebody try what is not theirs; whatever is accepted, the checks judge."""
    chance, review = event.chance(), _review(world, event)
    if review is None:
        return
    attempts: list[tuple[Who, ask.ReviewCommand]] = [
        (JOINED, ask.Decide(outcome=Outcome.ACT, reasons="I know the case.")),
        (desk.LEGAL, ask.Decide(outcome=Outcome.ACT, reasons="Nobody else is here.")),
        (desk.GUARD, ask.RedressLift()),
        (desk.DECIDER, ask.OpenReview()),
    ]
    for candidate in review.candidates[:1]:
        answer = ask.AnswerIdentity(
            candidate=candidate,
            answer=Sameness.SAME,
            reasons="The name is the same.",
            identifier=UniqueIdentifier.PASSPORT if chance.random() < 0.5 else None,  # noqa: PLR2004
        )
        attempts += [(desk.IDENTITY, answer), (desk.IDENTITY, answer), (desk.LEGAL, answer)]
    who, command = chance.choice(attempts)
    _ask(world, event.node, review.id, who, command)


def erase(world: "World", event: Event) -> None:
    """Erase a review whose withdrawal was swept: its time to be kept is over."""
    node = world.nodes[event.node]
    for line in node.unit.listed(StreamKind.REVIEW):
        if node.unit.state(line.stream).swept:
            world.say(event.node, "erases a swept review")
            world.happened["erased"] += 1
            node.unit.erase(line.stream)
            return


def _next_steps(world: "World", node: str, review: Review, chance: random.Random) -> Iterator[desk.Step]:
    package = review.package
    if package is None:
        return
    found = _found(world, node, review)
    if review.state is ReviewState.RECEIVED:
        if not world.plain and not review.asked and chance.random() < 0.2:  # noqa: PLR2004 - now and then
            yield desk.INTAKE, ask.AskQuestions(asked=((QuestionCode.UNCLEAR, "case_number"),))
        else:
            yield from desk.begin()
    elif review.search is None:
        searched = _searched(world, node, package.subject, review.request)
        tokens = tuple(each.candidate for each in found)
        yield from desk.search(tokens, set_aside=0, as_of=TODAY, further=searched.further)
    elif review.agreed is None:
        yield from _identity(review, found, both=chance.random() < 0.6)  # noqa: PLR2004 - the second often comes later
    elif review.served is None:
        yield from desk.review(package.version, papers(), day=TODAY)
    elif review.state is ReviewState.OPEN and review.legal is None:
        yield from disputes.answered(review)
    elif review.decision is None and chance.random() < 0.2:  # noqa: PLR2004 - most days nothing is decided
        yield desk.check_protection(review.to_protect)
        yield desk.decide(Outcome.ACT if chance.random() < 0.9 else Outcome.NOT_ACT)  # noqa: PLR2004 - mostly
    elif review.state is ReviewState.DECIDED and not world.plain and (same := _agreed(world, node, review)):
        yield from desk.hand_over(review, same, papers(), day=TODAY)
    elif review.state is ReviewState.FOLLOWED:
        yield from returns.steps(review, papers(), chance)


def _agreed(world: "World", node: str, review: Review) -> Compared | None:
    return next((each for each in _found(world, node, review) if each.candidate in review.candidates), None)


def _identity(review: Review, found: list[Compared], *, both: bool) -> Iterator[desk.Step]:
    """Answer about everybody who is still possible and not yet answered about, one officer or both."""
    for each in found:
        given = {answer.act.by.id for answer in review.answers_on(each.candidate)}
        if each.candidate in review.candidates:
            says = Sameness.SAME if each.agreeing else Sameness.NOT_SAME
            steps = [step for step in desk.identity(each, says=says) if step[0].id not in given]
            yield from steps if both else steps[:1]


def _found(world: "World", node: str, review: Review) -> list[Compared]:
    if review.package is None:
        return []
    searched = _searched(world, node, review.package.subject, review.request)
    return [compared(each) for each in searched.candidates]


def _searched(world: "World", node: str, subject: Subject, request: str) -> Searched:
    """Search a node's register once for each subject of a request: it never changes."""
    key = (node, request, subject)
    if key not in world.searched:
        world.searched[key] = search_register(world.nodes[node].unit, subject, request)
    return world.searched[key]


def _signers(pause: Hold) -> list[Officer]:
    """Return the two people the kind names."""
    signers: list[Officer] = []
    for duty in HOLDS[pause.kind].ended_by:
        first = REDRESS if duty is Duty.REDRESS else BY_DUTY[duty]
        signers.append(SECONDS[duty] if first in signers else first)
    return signers


def _strangers(pause: Hold, chance: random.Random) -> list[Officer]:
    """Return one person twice, or two who are not named, or only one."""
    named = _signers(pause)
    outside = [each for each in desk.BOREAL_OFFICERS if each.duty not in HOLDS[pause.kind].ended_by]
    return chance.choice([named[:1] * 2, chance.sample(outside, 2), named[:1]]) if named else outside[:2]


def _decision(pause: Hold, destination: str, *, wrong: bool) -> FinalDecision | None:
    if pause.ground is None:
        return None
    right = BODY_FOR[pause.ground]
    return FinalDecision(
        body=next(each for each in Body if each is not right) if wrong else right,
        number="A-1",
        decided_on="2026-10-01",
        appeal_over_on="2026-11-01",
        counsel_told_on="2026-10-02",
        frees=destination,
    )


def _put_papers(world: "World", event: Event, review: Review) -> None:
    unit, stream = world.nodes[event.node].unit, Stream(StreamKind.REVIEW, review.id)
    for content in papers().values():
        unit.documents.put(content, unit=stream)


def _review(world: "World", event: Event) -> Review | None:
    node = world.nodes[event.node]
    lines = node.unit.listed(StreamKind.REVIEW)
    if not lines:
        return None
    state: Review = node.unit.state(event.chance().choice(lines).stream)
    return state if state.package is not None else None


def _ask(world: "World", node: str, review: str, who: Who, command: object) -> None:
    world.act(world.nodes[node], StreamKind.REVIEW, review, command, who=who, purpose=Purpose.DECISION)
