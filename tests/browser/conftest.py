"""Browser tests: Debian's Chromium against a node's pages on loopback, on a database of each test's own."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests import pages
from tests.browser.navigator import HEIGHT, WIDTHS, Navigator
from tests.cluster import Cluster

# Playwright's own loop runs in the test's thread, and Django takes that for an asynchronous program.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

LOCALES = {"es": "es-SV", "en": "en-US"}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]
PATIENCE = 10_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Share one browser among the tests of a worker; skip where there is none."""
    program = os.environ.get("COTEJO_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium here: install it (Debian: apt-get install chromium) or name it in COTEJO_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(postgres: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Serve a node's pages on a fresh database; the value is their address."""
    with django_db_blocker.unblock(), pages.node_database(postgres), pages.served() as address:
        yield address


@pytest.fixture
def somebody_at(chromium: Browser, site: str) -> Iterator[Callable[[str], Navigator]]:
    """Seat a person at a browser of their own that prefers a language (`es` or `en`)."""
    contexts = []

    def seat(language: str) -> Navigator:
        context = chromium.new_context(
            locale=LOCALES[language], viewport={"width": WIDTHS[0], "height": HEIGHT}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Navigator(context.new_page(), site)

    yield seat
    for context in contexts:
        context.close()
