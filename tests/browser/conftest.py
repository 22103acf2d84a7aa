"""Browser tests: Debian's Chromium against a node's pages on loopback, on a database of each test's own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from tests import pages
from tests.browser.navigator import HEIGHT, WIDTHS, Navigator
from tests.cluster import Cluster

LOCALES = {"es": "es-SV", "en": "en-US"}
PATIENCE = 60_000
"""How many milliseconds a page may take on a busy machine."""


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
