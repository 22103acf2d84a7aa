"""A sent request is confirmed anew with its court in time, or withdrawn by the clock (F41)."""

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Plan
from cotejo.rules.agreement import DAY
from cotejo.rules.cases import Waiting
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier import waiting
from cotejo.rules.dossier_use import BY_THE_CLOCK
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty
from cotejo.rules.revalidating import REVALIDATION_TIMER
from cotejo.rules.told import Withdrawal
from tests.builders.sound import AUTHORISER, BOREAL, CERTIFIER, CHECKER, CLOCK, COURT_ORDER, GUARD, NOW, sent
from tests.rules.test_dossier_decide import refused

LOOK = ask.ReviewRevalidation()


def at(days):
    """Return a desk whose request was sent so many days ago, with every timer of the term run since."""
    desk = sent()
    while desk.timers[REVALIDATION_TIMER].at <= NOW + days * DAY:
        desk.now = desk.timers[REVALIDATION_TIMER].at
        desk.must(LOOK, CLOCK)
        if not desk.dossier.live:
            break
    desk.now = NOW + days * DAY
    return desk


def confirmed(desk, **changes):
    words = {"document": COURT_ORDER, "answered_on": iso_day(desk.now)} | changes
    return desk.ask_dossier(ask.Revalidate(**words), CERTIFIER)


def test_f41_the_term_opens_on_day_sixty_and_the_certifier_is_waited_for_until_day_ninety():
    assert not at(59).dossier.revalidating.until
    desk = at(60)
    expected = Waiting(duty=Duty.CERTIFIER, step="dossier.revalidate", since=NOW + 60 * DAY, due=NOW + 90 * DAY)
    assert expected in waiting(desk.dossier)


def test_f41_what_nobody_confirmed_by_day_ninety_is_withdrawn_and_every_holder_told():
    desk = at(89)
    assert desk.dossier.state is DossierState.SENT
    desk = at(90)
    assert desk.dossier.state is DossierState.WITHDRAWN
    assert desk.dossier.withdrawn_for is WithdrawalReason.NOT_REVALIDATED
    assert isinstance(desk.sent[-1].content, Withdrawal)
    assert list(desk.slots.values()) == [3]
    assert desk.marks
    assert REVALIDATION_TIMER not in desk.timers


def test_f41_confirmed_with_the_courts_answer_it_lives_another_year_and_no_day_longer():
    desk = at(75)
    assert isinstance(confirmed(desk), Plan)
    assert not desk.dossier.revalidating.until
    opened = desk.now + 335 * DAY
    assert desk.timers[REVALIDATION_TIMER].at == opened
    desk.now = opened
    desk.must(LOOK, CLOCK)
    desk.now = opened + 30 * DAY
    desk.must(LOOK, CLOCK)
    assert desk.dossier.withdrawn_for is WithdrawalReason.NOT_REVALIDATED


def test_f41_a_suspension_does_not_stop_the_term():
    desk = sent()
    desk.must(ask.Suspend(cause=SuspensionCause.COURT_ORDER), GUARD)
    for days in (60, 90):
        desk.now = NOW + days * DAY
        desk.must(LOOK, CLOCK)
    assert desk.dossier.state is DossierState.WITHDRAWN


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": ""}, "revalidation.answer"),
        ({"document": "0" * 64}, "revalidation.answer"),
        ({"answered_on": iso_day(NOW + 59 * DAY)}, "revalidation.day"),
        ({"answered_on": iso_day(NOW + 76 * DAY)}, "revalidation.day"),
        ({"answered_on": "yesterday"}, "revalidation.day"),
    ],
)
def test_f41_only_a_kept_answer_that_the_court_gave_in_this_term_confirms(changes, code):
    assert refused(confirmed(at(75), **changes)) == (code,)


def test_f41_nothing_is_confirmed_ahead_of_its_term():
    assert "revalidation.not_open" in refused(confirmed(at(59)))


def test_i2_nothing_is_confirmed_while_a_check_is_not_passed():
    desk = at(75)
    desk.documents.discard(desk.dossier.latest.package.evidence[0].document)
    assert refused(confirmed(desk)) == ("judicial_basis.incomplete", "documents.item_without_document")


def test_i1_only_a_certifier_who_took_no_other_part_confirms():
    desk = at(75)
    command = ask.Revalidate(document=COURT_ORDER, answered_on=iso_day(desk.now))
    for who in (AUTHORISER, CHECKER):
        assert "asked.wrong_duty" in refused(desk.ask_dossier(command, who))
    assert refused(desk.ask_dossier(LOOK, CERTIFIER)) == ("asked.wrong_origin",)


@pytest.mark.parametrize("reason", sorted(BY_THE_CLOCK))
def test_f43_nobody_withdraws_for_a_reason_that_only_the_clock_has(reason):
    assert refused(at(75).ask_dossier(ask.Withdraw(reason=reason), CERTIFIER)) == ("dossier.clocks_reason",)


def test_f56_a_node_that_is_restored_withdraws_nothing_and_looks_again():
    desk = at(89)
    desk.now, desk.recovering = NOW + 90 * DAY, True
    desk.must(LOOK, CLOCK)
    assert desk.dossier.state is DossierState.SENT
    assert desk.timers[REVALIDATION_TIMER].at == desk.now + DAY


def test_what_the_partner_refused_needs_no_confirming():
    desk = sent()
    desk.must(ask.RecordReceipt(version=1, outcome="refused", gaps=("evidence.grade",)), BOREAL)
    desk.now += 60 * DAY
    desk.must(LOOK, CLOCK)
    assert REVALIDATION_TIMER not in desk.timers
    assert desk.dossier.state is DossierState.SENT
