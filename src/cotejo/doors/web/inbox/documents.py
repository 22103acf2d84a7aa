"""The documents a request cites: what each is, and whether it is here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cotejo.rules.package import Package
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One cited document: the words it is cited as, its hash, and whether it is kept here."""

    words: Text
    detail: str
    sha256: str
    here: bool


def cited(package: Package, here: Callable[[str], bool]) -> tuple[Cited, ...]:
    """Return every document of a package once, in the order in which it is cited."""
    found: dict[str, Cited] = {}
    for words, detail, sha256 in _citations(package):
        if sha256 and sha256 not in found:
            found[sha256] = Cited(words=words, detail=detail, sha256=sha256, here=here(sha256))
    return tuple(found.values())


def _citations(package: Package) -> Iterator[tuple[Text, str, str]]:
    for act in package.court_acts:
        yield words_of(act.kind), f"{act.court} · {act.number} · {act.date}", act.document
    for item in package.evidence:
        yield words_of(item.kind), item.obtained_on, item.document
    for identifier in package.subject.identifiers:
        yield Text("document number", "número de documento"), identifier.issued_by, identifier.document
    for where in package.whereabouts:
        yield Text("where the person was", "dónde estuvo la persona"), where.place, where.document
    for ground in package.grounds:
        yield words_of(ground.ground), "", ground.document
    for claim in package.affiliations:
        yield words_of(claim.basis), "", claim.document
    for alleged in package.alleged:
        yield Text("quoted document", "documento citado"), alleged.quote_page, alleged.quote_document
