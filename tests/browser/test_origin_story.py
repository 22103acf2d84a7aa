"""A case is built and authorised by four officers at their browsers, in Spanish and in English.

1. Everything that reaches the other side is typed, attached and pressed here; no command is given behind the pages.
2. Each page of the story is looked at whole in one of the two languages; words are looked at in both by quick tests.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.duties import Duty
from cotejo.simulation.invented import InventedCase, sound_case
from cotejo.store.models import Outbox
from tests.browser.navigator import Navigator, assert_page_is_sound
from tests.builders import typed
from tests.builders.origin import Origin, origin
from tests.builders.receiving import SUBJECT
from tests.pages import signed_in

pytestmark = pytest.mark.browser

LOOKED_AT = {
    "es": {"new", "evidence", "queue", "person", "grounds", "sending"},
    "en": {"court-act", "statement", "check", "builder", "certificate", "after"},
}


class Story:
    """The officers of one case, each at a browser of their own, in one language."""

    def __init__(self, house: Origin, case: InventedCase, seat: Callable[[str], Navigator], language: str) -> None:
        self.house = house
        self.case = case
        self.language = language
        self._seat = seat

    def seated(self, duty: Duty, path: str) -> Navigator:
        """Seat the officer with this duty, signed in with both factors, at a page."""
        officer = self._seat(self.language)
        cookies = signed_in(self.house.people[duty], language=self.language).cookies
        officer.page.context.add_cookies(
            [{"name": name, "value": kept.value, "url": officer.address} for name, kept in cookies.items()]
        )
        officer.go(path)
        return officer

    def look(self, officer: Navigator, name: str) -> None:
        """Look at a page whole, in the language in which it is this story's to look at."""
        if name in LOOKED_AT[self.language]:
            assert_page_is_sound(officer, f"origin-{name}")

    def attach(
        self, officer: Navigator, values: dict[str, Any], name: str = "document", into: str = "attached"
    ) -> None:
        """Choose a document of the file, or attach it when the file has it not."""
        sha256 = values.pop(name, "")
        if not sha256:
            return
        offered = officer.page.locator(f"#id_{name} option[value='{sha256}']")
        if offered.count():
            officer.page.locator(f"#id_{name}").select_option(sha256)
        else:
            content = self.case.documents[sha256]
            file = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": content}
            officer.page.locator(f"#id_{into}").set_input_files([file])  # type: ignore[list-item] # a payload

    def person(self) -> Any:
        """Return the one person file there is."""
        streams = self.house.unit.listed(StreamKind.PERSON)
        return state_of(StreamKind.PERSON, self.house.unit.entries(streams[0].stream))

    def dossier(self) -> tuple[Stream, Any]:
        """Return the one request there is."""
        stream = self.house.unit.listed(StreamKind.DOSSIER)[0].stream
        return stream, state_of(StreamKind.DOSSIER, self.house.unit.entries(stream))


def write(officer: Navigator, values: dict[str, Any]) -> None:
    """Fill the fields of the page by their names; several answers are ticked where they are named."""
    lists = set(officer.page.locator("main select").evaluate_all("lists => lists.map(each => each.name)"))
    for name, value in values.items():
        if value in ("", "0", []):
            continue
        box = officer.page.locator(f"#id_{name}")
        if isinstance(value, list):
            for each in value:
                tick(officer, officer.page.locator(f"input[name={name}][value='{each}']"), ticked=True)
        elif isinstance(value, bool):
            tick(officer, box, ticked=value)
        elif name in lists:
            box.select_option(value)
        else:
            box.fill(value)


def tick(officer: Navigator, box: Locator, *, ticked: bool) -> None:
    """Tick a box by its label, as people do; the box itself is drawn by the label."""
    if box.is_checked() != ticked:
        officer.page.locator(f"label[for='{box.get_attribute('id')}']").click()


def save(officer: Navigator) -> None:
    """Press the page's own button and wait for what comes of it."""
    with officer.page.expect_navigation():
        officer.page.locator("main form[method=post] .buttons button").last.click()
    assert not officer.page.locator("main [role=alert]").count(), officer.page.locator("main").inner_text()


def follow(officer: Navigator, path: str) -> None:
    """Follow the page's link that leads to this place."""
    with officer.page.expect_navigation():
        officer.page.locator(f"main a[href*='{path}']").first.click()


@pytest.mark.parametrize("language", ["es", "en"])
def test_four_officers_build_and_authorise_a_case(
    language: str, somebody_at: Callable[[str], Navigator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = origin(tmp_path / "home", monkeypatch)
    story = Story(house, sound_case(SUBJECT, seed=language, partner="boreal"), somebody_at, language)
    recorder = story.seated(Duty.RECORDER, "/records/new/")
    the_recorder_opens_and_fills_the_file(story, recorder)
    the_checker_holds_everything_beside_its_document(story)
    the_recorder_begins_the_request(story, recorder)
    the_certifier_signs(story)
    the_authoriser_reads_and_sends(story)
    assert Outbox.objects.filter(partner="boreal", kind="request").count() == 1


def the_recorder_opens_and_fills_the_file(story: Story, recorder: Navigator) -> None:
    described = typed.described(story.case.subject)
    numbers = {name: value for name, value in described.items() if name.startswith("document_1")}
    described = {name: value for name, value in described.items() if not name.startswith("document_")}
    story.look(recorder, "new")
    write(recorder, described | {"category": "accused", "since": "2025-05-02"})
    save(recorder)
    address = recorder.page.url
    recorder.page.goto(f"{address}write/description/")
    story.attach(recorder, numbers, "document_1", "attached_1")
    save(recorder)
    for step, values in typed.steps(story.case):
        recorder.page.goto(f"{address}write/{step}/")
        file = story.person()
        for name in ("document", "quote_document"):
            story.attach(recorder, values, name)
        if "speaks_to" in values:
            values["speaks_to"] = [each.id for each in file.alleged]
        if "evidence" in values:
            values["evidence"] = [each.id for each in file.evidence if each.favours.value == "against"]
        write(recorder, values)
        story.look(recorder, step)
        save(recorder)
    story.look(recorder, "person")


def the_checker_holds_everything_beside_its_document(story: Story) -> None:
    checker = story.seated(Duty.CHECKER, "/records/checking/")
    story.look(checker, "queue")
    follow(checker, "/check/")
    story.look(checker, "check")
    with checker.page.expect_navigation():
        checker.page.locator("main form button").first.click()
    follow(checker, "/verify/")
    with checker.page.expect_navigation():
        checker.page.locator("main form button").first.click()
    assert not checker.page.locator("main a[href*='/check/'], main a[href*='/verify/']").count()


def the_recorder_begins_the_request(story: Story, recorder: Navigator) -> None:
    file = story.person()
    recorder.page.goto(f"{recorder.address}/dossiers/new/{file.id}/")
    write(recorder, {"partner": "boreal", "route": "extradition", "case_number": "JI-204-2025"})
    save(recorder)
    follow(recorder, "/step/statements/")
    write(recorder, {"claims": [f"{each.id}:{each.version}" for each in file.claims]})
    save(recorder)
    follow(recorder, "/step/acts/")
    write(recorder, {"alleged": [each.id for each in file.alleged]})
    save(recorder)
    story.look(recorder, "builder")


def the_certifier_signs(story: Story) -> None:
    stream, _ = story.dossier()
    file = story.person()
    certifier = story.seated(Duty.CERTIFIER, f"/dossiers/{stream.id}/")
    charge = next(each.document for each in file.evidence if each.kind.value == "charge")
    follow(certifier, "/step/grounds/")
    write(certifier, typed.grounds(charge))
    story.look(certifier, "grounds")
    save(certifier)
    follow(certifier, "/step/undertakings/")
    for box in certifier.page.locator("input[name=undertakings]").all():
        tick(certifier, box, ticked=True)
    save(certifier)
    follow(certifier, "/step/notice/")
    write(certifier, {"given_on": "2026-11-20", "languages": ["es", "en"]})
    save(certifier)
    follow(certifier, "/step/certificate/")
    write(certifier, {"attached": [each.id for each in file.evidence if each.favours.value == "for"]})
    story.look(certifier, "certificate")
    save(certifier)


def the_authoriser_reads_and_sends(story: Story) -> None:
    stream, _ = story.dossier()
    authoriser = story.seated(Duty.AUTHORISER, f"/dossiers/{stream.id}/sending/")
    assert story.case.subject.names[0].documented in authoriser.page.locator(".as-received").inner_text()
    story.look(authoriser, "sending")
    save(authoriser)
    story.look(authoriser, "after")
    assert story.dossier()[1].state is DossierState.SENT
