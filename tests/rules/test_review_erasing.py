"""The law of erasing at a receiver: at the origin's demand or at the end of the time; what waits, and what shows."""

import pytest

from cotejo.rules.agreement import HOUR
from cotejo.rules.answers import sweep_time
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import PartnerNode
from cotejo.rules.erasure_words import EVERYTHING, ErasureBasis
from cotejo.rules.handover import TIMER_KINDS
from cotejo.rules.holds import HoldKind
from cotejo.rules.retention import limitation_end
from cotejo.rules.review_commands import (
    CloseFollowUp,
    EndRetention,
    MarkSwept,
    PlaceHold,
    RedressSuspend,
    TakeAfterHandover,
    TakeErasure,
    TakeWithdrawal,
)
from cotejo.rules.review_words import ReviewState
from cotejo.rules.told import Erasure
from tests.builders.review import ALBA, CLOCK, LEGAL, PAPER, REDRESS, REQUEST, Desk

TOKEN = "f" * 32
DEMAND = TakeErasure(request=REQUEST, version=1, basis=ErasureBasis.WITHDRAWN, facts_token=TOKEN)
REPORTS = (
    HandoverReport.ARRIVAL,
    HandoverReport.BEFORE_JUDGE,
    HandoverReport.COUNSEL_AND_FAMILY_TOLD,
    HandoverReport.JUDGMENT,
)


def withdrawn(desk):
    """Withdraw and sweep."""
    desk.must(TakeWithdrawal(review=desk.state.id, request=REQUEST, version=1, reason="x", facts_token=TOKEN), ALBA)
    desk.now = desk.timers["review.sweep"].at
    desk.must(MarkSwept(), CLOCK)
    return desk


def test_f59_a_demand_erases_marks_and_is_certified_at_the_agreed_moment():
    desk = withdrawn(Desk().ready())
    plan = desk.must(DEMAND, ALBA)
    assert [(each.stream, each.held) for each in plan.destroys] == [(desk.state.stream, False)]
    assert desk.state.state is ReviewState.ERASED
    assert (desk.state.package, desk.state.roster) == (None, ())
    assert plan.marks
    [told] = plan.sends
    assert told.at == told.content.certificate.since == sweep_time(desk.terms, desk.now)
    assert told.content.certificate.gone == EVERYTHING
    assert told.content.certificate.sealed_until == limitation_end(desk.terms, told.at)
    assert {"review.answer", "review.sweep", "review.retention"} <= {kind for kind, _ in plan.drop_timers}


@pytest.mark.parametrize("pause", [RedressSuspend(), PlaceHold(kind=HoldKind.EVIDENCE_CHALLENGE, grounds="x")])
def test_i6_i11_a_complaint_or_contested_evidence_keeps_the_copy_and_shows_nowhere(pause):
    told = []
    for paused in (False, True):
        desk = withdrawn(Desk().ready())
        if paused:
            desk.must(pause, REDRESS if isinstance(pause, RedressSuspend) else LEGAL)
            desk.now -= 60_000
        plan = desk.must(DEMAND, ALBA)
        assert plan.destroys[0].held is paused
        told.append(plan.sends)
    assert told[0] == told[1]


def test_f73_an_erasure_does_not_end_the_watching_of_somebody_handed_over():
    desk = Desk().handed_over()
    plan = desk.must(DEMAND, ALBA)
    assert not plan.destroys
    assert not plan.sends
    assert desk.state.state is ReviewState.FOLLOWED
    assert set(TIMER_KINDS.values()) - {"handover.return"} <= set(desk.timers)
    desk.must(EndRetention(), CLOCK)
    assert desk.state.state is ReviewState.FOLLOWED
    for report in REPORTS:
        desk.must(TakeAfterHandover(report=report, happened_at=desk.now, place="x", charges=("212",)), ALBA)
    desk.must(CloseFollowUp(reasons="It is over.", document=PAPER), LEGAL)
    assert desk.timers["review.retention"].at == desk.now
    plan = desk.must(EndRetention(), CLOCK)
    assert desk.state.state is ReviewState.ERASED
    assert [each.content.certificate.since for each in plan.sends] == [sweep_time(desk.terms, desk.now)]


def test_a_node_that_is_being_restored_erases_nothing_and_does_it_right_after_for_the_same_moment():
    desk = withdrawn(Desk().ready())
    plan = desk.must(DEMAND, ALBA, recovering=True)
    assert not plan.destroys
    assert desk.state.state is not ReviewState.ERASED
    demanded = desk.now
    desk.now += 5 * HOUR
    plan = desk.must(EndRetention(), CLOCK)
    assert plan.sends[0].at == sweep_time(desk.terms, demanded)
    assert desk.state.state is ReviewState.ERASED


def test_f57_the_receiver_erases_by_itself_when_the_time_is_over_and_says_nothing():
    desk = Desk().ready()
    assert "review.retention" in desk.timers
    plan = desk.must(EndRetention(), CLOCK)
    assert plan.destroys
    assert not plan.sends
    assert desk.state.erased.act.basis is ErasureBasis.RETENTION_OVER
    for who in (ALBA, LEGAL):
        assert Desk().ready().refused(EndRetention(), who)


def test_i6_a_demand_about_nothing_here_is_marked_and_certified_like_any_other():
    desk = Desk()
    plan = desk.must(DEMAND, ALBA)
    assert (len(plan.marks), len(plan.floors), plan.destroys) == (1, 1, ())
    [told] = plan.sends
    assert isinstance(told.content, Erasure)
    assert told.content.certificate.gone == EVERYTHING


def test_only_the_origin_demands():
    desk = withdrawn(Desk().ready())
    for who in (PartnerNode(name="cresta"), LEGAL, CLOCK):
        assert desk.refused(DEMAND, who)
    assert desk.refused(TakeErasure(request="9" * 32, version=1, basis=DEMAND.basis, facts_token=TOKEN), ALBA)
