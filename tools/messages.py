#!/usr/bin/env python3
"""Gathers the words of the officers' pages and compiles their Spanish, in Python alone.

1. English in the source is the key. Each task package keeps its Spanish in `locale/es/LC_MESSAGES/django.po`.
2. A message is kept while the source uses it; a new one is added empty; nothing is guessed, so nothing is ever fuzzy.
3. One English message has one Spanish sentence in the whole house.
4. `--check` writes nothing and fails when a message is missing, empty, fuzzy or unused, when a Spanish sentence lacks a
   place that the English one has, or when a compiled file is stale.

The law's own words are not here: they are `Text` pairs in `cotejo.rules.words`.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PAGES: Final = Path(__file__).parents[1] / "src/cotejo/doors/web"
KEYWORDS: Final[dict[str, tuple[int, ...]]] = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
}
PLURALS: Final = "nplurals=2; plural=(n != 1);"
UNDATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
IN_CONTEXT: Final = {"_c", "pgettext", "pgettext_lazy"}
CALL: Final = re.compile(r"\b(npgettext|pgettext|ngettext|gettext|_)\(")
PLACE: Final = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


class Message(NamedTuple):
    """A message of the source: context or empty, English, English plural or empty."""

    context: str
    one: str
    many: str = ""


def in_python(path: Path) -> Iterator[Message]:
    """Yield the messages of a Python file."""
    names = dict.fromkeys([*KEYWORDS, *IN_CONTEXT])
    with path.open("rb") as source:
        for _line, name, texts, _comments in extract_python(source, names, [], {}):
            said = cast("str | tuple[str | None, ...]", texts)
            parts = [text for text in ((said,) if isinstance(said, str) else said) if text is not None]
            if name in IN_CONTEXT:
                yield Message(*parts[:2])
            else:
                yield Message("", *parts[: len(KEYWORDS[str(name)])])


def in_template(path: Path) -> Iterator[Message]:
    """Yield the messages of a template, which Django itself turns into calls with quoted words."""
    calls = templatize(path.read_text(encoding="utf-8"))
    for found in CALL.finditer(calls):
        texts = quoted(calls[found.end() :])
        match found[1]:
            case "pgettext":
                yield Message(texts[0], texts[1])
            case "npgettext":
                yield Message(*texts[:3])
            case "ngettext":
                yield Message("", *texts[:2])
            case _:
                yield Message("", texts[0])


def quoted(rest: str) -> list[str]:
    """Return the quoted words a call begins with."""
    literal = re.compile(r"\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?", re.DOTALL)
    texts, at = [], 0
    while found := literal.match(rest, at):
        texts.append(str(ast.literal_eval(found[1])))
        at = found.end()
    return texts


def source_of(package: Path) -> list[Message]:
    """Return the messages a package uses, in alphabetical order."""
    found = {message for path in package.rglob("*.py") for message in in_python(path)}
    found |= {message for path in [*package.rglob("*.html"), *package.rglob("*.txt")] for message in in_template(path)}
    return sorted(found)


def catalogue_of(package: Path) -> Path:
    """Return where a package keeps its Spanish."""
    return package / "locale/es/LC_MESSAGES/django.po"


def read(path: Path) -> Catalog:
    """Return a catalogue, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale="es")
    with path.open("rb") as file:
        catalogue = read_po(file, locale="es")
    catalogue.creation_date = catalogue.revision_date = UNDATED
    return catalogue


def renewed(old: Catalog, messages: list[Message]) -> Catalog:
    """Return a catalogue of exactly these messages with the Spanish there already is."""
    new = Catalog(locale="es", project="Cotejo", fuzzy=False, header_comment="# Spanish of this package's pages.")
    new.mime_headers = [("Plural-Forms", PLURALS)]
    for message in messages:
        key: str | tuple[str, str] = (message.one, message.many) if message.many else message.one
        kept = old.get(message.one, message.context or None)
        string = kept.string if kept is not None and bool(message.many) == kept.pluralizable else None
        new.add(key, string, context=message.context or None)
    return new


def as_text(catalogue: Catalog) -> bytes:
    """Return a catalogue as a `.po` file without dates, so that the same words give the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, omit_header=False, sort_output=True, no_location=True)
    lines = out.getvalue().splitlines(keepends=True)
    dropped = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Report-Msgid',
        b'"Last-Translator',
        b'"Language-Team',
    )
    return b"".join(line for line in lines if not line.startswith(dropped))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as a `.mo` file."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def faults_of(package: Path) -> Iterator[str]:
    """Yield what is wrong with a package's words."""
    path = catalogue_of(package)
    held, wanted = read(path), source_of(package)
    have = {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in held
        if message.id
    }
    need = {(message.context, message.one) for message in wanted}
    yield from (f"{package.name}: missing: {one}" for _context, one in sorted(need - have))
    yield from (f"{package.name}: unused: {one}" for _context, one in sorted(have - need))
    for message in held:
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        spanish = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy:
            yield f"{package.name}: fuzzy: {english[0]}"
        if not all(spanish):
            yield f"{package.name}: no Spanish: {english[0]}"
        elif any(set(PLACE.findall(text)) != set(PLACE.findall(english[-1])) for text in spanish):
            yield f"{package.name}: other places than in English: {english[0]}"
    machine = path.with_suffix(".mo")
    if wanted and (not machine.exists() or machine.read_bytes() != compiled(held)):
        yield f"{package.name}: the compiled file is stale; run script/messages"


def said_twice(packages: list[Path]) -> Iterator[str]:
    """Yield messages that two packages put into Spanish differently."""
    said: dict[tuple[str, str], tuple[str, object]] = {}
    for package in packages:
        for message in read(catalogue_of(package)):
            if message.id and message.string:
                key = (message.context or "", str(message.id))
                first, spanish = said.setdefault(key, (package.name, message.string))
                if spanish != message.string:
                    yield f"{package.name}: differs from {first}: {message.id}"


def main() -> int:
    """Renew and compile every catalogue, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is wrong")
    asked = parser.parse_args()
    packages = sorted(path.parent for path in PAGES.glob("*/__init__.py"))
    if not asked.check:
        for package in packages:
            path, messages = catalogue_of(package), source_of(package)
            if messages:
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue = renewed(read(path), messages)
                path.write_bytes(as_text(catalogue))
                path.with_suffix(".mo").write_bytes(compiled(read(path)))
    faults = [fault for package in packages for fault in faults_of(package)] + list(said_twice(packages))
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
