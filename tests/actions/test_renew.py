"""Two nodes agree on what follows their agreement, message by message (F19); what is not covered does not pass."""

from dataclasses import replace
from typing import Any

import pytest

from cotejo.actions.laws import partner_state
from cotejo.actions.post import PostRoom
from cotejo.actions.renew import adopt_terms, meet_terms, sign_terms
from cotejo.actions.unit import Committed
from cotejo.exchange.agreements import LARGEST_TERMS, agreement_bytes, sign_agreement
from cotejo.exchange.incoming import claims_of
from cotejo.proof.case_texts import payload
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR, RenewableAgreement
from cotejo.rules.answers import answer_period
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Clockwork
from cotejo.rules.facts import DataClass, Route
from cotejo.rules.inquiry_commands import OpenInquiry
from cotejo.rules.partner import PartnerState
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import ReviewState
from cotejo.rules.succession import following
from cotejo.rules.told import AgreementSigned, Answer, Answered, Bulletin
from cotejo.simulation.invented_review import LEGAL
from cotejo.simulation.node import PARTNERS, SimulatedNode, waiting_for
from cotejo.simulation.renewals import OVERSIGHT
from tests.actions.test_inquiry import ID, asked
from tests.builders import memory
from tests.builders.line import Link, delivered

BULLETIN = Bulletin(
    id="b" * 32,
    group_code="G-001",
    kind_code="extortion",
    month="2026-10",
    place_code="SV-SS",
    count=14,
    trend_code="down",
)


def state(link: Link, node: SimulatedNode) -> PartnerState:
    """Return the other node as one of the two sees it."""
    return partner_state(node.unit, "boreal" if node is link.alba else "alba")


def draft(link: Link, *, begins: int = HOUR, **changes: Any) -> RenewableAgreement:
    """Return terms that follow the newest agreement."""
    earlier = state(link, link.alba).agreements[-1]
    return following(earlier, link.now + begins, link.now + 200 * DAY, **changes)


def sign(link: Link, node: SimulatedNode, terms: RenewableAgreement) -> Committed | Refused:
    """Let two people of a node sign."""
    other = "boreal" if node is link.alba else "alba"
    bare = replace(terms, hash="")
    return sign_terms(node.unit, other, bare, root=node.root, who=PARTNERS, approved_by=OVERSIGHT, now=link.now)


def deliver(link: Link, source: SimulatedNode) -> None:
    """Let the other node take in everything one has sent."""
    other = link.boreal if source is link.alba else link.alba
    delivered(source, other, now=link.now)
    for node in (source, other):
        node.follow()


def agree(link: Link, **changes: Any) -> RenewableAgreement:
    """Let Alba offer and Boreal accept; Boreal, named second, decides."""
    assert isinstance(sign(link, link.alba, draft(link, **changes)), Committed)
    deliver(link, link.alba)
    theirs = state(link, link.boreal).renewal.theirs
    assert theirs is not None
    assert isinstance(sign(link, link.boreal, theirs.terms), Committed)
    deliver(link, link.boreal)
    return theirs.terms


def chains(link: Link) -> tuple[list[str], list[str]]:
    """Return the hashes of all agreements as each node knows them."""
    return tuple([each.hash for each in state(link, node).agreements] for node in (link.alba, link.boreal))  # type: ignore[return-value]


def test_f19_both_nodes_change_over_at_one_moment_and_cite_what_is_in_turn() -> None:
    link = Link()
    terms = agree(link)
    here, there = chains(link)
    assert here == there == [terms.replaces[0], terms.hash]
    first = link.alba.unit.outbox[-1]
    link.case()
    before = waiting_for(link.alba, "boreal")[-1]
    link.now = terms.valid_from
    link.case(seed=2)
    after = waiting_for(link.alba, "boreal")[-1]
    cited = [claims_of(payload(each.sealed.signed)).agreement for each in (first, before, after)]
    assert cited == [terms.replaces[0], terms.replaces[0], terms.hash]
    assert [each.outcome for each in link.hear_all()] == ["taken", "taken"], "also what was sealed before it"


def test_f19_the_side_that_decides_may_offer_and_the_other_accepts() -> None:
    link = Link()
    assert isinstance(sign(link, link.boreal, draft(link)), Committed)
    deliver(link, link.boreal)
    theirs = state(link, link.alba).renewal.theirs
    assert theirs is not None
    assert isinstance(sign(link, link.alba, theirs.terms), Committed)
    assert len(chains(link)[0]) == 1, "Alba waits for the word of the node that decides"
    deliver(link, link.alba)
    deliver(link, link.boreal)
    here, there = chains(link)
    assert here == there
    assert len(here) == 2


def test_f19_a_signature_that_could_not_be_sealed_in_time_is_still_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    link = Link()
    assert isinstance(sign(link, link.alba, draft(link)), Committed)
    deliver(link, link.alba)
    theirs = state(link, link.boreal).renewal.theirs
    assert theirs is not None
    with monkeypatch.context() as patch:
        patch.setattr(PostRoom, "can_seal", lambda *_args, **_named: False)
        said = Plan(sends=(Send(partner="alba", content=BULLETIN),))
        link.boreal.unit.commit(said, who=Clockwork(), purpose=Purpose.EXCHANGE, now=link.now)
        link.now += 1
        assert isinstance(sign(link, link.boreal, theirs.terms), Committed)
    link.boreal.follow()
    link.now = theirs.terms.valid_from
    assert link.boreal.unit.send_scheduled(now=link.now) == 2, "what was said before the signature goes before it"
    deliver(link, link.boreal)
    here, there = chains(link)
    assert here == there == [theirs.terms.replaces[0], theirs.terms.hash]


def test_f19_offers_that_cross_and_offers_that_were_replaced_leave_one_agreement() -> None:
    link = Link()
    for begins in (HOUR, 2 * HOUR):
        assert isinstance(sign(link, link.alba, draft(link, begins=begins)), Committed)
    assert isinstance(sign(link, link.boreal, draft(link, begins=3 * HOUR)), Committed)
    first, second = waiting_for(link.alba, "boreal")
    link.alba.note(first, link.boreal.hear(first, now=link.now), now=link.now)
    deliver(link, link.boreal)
    crossed = state(link, link.alba).renewal.theirs
    assert crossed is not None
    assert isinstance(sign(link, link.alba, crossed.terms), Committed)
    offered = state(link, link.boreal).renewal.theirs
    assert offered is not None
    assert isinstance(sign(link, link.boreal, offered.terms), Committed), "the one Alba has replaced since"
    deliver(link, link.alba)
    deliver(link, link.boreal)
    here, there = chains(link)
    assert here == there == [offered.terms.replaces[0], offered.terms.hash]
    assert second.receipt == b"refused"


def test_f19_a_signature_of_anybody_else_is_none() -> None:
    link = Link()
    terms = draft(link)
    foreign = sign_agreement(terms, link.boreal.root).decode()
    receipt = link.hear(link.tell(AgreementSigned(signed=(foreign,))))
    assert (receipt.outcome, receipt.gaps) == ("refused", ("wrong_body",))
    ours = sign_agreement(terms, link.alba.root).decode()
    for signed in ((), (ours, ours), (ours, ours, foreign)):
        assert link.hear(link.tell(AgreementSigned(signed=signed))).gaps == ("wrong_body",)
    assert chains(link)[1] == [terms.replaces[0]]


def test_f19_i7_what_the_next_agreement_leaves_out_is_withdrawn_once_it_begins_and_swept() -> None:
    link = Link()
    case = link.case()
    link.hear_all()
    terms = agree(link, routes=tuple(each for each in Route if each is not Route.EXTRADITION))
    link.now = terms.valid_from
    assert meet_terms(link.alba.unit, "boreal", now=link.now)
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).withdrawn_for is WithdrawalReason.AGREEMENT_OVER
    acts = len(link.alba.unit.entries(Stream(StreamKind.PARTNER, "boreal")))
    assert meet_terms(link.alba.unit, "boreal", now=link.now)
    assert len(link.alba.unit.entries(Stream(StreamKind.PARTNER, "boreal"))) == acts, "met once"
    deliver(link, link.alba)
    assert link.review(case).withdrawn_at
    assert link.review(case).state is ReviewState.RECEIVED


def test_f19_a_case_that_could_not_be_met_is_met_in_the_next_round() -> None:
    link = Link()
    case = link.case()
    link.hear_all()
    terms = agree(link, routes=tuple(each for each in Route if each is not Route.EXTRADITION))
    partner = Stream(StreamKind.PARTNER, "boreal")
    acts, ahead = len(link.alba.unit.entries(partner)), terms.valid_from + DAY
    stream = memory.person()
    link.alba.unit.commit(memory.plan(stream, memory.opened(stream)), **memory.as_recorder(ahead))
    assert not meet_terms(link.alba.unit, "boreal", now=terms.valid_from), "the clock went back"
    assert len(link.alba.unit.entries(partner)) == acts
    assert meet_terms(link.alba.unit, "boreal", now=ahead)
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).withdrawn_for is WithdrawalReason.AGREEMENT_OVER
    assert len(link.alba.unit.entries(partner)) == acts + 1


def test_f19_with_none_in_force_both_signatures_are_adopted_from_files() -> None:
    link = Link(valid_until=1_795_773_600_000 + DAY)
    link.now += 3 * DAY
    terms = draft(link)
    assert "agreement.none_in_force" in sign(link, link.alba, terms).codes  # type: ignore[union-attr]
    signed = tuple(sign_agreement(terms, node.root) for node in (link.alba, link.boreal))
    for node, other in ((link.alba, "boreal"), (link.boreal, "alba")):
        adopt = {"own": node.document, "who": PARTNERS, "approved_by": OVERSIGHT, "now": link.now}
        with pytest.raises(ProofError) as caught:
            adopt_terms(node.unit, other, signed[:1], **adopt)  # type: ignore[arg-type]
        assert caught.value.reason is Reason.BAD_SIGNATURE
        assert isinstance(adopt_terms(node.unit, other, signed, **adopt), Committed)  # type: ignore[arg-type]
        node.follow()
    link.now = terms.valid_from
    link.case()
    assert [each.outcome for each in link.hear_all()] == ["taken"]


def test_f19_bulletins_and_court_records_pass_under_terms_that_name_them_alone() -> None:
    link = Link()
    terms = agree(link, data=(DataClass.REQUEST,))
    link.now = terms.valid_from
    assert link.hear(link.tell(BULLETIN)).gaps == ("bulletin.not_agreed",)
    assert not link.boreal.unit.entries(Stream(StreamKind.BULLETIN, BULLETIN.id))
    case = link.case(send=False)
    command = OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case))
    done = link.boreal.act(StreamKind.INQUIRY, ID, command, who=LEGAL, purpose=Purpose.INQUIRY, now=link.now)
    assert isinstance(done, Refused)
    assert done.codes == ("inquiry.not_agreed",)


def test_i7_an_answer_of_a_partner_whose_clock_is_ahead_counts_on_the_dates_of_the_next_agreement() -> None:
    link = Link()
    case = link.case()
    link.hear_all()
    earlier = state(link, link.alba).agreements[-1]
    passed = (link.now - earlier.dates_from) // earlier.answer_every + 1
    half = earlier.answer_every // 2
    begins = earlier.dates_from + passed * earlier.answer_every + half - 1
    terms = agree(link, begins=begins - link.now, answer_every=half)
    number = terms.first_date + 1
    at = answer_period(terms, number).at
    assert at == terms.valid_from + 1
    said = Answer(request=case.request, period=number, answered=Answered.NO_ACTION)
    send = Send(partner="alba", content=said, request=case.request, at=at)
    link.boreal.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=at)
    [letter] = [each for each in waiting_for(link.boreal, "alba") if each.send.content == said]
    link.alba.hear(letter, now=terms.valid_from - terms.skew + 1)
    dossier = link.alba.state(StreamKind.DOSSIER, case.dossier)
    assert dossier.answers == ((number, Answered.NO_ACTION),)


def test_f19_terms_are_signed_by_one_only_if_both_signatures_fit_into_a_message() -> None:
    link = Link()
    bare = len(agreement_bytes(draft(link)))
    a_name = len(',"' + "n" * 61 + '"')
    fits = (LARGEST_TERMS - bare) // a_name
    names = tuple(f"n{n:060}" for n in range(fits + 1))
    with pytest.raises(ProofError):
        sign(link, link.alba, draft(link, standing_recipients=names))
    assert state(link, link.alba).renewal.ours is None
    terms = agree(link, standing_recipients=names[:-1])
    here, there = chains(link)
    assert here == there == [terms.replaces[0], terms.hash]
