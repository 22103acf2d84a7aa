"""One request through both halves of the law: what the origin's law lets out, the receiver's law judges anew."""

from dataclasses import replace
from typing import Any

from cotejo.rules.acts import Gate, Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.package import Package
from cotejo.rules.receipts import gaps_of
from cotejo.rules.review_commands import TakeIn
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_words import ReviewState
from tests.builders import sound
from tests.builders.review import ACT, ALBA, CUSTODY, DECIDER, HAND_OVER, PAPER, REVIEW, Desk, status

HERE = frozenset({*sound.Desk().documents, PAPER})


class Receiver(Desk):
    """A desk that evaluates the sender's gates for every command, as a node does."""

    def facts(self, **changes: Any) -> ReviewFacts:
        """Return what an action would load, with the gates of the package in question."""
        package = self.state.package or sound.sound_package()
        loaded = {
            "sender_gates": judged(package, self.now),
            "documents": HERE,
            "status": status(self.now - 1, slot=package.slot),
        }
        return super().facts(**{**loaded, **changes})


def judged(package: Package, now: int) -> tuple[Gate, ...]:
    return sender_gates(package, sound.agreement(), now, documents_here=HERE.__contains__)


def desk() -> Receiver:
    return Receiver(now=sound.NOW, terms=sound.agreement())


def test_a_request_the_origin_let_out_is_taken_in_decided_and_handed_over() -> None:
    receiver = desk()
    receiver.must(TakeIn(review=REVIEW, package=sound.sound_package()), ALBA)
    receiver.open().search().identify().review().check()
    receiver.must(ACT, DECIDER)
    receiver.last_looks().must(HAND_OVER, CUSTODY)
    assert receiver.state.state is ReviewState.FOLLOWED


def test_i2_a_request_spoiled_on_its_way_is_refused_with_the_gaps_its_origin_would_see() -> None:
    receiver = desk()
    spoiled = replace(sound.sound_package(), claims=(), undertakings=())
    gates = judged(spoiled, receiver.now)
    taking = TakeIn(review=REVIEW, package=spoiled)
    refused = receiver.do(taking, ALBA, sender_gates=gates)
    assert isinstance(refused, Refused)
    assert set(gaps_of(taking, refused)) == set(sound.codes(gates))


def test_i2_a_request_that_went_stale_while_it_was_reviewed_is_not_decided() -> None:
    receiver = desk()
    receiver.must(TakeIn(review=REVIEW, package=sound.sound_package()), ALBA)
    receiver.open().search().identify().review()
    receiver.now += 91 * DAY
    receiver.check()
    assert receiver.refused(ACT, DECIDER) == ("outcomes.unknown",)
