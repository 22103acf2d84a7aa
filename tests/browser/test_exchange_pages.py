"""Pages about what two agencies exchange: copies, returns, erasures, inquiries and the line itself, looked at.

Each is sound in Spanish on a telephone and in English on a desk, and the keyboard reaches everything on it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cotejo.actions.laws import REVIEW
from cotejo.actions.perform import perform
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis
from cotejo.rules.facts import Route
from cotejo.rules.inquiry_decide import RecordInquiryAnswer, TakeInquiry
from cotejo.rules.inquiry_words import Asked, InquiryBasis, RecordAnswer, Searched
from cotejo.rules.purposes import Purpose
from cotejo.rules.rehearsal import RehearsalDue, RehearsalTold
from cotejo.rules.rehearsal_words import RehearsalStep
from cotejo.rules.return_words import ReturnAnswer, ReturnCause, ReturnStep
from cotejo.rules.returning import TakeReturnAnswer
from cotejo.rules.review_commands import TakeErasure
from cotejo.simulation import invented_review
from cotejo.simulation.invented import CERTIFIER
from cotejo.store.sealed_copies import make_oversight_key
from cotejo.store.trouble import note_refused
from tests.browser.navigator import (
    Navigator,
    assert_keys_reach_everything,
    assert_page_is_sound,
    assert_sound_in_both_languages,
)
from tests.browser.test_knowledge_and_contested import seated
from tests.browser.test_receiver_story import Story, give, press_label
from tests.builders import receiving as receivers
from tests.builders.origin import Origin, origin
from tests.builders.receiving import PDF, Receiving, compared_of, play, receiving
from tests.doors.web.dossiers.test_erasing import told as told_about_a_request
from tests.doors.web.dossiers.test_revalidating import run as run_term
from tests.doors.web.inquiries.test_inquiries import WHO
from tests.doors.web.inquiries.test_inquiries import told as told_about_an_inquiry
from tests.doors.web.receiver.test_copies_elsewhere import deliver, pair_cobre
from tests.doors.web.receiver.test_disputes import disputed
from tests.doors.web.receiver.test_next_agreement import closing, next_terms, offer, sign
from tests.doors.web.receiver.test_partner_not_open import write
from tests.pages import somebody

pytestmark = pytest.mark.browser

Seat = Callable[[str], Navigator]
NARROW, WIDE = (320,), (1280,)


def assert_sound_at(person: Navigator, path: str, name: str, *, widths: tuple[int, ...]) -> None:
    """Open a page and look at it in the person's language alone."""
    person.go(path)
    assert_page_is_sound(person, name, widths=widths)


@pytest.fixture
def boreal(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receiving:
    """Put the receiver together; its agreement with Alba names Cobre as a standing recipient."""
    usual = receivers.terms
    named: dict[str, Any] = {"standing_recipients": ("cobre",), "sweep_every": 6 * HOUR}
    monkeypatch.setattr(receivers, "terms", lambda: replace(usual(), **named))
    return receiving(tmp_path / "boreal", monkeypatch)


@pytest.fixture
def alba(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Origin:
    """Put the origin together."""
    return origin(tmp_path / "alba", monkeypatch)


def test_copies_elsewhere_are_passed_on_and_withdrawn(somebody_at: Seat, boreal: Receiving) -> None:
    story, review = Story(boreal, somebody_at, "es"), boreal.request()
    address = f"/review/{review}/copies/"
    legal = story.at("legal", address)
    assert_sound_at(legal, address, "copies-closed", widths=NARROW)
    cobre = pair_cobre(boreal)
    play(boreal, review, "open")
    assert_sound_in_both_languages(legal, address, "copies-open")
    assert_keys_reach_everything(legal)
    give(legal, {})
    assert_page_is_sound(legal, "copies-mistakes", widths=NARROW)
    give(legal, {}, tick=("recipients",))
    deliver(boreal, cobre)
    boreal.at_origin(boreal.cases[review], ask.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)
    boreal.hear()
    deliver(boreal, cobre)
    assert_sound_at(legal, address, "copies-withdrawn", widths=WIDE)


def test_a_comparison_is_read_and_an_erased_request_says_so(somebody_at: Seat, boreal: Receiving) -> None:
    story, review = Story(boreal, somebody_at, "en"), boreal.request()
    play(boreal, review, "checked")
    identity = story.at("identity", f"/review/{review}/identity/")
    assert_sound_in_both_languages(identity, f"/review/{review}/identity/", "comparison")
    assert_keys_reach_everything(identity)
    identity.page.locator("main a.usa-button").last.click()
    assert_page_is_sound(identity, "comparison-answer", widths=WIDE)
    give(identity, {})
    assert_page_is_sound(identity, "comparison-mistakes", widths=NARROW)
    boreal.clock.move(1)
    places, gone = boreal.unit._places, boreal.request(seed=2)
    make_oversight_key(places.keys, places.for_oversight, bytes(range(32)))
    erase = TakeErasure(
        request=boreal.state(gone).request, version=1, basis=ErasureBasis.WITHDRAWN, facts_token="f" * 32
    )
    who, stream, now = PartnerNode(name="alba"), Stream(StreamKind.REVIEW, gone), boreal.clock.now
    done = perform(REVIEW, boreal.unit, stream, erase, who=who, purpose=Purpose.EXCHANGE, now=now)
    assert not isinstance(done, Refused)
    assert_sound_at(story.at("legal", "/"), f"/review/{gone}/", "erased-here", widths=NARROW)


def test_a_return_is_asked_for_and_ended(somebody_at: Seat, boreal: Receiving) -> None:
    story, review = Story(boreal, somebody_at, "es"), boreal.request()
    play(boreal, review, "decided")
    boreal.clock.move(1)
    mine, papers = compared_of(boreal, review)[-1], invented_review.receiver_papers(1)
    for who, command in invented_review.hand_over(boreal.state(review), mine, papers, day="2026-11-27"):
        boreal.do(review, command, who)
    legal = story.at("legal", f"/review/{review}/return/")
    assert_sound_in_both_languages(legal, f"/review/{review}/return/", "return-ask")
    assert_keys_reach_everything(legal)
    give(legal, {})
    assert_page_is_sound(legal, "return-ask-mistakes", widths=WIDE)
    give(legal, {}, attach=("document",))
    answer = ReturnAnswer(place="Villa Clara", steps=(ReturnStep.LOCATED,), at=boreal.clock.now)
    boreal.do(review, TakeReturnAnswer(answer=answer), PartnerNode(name="alba"), purpose=Purpose.EXCHANGE)
    assert_sound_at(legal, f"/review/{review}/", "return-answered", widths=WIDE)
    legal.go(f"/review/{review}/return-ended/")
    give(legal, {})
    assert_page_is_sound(legal, "return-ended-mistakes", widths=NARROW)


def test_a_partners_page_says_what_waits_and_two_people_end_the_agreement(somebody_at: Seat, boreal: Receiving) -> None:
    story = Story(boreal, somebody_at, "es")
    boreal.request()
    write(boreal, RehearsalDue(), RehearsalTold(begun=1, step=RehearsalStep.DELIVER))
    note_refused("alba", "broken_line", expected=0, now=boreal.clock.now - 2 * HOUR)
    partners = story.at("partners", "/partners/")
    assert_sound_at(partners, "/partners/", "partners", widths=NARROW)
    assert_sound_at(partners, "/partners/cresta/", "partner-not-open", widths=NARROW)
    assert_sound_in_both_languages(partners, "/partners/alba/", "partner")
    assert_keys_reach_everything(partners)
    partners.go("/partners/alba/end/")
    give(partners, {"reasons": ""})
    assert_page_is_sound(partners, "partner-end-mistakes", widths=NARROW)
    give(partners, {"reasons": "Fue disuelta por decreto."})
    oversight = story.at("oversight", "/")
    assert_sound_at(oversight, "/partners/alba/end/", "partner-end-sign", widths=NARROW)
    assert_keys_reach_everything(oversight)
    oversight.page.locator("[name='reasons']").fill("The ministry confirmed it.")
    oversight.page.keyboard.press("Tab")
    with oversight.page.expect_navigation():
        oversight.page.keyboard.press("Enter")
    assert_page_is_sound(oversight, "partner-ended", widths=WIDE)


def test_what_follows_an_agreement_is_read_on_the_partners_page(somebody_at: Seat, boreal: Receiving) -> None:
    story, address = Story(boreal, somebody_at, "es"), "/partners/alba/"
    partners = story.at("partners", address)
    terms = next_terms(boreal, sweep_every=HOUR, routes=(Route.EXTRADITION,), standing_recipients=())
    offer(boreal, terms)
    assert_sound_in_both_languages(partners, address, "next-offered")
    assert_keys_reach_everything(partners)
    assert_sound_at(partners, "/", "next-waits", widths=NARROW)
    sign(boreal, terms)
    late = closing(boreal)
    sign(boreal, late)
    assert_sound_at(partners, address, "next-agreed-end-proposed", widths=NARROW)
    boreal.clock.now = late.valid_from
    assert_sound_at(partners, address, "next-lapsed", widths=WIDE)
    end = closing(boreal)
    sign(boreal, end)
    offer(boreal, end)
    boreal.clock.now = end.valid_from
    assert_sound_in_both_languages(partners, address, "next-end-begun")


def test_a_refused_request_an_erasure_and_a_return_at_the_origin(somebody_at: Seat, alba: Origin) -> None:
    make_oversight_key(alba.unit._places.keys, alba.unit._places.for_oversight, bytes(range(32)))
    certifier = seated(somebody_at("es"), alba.people[Duty.CERTIFIER])
    authoriser = seated(somebody_at("en"), alba.people[Duty.AUTHORISER])
    custody = seated(somebody_at("es"), alba.people[Duty.CUSTODY])

    refused = alba.case(seed=1, until="sent")
    gaps = ("judicial_basis.incomplete", "link.not_open", "request.ceiling", "request.of_tomorrow", "wrong_body")
    told_about_a_request(alba, refused, ask.RecordReceipt(version=1, outcome="refused", gaps=gaps))
    assert_sound_in_both_languages(certifier, f"/dossiers/{refused.dossier}/", "request-refused")

    case = alba.case(seed=2, until="sent")
    alba.do(Stream(StreamKind.DOSSIER, case.dossier), ask.Withdraw(reason=WithdrawalReason.ACQUITTED), Duty.CERTIFIER)
    told_about_a_request(alba, case, ask.RecordSweep(version=1))
    assert_sound_at(certifier, f"/dossiers/{case.dossier}/", "withdrawn", widths=NARROW)
    assert_sound_in_both_languages(certifier, f"/dossiers/{case.dossier}/step/erasure/", "erasure-propose")
    assert_keys_reach_everything(certifier)
    give(certifier, {})
    assert_sound_at(authoriser, f"/dossiers/{case.dossier}/step/erasure-signed/", "erasure-sign", widths=WIDE)
    give(authoriser, {})
    now = alba.clock.now
    certificate = Certificate(
        gone=EVERYTHING, since=now, basis=ErasureBasis.WITHDRAWN, sealed_until=now + 40_000 * HOUR
    )
    told_about_a_request(alba, case, ask.RecordErased(certificate=certificate))
    assert_sound_at(authoriser, f"/dossiers/{case.dossier}/", "erased-at-the-origin", widths=WIDE)

    owed = alba.case(seed=3, until="sent")
    told_about_a_request(alba, owed, ask.TakeReturn(cause=ReturnCause.DECISION_FELL))
    address = f"/dossiers/lines/{owed.dossier}/"
    assert_sound_in_both_languages(custody, f"{address}return/", "return-answer")
    assert_keys_reach_everything(custody)
    give(custody, {})
    assert_page_is_sound(custody, "return-answer-mistakes", widths=NARROW)
    press_label(custody, custody.page.locator("[name='steps'][value='located']"))
    custody.page.locator("[name='place']").fill("Villa Clara")
    with custody.page.expect_navigation():
        custody.page.keyboard.press("Enter")
    assert_sound_at(custody, address, "return-line", widths=WIDE)


def test_an_inquiry_is_asked_and_answered(somebody_at: Seat, alba: Origin) -> None:
    held = {duty: somebody(f"q.{duty.value}", duty) for duty in (Duty.LEGAL, Duty.DECISION)} | alba.people
    legal, protection, decision, checker = (
        seated(somebody_at(language), held[duty])
        for duty, language in zip(
            (Duty.LEGAL, Duty.PROTECTION, Duty.DECISION, Duty.CHECKER), ("es", "en", "es", "en"), strict=True
        )
    )
    assert_sound_in_both_languages(legal, "/inquiries/new/", "inquiry-new")
    assert_keys_reach_everything(legal)
    legal.speak("es")
    legal.go("/inquiries/new/")
    give(legal, {})
    assert_page_is_sound(legal, "inquiry-mistakes", widths=NARROW)
    give(legal, WHO, attach=("document",))
    inquiry = legal.page.url.rstrip("/").rpartition("/")[2]
    address = f"/inquiries/{inquiry}/"
    assert_sound_at(protection, address, "inquiry-protection", widths=WIDE)
    give(protection, {"result": "nothing_registered"})
    assert_sound_at(decision, address, "inquiry-send", widths=NARROW)
    give(decision, {})
    nothing = RecordAnswer(held=(), searched=tuple(Searched), on="2026-11-28")
    told_about_an_inquiry(alba, inquiry, RecordInquiryAnswer(answer=nothing))
    assert_sound_at(legal, address, "inquiry-answered", widths=NARROW)

    case, other = alba.case(until="checked"), "2" * 32
    stream = Stream(StreamKind.INQUIRY, other)
    document = alba.unit.documents.put(PDF, unit=stream)
    who = state_of(StreamKind.PERSON, alba.unit.entries(Stream(StreamKind.PERSON, case.person))).subject
    asked = Asked(subject=who, basis=InquiryBasis.PERSON_ASKS, document=document, counsel="A. Faro")
    take = TakeInquiry(inquiry=other, asked=asked, arrived=frozenset({document}))
    told_about_an_inquiry(alba, other, take)
    assert_sound_in_both_languages(checker, f"/inquiries/{other}/", "inquiry-received")
    assert_keys_reach_everything(checker)
    give(checker, {"persons": "", "reasons": ""})
    assert_page_is_sound(checker, "inquiry-received-mistakes", widths=WIDE)
    assert_sound_at(legal, "/inquiries/", "inquiries", widths=WIDE)


def test_a_request_is_disputed_and_confirmed_anew_at_the_origin(somebody_at: Seat, alba: Origin) -> None:
    certifier, case = seated(somebody_at("es"), alba.people[Duty.CERTIFIER]), alba.case(seed=4, until="sent")
    address = f"/dossiers/{case.dossier}/step/dispute/"
    assert_sound_in_both_languages(certifier, address, "dispute")
    assert_keys_reach_everything(certifier)
    give(certifier, {})
    assert_page_is_sound(certifier, "dispute-mistakes", widths=NARROW)
    said = {"by": "court", "on": "2026-11-20", "statement": "The clinic has a bed on that day.", "asks": "weigh"}
    give(certifier, said, attach=("attached",), tick=("claims",))
    run_term(alba, Stream(StreamKind.DOSSIER, case.dossier))
    assert_sound_at(certifier, f"/dossiers/{case.dossier}/", "disputed-and-to-confirm", widths=WIDE)
    address = f"/dossiers/{case.dossier}/step/revalidation/"
    assert_sound_in_both_languages(certifier, address, "revalidation")
    give(certifier, {})
    assert_page_is_sound(certifier, "revalidation-mistakes", widths=NARROW)


def test_a_dispute_is_read_and_signed_at_the_receiver(somebody_at: Seat, boreal: Receiving) -> None:
    story, review = Story(boreal, somebody_at, "es"), boreal.request()
    play(boreal, review, "decided")
    disputed(boreal, review)
    legal = story.at("legal", f"/review/{review}/")
    assert_sound_at(legal, f"/review/{review}/", "disputed-case", widths=NARROW)
    assert_sound_at(legal, f"/inbox/{review}/", "disputed-request", widths=WIDE)
    assert_sound_in_both_languages(legal, f"/review/{review}/dispute/", "dispute-signed")
    give(legal, {})
    assert_page_is_sound(legal, "dispute-signed-mistakes", widths=NARROW)
