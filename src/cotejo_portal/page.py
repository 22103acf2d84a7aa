"""The shell of every page, built as a tree so that no text can become markup."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from cotejo_portal.words import say

Child = Element | str
LANGUAGES = ("es", "en")
STYLE = files("cotejo_portal").joinpath("style.css").read_bytes()
STYLE_NAME = f"style-{hashlib.sha256(STYLE).hexdigest()[:12]}.css"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
MENU = (("index.html", "home"), ("check.html", "check"), ("proof.html", "proof"), ("method.html", "method"))


def tag(name: str, /, *children: Child, **attributes: str) -> Element:
    """Make an element; `class_` and `for_` stand for the words Python keeps for itself."""
    made = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            _append_text(made, child)
        else:
            made.append(child)
    return made


def link(to: str, text: str) -> Element:
    """Make a link."""
    return tag("a", text, href=to)


def items(*children: Child) -> Element:
    """Make a list."""
    return tag("ul", *(tag("li", child) for child in children))


def pairs(*entries: tuple[str, Child]) -> Element:
    """Make a list of terms and what they mean."""
    return tag("dl", *(part for term, meaning in entries for part in (tag("dt", term), tag("dd", meaning))))


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Child]]) -> Element:
    """Make a table whose first cells are row headers, in a region that scrolls by keyboard on a narrow screen."""
    made = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", text, scope="col") for text in head))),
        tag(
            "tbody",
            *(tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows),
        ),
    )
    return tag("div", made, class_="scroll", role="region", tabindex="0", aria_label=caption)


def page(name: str, language: str, heading: str, *content: Child, invented: bool) -> bytes:
    """Return a whole page; `name` is its file name in both languages' folders."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    menu = [tag("li", link(to, say(text, language))) for to, text in MENU]
    switch = tag("a", say("other_language", language), href=f"../{other}/{name}", lang=other, hreflang=other)
    demo = [tag("p", say("demo", language), class_="demo")] if invented else []
    house = tag("p", say("title", language), class_="house")
    nav = tag("nav", tag("ul", *menu, tag("li", switch)), aria_label=say("menu", language))
    body = tag(
        "body",
        tag("a", say("skip", language), class_="skip", href="#content"),
        tag("header", *demo, house, nav),
        tag("main", tag("h1", heading), *content, id="content"),
    )
    return document(language, f"{heading} · {say('title', language)}", body, up="../")


def document(language: str, title: str, body: Element, *, up: str = "") -> bytes:
    """Return the bytes of an HTML document."""
    html = tag("html", lang=language)
    head = SubElement(html, "head")
    head.append(tag("meta", charset="utf-8"))
    head.append(tag("meta", name="viewport", content="width=device-width, initial-scale=1"))
    head.append(tag("meta", http_equiv="Content-Security-Policy", content=POLICY))
    head.append(tag("meta", name="referrer", content="no-referrer"))
    head.append(tag("title", title))
    head.append(tag("link", rel="stylesheet", href=up + STYLE_NAME))
    html.append(body)
    return f"<!doctype html>\n{tostring(html, encoding='unicode', method='html')}\n".encode()


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
