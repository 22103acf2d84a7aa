"""Ending an agreement by this house alone: two people, two duties, for good (I1, F19)."""

from dataclasses import replace

from cotejo.rules import ending
from cotejo.rules.acts import Entry, Plan, Refused
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.ended import AgreementEnded
from cotejo.rules.ending import EndAgreement
from cotejo.rules.partner import START, PartnerState, card, evolve
from tests.builders.review import CLOCK, LEGAL, OVERSIGHT, officer
from tests.builders.wire import NOW
from tests.rules.test_partner import PAIR, apply

PARTNERS = officer(Duty.PARTNERS)
ASK = EndAgreement(reasons="The agency was dissolved.")
SIGN = EndAgreement(reasons="The ministry confirmed it.")


def after(state: PartnerState, command: EndAgreement, who: Who) -> PartnerState:
    """Return the state after a command that is accepted."""
    plan = ending.decide(state, command, who, None, NOW)
    assert isinstance(plan, Plan), plan
    for new in plan.acts:
        entry = Entry(stream=new.stream, version=state.version + 1, at=NOW, by="x", duty="", rules="", act=new.act)
        state = evolve(state, entry)
    return state


def codes(state: PartnerState, command: EndAgreement, who: Who) -> tuple[str, ...]:
    """Return why a command is refused."""
    refused = ending.decide(state, command, who, None, NOW)
    assert isinstance(refused, Refused)
    return refused.codes


def test_f19_an_agreement_ends_when_partner_relations_asked_and_the_oversight_body_signed() -> None:
    paired = apply(START, PAIR, PARTNERS)
    assert codes(paired, SIGN, OVERSIGHT) == ("ending.not_asked",)
    asked = after(paired, ASK, PARTNERS)
    terms = asked.terms(NOW)
    assert terms is not None
    assert terms.active_at(NOW), "asking ends nothing"
    assert [each.step for each in card(asked).waiting] == ["ending_asked"]
    assert codes(asked, ASK, PARTNERS) == ("ending.asked",)

    ended = after(asked, SIGN, OVERSIGHT)
    terms = ended.terms(NOW)
    assert terms is not None
    assert not terms.active_at(NOW)
    assert terms.hash == PAIR.agreement.hash
    assert card(ended).waiting == ()
    assert codes(ended, ASK, PARTNERS) == ("ending.over",)
    assert codes(ended, SIGN, OVERSIGHT) == ("ending.over",)


def test_i1_whoever_asked_for_the_end_does_not_sign_it_in_another_duty() -> None:
    asked = after(apply(START, PAIR, PARTNERS), ASK, PARTNERS)
    same: Officer = replace(PARTNERS, duty=Duty.OVERSIGHT)
    assert codes(asked, SIGN, same) == ("ending.same_person",)


def test_nobody_else_ends_an_agreement_and_nobody_without_reasons() -> None:
    paired = apply(START, PAIR, PARTNERS)
    for who in (LEGAL, CLOCK):
        assert codes(paired, ASK, who) == ("who.not_yours",)
    assert codes(paired, EndAgreement(reasons=" "), PARTNERS) == ("reasons.empty",)
    assert "partner.unknown" in codes(START, ASK, PARTNERS)


def test_the_act_names_both_people() -> None:
    asked = after(apply(START, PAIR, PARTNERS), ASK, PARTNERS)
    plan = ending.decide(asked, SIGN, OVERSIGHT, None, NOW)
    assert isinstance(plan, Plan)
    assert plan.acts[0].act == AgreementEnded(reasons=SIGN.reasons, asked_by=PARTNERS, by=OVERSIGHT)
