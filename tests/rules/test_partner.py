"""Paired nodes: pairing, key documents, and the pause of a sender that does not report after a hand-over (F73)."""

from dataclasses import replace

import pytest

from cotejo.rules.acts import Entry, Erased, Plan, Refused
from cotejo.rules.agreement import DAY, HandoverTerms
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Duty, PartnerNode, Who
from cotejo.rules.handover import extra_charges
from cotejo.rules.partner import (
    START,
    PairPartner,
    PartnerState,
    PausePartner,
    ResumePartner,
    SeeKeyDocument,
    card,
    decide,
    evolve,
)
from cotejo.rules.review_commands import CloseFollowUp, MarkOverdue, TakeAfterHandover
from cotejo.rules.review_words import Overdue
from tests.builders.review import ACT, ALBA, CLOCK, CUSTODY, DECIDER, LEGAL, OVERSIGHT, PAPER, Desk, officer, package
from tests.builders.wire import NOW, agreement

PARTNERS = officer(Duty.PARTNERS)
PAIR = PairPartner(
    name="alba",
    node="boreal",
    agreement=agreement(),
    key_document="{}",
    key_number=1,
    fingerprint="1234 5678",
    read_aloud="12345678",
)


def apply(state: PartnerState, command: object, who: Who) -> PartnerState:
    plan = decide(state, command, who, None, NOW)  # type: ignore[arg-type]
    assert isinstance(plan, Plan)
    for new in plan.acts:
        entry = Entry(stream=new.stream, version=state.version + 1, at=NOW, by="x", duty="", rules="", act=new.act)
        state = evolve(state, entry)
    return state


def codes(state: PartnerState, command: object, who: Who) -> tuple[str, ...]:
    refused = decide(state, command, who, None, NOW)  # type: ignore[arg-type]
    assert isinstance(refused, Refused)
    return refused.codes


def test_pairing_needs_the_fingerprint_heard_and_an_agreement_of_both_within_the_caps() -> None:
    paired = apply(START, PAIR, PARTNERS)
    assert (paired.name, paired.paused) == ("alba", False)
    assert codes(paired, PAIR, PARTNERS) == ("partner.known",)
    bad = replace(PAIR, read_aloud="99", node="other", agreement=agreement(handover=HandoverTerms(arrival=2 * DAY)))
    assert codes(START, bad, PARTNERS) == ("partner.fingerprint", "agreement.parties", "agreement.too_loose")
    assert "who.not_yours" in codes(START, PAIR, DECIDER)


def test_a_key_document_counts_only_with_a_higher_number_and_from_its_own_node() -> None:
    paired = apply(START, PAIR, PARTNERS)
    assert apply(paired, SeeKeyDocument(number=2, document="{2}"), ALBA).key_document == "{2}"
    assert codes(paired, SeeKeyDocument(number=1, document="{1}"), PartnerNode(name="mallory")) == (
        "who.not_yours",
        "key_document.old",
    )


def test_only_the_oversight_body_resumes_a_paused_sender() -> None:
    paused = apply(apply(START, PAIR, PARTNERS), PausePartner(reasons="A breach was reported."), PARTNERS)
    assert card(paused).waiting[0].duty is Duty.OVERSIGHT
    assert "who.not_yours" in codes(paused, ResumePartner(reasons="x"), PARTNERS)
    assert codes(paused, ResumePartner(reasons=" "), OVERSIGHT) == ("reasons.empty",)
    assert not apply(paused, ResumePartner(reasons="It was explained."), OVERSIGHT).paused


def test_a_partner_whose_acts_were_erased_is_paused() -> None:
    paired = apply(START, PAIR, PARTNERS)
    gone = Entry(stream=paired.stream, version=2, at=NOW, by="x", duty="", rules="", act=Erased(was="partner.paused"))
    assert evolve(paired, gone).paused


def report(what: HandoverReport, *charges: str) -> TakeAfterHandover:
    return TakeAfterHandover(report=what, happened_at=NOW, place="SV-SS", court="Court 4", charges=charges)


@pytest.mark.parametrize(
    "what", [Overdue.ARRIVAL, Overdue.BEFORE_JUDGE, Overdue.COUNSEL_AND_FAMILY_TOLD, Overdue.CUSTODY]
)
def test_f73_a_missing_report_pauses_every_request_of_the_sender_until_oversight_resumes(what: Overdue) -> None:
    desk = Desk().handed_over()
    due = next(each.due for each in desk.state.reports if each.what is what)
    assert desk.refused(MarkOverdue(what=what), CLOCK) == ("clock.not_yet",)
    desk.now = due
    desk.must(MarkOverdue(what=what), CLOCK)
    assert desk.partner.paused
    assert desk.refused(MarkOverdue(what=what), CLOCK) == ("clock.not_due",)
    other = Desk(partner=desk.partner).take_in()
    assert other.state.id
    live = Desk().ready()
    live.partner = desk.partner
    assert live.refused(ACT, DECIDER) == ("partner.paused",)
    assert f"partner.{what.value}" in codes(desk.partner, ResumePartner(reasons="x"), OVERSIGHT)
    desk.must(report(HandoverReport(what.value)), ALBA)
    assert desk.partner.paused
    assert not apply(desk.partner, ResumePartner(reasons="It came late."), OVERSIGHT).paused


def test_f73_a_report_in_time_keeps_the_sender_usable_and_custody_is_asked_again() -> None:
    desk = Desk().handed_over()
    desk.must(report(HandoverReport.ARRIVAL), ALBA)
    assert "handover.arrival" not in desk.timers
    assert desk.refused(MarkOverdue(what=Overdue.ARRIVAL), CLOCK) == ("clock.not_due",)
    desk.must(report(HandoverReport.CUSTODY), ALBA)
    assert desk.timers["handover.custody"].at == desk.now + desk.terms.handover.custody_every
    desk.must(report(HandoverReport.JUDGMENT), ALBA)
    assert "handover.custody" not in desk.timers
    assert not desk.partner.paused


def test_f73_a_charge_that_was_not_requested_pauses_the_sender_and_is_settled_by_name() -> None:
    desk = Desk().handed_over()
    desk.must(report(HandoverReport.BEFORE_JUDGE, "212", "345"), ALBA)
    assert desk.partner.paused
    assert codes(desk.partner, ResumePartner(reasons="x"), OVERSIGHT) == ("partner.charges_differ",)
    settled = ResumePartner(reasons="The court dropped it.", settled=(desk.state.id,))
    desk.must(report(HandoverReport.JUDGMENT), ALBA)
    desk.now = max(each.due for each in desk.state.reports)
    for what in (HandoverReport.ARRIVAL, HandoverReport.COUNSEL_AND_FAMILY_TOLD):
        desk.must(report(what), ALBA)
    closing = CloseFollowUp(reasons="x", document=PAPER)
    assert desk.refused(closing, LEGAL) == ("followup.open",)
    desk.partner = apply(desk.partner, settled, OVERSIGHT)
    assert not desk.partner.paused
    desk.must(closing, LEGAL)
    assert extra_charges(package(), ("212 ",)) == ()


def test_f73_a_follow_up_does_not_close_before_the_judgment_or_with_a_report_missing() -> None:
    desk = Desk().handed_over()
    closing = CloseFollowUp(reasons="x", document=PAPER)
    assert desk.refused(closing, LEGAL) == ("followup.open",)
    assert "handover.none" in Desk().ready().refused(report(HandoverReport.ARRIVAL), ALBA)
    assert "who.not_yours" in desk.refused(report(HandoverReport.ARRIVAL), CUSTODY)
