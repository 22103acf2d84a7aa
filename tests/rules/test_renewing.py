"""The next agreement: signed here by two people, heard, agreed, adopted, met (I1, F19, F62)."""

from dataclasses import replace

import pytest

from cotejo.rules import renewing
from cotejo.rules.acts import Entry, Plan, Refused
from cotejo.rules.agreement import DAY, MINUTE, RenewableAgreement
from cotejo.rules.duties import Duty, PartnerNode, Who
from cotejo.rules.ended import AgreementEnded
from cotejo.rules.partner import START, PartnerState, card, evolve
from cotejo.rules.renewal import AgreementAgreed, TermsHeard, TermsLapsed, TermsMet, TermsSigned
from cotejo.rules.renewing import AdoptTerms, MeetTerms, RenewalFacts, SignTerms, TakeTerms, to_meet
from cotejo.rules.told import AgreementSigned
from tests.builders.review import CLOCK, LEGAL, OVERSIGHT, officer
from tests.builders.wire import NOW
from tests.rules.test_partner import PAIR, apply
from tests.rules.test_succession import following

PARTNERS = officer(Duty.PARTNERS)
ALBA = PartnerNode(name="alba")
TERMS = following()
SIGN = SignTerms(terms=TERMS, signed="ours", approved_by=OVERSIGHT)
TAKE = TakeTerms(terms=TERMS, signed=("theirs",))
BOTH = TakeTerms(terms=TERMS, signed=("ours", "theirs"))
FACTS = RenewalFacts()
ADOPT = AdoptTerms(terms=TERMS, signed=("ours", "theirs"), approved_by=OVERSIGHT)
PAIRED = apply(START, PAIR, PARTNERS)


def plan(state: PartnerState, command: renewing.RenewalCommand, who: Who, now: int = NOW) -> Plan:
    """Return the plan of a command that is accepted."""
    made = renewing.decide(state, command, who, FACTS, now)
    assert isinstance(made, Plan), made
    return made


def after(state: PartnerState, command: renewing.RenewalCommand, who: Who, now: int = NOW) -> PartnerState:
    """Return the state after a command that is accepted."""
    for new in plan(state, command, who, now).acts:
        entry = Entry(stream=new.stream, version=state.version + 1, at=now, by="x", duty="", rules="", act=new.act)
        state = evolve(state, entry)
    return state


def kinds(made: Plan) -> list[type]:
    """Return the kinds of the acts of a plan."""
    return [type(each.act) for each in made.acts]


def codes(state: PartnerState, command: renewing.RenewalCommand, who: Who, now: int = NOW) -> tuple[str, ...]:
    """Return why a command is refused."""
    refused = renewing.decide(state, command, who, FACTS, now)
    assert isinstance(refused, Refused), refused
    return refused.codes


def elsewhere(state: PartnerState) -> PartnerState:
    """Return the same pairing where the partner decides: it is named second."""
    turned = replace(PAIR.agreement, parties=("boreal", "alba"), profiles=("us", "sv"))
    return replace(state, agreements=(turned,))


def test_f19_where_this_node_decides_both_signatures_are_an_agreement_and_the_partner_is_told_both() -> None:
    offered = plan(PAIRED, SIGN, PARTNERS)
    assert kinds(offered) == [TermsSigned]
    assert [(each.partner, each.content) for each in offered.sends] == [("alba", AgreementSigned(signed=("ours",)))]
    both = AgreementSigned(signed=("theirs", "ours"))

    first_here = plan(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA)
    assert kinds(first_here) == [TermsHeard, AgreementAgreed]
    first_there = after(PAIRED, TAKE, ALBA)
    assert [each.step for each in card(first_there).waiting] == ["terms_offered"]
    assert kinds(plan(first_there, SIGN, PARTNERS)) == [TermsSigned, AgreementAgreed]
    for told in (first_here, plan(first_there, SIGN, PARTNERS)):
        assert [each.content for each in told.sends] == [both]

    for agreed in (after(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA), after(first_there, SIGN, PARTNERS)):
        assert [each.hash for each in agreed.agreements] == [PAIR.agreement.hash, TERMS.hash]
        assert set(agreed.renewal.signed) == {"ours", "theirs"}
        assert (agreed.renewal.ours, agreed.renewal.theirs, card(agreed).waiting) == (None, None, ())
        assert agreed.terms(NOW) == PAIR.agreement
        assert agreed.terms(TERMS.valid_from) == TERMS
        assert plan(agreed, TAKE, ALBA) == Plan(), "said again it changes nothing"


def test_f19_where_the_partner_decides_its_word_with_both_signatures_is_waited_for() -> None:
    state = elsewhere(PAIRED)
    terms = following(state.agreements[0])
    sign, take, both = (replace(each, terms=terms) for each in (SIGN, TAKE, BOTH))
    for signed in (after(after(state, sign, PARTNERS), take, ALBA), after(after(state, take, ALBA), sign, PARTNERS)):
        assert len(signed.agreements) == 1
        assert kinds(plan(signed, both, ALBA)) == [AgreementAgreed]
    assert kinds(plan(state, both, ALBA)) == [AgreementAgreed], "also where a restore lost what was signed here"


def test_f19_of_offers_that_cross_one_alone_is_agreed() -> None:
    other = following(hash="e" * 64, begins=NOW + 2 * DAY)
    agreed = after(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA)
    late = replace(BOTH, terms=other)
    assert codes(agreed, late, ALBA) == ("agreement.other_earlier",)


def test_nothing_is_signed_while_the_node_may_have_lost_what_it_signed() -> None:
    refused = renewing.decide(PAIRED, SIGN, PARTNERS, RenewalFacts(recovering=True), NOW)
    assert isinstance(refused, Refused)
    assert refused.codes == ("agreement.recovering",)
    assert isinstance(renewing.decide(PAIRED, ADOPT, PARTNERS, RenewalFacts(recovering=True), NOW), Plan)


def test_i1_two_people_of_two_duties_sign() -> None:
    same = replace(PARTNERS, duty=Duty.OVERSIGHT)
    for command in (SIGN, ADOPT):
        assert codes(PAIRED, replace(command, approved_by=same), PARTNERS) == ("agreement.same_person",)
        assert codes(PAIRED, replace(command, approved_by=LEGAL), PARTNERS) == ("who.not_yours",)
        assert codes(PAIRED, command, OVERSIGHT) == ("who.not_yours",)
        assert codes(PAIRED, command, CLOCK) == ("who.not_yours",)


def test_terms_begin_later_than_the_partner_can_have_answered() -> None:
    skew = PAIR.agreement.skew
    soon = following(begins=NOW + 2 * skew)
    assert kinds(plan(PAIRED, replace(SIGN, terms=soon), PARTNERS)) == [TermsSigned]
    assert codes(PAIRED, replace(SIGN, terms=soon), PARTNERS, NOW + 1) == ("agreement.too_soon",)


def test_f19_terms_are_agreed_before_they_begin_and_both_signatures_are_believed_whenever_they_come() -> None:
    offered = after(PAIRED, SIGN, PARTNERS)
    assert kinds(plan(offered, TAKE, ALBA, TERMS.valid_from - 1)) == [TermsHeard, AgreementAgreed]
    late = plan(offered, TAKE, ALBA, TERMS.valid_from)
    assert (kinds(late), late.sends) == ([TermsHeard], ()), "it would bind what was said before the partner hears of it"
    assert kinds(plan(offered, BOTH, ALBA, TERMS.valid_from + DAY)) == [AgreementAgreed]
    restored = renewing.decide(offered, TAKE, ALBA, RenewalFacts(recovering=True), NOW)
    assert isinstance(restored, Plan)
    assert kinds(restored) == [TermsHeard]


def test_f62_what_does_not_follow_is_neither_signed_nor_heard_nor_adopted() -> None:
    other = following(sweep_every=PAIR.agreement.sweep_every + 1)
    assert codes(PAIRED, replace(SIGN, terms=other), PARTNERS) == ("agreement.put_off",)
    assert codes(PAIRED, replace(TAKE, terms=other), ALBA) == ("agreement.put_off",)
    assert codes(PAIRED, replace(ADOPT, terms=other), PARTNERS) == ("agreement.put_off",)


def test_f19_other_terms_than_those_signed_here_are_no_answer() -> None:
    signed = after(PAIRED, SIGN, PARTNERS)
    other = replace(TAKE, terms=following(hash="e" * 64, ceiling_per_month=1))
    assert kinds(plan(signed, other, ALBA)) == [TermsHeard]
    heard = after(PAIRED, other, ALBA)
    assert kinds(plan(heard, SIGN, PARTNERS)) == [TermsSigned]


def test_only_the_partner_itself_says_that_it_signed() -> None:
    for who in (PartnerNode(name="cobre"), PARTNERS, CLOCK):
        assert codes(PAIRED, TAKE, who) == ("who.not_yours",)


def test_f19_with_no_agreement_in_force_both_signatures_are_adopted_and_none_is_sent() -> None:
    over = PAIR.agreement.valid_until + DAY
    late = following(begins=over + MINUTE)
    assert codes(PAIRED, replace(SIGN, terms=late), PARTNERS, over) == (
        "agreement.none_in_force",
        "agreement.too_soon",
    )
    adopted = plan(PAIRED, replace(ADOPT, terms=late), PARTNERS, over)
    assert (kinds(adopted), adopted.sends) == ([AgreementAgreed], ())
    assert after(PAIRED, ADOPT, PARTNERS, TERMS.valid_from + DAY).terms(TERMS.valid_from) == TERMS


def test_f19_an_agreement_this_house_ended_has_no_next() -> None:
    act = AgreementEnded(reasons="gone", asked_by=PARTNERS, by=OVERSIGHT)
    entry = Entry(stream=PAIRED.stream, version=PAIRED.version + 1, at=NOW, by="x", duty="", rules="", act=act)
    ended = evolve(after(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA), entry)
    assert [each.valid_until for each in ended.agreements] == [NOW, NOW], "neither is in force from here on"
    assert "ending.over" in codes(ended, ADOPT, PARTNERS)
    assert to_meet(ended, TERMS.valid_from) is None


def test_nothing_is_signed_with_a_node_that_is_not_paired() -> None:
    assert codes(START, SIGN, PARTNERS) == ("partner.unknown",)


def test_f19_every_case_is_met_once_when_an_agreement_takes_its_turn() -> None:
    agreed = after(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA)
    assert to_meet(agreed, TERMS.valid_from - 1) is None
    assert to_meet(agreed, TERMS.valid_from) == TERMS
    assert kinds(plan(agreed, MeetTerms(), CLOCK, TERMS.valid_from)) == [TermsMet]
    met = after(agreed, MeetTerms(), CLOCK, TERMS.valid_from)
    assert to_meet(met, TERMS.valid_from + DAY) is None
    assert codes(agreed, MeetTerms(), PARTNERS, TERMS.valid_from) == ("who.not_yours",)


def test_f19_at_the_end_of_the_last_agreement_cases_are_met_until_it_is_over() -> None:
    terms: RenewableAgreement = TERMS
    agreed = after(after(after(PAIRED, SIGN, PARTNERS), TAKE, ALBA), MeetTerms(), CLOCK, terms.valid_from)
    leaves = terms.valid_until - 3 * terms.sweep_every
    assert to_meet(agreed, leaves - 1) is None
    for now in (leaves, leaves + 1, terms.valid_until - 1):
        assert to_meet(agreed, now) == terms
    assert to_meet(agreed, terms.valid_until) is None, "nothing can be told any more"


def test_terms_that_would_have_begun_unsigned_wait_for_nobody() -> None:
    offered = after(PAIRED, TAKE, ALBA)
    assert kinds(plan(offered, MeetTerms(), CLOCK, TERMS.valid_from - 1)) == []
    assert kinds(plan(offered, MeetTerms(), CLOCK, TERMS.valid_from)) == [TermsLapsed]
    lapsed = after(offered, MeetTerms(), CLOCK, TERMS.valid_from)
    assert (lapsed.renewal.theirs, card(lapsed).waiting) == (None, ())


@pytest.mark.parametrize("signed", [("ours", "theirs")])
def test_an_agreement_of_the_second_form_is_paired_with_both_its_signatures(signed: tuple[str, ...]) -> None:
    first = following(hash="d" * 64, replaces=())
    paired = apply(START, replace(PAIR, agreement=first, signed=signed), PARTNERS)
    assert paired.agreements == (first,)
    assert paired.renewal.signed == signed
