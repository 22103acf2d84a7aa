"""Every page in both languages on a telephone: axe is content, nothing overflows, nothing runs."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.prevention.conftest import PASSWORD, Served

PHONE = 320
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.browser


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": PHONE, "height": 640}) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page


def press(page: Page, what: str = "main button") -> None:
    """Press something and wait until the page it leads to is there with its style."""
    with page.expect_navigation():
        page.click(what)


def check(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": RULES, "preload": False})
    assert results.violations_count == 0, page.url + results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url


def test_the_public_pages_are_readable_in_english_too(served: Served, telephone: Page) -> None:
    for path in ("/", "/consent/", "/sign-in/"):
        telephone.goto(f"{served.url}/en{path}")
        check(telephone)


def test_the_whole_way_of_a_referral_is_readable_on_a_telephone(served: Served, telephone: Page) -> None:
    page, start = telephone, f"{served.url}/es"
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    for path in ("/", "/programmes/oficios/", "/consent/", "/withdraw/", "/sign-in/"):
        page.goto(start + path)
        check(page)
    page.fill("#name", "marta")
    page.fill("#password", PASSWORD)
    press(page)
    check(page)
    page.goto(start + "/referrals/new/")
    check(page)
    press(page)
    check(page)
    page.fill("#name", "Dalia")
    page.select_option("#programme", "regreso")
    page.check("input[value=person]")
    page.check("#consent")
    press(page)
    check(page)
    code = page.inner_text(".big")
    page.goto(start + "/referrals/")
    press(page, "text=Dalia")
    check(page)
    page.goto(start + "/withdraw/")
    page.fill("#code", code)
    press(page)
    check(page)
    assert [line for line in noise if "422" not in line] == []
