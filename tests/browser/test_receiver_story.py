"""One request at the receiver, from the inbox to a decision, by its officers at their browsers, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from cotejo.rules.review_words import ReviewState, Sameness
from cotejo.simulation import invented_review
from tests.browser.navigator import Navigator, assert_page_is_sound
from tests.builders.receiving import PDF, SUBJECT, Receiving, compared_of, receiving, staff
from tests.pages import signed_in

pytestmark = pytest.mark.browser


class Story:
    """Boreal's people, each at a browser of their own."""

    def __init__(self, house: Receiving, seat: Callable[[str], Navigator], language: str) -> None:
        self.house = house
        self.people = staff()
        self._seat = seat
        self._language = language
        self._seats: dict[str, Navigator] = {}

    def at(self, who: str, path: str) -> Navigator:
        """Return somebody who signed in, looking at a page."""
        if who not in self._seats:
            person = self._seats[who] = self._seat(self._language)
            client = signed_in(self.people.people[who])
            cookies = [
                {"name": name, "value": morsel.value, "url": person.address} for name, morsel in client.cookies.items()
            ]
            person.page.context.add_cookies(cookies)  # type: ignore[arg-type]
        person = self._seats[who]
        person.page.set_viewport_size({"width": 1280, "height": 900})
        person.go(path)
        return person


def give(
    person: Navigator, values: dict[str, str], *, attach: tuple[str, ...] = (), tick: tuple[str, ...] = ()
) -> None:
    """Fill the page's form by field and send it."""
    page = person.page
    for field, value in values.items():
        control = page.locator(f"[name='{field}']")
        kind = control.first.get_attribute("type")
        if kind == "radio":
            press_label(person, page.locator(f"[name='{field}'][value='{value}']"))
        elif control.first.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    for field in attach:
        file = {"name": f"{field}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator(f"[name='{field}']").set_input_files(file)  # type: ignore[arg-type]
    for field in tick:
        for box in page.locator(f"[name='{field}']").all():
            press_label(person, box)
    send(person)


def press_label(person: Navigator, control: Locator) -> None:
    """Choose an answer or tick a box by its label, as people do."""
    person.page.locator(f"label[for='{control.get_attribute('id')}']").click()


def send(person: Navigator) -> None:
    """Press the button of the page's last form."""
    with person.page.expect_navigation():
        person.page.locator("main form button").last.click()


def done(person: Navigator) -> None:
    """See that the step was recorded."""
    person.page.locator(".usa-alert--success").wait_for()


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_request_goes_from_the_inbox_to_a_decision(
    language: str, somebody_at: Callable[[str], Navigator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = receiving(tmp_path / "home", monkeypatch)
    review = house.request()
    story = Story(house, somebody_at, language)
    begins(story, review)
    is_checked(story, review)
    is_compared(story, review)
    is_reviewed(story, review)
    is_decided(story, review)
    is_overseen(story, review)


def begins(story: Story, review: str) -> None:
    """Intake reads the request and opens the review."""
    intake = story.at("intake", "/")
    intake.page.locator(f"a[href='/inbox/{review}/']").first.click()
    assert_page_is_sound(intake, "request")
    assert intake.page.locator("main h2").first.inner_text() in {
        "What speaks for the person",
        "Lo que habla a favor de la persona",
    }
    intake.page.locator(f"form[action='/inbox/{review}/open/'] button").click()
    done(intake)
    intake.go("/inbox/")
    assert_page_is_sound(intake, "inbox")


def is_checked(story: Story, review: str) -> None:
    """Protection searches and checks; nationality is looked at."""
    protection = story.at("protection", f"/protection/{review}/")
    protection.page.locator(f"form[action='/protection/{review}/search/'] button").click()
    done(protection)
    assert_page_is_sound(protection, "protection")
    protection.go(f"/protection/{review}/check/")
    send(protection)
    assert_page_is_sound(protection, "protection-check")
    give(protection, {"result": "nothing_registered"}, tick=("candidates",))
    done(protection)
    nationality = story.at("nationality", f"/review/{review}/nationality/")
    give(nationality, {"found": "no_evidence", "sources": "passport office"})
    done(nationality)


def is_compared(story: Story, review: str) -> None:
    """Two officers answer about one possible same person, each with every difference explained."""
    house = story.house
    mine = house.unit.token(SUBJECT.id, house.state(review).request)
    others = [each for each in compared_of(house, review) if each.candidate != mine]
    for each in others:
        for officer, command in invented_review.identity(each, says=Sameness.NOT_SAME):
            house.do(review, command, officer)
    first = story.at("identity", f"/review/{review}/identity/")
    assert "%" not in first.page.locator("main").inner_text()
    assert_page_is_sound(first, "identity")
    for who in ("identity", "identity2"):
        person = story.at(who, f"/review/{review}/identity/{mine}/")
        if who == "identity":
            assert not person.page.locator("main input:checked").count()
            send(person)
            assert_page_is_sound(person, "answer-refused")
        explain = {
            box.get_attribute("name") or "": "Explained by the registry entry."
            for box in person.page.locator("textarea[name^='resolutions']").all()
        }
        give(person, explain | {"answer": "same", "identifier": "dui", "reasons": "The registry entry agrees."})
        done(person)
    assert house.state(review).agreed is not None


def is_reviewed(story: Story, review: str) -> None:
    """Legal review, order of own law, risk, copy and hearing, with documents attached."""
    legal = story.at("legal", f"/review/{review}/legal/")
    give(legal, {"route_lawful": "yes", "reasons": "The treaty covers the act."})
    done(legal)
    legal.go(f"/review/{review}/own-law/")
    order = {"basis": "extradition_order", "issued_by": "District Court", "number": "26-118", "issued_on": "2026-10-01"}
    give(legal, {**order, "issued_on": ""}, attach=("document", "own_evidence"), tick=("final",))
    assert_page_is_sound(legal, "own-law-refused")
    give(legal, order)
    done(legal)
    risk = story.at("risk", f"/review/{review}/risk/")
    sources = {"source": "Country report", "source_day": "2026-06", "reasons": "No ground for this person was found."}
    boxes = ("with_counsel", "with_interpreter")
    give(risk, {"found": "no_real_risk", **sources}, attach=("statement_document",), tick=boxes)
    done(risk)
    legal.go(f"/review/{review}/copy/")
    assert_page_is_sound(legal, "copy")
    served = {"served_on": "2026-11-27", "heard_on": "2026-11-27", "counsel": "R. Alder", "interpreter": "M. Faro"}
    give(legal, served, attach=("document", "statement_document"), tick=("languages",))
    done(legal)


def is_decided(story: Story, review: str) -> None:
    """Acting is closed until the last check and a fresh status; then a person decides."""
    decision = story.at("decision", f"/review/{review}/decision/")
    assert not decision.page.locator("[name='outcome'][value='act']").count()
    assert_page_is_sound(decision, "decision-closed")
    story.house.clock.move(1)
    protection = story.at("protection", f"/protection/{review}/check/")
    give(protection, {"result": "nothing_registered"}, tick=("candidates",))
    story.house.status()
    decision.go(f"/review/{review}/decision/")
    assert not decision.page.locator("main input:checked").count()
    give(decision, {"outcome": "act", "reasons": "All steps were kept."})
    done(decision)
    assert story.house.state(review).state is ReviewState.DECIDED
    decision.go(f"/review/{review}/history/")
    assert_page_is_sound(decision, "history")


def is_overseen(story: Story, review: str) -> None:
    """Freeze the case by a court order; look at the pages of the partner and of the log."""
    guard = story.at("duty_officer", "/review/court-order/?words=mejía")
    guard.page.locator("main ul a").first.click()
    give(guard, {"court": "District Court"})
    done(guard)
    assert_page_is_sound(guard, "case-on-hold")
    relations = story.at("partners", "/partners/alba/")
    assert_page_is_sound(relations, "partner")
    auditor = story.at("auditor", f"/oversight/?case=review:{review}")
    assert_page_is_sound(auditor, "audit")
    pages = {"gates": f"gates/review/{review}/", "logs": "logs/", "link": "logs/alba/"}
    for name, path in pages.items():
        auditor.go(f"/oversight/{path}")
        assert_page_is_sound(auditor, f"audit-{name}")
