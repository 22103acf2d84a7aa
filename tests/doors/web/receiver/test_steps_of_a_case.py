"""Steps at the receiver's pages: all mistakes at once, sealed answers, closed decisions, pauses and their end."""

import re

import pytest
from django.conf import settings

from cotejo.rules.acts import Plan, Send
from cotejo.rules.dossier_commands import Withdraw
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Clockwork, Duty, PartnerNode
from cotejo.rules.purposes import Purpose
from cotejo.rules.return_words import ReturnAnswer, ReturnStep
from cotejo.rules.returning import TakeReturnAnswer
from cotejo.rules.review_commands import MarkOverdue
from cotejo.rules.review_words import Overdue, ReviewState, Sameness
from cotejo.rules.told import Questions
from cotejo.simulation import invented_review
from cotejo.simulation.invented import AUTHORISER
from tests.builders.receiving import SUBJECT, Receiving, Staff, compared_of, pdf, play
from tests.pages import signed_in, somebody


def problems_in(page: str) -> list[str]:
    """Return what a page lists as to be put right."""
    box = re.search(r'class="usa-alert usa-alert--error problems".*?</ul>', page, re.DOTALL)
    assert box is not None
    return re.findall(r"<li>", box[0])


def same(house: Receiving, review: str) -> str:
    return str(house.unit.token(SUBJECT.id, house.state(review).request))


def test_ten_mistakes_give_ten_messages(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "open")
    page = people.give(
        "decision", f"/review/{review}/decision/", {"outcome": "act", "reasons": "They asked."}, status=422
    )
    assert len(problems_in(page)) >= 7
    play_rest(house, review)
    empty = people.give("legal", f"/review/{review}/own-law/", status=422)
    assert len(problems_in(empty)) == 6
    assert len(problems_in(people.give("legal", f"/review/{review}/copy/", status=422))) == 7
    risk = {
        "found": "no_real_risk",
        "source": "Report",
        "source_day": "soon",
        "reasons": " x ",
        "statement_document": pdf(),
    }
    assert len(problems_in(people.give("risk", f"/review/{review}/risk/", risk, status=422))) == 2


def play_rest(house: Receiving, review: str) -> None:
    """Go on from an open review to an agreed identity."""
    for who, command in invented_review.search(
        tuple(each.candidate for each in compared_of(house, review)), set_aside=0, as_of="2026-11-27"
    ):
        house.do(review, command, who)
    *others, mine = compared_of(house, review)
    for each in others:
        for who, command in invented_review.identity(each, says=Sameness.NOT_SAME):
            house.do(review, command, who)
    for who, command in invented_review.identity(mine):
        house.do(review, command, who)


def test_a_document_stays_attached_when_the_form_comes_back(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "identified")
    address = f"/review/{review}/own-law/"
    given = {"basis": "extradition_order", "issued_by": "District Court", "number": "7", "final": "on"}
    files = {"document": pdf("order"), "own_evidence": pdf("own")}
    page = people.give("legal", address, {**given, "issued_on": "2027-01-01", **files}, status=422)
    assert "not later than today" in page
    kept = dict(re.findall(r'name="(\w+-kept)" value="([0-9a-f]{64})"', page))
    assert set(kept) == {"document-kept", "own_evidence-kept"}
    people.give("legal", address, {**given, "issued_on": "2026-10-01", **kept})
    own_law = house.state(review).own_law
    assert own_law is not None
    assert own_law.act.document == kept["document-kept"]
    wrong = people.give("legal", address, {**given, "document": "x" * 64}, status=422)
    assert "This field is required" in wrong


def test_i3_the_second_officer_sees_nothing_of_the_first_answer(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "checked")
    mine = same(house, review)
    addresses = [f"/review/{review}/identity/", f"/review/{review}/identity/{mine}/", f"/review/{review}/"]

    def seen() -> list[str]:
        return [re.sub(r'value="\w{64}"', "", people.read("identity2", each)) for each in addresses]

    before = seen()
    answer = {"answer": "same", "identifier": "dui", "reasons": "The scar of the registry photograph."}
    people.give("identity", addresses[1], answer)
    assert seen() == before
    assert "The scar" in people.read("identity", addresses[0])
    people.give("identity2", addresses[1], {"answer": "cannot_tell", "reasons": "No photograph here."})
    assert "On hold" in people.read("identity2", addresses[0])
    assert house.state(review).paused


def test_f27_same_needs_every_difference_explained_in_writing(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "checked")
    brother = next(each for each in compared_of(house, review) if "rival" in each.differences)
    address = f"/review/{review}/identity/{brother.candidate}/"
    page = people.read("identity", address)
    assert page.count('name="resolutions.') == len(brother.differences)
    assert "checked" not in page.split("<form class=")[1]
    refused = people.give("identity", address, {"answer": "same", "reasons": "Alike."}, status=422)
    assert len(problems_in(refused)) == len(brother.differences) + 1


def test_i5_the_decision_to_act_closes_when_the_status_is_old(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "ready")
    address = f"/review/{review}/decision/"
    assert 'value="act"' in people.read("decision", address)
    house.clock.move(30)
    page = people.read("decision", address)
    assert 'value="act"' not in page
    assert "too old for this step" in page
    refused = people.give("decision", address, {"outcome": "act", "reasons": "All kept."}, status=422)
    assert "too old for this step" in refused
    house.status()
    people.give("decision", address, {"outcome": "act", "reasons": "All kept."})
    assert house.state(review).state is ReviewState.DECIDED


def test_f44_a_protection_pause_ends_by_two_people_on_one_final_decision(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "checked")
    people.give("protection", f"/protection/{review}/check/", {"result": "stop", "ground": "asylum", "feared": "sv"})
    hold = house.state(review).holds[0]
    address = f"/review/{review}/lift/{hold.id}/"
    people.read("legal", address, status=403)
    given = {
        "reasons": "The status ended.",
        "body": "asylum_authority",
        "number": "A-1",
        "decided_on": "2026-01-10",
        "appeal_over_on": "2026-02-10",
        "counsel_told_on": "2026-01-11",
        "frees": "sv",
    }
    assert len(problems_in(people.give("protection", address, status=422))) == 8
    other_body = {**given, "body": "immigration_court", "document": pdf("decision")}
    assert "not the body" in people.give("protection", address, other_body, status=422)
    people.give("protection", address, {**given, "document": pdf("decision")})
    assert house.state(review).paused
    assert "P. Protection" in people.read("protection2", address)
    people.give("protection2", address, {**given, "document": pdf("decision")})
    assert not house.state(review).paused


def test_f47_a_court_order_freezes_a_case_found_by_number_or_name(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "open")
    for words in ("1", "mejia josue"):
        page = people.read("duty_officer", f"/review/court-order/?words={words}")
        assert f"case={review}" in page
        assert "Mejía" not in page.split("<main")[1]
    people.give("duty_officer", f"/review/court-order/?case={review}", {"court": "District Court"})
    assert house.state(review).paused
    assert "<h3>Court order</h3>" in people.read("legal", f"/review/{review}/")
    assert "<h3>Court order</h3>" not in people.read("risk", f"/review/{review}/")


def test_f45_questions_are_asked_once_and_before_any_register(house: Receiving, people: Staff, review: str) -> None:
    address = f"/inbox/{review}/questions/"
    assert address in people.read("intake", f"/inbox/{review}/")
    assert "Choose at least one field" in people.give("intake", address, status=422)
    people.give("intake", address, {"subject.birth": "unclear", "evidence.1": "unreadable_document"})
    assert {name: code for code, name in house.state(review).asked} == {
        "subject.birth": "unclear",
        "evidence.1": "unreadable_document",
    }
    page = people.read("intake", f"/inbox/{review}/")
    assert "Birth date: unclear" in page
    assert address not in page
    assert "asked once" in people.give("intake", address, {"subject.birth": "missing"}, status=422)


def test_i8_questions_that_a_restored_case_forgot_and_the_line_did_not_are_not_offered_again(
    house: Receiving, people: Staff, review: str
) -> None:
    request = house.state(review).request
    asked = Questions(request=request, version=1, asked=(("unclear", "subject.birth"),))
    said = Plan(sends=(Send(partner="alba", content=asked, request=request, version=1),))
    house.unit.commit(said, who=Clockwork(), purpose=Purpose.EXCHANGE, now=house.clock.now)
    assert f"/inbox/{review}/questions/" not in people.read("intake", f"/inbox/{review}/")


def test_f51_a_withdrawn_request_says_so_everywhere_and_cannot_be_decided(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "ready")
    house.at_origin(house.cases[review], Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), AUTHORISER)
    house.hear()
    for who, address in (("intake", f"/inbox/{review}/"), ("legal", f"/review/{review}/")):
        assert "withdrew this request. It must not be used again" in people.read(who, address)
    page = people.read("decision", f"/review/{review}/decision/")
    assert 'value="act"' not in page
    assert "Withdrawn (1)" in people.read("intake", "/inbox/")


def test_opening_a_document_or_a_copy_is_noted_and_only_cited_documents_open(
    house: Receiving, people: Staff, review: str
) -> None:
    from cotejo.store.models import Trace

    page = people.read("legal", f"/inbox/{review}/")
    document = re.findall(rf"/inbox/{review}/document/([0-9a-f]{{64}})/", page)[0]
    answer = people.at("legal").get(f"/inbox/{review}/document/{document}/")
    assert answer.content.startswith(b"%PDF-")
    assert Trace.objects.filter(subject__startswith="document:").count() == 1
    assert not Trace.objects.filter(subject__contains=document).exists()
    people.read("legal", f"/inbox/{review}/document/{'0' * 64}/", status=404)
    people.give("custody", f"/review/{review}/copy/es/", status=409)
    assert not Trace.objects.filter(what="export").exists()
    play(house, review, "identified")
    copy = people.at("custody").post(f"/review/{review}/copy/en/")
    assert copy.content.startswith(b"%PDF-")
    assert Trace.objects.filter(what="export", subject=f"copy:{review}").exists()


def test_f64_no_copy_is_printed_that_could_not_say_where_to_complain(
    house: Receiving, people: Staff, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cotejo.store.models import Trace

    play(house, review, "identified")
    monkeypatch.setattr(settings, "COTEJO_REDRESS", "")
    page = people.give("custody", f"/review/{review}/copy/es/", status=409)
    assert "where people reach the redress office" in page
    assert not Trace.objects.filter(what="export").exists()
    assert "Print the copy" not in people.read("custody", f"/review/{review}/copy/")


def test_f73_after_the_decision_everything_is_looked_at_again_and_reports_are_owed(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "ready")
    house.clock.move(1)
    people.give("decision", f"/review/{review}/decision/", {"outcome": "act", "reasons": "All steps were kept."})
    address = f"/review/{review}/handover/"
    handover = {"to": "sv", "place": "Airport", "court": "District Court", "court_heard_on": "2026-11-20"}
    refused = people.give("custody", address, {**handover, "document": pdf()}, status=422)
    for words in ("On hold", "Court orders were not looked for", "Identity was not confirmed again"):
        assert words in refused
    house.clock.move(1)
    tokens = house.state(review).candidates
    checked = {"result": "nothing_registered", "candidates": list(tokens)}
    people.give("protection", f"/protection/{review}/check/", checked)
    people.give("duty_officer", f"/review/{review}/court-orders/", {"found": "none_in_force"})
    people.give("identity", f"/review/{review}/confirm/", {"identifier": "dui"})
    elsewhere = {**handover, "to": "hn", "document": pdf()}
    assert "and nowhere else" in people.give("custody", address, elsewhere, status=422)
    people.give("custody", address, {**handover, "document": pdf()})
    page = people.read("custody", f"/review/{review}/")
    assert "Reports owed after the hand-over" in page
    assert page.count("awaited") == 4
    house.clock.move(25 * 60)
    house.do(review, MarkOverdue(what=Overdue.ARRIVAL), Clockwork())
    assert "missing or different" in people.read("legal", f"/review/{review}/")
    assert "missing: arrival" in people.read("oversight", "/")
    assert "on hold since" in people.read("partners", "/partners/")


def test_whoever_acted_in_another_duty_of_the_case_finds_the_step_closed(
    house: Receiving, people: Staff, review: str
) -> None:
    both = somebody("p.both", Duty.INTAKE, Duty.LEGAL)
    client = signed_in(both)
    assert client.post(f"/inbox/{review}/open/").status_code == 302
    page = client.get(f"/review/{review}/legal/").content.decode()
    assert "Another person must do this" in page
    assert 'name="route_lawful"' not in page


def test_f74_when_the_decision_falls_the_return_is_asked_for_shown_and_ended(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "decided")
    page = people.read("legal", f"/review/{review}/")
    assert "The decision fell: return" not in page
    assert "Nobody was handed over" in people.give(
        "legal", f"/review/{review}/return/", {"document": pdf()}, status=422
    )
    house.clock.move(1)
    checks = {"result": "nothing_registered", "candidates": list(house.state(review).candidates)}
    people.give("protection", f"/protection/{review}/check/", checks)
    people.give("duty_officer", f"/review/{review}/court-orders/", {"found": "none_in_force"})
    people.give("identity", f"/review/{review}/confirm/", {"identifier": "dui"})
    handover = {"to": "sv", "place": "Airport", "court": "District Court", "court_heard_on": "2026-11-20"}
    people.give("custody", f"/review/{review}/handover/", {**handover, "document": pdf()})
    people.read("custody", f"/review/{review}/return/", status=403)
    people.give("legal", f"/review/{review}/return/", {"document": pdf()})
    page = people.read("legal", f"/review/{review}/")
    assert "Return of the person" in page
    assert "answer about the return" in page
    given = ReturnAnswer(place="Villa Clara", steps=(ReturnStep.LOCATED,), at=1)
    house.do(review, TakeReturnAnswer(answer=given), PartnerNode(name="alba"), purpose=Purpose.EXCHANGE)
    page = people.read("legal", f"/review/{review}/")
    assert "Villa Clara; the person is located" in page
    people.give("legal", f"/review/{review}/return-ended/", {"end": "returned", "document": pdf()})
    page = people.read("legal", f"/review/{review}/")
    assert "the person is back" in page
    assert "awaited" not in page
