"""Finding possible same persons in a register.

1. Every row that shares a key is compared; the comparison decides which are shown. What is not shown is counted, with
   the reason; a very common name never stops a request.
2. A row is explained by what was seen and weighed when it was compared with the subject, beside everybody else who was
   compared: nothing is compared twice.
3. Everybody compared and not contradicted is named (`Found.further`), shown or not, for checks that must miss nobody.
4. Nothing found is said with its date and is evidence of nothing (catalogue row F29).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import numpy as np

from cotejo.identity.dates import read_date
from cotejo.identity.documented import name_of
from cotejo.identity.explanation import Explanation, explain_weighed
from cotejo.identity.identifiers import IdentifierState, read_dui, read_passport
from cotejo.identity.index.search import Ranked
from cotejo.identity.model import Model
from cotejo.identity.names import known
from cotejo.identity.record import PersonRecord
from cotejo.identity.source import CandidateSource
from cotejo.rules.words import Text


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
    """Possible same persons, best first, each explained with the model that weighed them.

    `further` names every other row that was compared and is not contradicted, best first: for checks that must miss
    nobody. `namesakes` of the register's `rows` bear the subject's name. `as_of` is in ms UTC; `words` is the sentence
    for a page when nothing was found or could be searched.
    """

    explanations: tuple[Explanation, ...]
    model: Model
    further: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    searched_on: tuple[Text, ...]
    namesakes: int
    rows: int
    as_of: int
    words: Text

    @property
    def candidates(self) -> tuple[PersonRecord, ...]:
        """Return the rows shown."""
        return tuple(explanation.candidate for explanation in self.explanations)


_SEARCHED_ON: Final[dict[str, Text]] = {
    "dui": Text("DUI", "DUI"),
    "passport": Text("passport", "pasaporte"),
    "year": Text("name and year of birth", "nombre y año de nacimiento"),
    "name": Text("given name and surnames, also as they sound", "nombre y apellidos, también como suenan"),
    "day": Text("birth date with a name", "fecha de nacimiento con un nombre"),
    "parents": Text("parents", "padres"),
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


def find_candidates(subject: PersonRecord, source: CandidateSource, limit: int = 10) -> Found:
    """Find the rows that may be the subject, explain at most `limit` of them, and say what was set aside and why.

    Raises `RegisterNotReady` when the register cannot be searched now.
    """
    most, model = max(limit, 0), source.model
    ranked = source.ranked(subject, model, first=most)
    worth_showing = np.flatnonzero(~ranked.other_name)
    shown, left = worth_showing[:most], worth_showing[most:]
    explanations = _explained(subject, source, ranked, shown.tolist())
    aside = {
        Aside.CONTRADICTED: len(ranked) - len(worth_showing),
        Aside.FEWER_AGREE: len(left),
        Aside.NOT_COMPARED: ranked.not_compared,
    }
    searched_on, as_of = _searched_on(subject), source.as_of()
    return Found(
        explanations=explanations,
        model=model,
        further=_further(ranked, left),
        set_aside=tuple(
            SetAside(reason=reason, count=count, words=_ASIDE[reason].say(count=count))
            for reason, count in aside.items()
            if count
        ),
        searched_on=searched_on,
        namesakes=ranked.namesakes,
        rows=ranked.rows,
        as_of=as_of,
        words=_said(len(explanations), bool(searched_on), as_of),
    )


def _explained(
    subject: PersonRecord, source: CandidateSource, ranked: Ranked, shown: list[int]
) -> tuple[Explanation, ...]:
    if not shown:
        return ()
    places = {ranked.ids[place]: place for place in shown}
    rows = source.rows(tuple(places))
    pairs = ranked.pairs(subject, [(places[row.id], row) for row in rows], source.model)
    return explain_weighed(subject, pairs, ranked.namesakes, source.model)


def _further(ranked: Ranked, left: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> tuple[str, ...]:
    return ranked.ids.at(left[~ranked.contradicted[left]])


def _searched_on(subject: PersonRecord) -> tuple[Text, ...]:
    """Say by what the subject was searched; nothing when it tells too little."""
    reading, born = name_of(subject).readings[0], read_date(subject.dob)
    both = bool(reading.given and reading.first_surname)
    told = {
        "dui": read_dui(subject.dui).state is not IdentifierState.ABSENT,
        "passport": read_passport(subject.passport).state is not IdentifierState.ABSENT,
        "year": both and bool(born.year),
        "name": both,
        "day": bool(born.day and (reading.given or reading.first_surname)),
        "parents": known(subject.mother) or known(subject.father),
    }
    return tuple(words for kind, words in _SEARCHED_ON.items() if told[kind])


def _said(count: int, searched: bool, as_of: int) -> Text:
    if not searched:
        return _TOO_LITTLE
    date = datetime.fromtimestamp(as_of / 1000, UTC).date().isoformat()
    return _FOUND.say(count=count, date=date) if count else _NOTHING.say(date=date)
