"""I6: what the origin can see is the same whatever happens to the person at the receiver."""

from collections.abc import Callable

import pytest

from cotejo.identity import RegisterInMemory
from cotejo.rules import dossier_commands as origin
from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.duties import RedressDoor
from cotejo.rules.holds import HoldKind, ProtectionGround
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Citizenship, Protection
from cotejo.simulation import invented_review as desk
from cotejo.simulation.invented import AUTHORISER, sound_case
from cotejo.simulation.node import SimulatedNode, waiting_for
from cotejo.simulation.world import START
from tests.builders.line import PERSON
from tests.builders.wire import agreement

TERMS = agreement(valid_from=START - DAY, valid_until=START + 300 * DAY, answer_every=HOUR, sweep_every=HOUR)
HELD = {"grounds": "Told at the desk.", "documents": ()}


def nothing(play: "Played") -> None:
    """Let the case lie."""
    del play


def protected(play: "Played") -> None:
    """Find a protection order at the very first look."""
    play.must(desk.INTAKE, ask.OpenReview())
    play.must(
        desk.PROTECTION,
        ask.RecordProtectionCheck(candidates=(), result=Protection.STOP, ground=ProtectionGround.ASYLUM, feared="SV"),
    )


def court_order(play: "Played") -> None:
    """Freeze the case by a court order."""
    play.must(desk.GUARD, ask.RegisterCourtOrder(court="District Court", number="26-9"))


def complaint(play: "Played") -> None:
    """Lodge a complaint here."""
    play.must(RedressDoor(), ask.RedressSuspend())


def citizenship(play: "Played") -> None:
    """Hear that the person says to be a citizen."""
    play.must(desk.INTAKE, ask.OpenReview())
    play.must(desk.NATIONALITY, ask.RecordNationality(found=Citizenship.CLAIM, sources=()))


def doubt(play: "Played") -> None:
    """Place a hold and leave it."""
    play.must(desk.LEGAL, ask.PlaceHold(kind=HoldKind.IDENTITY_DOUBT, **HELD))


class Played:
    """The same request, sent by the same seed; then something happens at the receiver, or nothing."""

    def __init__(self) -> None:
        self.alba, self.boreal = (
            SimulatedNode(
                name=name,
                profile=profile,
                register=RegisterInMemory([PERSON], as_of=START),
                seed="i6",
                start=START - DAY,
            )
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        )
        self.alba.pair(self.boreal, TERMS)
        self.boreal.pair(self.alba, TERMS)
        self.now = START
        case = sound_case(PERSON, seed="i6", partner="boreal")
        self.case = case
        self.alba.give(case, now=self.now)
        sent = self.alba.act(
            StreamKind.DOSSIER,
            case.dossier,
            origin.AuthoriseSending(),
            who=AUTHORISER,
            purpose=Purpose.REQUEST,
            now=self.now,
        )
        assert not isinstance(sent, Refused), sent.codes
        self.alba.push_status(now=self.now)
        self.receipts = [self.boreal.hear(each, now=self.now) for each in waiting_for(self.alba, "boreal")]
        self.review = self.boreal.unit.listed(StreamKind.REVIEW)[0].stream

    def must(self, who, command) -> None:
        done = self.boreal.act(
            StreamKind.REVIEW, self.review.id, command, who=who, purpose=Purpose.DECISION, now=self.now + MINUTE
        )
        assert not isinstance(done, Refused), done.codes

    def seen_by_the_origin(self) -> object:
        for hour in range(1, 6):
            self.boreal.tick(now=self.now + hour * HOUR)
        return (
            [len(each) for each in self.receipts],
            [(each.sealed.kind, len(each.sealed.body), each.at, each.send.content) for each in self.boreal.unit.outbox],
            len(self.boreal.unit.link_leaves("alba")),
            [each.stream == self.review for each in self.boreal.unit.due(self.now + 400 * DAY)],
        )


@pytest.mark.parametrize("happens", [protected, court_order, complaint, citizenship, doubt])
def test_i6_the_origin_sees_the_same_messages_lengths_and_times_whatever_happens(
    happens: Callable[[Played], None],
):
    quiet, other = Played(), Played()
    nothing(quiet)
    happens(other)
    assert other.boreal.unit.entries(Stream(StreamKind.REVIEW, other.review.id)) != quiet.boreal.unit.entries(
        Stream(StreamKind.REVIEW, quiet.review.id)
    )
    seen = quiet.seen_by_the_origin()
    assert seen == other.seen_by_the_origin()
    assert seen[1], "without a single answer the comparison would be empty"
