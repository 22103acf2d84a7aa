"""Why a register row may or may not be the person of a request: words for the officers who decide.

1. Differences come first, then what nearly agrees, then what is not known (counted), then what agrees (F27).
2. The other reading that explains the pair as well is named, with how many here bear the name.
3. No number leaves but counts: no score, no percentage, no rank. Candidates come in an order that depends on them
   alone, not on the order they were given in.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from cotejo.identity import phrases
from cotejo.identity.comparison import Comparison
from cotejo.identity.documented import name_of
from cotejo.identity.levels import (
    CODES,
    COLUMNS_OF_WEIGHTS,
    FATHER_OF_SAME_SURNAME,
    LEVELS,
    MOTHER_OF_SAME_SURNAME,
    Field,
    Level,
    Verdict,
    verdict_of,
)
from cotejo.identity.model import HYPOTHESES, Hypothesis, Model, standard_model
from cotejo.identity.names import Reading
from cotejo.identity.ranking import weigh_all
from cotejo.identity.record import PersonRecord
from cotejo.identity.rival import Rival, likeliest_other, rival_of, who_else
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import IDENTIFIERS, Band, Weighed, decisive_field
from cotejo.rules.words import Text

_READING_ORDER: Final = tuple(Verdict)
_PLACE_OF_LEVEL: Final = tuple(_READING_ORDER.index(verdict_of(level)) for level in LEVELS)
# Natural logarithms: much makes one reading twenty times likelier, a little one and a half times.
_MUCH: Final = math.log(20)
_LITTLE: Final = math.log(1.5)
# Columns of weights of the fields, and of the parents of people who share that parent's surname anyway.
_FIELDS: Final = tuple(Field)
_COLUMNS: Final = [COLUMNS_OF_WEIGHTS.index(field) for field in Field]
_OF_SAME_SURNAME: Final = {
    _FIELDS.index(parent): (COLUMNS_OF_WEIGHTS.index(apart), _FIELDS.index(surname))
    for parent, apart, surname in (
        (Field.FATHER, FATHER_OF_SAME_SURNAME, Field.FIRST_SURNAME),
        (Field.MOTHER, MOTHER_OF_SAME_SURNAME, Field.SECOND_SURNAME),
    )
}
_SURNAME_SHARED: Final = np.isin(
    np.arange(len(LEVELS)),
    [CODES[level] for level in (Level.SAME, Level.SPELLING, Level.AS_FAR_AS_DOCUMENTED, Level.OTHER_ORDER)],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """One field in words, with both values exactly as documented (empty: not told).

    `adds` says what the field adds to or takes from "the same person", against the likeliest other reading.
    """

    field: Field
    label: Text
    verdict: Verdict
    level: Level
    subject: str
    candidate: str
    adds: Text

    @property
    def words(self) -> Text:
        """Return the line as one sentence."""
        return Text(en=_line("en", self), es=_line("es", self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One possible same person, explained. `lines` are in reading order, differences first.

    `against` says against which other reading the lines add or take. `decisive` is the unknown field that would tell
    most, None when every field is known. `notes` are cautions.
    """

    candidate: PersonRecord
    band: Band
    band_words: Text
    lines: tuple[ExplainedLine, ...]
    against: Text
    counts: Text
    differing: int
    close: int
    unknown: int
    agreeing: int
    rival: Rival | None
    namesakes: int
    namesakes_words: Text
    decisive: Field | None
    decisive_words: Text | None
    notes: tuple[Text, ...]


def explain(
    subject: PersonRecord,
    candidates: Sequence[PersonRecord],
    namesakes: int,
    *,
    rows: int = 0,
    model: Model | None = None,
    tokens: Tokens | None = None,
) -> tuple[Explanation, ...]:
    """Compare one subject with all its candidates, which compete, and explain each in words.

    `namesakes` is how many rows of the register bear the subject's name, `rows` how many it has (0: not known),
    `tokens` its vocabulary if it has one. A search of a register explains whom it finds by itself (`finding`).
    """
    using = model or standard_model()
    pairs = weigh_all(subject, candidates, namesakes, rows=rows, model=using, tokens=tokens)
    return explain_weighed(subject, pairs, namesakes, using)


def explain_weighed(
    subject: PersonRecord, pairs: Sequence[Weighed], namesakes: int, model: Model
) -> tuple[Explanation, ...]:
    """Explain pairs of one subject as they were weighed, in the order given."""
    told = _namesakes(name_of(subject).readings[0], namesakes)
    against = [likeliest_other(pair) for pair in pairs]
    worths = added([pair.comparison for pair in pairs], model, against)
    return tuple(
        _explanation(pair, namesakes, told, model, reading, added_by_field)
        for pair, reading, added_by_field in zip(pairs, against, worths, strict=True)
    )


def added(comparisons: Sequence[Comparison], model: Model, against: Sequence[Hypothesis]) -> list[list[float]]:
    """Return what each field of each pair adds to "the same person" against another reading, in the order of `Field`.

    Natural logarithms; with what the pair as a whole weighs they add up to the difference of its weights.
    """
    if not comparisons:
        return []
    codes = np.frombuffer(b"".join(each.codes for each in comparisons), np.uint8).reshape(len(comparisons), -1)
    columns = np.tile(_COLUMNS, (len(codes), 1))
    for place, (apart, surname) in _OF_SAME_SURNAME.items():
        columns[_SURNAME_SHARED[codes[:, surname]], place] = apart
    logs = model.table[columns, codes[:, : len(_COLUMNS)]]
    other = np.array([HYPOTHESES.index(reading) for reading in against])[:, None, None]
    worths: list[list[float]] = (logs[..., 0] - np.take_along_axis(logs, other, 2)[..., 0]).tolist()
    return worths


def _explanation(
    pair: Weighed, namesakes: int, told: Text, model: Model, against: Hypothesis, worths: Sequence[float]
) -> Explanation:
    comparison = pair.comparison
    codes = comparison.codes
    order = sorted(range(len(_COLUMNS)), key=lambda place: _PLACE_OF_LEVEL[codes[place]])
    subject, candidate = comparison.values
    lines = tuple(
        _explained(_FIELDS[place], LEVELS[codes[place]], subject[place], candidate[place], worths[place])
        for place in order
    )
    places = [_PLACE_OF_LEVEL[code] for code in codes[: len(_COLUMNS)]]
    differing, close, unknown, agreeing = (places.count(place) for place in range(len(_READING_ORDER)))
    decisive = decisive_field(pair, model) if unknown else None
    return Explanation(
        candidate=comparison.candidate,
        band=pair.band,
        band_words=phrases.BANDS[pair.band],
        lines=lines,
        against=_against(who_else(comparison, against)),
        counts=_counted(differing, close, unknown, agreeing),
        differing=differing,
        close=close,
        unknown=unknown,
        agreeing=agreeing,
        rival=rival_of(pair),
        namesakes=namesakes,
        namesakes_words=told,
        decisive=decisive,
        decisive_words=_decisive(comparison, decisive) if decisive else None,
        notes=tuple(_notes(pair, differing=differing)),
    )


def _explained(field: Field, level: Level, subject: str, candidate: str, worth: float) -> ExplainedLine:
    return ExplainedLine(
        field=field,
        label=phrases.FIELDS[field],
        verdict=verdict_of(level),
        level=level,
        subject=subject,
        candidate=candidate,
        adds=_in_words(worth),
    )


def _in_words(worth: float) -> Text:
    if abs(worth) < _LITTLE:
        return phrases.ADDS_NOTHING
    if worth > 0:
        return phrases.ADDS_MUCH if worth >= _MUCH else phrases.ADDS_LITTLE
    return phrases.TAKES_MUCH if worth <= -_MUCH else phrases.TAKES_LITTLE


@lru_cache(maxsize=64)
def _against(who: Text) -> Text:
    return Text(en=phrases.AGAINST.en.format(who=who.en), es=phrases.AGAINST.es.format(who=who.es))


@lru_cache(maxsize=512)
def _counted(differing: int, close: int, unknown: int, agreeing: int) -> Text:
    return phrases.COUNTS.say(differing=differing, close=close, unknown=unknown, agreeing=agreeing)


def _line(language: str, line: ExplainedLine) -> str:
    field, nothing = line.label.in_language(language), phrases.NOT_TOLD.in_language(language)
    return phrases.LINE.in_language(language).format(
        field=field[:1].upper() + field[1:],
        level=phrases.LEVELS[line.level].in_language(language),
        subject=line.subject or nothing,
        candidate=line.candidate or nothing,
    )


def _namesakes(reading: Reading, count: int) -> Text:
    if not (reading.given and reading.first_surname):
        return phrases.NAME_NOT_COUNTED
    name = " ".join(part for part in (reading.given[0], reading.first_surname, reading.second_surname) if part)
    template = phrases.NOBODY_BEARS if not count else phrases.ONE_BEARS if count == 1 else phrases.MANY_BEAR
    return template.say(count=count, name=name)


def _decisive(comparison: Comparison, field: Field) -> Text:
    subject, candidate = (told[_FIELDS.index(field)] for told in comparison.values)
    if subject and candidate:
        where = phrases.BOTH_UNREADABLE
    elif candidate:
        where = phrases.ONLY_REGISTER_TELLS
    else:
        where = phrases.ONLY_REQUEST_TELLS if subject else phrases.NEITHER_TELLS
    return _would_decide(phrases.FIELDS[field], where)


@lru_cache(maxsize=64)
def _would_decide(label: Text, where: Text) -> Text:
    return Text(
        en=phrases.DECIDES.en.format(field=label.en, where=where.en),
        es=phrases.DECIDES.es.format(field=label.es, where=where.es),
    )


def _notes(pair: Weighed, *, differing: int) -> Iterator[Text]:
    comparison = pair.comparison
    if differing and any(comparison.verdict(field) is Verdict.AGREE for field in IDENTIFIERS):
        yield phrases.NUMBER_AGAINST_DETAILS
    if not differing and not pair.enough:
        yield phrases.NEVER_ENOUGH
    if not comparison.usual_reading:
        yield phrases.REREAD
