"""A return from one node to the other: asked for, answered in time or not, ended (F74)."""

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import NewAct, Plan, StreamKind
from cotejo.rules.agreement import DAY, HandoverTerms
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.return_words import ReturnCause, ReturnEnd, ReturnStep
from cotejo.rules.returning import AskReturn, CloseReturn
from cotejo.rules.review_acts import HandedOver
from cotejo.simulation.invented import CERTIFIER
from cotejo.simulation.invented_review import CUSTODY, LEGAL
from cotejo.simulation.returns import ORIGIN_CUSTODY
from tests.builders.line import Link, delivered


@pytest.fixture
def link():
    """Give a line with one request whose person was handed over."""
    made = Link()
    made.sent = made.case()
    made.hear_all()
    stream = made.stream(made.sent)
    act = HandedOver(
        to="sv",
        place="Airport",
        court="District Court",
        court_heard_on="2026-10-20",
        document="0" * 64,
        terms=HandoverTerms(),
        by=CUSTODY,
    )
    plan = Plan(acts=(NewAct(stream=stream, act=act),))
    made.boreal.unit.commit(plan, who=CUSTODY, purpose=Purpose.DECISION, now=made.now)
    return made


def back(link):
    """Let Alba take in what Boreal says; return the contents."""
    return [each.send.content for each in delivered(link.boreal, link.alba, now=link.now)]


def paper(link):
    return link.boreal.unit.documents.put(b"The decision that fell.", unit=link.stream(link.sent))


def dossier(link):
    return link.alba.state(StreamKind.DOSSIER, link.sent.dossier)


def answer(link, *steps):
    link.at_origin(link.sent, ask.AnswerReturn(place="Villa Clara", steps=steps), ORIGIN_CUSTODY)
    return link.hear_all()


def test_f74_the_origin_hears_that_the_decision_fell_and_nothing_of_why(link):
    link.at_receiver(link.sent, AskReturn(document=paper(link)), LEGAL)
    [told] = back(link)
    assert (told.cause, told.answer) == (ReturnCause.DECISION_FELL, None)
    assert dossier(link).returning.due == link.now + 2 * DAY
    answer(link, ReturnStep.LOCATED)
    returning = link.review(link.sent).returning
    assert (returning.place, returning.steps) == ("Villa Clara", (ReturnStep.LOCATED,))


def test_f74_a_withdrawal_after_a_hand_over_asks_for_the_return_at_both_nodes(link):
    link.at_origin(link.sent, ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    link.hear_all()
    assert [each.cause for each in back(link)] == [ReturnCause.WITHDRAWN]
    [receipt] = answer(link, ReturnStep.TRAVEL_ARRANGED)
    assert receipt.outcome == "taken"
    assert link.review(link.sent).returning.answered_at


def test_f74_the_clock_pauses_a_sender_that_does_not_answer_and_the_answer_settles_it(link):
    link.at_receiver(link.sent, AskReturn(document=paper(link)), LEGAL)
    back(link)
    link.now += 2 * DAY + 1
    link.boreal.tick(now=link.now)
    review = link.review(link.sent)
    partner = link.boreal.state(StreamKind.PARTNER, "alba")
    assert partner.paused
    assert "return" in {what.value for _, what in partner.open_causes}
    answer(link, ReturnStep.DEPARTED)
    link.at_receiver(link.sent, CloseReturn(end=ReturnEnd.RETURNED, document=paper(link)), LEGAL)
    assert not link.boreal.state(StreamKind.PARTNER, "alba").open_causes
    assert review.returning.open
    assert not link.review(link.sent).returning.open


def test_f74_nothing_is_answered_that_nobody_asked(link):
    stranger = Officer(id="x", duty=Duty.CUSTODY, unit="x", chain="x")
    refused = link.alba.act(
        StreamKind.DOSSIER,
        link.sent.dossier,
        ask.AnswerReturn(place="x", steps=(ReturnStep.LOCATED,)),
        who=stranger,
        purpose=Purpose.REQUEST,
        now=link.now,
    )
    assert "return.not_asked" in refused.codes
