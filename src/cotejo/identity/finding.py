"""Finding possible same persons in a register.

1. Numbers are looked up first, so that a very common name cannot crowd out the row that bears the number.
2. Shared keys decide which rows are compared, the comparison decides which are shown. What is not shown is counted,
   with the reason; a very common name never stops a request.
3. Nothing found is said with its date and is evidence of nothing (catalogue row F29).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from cotejo.identity.keys import IDENTIFIER_KINDS, folded_name, search_keys
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.model import Model, standard_model
from cotejo.identity.ranking import weigh_all
from cotejo.identity.record import PersonRecord
from cotejo.identity.source import CandidateSource
from cotejo.identity.weighing import IDENTIFIERS, Band, Weighed
from cotejo.rules.words import Text

_OTHER_NAME: Final = frozenset({Level.DIFFERS, Level.OTHER_FIRST_GIVEN})
# Rows compared for one search: some milliseconds; more only repeat a name.
MOST_COMPARED: Final = 300


class Aside(StrEnum):
    """Why a row that shares a key is not shown."""

    NOT_COMPARED = "not_compared"
    CONTRADICTED = "contradicted"
    FEWER_AGREE = "fewer_agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """How many rows were not shown for one reason."""

    reason: Aside
    count: int
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Possible same persons, best first.

    `further` names every other row that was compared and is not contradicted, best first: for checks that must miss
    nobody. `as_of` is in ms UTC; `words` is the sentence for a page when nothing was found or could be searched.
    """

    candidates: tuple[PersonRecord, ...]
    set_aside: tuple[SetAside, ...]
    searched_on: tuple[Text, ...]
    further: tuple[str, ...]
    namesakes: int
    as_of: int
    words: Text


_SEARCHED_ON: Final[dict[str, Text]] = {
    "D": Text("DUI", "DUI"),
    "P": Text("passport", "pasaporte"),
    "S": Text("surname, given name and year of birth", "apellido, nombre y año de nacimiento"),
    "N": Text("both surnames and given name", "ambos apellidos y nombre"),
    "G": Text("given name and surname in either order", "nombre y apellido en cualquier orden"),
    "B": Text("birth date and given name", "fecha de nacimiento y nombre"),
    "C": Text("birth date and surname", "fecha de nacimiento y apellido"),
    "F": Text("father and mother", "padre y madre"),
    "M": Text("mother and given name", "madre y nombre"),
}
_ASIDE: Final[dict[Aside, Text]] = {
    Aside.NOT_COMPARED: Text(
        "Not compared, because too many rows share part of the name: {count}. A full birth date, the parents or a "
        "number would find the right ones among them.",
        "Sin comparar, porque demasiadas filas comparten parte del nombre: {count}. Una fecha de nacimiento completa, "
        "los padres o un número encontrarían las que importan.",
    ),
    Aside.CONTRADICTED: Text(
        "Compared and contradicted, by the name too: {count}.",
        "Comparadas y contradichas, también por el nombre: {count}.",
    ),
    Aside.FEWER_AGREE: Text(
        "Compared; fewer details agree than in those shown: {count}.",
        "Comparadas; coinciden menos datos que en las mostradas: {count}.",
    ),
}
_TOO_LITTLE: Final = Text(
    "The request tells too little to search on: a given name with a surname, or a number, is needed.",
    "La solicitud dice muy poco para buscar: hace falta un nombre con un apellido, o un número.",
)
_FOUND: Final = Text(
    "Possible same persons in this register as of {date}: {count}.",
    "Posibles mismas personas en este registro al {date}: {count}.",
)
_NOTHING: Final = Text(
    "Nothing found in this register as of {date}. That is no evidence of anything: the register may be incomplete, "
    "or the person documented otherwise.",
    "Nada encontrado en este registro al {date}. No prueba nada: el registro puede estar incompleto, o la persona "
    "documentada de otro modo.",
)


def find_candidates(
    subject: PersonRecord, source: CandidateSource, limit: int = 10, *, model: Model | None = None
) -> Found:
    """Find the rows that may be the subject, at most `limit` of them, and say what was set aside and why."""
    using = model or standard_model()
    keys = search_keys(subject)
    numbers = frozenset(key for key in keys if key[0] in IDENTIFIER_KINDS)
    name = folded_name(subject)
    namesakes = source.bearing_name(name) if name else 0
    by_number, by_rest = (
        source.rows_with_keys(numbers, MOST_COMPARED),
        source.rows_with_keys(keys - numbers, MOST_COMPARED),
    )
    rows = {row.id: row for row in (*by_number.records, *by_rest.records)}
    pairs = weigh_all(subject, tuple(rows.values()), namesakes, model=using)
    worth_showing = [pair for pair in pairs if not _bears_another_name(pair)]
    shown, left = worth_showing[: max(limit, 0)], worth_showing[max(limit, 0) :]
    aside = {
        Aside.CONTRADICTED: len(pairs) - len(worth_showing),
        Aside.FEWER_AGREE: len(left),
        Aside.NOT_COMPARED: by_rest.total - len(by_rest.records),
    }
    return Found(
        candidates=tuple(pair.comparison.candidate for pair in shown),
        set_aside=tuple(
            SetAside(reason=reason, count=count, words=_ASIDE[reason].say(count=count))
            for reason, count in aside.items()
            if count
        ),
        searched_on=_searched_on(keys),
        further=tuple(pair.comparison.candidate.record.id for pair in left if not _contradicted(pair, using)),
        namesakes=namesakes,
        as_of=source.as_of(),
        words=_said(len(shown), bool(keys), source.as_of()),
    )


def _bears_another_name(pair: Weighed) -> bool:
    """Say whether a pair is contradicted, and by its name too, with no number in common."""
    comparison = pair.comparison
    if any(comparison.verdict(field) in {Verdict.AGREE, Verdict.CLOSE} for field in IDENTIFIERS):
        return False
    other_name = _OTHER_NAME & {comparison.level(Field.GIVEN), comparison.level(Field.FIRST_SURNAME)}
    return bool(other_name) and pair.band is Band.CONTRADICTED


def _searched_on(keys: Iterable[str]) -> tuple[Text, ...]:
    kinds = {key[0] for key in keys}
    return tuple(words for kind, words in _SEARCHED_ON.items() if kind in kinds)


def _said(count: int, searched: bool, as_of: int) -> Text:
    if not searched:
        return _TOO_LITTLE
    date = datetime.fromtimestamp(as_of / 1000, UTC).date().isoformat()
    return _FOUND.say(count=count, date=date) if count else _NOTHING.say(date=date)
