"""What officers do about inquiries in a simulated world: ask for a person's record with its paper, answer it whole.

Now and then somebody asks without a basis, sends without a check, or answers alone; the law refuses.
"""

import random
from typing import TYPE_CHECKING, Final

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.duties import Officer
from cotejo.rules.inquiry import Inquiry, InquiryState
from cotejo.rules.inquiry_commands import (
    AnswerInquiry,
    CheckProtection,
    InquiryCommand,
    NamePersons,
    OpenInquiry,
    SendInquiry,
)
from cotejo.rules.inquiry_words import Asked, InquiryBasis
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Protection
from cotejo.simulation.events import Event
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, CHECKER, invented_id
from cotejo.simulation.invented_review import DECIDER, LEGAL, PROTECTION

if TYPE_CHECKING:
    from cotejo.simulation.world import World

MANDATE: Final = b"An invented mandate of an invented person."


def inquire(world: "World", event: Event) -> None:
    """Answer an inquiry that waits here, or ask a partner about somebody it may have a file on."""
    chance, unit = event.chance(), world.nodes[event.node].unit
    waiting = unit.listed(StreamKind.INQUIRY, states=(InquiryState.RECEIVED.value,))
    if waiting:
        _answer(world, event.node, chance.choice(waiting).stream, chance)
    else:
        _ask(world, event, chance)


def _ask(world: "World", event: Event, chance: random.Random) -> None:
    node, number = world.nodes[event.node], invented_id("inquiry", event.node, event.pick)
    case = chance.choice(world.cases)
    subject = node.state(StreamKind.PERSON, case.about.person).subject
    if not subject.names:
        subject = world.nodes[case.origin].state(StreamKind.PERSON, case.about.person).subject
    document = node.unit.documents.put(MANDATE, unit=Stream(StreamKind.INQUIRY, number))
    counsel = "A. Faro" if chance.random() < 0.9 else ""  # noqa: PLR2004 - now and then nobody asked
    asked = Asked(subject=subject, basis=InquiryBasis.PERSON_ASKS, document=document, counsel=counsel)
    checked = Protection.NOTHING_REGISTERED if chance.random() < 0.8 else Protection.STOP  # noqa: PLR2004 - mostly
    steps: tuple[tuple[Officer, InquiryCommand], ...] = (
        (LEGAL, OpenInquiry(inquiry=number, partner=event.other, asked=asked)),
        (DECIDER, SendInquiry()),
        (PROTECTION, CheckProtection(result=checked)),
        (DECIDER, SendInquiry()),
    )
    for who, command in steps:
        _do(world, event.node, number, who, command)


def _answer(world: "World", name: str, stream: Stream, chance: random.Random) -> None:
    unit = world.nodes[name].unit
    state: Inquiry = unit.state(stream)
    about = state.asked.subject.names if state.asked else ()
    found = [
        each.stream.id for each in unit.listed(StreamKind.PERSON) if unit.state(each.stream).subject.names == about
    ]
    persons = tuple(found) if chance.random() < 0.8 else ()  # noqa: PLR2004 - now and then somebody errs
    steps: tuple[tuple[Officer, InquiryCommand], ...] = (
        (CHECKER, NamePersons(persons=tuple(found), reasons="The numbers agree.")),
        (AUTHORISER, AnswerInquiry()),
        (CERTIFIER, NamePersons(persons=persons, reasons="The numbers agree.")),
        (AUTHORISER, AnswerInquiry()),
    )
    for who, command in steps:
        _do(world, name, stream.id, who, command)


def _do(world: "World", name: str, number: str, who: Officer, command: InquiryCommand) -> None:
    world.act(world.nodes[name], StreamKind.INQUIRY, number, command, who=who, purpose=Purpose.INQUIRY)
