"""A person at a browser: finds things by what people see, and notices when a page is not sound.

A page is sound when
1. axe finds nothing (WCAG 2.2 AA and best practice), wide and narrow;
2. nothing scrolls sideways at 320 and at 1280 pixels;
3. the browser's console is silent and nothing was asked of another host;
4. the page says its language, and holds no sentence the house has in the other language.

Screenshots go to `.screens/` when `COTEJO_SCREENS` is 1, and to the folder it names when it is anything else.
"""

import functools
import gc
import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request

from cotejo.doors.web import packages
from cotejo.rules.words import Text
from tests.pages import PASSWORD, code_of

WIDTHS: Final = (1280, 320)
HEIGHT: Final = 900
SCREENS: Final = Path(__file__).parents[2] / ".screens"
AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FRAMEWORK: Final = {
    "en": {"This field is required.", "Enter a valid value.", "Incorrect code.", "Select a valid choice."},
    "es": {"Este campo es obligatorio.", "Introduzca un valor válido.", "Código incorrecto."},
}
WORDS_IN_PAGE: Final = """() => {
    const language = document.documentElement.lang;
    const own = node => (node.closest("[lang]")?.lang ?? language) === language;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (own(node.parentElement)) found.add(node.textContent.trim().replace(/\\s+/g, " "));
    }
    for (const node of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
        for (const name of ["aria-label", "placeholder", "title", "alt"])
            if (own(node) && node.getAttribute(name)) found.add(node.getAttribute(name).trim());
    return [...found].filter(Boolean);
}"""


IN_ORDER: Final = """() => {
    const seen = new Set();
    const reached = node => {
        if (node.disabled || node.type === "hidden" || !node.getClientRects().length) return false;
        if (node.type !== "radio") return true;
        if (seen.has(node.name)) return false;
        seen.add(node.name);
        return true;
    };
    const kinds = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex='0']"];
    const every = document.querySelectorAll(kinds.map(kind => `main ${kind}`).join(", "));
    window.inOrder = [...every].filter(reached);
    document.querySelector("main").focus();
    return window.inOrder.map(node => node.outerHTML.slice(0, 120));
}"""
FOCUSED: Final = """() => {
    const node = document.activeElement;
    const drawn = (each, part) => {
        const style = getComputedStyle(each, part);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    const label = node.id && document.querySelector(`label[for="${node.id}"]`);
    const shown = drawn(node) || (label && (drawn(label) || drawn(label, "::before")));
    return [window.inOrder.indexOf(node), Boolean(shown)];
}"""


@functools.cache
def said_in(language: str) -> frozenset[str]:
    """Return sentences of the house that belong to this language only."""
    pairs = {(text.en, text.es) for text in gc.get_objects() if type(text) is Text}
    for path in packages.ROOT.glob("*/locale/es/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and isinstance(message.id, str) and isinstance(message.string, str):
                    pairs.add((message.id, message.string))
    english, spanish = {en for en, _ in pairs}, {es for _, es in pairs}
    mine, other = (english, spanish) if language == "en" else (spanish, english)
    return frozenset((mine | FRAMEWORK[language]) - other)


class Navigator:
    """One person at one browser page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        of_the_page_itself = message.location.get("url") == self.page.url and "status of" in message.text
        if message.type in {"error", "warning"} and not of_the_page_itself:
            self.complaints.append(f"console: {message.text} at {message.location.get('url')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def go(self, path: str) -> None:
        """Open an address of the node."""
        self.page.goto(self.address + path)

    def fill(self, label: str, value: str) -> None:
        """Write into the field with this label."""
        self.page.get_by_label(label, exact=True).fill(value)

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the link with this name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the list with this label."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick the box or choose the answer with this label."""
        self.page.get_by_label(label, exact=True).check(force=True)

    def reads(self, heading: str) -> None:
        """Wait until the page's first heading says this."""
        self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()

    def speak(self, language: str) -> None:
        """Choose a language from the next page on (`es` or `en`), as the switch in the header does."""
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def sees(self, text: str) -> None:
        """Wait until this text is on the page."""
        self.page.get_by_text(text).first.wait_for()

    def sign_in(self, username: str, path: str = "/") -> None:
        """Sign in with both factors, whatever the language, and go on to `path`."""
        self.go(f"/account/sign-in/?next={path}")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("main form button").click()
        self.page.wait_for_url("**/code/**")
        self.page.locator("#id_code").fill(code_of(username))
        self.page.locator("main form button").click()
        self.page.wait_for_url(re.compile(f"^{re.escape(self.address + path)}$"))

    def sign_out(self) -> None:
        """Sign out through the person's card in the header."""
        self.page.locator(".who summary").click()
        self.page.locator(".who form button").click()

    def switch_to(self, language: str) -> None:
        """Switch the language, named as in the header: `Español` or `English`."""
        with self.page.expect_navigation():
            self.press(language)


def assert_page_is_sound(person: Navigator, name: str, *, widths: tuple[int, ...] = WIDTHS) -> None:
    """Fail with everything that is wrong with the page the person looks at; `name` names its screenshots."""
    page = person.page
    page.wait_for_load_state()
    language = page.evaluate("document.documentElement.lang")
    faults = list(person.complaints)
    folder = os.environ.get("COTEJO_SCREENS", "")
    for width in WIDTHS if folder else widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            faults.append(f"{reach} pixels wide at {width}")
        faults += _axe(page, width)
        if folder:
            kept = SCREENS if folder == "1" else Path(folder)
            kept.mkdir(exist_ok=True)
            page.screenshot(path=kept / f"{name}-{language}-{width}.png", full_page=True)
    if language not in FRAMEWORK:
        faults.append(f"no language: {language!r}")
    else:
        other = "en" if language == "es" else "es"
        faults += [f"in {other}: {words}" for words in set(page.evaluate(WORDS_IN_PAGE)) & said_in(other)]
    assert not faults, f"{name} ({language}): " + json.dumps(faults, ensure_ascii=False, indent=1)


def assert_sound_in_both_languages(person: Navigator, path: str, name: str) -> None:
    """Open a page in Spanish on a telephone and in English on a desk; fail with what is wrong with either."""
    for language, width in zip(("es", "en"), (min(WIDTHS), max(WIDTHS)), strict=True):
        person.speak(language)
        person.page.set_viewport_size({"width": width, "height": HEIGHT})
        person.go(path)
        assert_page_is_sound(person, name, widths=(width,))


def assert_keys_reach_everything(person: Navigator) -> None:
    """Go through the page with the Tab key alone: in the order of reading, nothing left out, the focus always shown."""
    page = person.page
    page.wait_for_load_state()
    every = page.evaluate(IN_ORDER)
    places, shown = [], []
    for _ in every:
        page.keyboard.press("Tab")
        place, visible = page.evaluate(FOCUSED)
        places.append(place)
        shown.append(visible)
    assert places == list(range(len(every))), f"{page.url}: {list(zip(places, every, strict=False))}"
    assert all(shown), (
        f"{page.url}: no focus shown on {[each for each, seen in zip(every, shown, strict=True) if not seen]}"
    )


def _axe(page: Page, width: int) -> list[str]:
    page.evaluate(AXE)
    ask = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
    return [
        f"axe at {width}: {fault['id']}: {fault['help']}: {[node['html'][:160] for node in fault['nodes']]}"
        for fault in page.evaluate(ask, RULES)
    ]
