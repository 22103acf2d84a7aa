"""What the things in a person's file are called where one is chosen or cited: short, dated, in both languages."""

from collections.abc import Iterator, Mapping
from typing import Final

from cotejo.rules.package import AllegedAct, CourtAct, EvidenceItem
from cotejo.rules.person import PersonFile
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

IDENTIFIER_WORDS: Final[Mapping[str, Text]] = {
    "dui": Text("DUI", "DUI"),
    "passport": Text("passport", "pasaporte"),
    "civil_registry": Text("civil registry entry", "partida del registro civil"),
}
NAMELESS: Final = Text("no name", "sin nombre")
_ABOUT_WHEREABOUTS: Final = Text("record of where the person was", "registro de dónde estuvo la persona")
_ABOUT_AFFILIATION: Final = Text("document of an affiliation", "documento de una afiliación")


def name_in(file: PersonFile) -> str:
    """Return the first name as documented; empty for a file that was erased."""
    return file.subject.names[0].documented if file.subject.names else ""


def of_court_act(act: CourtAct) -> Text:
    """Name a court act: what, which number, when."""
    kind = words_of(act.kind)
    return Text(f"{kind.en} {act.number}, {act.date}", f"{kind.es} {act.number}, {act.date}")


def of_item(item: EvidenceItem) -> Text:
    """Name an item of evidence: what, when obtained, which way it speaks."""
    kind, side = words_of(item.kind), words_of(item.favours)
    return Text(f"{kind.en}, {item.obtained_on}, {side.en}", f"{kind.es}, {item.obtained_on}, {side.es}")


def of_alleged(act: AllegedAct) -> Text:
    """Name an alleged act: offence, when, where."""
    offence = OFFENCE_WORDS.get(act.offence_class, Text(act.offence_class, act.offence_class))
    return Text(f"{offence.en}, {act.interval.start}, {act.place}", f"{offence.es}, {act.interval.start}, {act.place}")


def _cited(file: PersonFile) -> Iterator[tuple[str, Text]]:
    for identifier in file.subject.identifiers:
        yield identifier.document, IDENTIFIER_WORDS.get(identifier.kind, Text(identifier.kind, identifier.kind))
    yield from ((act.document, of_court_act(act)) for act in file.court_acts)
    yield from ((item.document, of_item(item)) for item in file.evidence)
    yield from ((each.document, _ABOUT_WHEREABOUTS) for each in file.whereabouts)
    yield from ((each.document, _ABOUT_AFFILIATION) for each in file.affiliations)


def documents_of(file: PersonFile) -> dict[str, Text]:
    """Return every document the file cites by its hash, each with the first thing that cites it."""
    found: dict[str, Text] = {}
    for sha256, label in _cited(file):
        if sha256:
            found.setdefault(sha256, label)
    return found
