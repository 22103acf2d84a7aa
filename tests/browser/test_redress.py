"""The redress office on a telephone and wide, in both languages: a mother and a lawyer at its pages."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cotejo.actions.sealed_cards import Place
from cotejo.doors.redress.people import code_now
from cotejo.doors.redress.words import TEXTS
from cotejo.node.clock import now
from cotejo.node.redress import people_of
from cotejo.rules.words import Text
from tests.browser.navigator import HEIGHT, WIDTHS, Navigator, assert_page_is_sound
from tests.doors.redress.conftest import PASSWORD, Served, secret_of, served
from tests.doors.redress.test_oversight import lodged
from tests.doors.redress.test_staff import the_case

pytestmark = pytest.mark.browser
__all__ = ["served"]
LOCALES = {"es": "es-SV", "en": "en-US"}
PDF = b"%PDF-1.4 invented"


@pytest.fixture
def somebody(chromium: Browser, served: Served) -> Iterator[Callable[[str], Navigator]]:
    """Seat somebody at a browser of their own that prefers a language."""
    contexts = []

    def seat(language: str) -> Navigator:
        context = chromium.new_context(locale=LOCALES[language], viewport={"width": WIDTHS[1], "height": HEIGHT})
        contexts.append(context)
        return Navigator(context.new_page(), served.url)

    yield seat
    for context in contexts:
        context.close()


def send(person: Navigator) -> None:
    """Send the page's form and wait for the page that answers."""
    with person.page.expect_navigation():
        person.page.locator("main form button").click()


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_mother_lodges_follows_and_learns_where_her_son_is(
    language: str, served: Served, somebody: Callable[[str], Navigator]
) -> None:
    request = secrets.token_hex(16)
    code = served.card(Place(report="arrival", at=1_795_000_000_000, place="Aurora", court=""), request=request)
    mother = somebody(language)
    for path in ("/", "/complaint/", "/where/", "/status/"):
        mother.go(path)
        assert_page_is_sound(mother, f"redress{path.replace('/', '-')}")
    mother.go("/complaint/")
    send(mother)
    assert_page_is_sound(mother, "redress-problems")
    mother.page.locator("label[for=speaker-family]").click()
    mother.page.locator("#code").fill(code)
    mother.page.locator("label[for=wrong-not_this_person]").click()
    mother.page.locator("#text").fill("Palabras inventadas.")
    send(mother)
    receipt = mother.page.locator(".big").inner_text()
    assert_page_is_sound(mother, "redress-receipt")
    assert served.signals(request) == ["suspend"]
    mother.go("/status/")
    mother.page.locator("#code").fill(receipt)
    send(mother)
    assert_page_is_sound(mother, "redress-status")
    mother.go("/where/")
    mother.page.locator("#code").fill(code)
    send(mother)
    mother.sees(Text("Arrived", "Llegada").in_language(language))
    assert_page_is_sound(mother, "redress-where")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_lawyer_sends_the_mandate_with_the_request_number(
    language: str, served: Served, somebody: Callable[[str], Navigator], tmp_path: Path
) -> None:
    request, paper = secrets.token_hex(16), tmp_path / "mandate.pdf"
    paper.write_bytes(PDF)
    lawyer = somebody(language)
    lawyer.go("/complaint/")
    lawyer.page.locator("label[for=speaker-counsel]").click()
    lawyer.page.locator("#mandate").set_input_files(paper)
    lawyer.page.locator("#code").fill(request)
    lawyer.page.locator("label[for=wrong-case_ended]").click()
    lawyer.page.locator("#text").fill("Palabras inventadas.")
    send(lawyer)
    lawyer.page.locator(".big").wait_for()
    assert served.signals(request) == ["suspend"]


@pytest.mark.parametrize("language", ["es", "en"])
def test_two_officers_and_the_oversight_body_at_the_office_s_own_pages(
    language: str, served: Served, somebody: Callable[[str], Navigator]
) -> None:
    request = secrets.token_hex(16)
    served.visitor(language).lodge(request, "Palabras inventadas.", in_custody=True)
    _, late = lodged(served, days_ago=70)
    first, second = (sign_in(served, somebody(language), f"{name}-{language}") for name in ("ines", "olga"))
    first.page.get_by_role("row").nth(1).wait_for()
    assert_page_is_sound(first, "redress-queue")
    path = the_case(served, request)
    first.go(path)
    assert_page_is_sound(first, "redress-case")
    press(first, TEXTS["acknowledge"].in_language(language))
    first.page.locator("label[for=outcome-upheld]").click()
    first.page.locator("#reasons").fill("La orden fue dejada sin efecto.")
    press(first, TEXTS["propose_answer"].in_language(language))
    assert_page_is_sound(first, "redress-proposed")
    second.go(path)
    assert_page_is_sound(second, "redress-to-confirm")
    press(second, TEXTS["confirm_answer"].in_language(language))
    second.page.locator("#lift").fill("La solicitud fue retirada.")
    press(second, TEXTS["propose_lift"].in_language(language))
    assert_page_is_sound(second, "redress-lift-proposed")
    assert served.signals(request) == ["suspend"]
    first.go(path)
    press(first, TEXTS["confirm_lift"].in_language(language))
    assert_page_is_sound(first, "redress-closed")
    assert served.signals(request) == ["suspend", "lift"]

    overseer = sign_in(served, somebody(language), f"ombuds-b-{language}", oversight=True)
    overseer.sees(late)
    assert_page_is_sound(overseer, "redress-late")


def sign_in(served: Served, person: Navigator, username: str, *, oversight: bool = False) -> Navigator:
    """Enrol somebody of the office, and sign them in at a browser."""
    with people_of(served.home, served.dsns.redress) as people:
        people.add_invented(
            username=username,
            name=username.title(),
            password=PASSWORD,
            totp_secret=secret_of(username),
            now=now(),
            oversight=oversight,
        )
    person.go("/office/sign-in/")
    if oversight:
        assert_page_is_sound(person, "redress-sign-in")
    for field, value in (
        ("username", username),
        ("password", PASSWORD),
        ("code", code_now(secret_of(username), now=now())),
    ):
        person.page.locator(f"[name={field}]").fill(value)
    send(person)
    return person


def press(person: Navigator, words: str) -> None:
    """Press a button by its words and wait for the page that answers."""
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=words, exact=True).click()
