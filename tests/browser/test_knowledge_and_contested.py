"""Groups, incidents, contested evidence and the copy at a browser: sound wide and narrow, in both languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cotejo.rules.duties import Duty
from tests.browser.navigator import Navigator, assert_page_is_sound
from tests.browser.test_receiver_story import Story, give
from tests.builders.origin import origin
from tests.builders.receiving import play, receiving
from tests.pages import signed_in

pytestmark = pytest.mark.browser


def seated(person: Navigator, officer: Any) -> Navigator:
    """Give a browser the session of somebody who signed in."""
    cookies = [
        {"name": name, "value": morsel.value, "url": person.address}
        for name, morsel in signed_in(officer).cookies.items()
    ]
    person.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    return person


@pytest.mark.parametrize("language", ["es", "en"])
def test_knowledge_is_recorded_and_checked_at_a_browser(
    language: str, somebody_at: Callable[[str], Navigator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = origin(tmp_path / "home", monkeypatch)
    recorder = seated(somebody_at(language), house.people[Duty.RECORDER])
    checker = seated(somebody_at(language), house.people[Duty.CHECKER])
    recorder.go("/knowledge/groups/new/")
    give(recorder, {"code": "Luis", "names": ""})
    assert_page_is_sound(recorder, "group-mistakes")
    give(recorder, {"code": "G-014", "names": "Los del Faro (inventado)"})
    assert_page_is_sound(recorder, "group")
    recorder.go("/knowledge/incidents/new/")
    incident = {"kind": "extortion", "start": "2026-10-11", "end": "2026-10-11", "place": "SV-SM", "group": "G-014"}
    give(recorder, incident, attach=("document",))
    address = recorder.page.url.removeprefix(recorder.address)
    checker.go(address)
    assert_page_is_sound(checker, "incident-to-check")
    with checker.page.expect_navigation():
        checker.page.locator("main form button").last.click()
    assert_page_is_sound(checker, "incident-checked")
    for name in ("groups", "incidents"):
        checker.go(f"/knowledge/{name}/")
        assert_page_is_sound(checker, name)
    checker.go("/")
    assert_page_is_sound(checker, "waiting-group")
    case = house.case(until="certified")
    certifier = seated(somebody_at(language), house.people[Duty.CERTIFIER])
    certifier.go(f"/dossiers/{case.dossier}/")
    assert_page_is_sound(certifier, "builder-copy")


@pytest.mark.parametrize("language", ["es", "en"])
def test_contested_evidence_and_attached_documents_at_a_browser(
    language: str, somebody_at: Callable[[str], Navigator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = receiving(tmp_path / "home", monkeypatch)
    story, review = Story(house, somebody_at, language), house.request()
    play(house, review, "ready")
    risk = story.at("risk", f"/review/{review}/hold/")
    give(risk, {"kind": "evidence_challenge", "grounds": "Falta una página."}, attach=("document",))
    redress = story.at("redress", "/review/contested/")
    assert_page_is_sound(redress, "contested-list")
    redress.go(f"/review/contested/{review}/")
    assert_page_is_sound(redress, "contested")
    redress.go(f"/review/{review}/lift/{house.state(review).holds[-1].id}/")
    assert_page_is_sound(redress, "contested-sign")
    assert_page_is_sound(story.at("decision", f"/review/{review}/"), "case-documents")
    assert_page_is_sound(story.at("custody", f"/review/{review}/copy/"), "copy-forms")
    assert_page_is_sound(story.at("intake", "/inbox/?number=1"), "inbox-number")
