"""Sent requests when another agreement takes its turn, or the last one comes to its end (F19, I7)."""

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Plan, Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.dossier_use import BY_THE_CLOCK
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.facts import DataClass, Route
from cotejo.rules.retention import retention_end
from cotejo.rules.told import Withdrawal
from tests.builders.sound import AUTHORISER, BOREAL, CERTIFIER, CLOCK, GUARD, NOW, certified, sent
from tests.rules.gates.test_terms import after
from tests.rules.test_dossier_decide import refused

MEET = ask.MeetAgreement()
ROUTE = sent().dossier.latest.package.route
UNCOVERED = (
    {"routes": tuple(each for each in Route if each is not ROUTE)},
    {"data": (DataClass.BULLETIN,)},
    {"routes": (), "data": ()},
)


def test_f19_what_the_next_agreement_covers_goes_on_and_is_kept_as_that_says():
    desk = sent()
    desk.terms = after(kept_months=12)
    plan = desk.must(MEET, CLOCK)
    assert (plan.acts, plan.sends) == ((), ())
    assert desk.dossier.state is DossierState.SENT
    package = desk.dossier.latest.package
    assert desk.timers["dossier.retention"].at == retention_end(package, desk.terms, NOW)
    assert desk.timers["dossier.retention"].at < retention_end(package, after(), NOW)


@pytest.mark.parametrize("terms", UNCOVERED)
@pytest.mark.parametrize("suspended", [False, True])
def test_f19_i7_what_it_does_not_cover_is_withdrawn_by_the_clock_and_the_holder_told(terms, suspended):
    desk = sent()
    if suspended:
        desk.must(ask.Suspend(cause=SuspensionCause.COURT_ORDER), GUARD)
    desk.terms = after(**terms)
    desk.must(MEET, CLOCK)
    assert desk.dossier.withdrawn_for is WithdrawalReason.AGREEMENT_OVER
    assert isinstance(desk.sent[-1].content, Withdrawal)
    assert list(desk.slots.values()) == [3]
    assert desk.marks
    assert {"dossier.sweep", "dossier.erasure"} <= set(desk.timers)


@pytest.mark.parametrize("terms", UNCOVERED)
def test_f19_i7_a_request_of_which_a_restore_lost_every_version_is_withdrawn_as_well(terms):
    desk = certified()
    desk.must(ask.FindLost(kind="request", version=1), CLOCK)
    desk.terms = after()
    assert desk.must(MEET, CLOCK) == Plan()
    desk.terms = after(**terms)
    desk.must(MEET, CLOCK)
    assert desk.dossier.withdrawn_for is WithdrawalReason.AGREEMENT_OVER
    assert desk.sent[-1].content == Withdrawal(request=desk.dossier.request, version=1, reason="agreement_over")

    draft = certified()
    draft.terms = after(**terms)
    assert draft.must(MEET, CLOCK) == Plan()


def test_f19_i7_at_the_end_of_the_last_agreement_everything_is_withdrawn_and_nothing_new_is_sent():
    desk = sent()
    desk.leaving = True
    desk.must(MEET, CLOCK)
    assert desk.dossier.withdrawn_for is WithdrawalReason.AGREEMENT_OVER

    draft = certified()
    draft.leaving = True
    assert refused(draft.ask_dossier(ask.AuthoriseSending(), AUTHORISER)) == ("dossier.agreement_ends",)


def test_a_draft_and_what_the_partner_never_took_are_left_alone():
    draft = certified()
    draft.terms = after(routes=(), data=())
    assert draft.must(MEET, CLOCK) == Plan()
    never = sent()
    never.must(ask.RecordReceipt(version=1, outcome="refused", gaps=("request.documents",)), BOREAL)
    never.terms = after(routes=(), data=())
    assert never.must(MEET, CLOCK) == Plan()


def test_only_the_clock_meets_a_case_and_not_while_the_node_is_restored_or_its_clock_is_behind():
    desk = sent()
    desk.terms = after(routes=(), data=())
    assert isinstance(desk.ask_dossier(MEET, AUTHORISER), Refused)
    desk.recovering = True
    assert refused(desk.ask_dossier(MEET, CLOCK)) == ("dossier.recovering",)
    desk.recovering, desk.high_water = False, NOW + DAY
    assert refused(desk.ask_dossier(MEET, CLOCK)) == ("dossier.clock_behind",)
    assert desk.dossier.state is DossierState.SENT


def test_nobody_gives_the_end_of_an_agreement_as_a_reason_by_hand():
    assert WithdrawalReason.AGREEMENT_OVER in BY_THE_CLOCK
    by_hand = sent().ask_dossier(ask.Withdraw(reason=WithdrawalReason.AGREEMENT_OVER), CERTIFIER)
    assert refused(by_hand) == ("dossier.clocks_reason",)
