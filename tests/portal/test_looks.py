"""Every page in both languages on a telephone: nothing overflows, nothing runs, axe is content with every kind."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from typer.testing import CliRunner

from cotejo_portal.main import app

PHONE = 320
KINDS = ("index", "figure-requests-sent", "figure-withdrawals-swept", "check", "check-requests-sent", "proof", "method")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.browser
def test_every_page_is_accessible_and_readable_on_a_telephone(folder: Path, chromium: Browser) -> None:
    assert CliRunner().invoke(app, ["build", str(folder / "release.json"), str(folder / "out")]).exit_code == 0
    pages = sorted((folder / "out").rglob("*.html"))
    noise: list[str] = []
    with chromium.new_context(viewport={"width": PHONE, "height": 640}) as context:
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        for path in pages:
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details:nth-of-type(-n+2)').forEach(each => each.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path.name
            if path.stem not in KINDS or (path.parent.name == "en" and path.stem.startswith("check")):
                continue
            results = Axe().run(page, options={"runOnly": RULES, "preload": False})
            assert results.violations_count == 0, path.name + results.generate_report()
    assert noise == []
