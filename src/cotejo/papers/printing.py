"""Printing a paper as PDF with typst: the same content gives the same bytes, tagged for readers (PDF/UA-1).

1. Content reaches the typesetter as data, never as markup: nothing in a name or quotation can change a page.
2. No system font and no network is used; the typesetter's own fonts are.
3. The document's date is the paper's `made_at`, so that two prints of one paper can be compared by hash.
"""

import datetime as dt
import json
from functools import cache
from importlib import resources
from typing import Any, Final

import typst

from cotejo.papers.paper import Block, Facts, Paper, Points, Quotation, Sentence, Table
from cotejo.rules.words import Language, Text

_WORDS: Final[dict[str, Text]] = {
    "demo": Text("DEMONSTRATION: invented people", "DEMOSTRACIÓN: personas inventadas"),
    "made": Text("Made", "Emitido"),
    "valid_until": Text("Valid until", "Válido hasta"),
    "for": Text("For", "Para"),
    "reference": Text("Reference", "Referencia"),
    "page": Text("Page", "Página"),
    "of": Text("of", "de"),
    "no_warrant": Text(
        "This paper is no warrant and no proof of guilt.",
        "Este documento no es una orden de captura ni prueba de culpabilidad.",
    ),
}


def print_pdf(paper: Paper) -> bytes:
    """Return the paper as PDF bytes. Raises `typst.TypstError` only for a fault in the template."""
    pdf: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
        timestamp=int(dt.datetime.fromisoformat(paper.made_at).timestamp()),
        ignore_system_fonts=True,
    )
    return pdf


@cache
def _template() -> bytes:
    return resources.files("cotejo.papers").joinpath("paper.typ").read_bytes()


def _data(paper: Paper) -> dict[str, Any]:
    language = paper.language
    return {
        "language": language,
        "words": {name: text.in_language(language) for name, text in _WORDS.items()},
        "title": paper.title.in_language(language),
        "subtitle": paper.subtitle.in_language(language),
        "node": paper.node,
        "reader": paper.reader,
        "reference": paper.reference,
        "made_at": paper.made_at,
        "valid_until": paper.valid_until,
        "invented": paper.invented,
        "notes": [note.in_language(language) for note in paper.notes],
        "sections": [
            {
                "heading": section.heading.in_language(language),
                "blocks": [_block(block, language) for block in section.blocks],
            }
            for section in paper.sections
        ],
    }


def _block(block: Block, language: Language) -> dict[str, Any]:
    match block:
        case Facts(rows=rows):
            return {"kind": "facts", "rows": [[_begun(row.label.in_language(language)), row.value] for row in rows]}
        case Sentence(text=text, strong=strong):
            return {"kind": "sentence", "text": text.in_language(language), "strong": strong}
        case Quotation(words=words, source=source):
            return {"kind": "quotation", "words": words, "source": source}
        case Points(items=items):
            return {"kind": "points", "items": [item.in_language(language) for item in items]}
        case Table(headings=headings, rows=rows):
            return {
                "kind": "table",
                "headings": [heading.in_language(language) for heading in headings],
                "rows": [list(row) for row in rows],
            }


def _begun(label: str) -> str:
    """Return a label as a line begins with it."""
    return label[:1].upper() + label[1:]
