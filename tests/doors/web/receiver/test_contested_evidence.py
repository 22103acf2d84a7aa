"""Contested evidence and attached documents: who reads and signs what, and what stays out of sight."""

import re

from cotejo.store.models import Trace
from tests.builders.receiving import PDF, Receiving, Staff, pdf, play


def contest(house: Receiving, people: Staff, review: str) -> int:
    """Let the risk assessor pause the case because evidence is contested; return the pause."""
    fields = {"kind": "evidence_challenge", "grounds": "The expert says the page was replaced.", "document": pdf("why")}
    people.give("risk", f"/review/{review}/hold/", fields)
    return house.state(review).holds[-1].id


def opened(people: Staff, who: str, page: str) -> list[bytes]:
    """Open every attached document a page offers to somebody."""
    links = dict.fromkeys(re.findall(r'href="(/review/[0-9a-f]{32}/document/[0-9a-f]{64}/)"', page))
    return [people.at(who).get(each).content for each in links]


def test_i4_contested_evidence_ends_by_the_legal_reviewer_and_the_redress_duty_on_one_document(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "checked")
    hold = contest(house, people, review)
    assert "waits for your signature" in people.read("redress", "/review/contested/")
    assert "Contested evidence: read and sign" in people.read("redress", "/")
    page = people.read("redress", f"/review/contested/{review}/")
    assert "The expert says the page was replaced." in page
    assert opened(people, "redress", page) == [PDF + b"why"]

    address = f"/review/{review}/lift/{hold}/"
    people.give("legal", address, {"reasons": "The original was compared.", "document": pdf("original")})
    assert house.state(review).paused
    assert opened(people, "redress", people.read("redress", f"/review/contested/{review}/"))[-1] == PDF + b"original"
    people.give("redress", address, {"reasons": "Seen.", "document": pdf("another")})
    assert house.state(review).paused, "another document is another matter"
    people.give("legal", address, {"reasons": "The original was compared.", "document": pdf("original")})
    page = people.read("redress", address)
    assert "another document would begin anew" in page
    kept = re.findall(r'name="document-kept" value="([0-9a-f]{64})"', page)
    assert f"/document/{kept[0]}/" in page, "what is signed on can be opened where it is signed"
    people.give("redress", address, {"reasons": "Seen.", "document-kept": kept[0]})
    assert not house.state(review).paused
    assert "No evidence is contested now." in people.read("redress", "/review/contested/")
    people.read("redress", f"/review/contested/{review}/", status=404)


def test_i4_two_legal_reviewers_do_not_stand_for_the_redress_duty(house: Receiving, people: Staff, review: str) -> None:
    from cotejo.rules.duties import Duty
    from tests.pages import signed_in, somebody

    play(house, review, "checked")
    address = f"/review/{review}/lift/{contest(house, people, review)}/"
    people.give("legal", address, {"reasons": "Compared.", "document": pdf("original")})
    other = signed_in(somebody("l.second", Duty.LEGAL))
    other.post(address, {"reasons": "Compared.", "document": pdf("original")})
    assert house.state(review).paused


def test_f44_the_redress_duty_reads_nothing_else_of_a_case(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "identified")
    people.give("protection", f"/protection/{review}/check/", {"result": "stop", "ground": "asylum", "feared": "sv"})
    protection = house.state(review).holds[-1].id
    people.read("redress", f"/review/contested/{review}/", status=404)
    contest(house, people, review)
    page = people.read("redress", f"/review/contested/{review}/")
    main = page.partition("<main")[2]
    for words in ("Mejía", "asylum", "alba", "90000171"):
        assert words not in main, words
    for address in (
        f"/review/{review}/",
        f"/inbox/{review}/",
        f"/review/{review}/history/",
        f"/review/{review}/lift/{protection}/",
        "/inbox/",
    ):
        people.read("redress", address, status=403)


def test_a_document_attached_at_the_review_is_a_closed_download_and_every_opening_is_noted(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "ready")
    page = people.read("decision", f"/review/{review}/")
    links = re.findall(rf'href="(/review/{review}/document/([0-9a-f]{{64}})/)"', page)
    assert len(links) >= 4, "order, evidence, statement, copy"
    before = Trace.objects.filter(subject__startswith="document:").count()
    address, sha256 = links[0]
    answer = people.at("decision").get(address)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    noted = Trace.objects.filter(subject__startswith="document:")
    assert noted.count() == before + 1
    assert noted.last().purpose == "decision"
    assert not Trace.objects.filter(subject__contains=sha256).exists()


def test_f44_f60_the_redress_duty_opens_no_document_but_those_of_contested_evidence(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "ready")
    page = people.read("decision", f"/review/{review}/")
    others = set(re.findall(rf'href="(/review/{review}/document/[0-9a-f]{{64}}/)"', page))
    contest(house, people, review)
    assert len(others) >= 4
    for address in others:
        people.read("redress", address, status=404)
    assert opened(people, "redress", people.read("redress", f"/review/contested/{review}/")) == [PDF + b"why"]


def test_f44_i12_a_document_of_a_pause_opens_only_to_whom_the_pause_is_shown(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "checked")
    fields = {"kind": "protection", "ground": "asylum", "feared": "sv", "grounds": "A letter.", "document": pdf("fear")}
    people.give("custody", f"/review/{review}/hold/", fields)
    sha256 = house.state(review).holds[-1].documents[0]
    address = f"/review/{review}/document/{sha256}/"
    assert people.at("protection").get(address).content == PDF + b"fear"
    for who in ("legal", "decision", "identity", "redress", "risk"):
        people.read(who, address, status=404)
        assert sha256 not in people.read(who, f"/review/{review}/", status=403 if who == "redress" else 200)
    people.read("auditor", address, status=403)


def test_the_number_of_a_received_request_finds_it(house: Receiving, people: Staff, review: str) -> None:
    assert f"/inbox/{review}/" in people.read("intake", "/inbox/?number=1")
    for other in ("7", "x"):
        assert f"/inbox/{review}/" not in people.read("intake", f"/inbox/?number={other}")
