"""Why a register row may or may not be the person of a request: words for the officers who decide.

1. Differences come first, then what nearly agrees, then what is not known (counted), then what agrees (F27).
2. The other reading that explains the pair as well is named, with how many here bear the name.
3. No number leaves but counts: no score, no percentage, no rank. Candidates come in an order that depends on them
   alone, not on the order they were given in.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cotejo.identity import phrases
from cotejo.identity.comparison import Comparison, Line
from cotejo.identity.documented import name_of
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.model import HYPOTHESES, Model, standard_model
from cotejo.identity.names import Reading
from cotejo.identity.ranking import weigh_all
from cotejo.identity.record import PersonRecord
from cotejo.identity.rival import Rival, rival_of, who_else
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import IDENTIFIERS, Band, Weighed, decisive_field
from cotejo.rules.words import Text

_READING_ORDER: Final = tuple(Verdict)
# Natural logarithms: much makes one reading twenty times likelier, a little one and a half times.
_MUCH: Final = math.log(20)
_LITTLE: Final = math.log(1.5)
_SURNAME_OF: Final = {Field.FATHER: Field.FIRST_SURNAME, Field.MOTHER: Field.SECOND_SURNAME}
_HELD: Final = frozenset({Verdict.AGREE, Verdict.CLOSE})


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
    return tuple(_explanation(pair, namesakes, told, model) for pair in pairs)


def _explanation(pair: Weighed, namesakes: int, told: Text, model: Model) -> Explanation:
    lines = sorted(
        (_explained(line, pair, model) for line in pair.comparison.lines),
        key=lambda line: _READING_ORDER.index(line.verdict),
    )
    count = Counter(line.verdict for line in lines)
    counts = {
        "differing": count[Verdict.DIFFER],
        "close": count[Verdict.CLOSE],
        "unknown": count[Verdict.UNKNOWN],
        "agreeing": count[Verdict.AGREE],
    }
    decisive = decisive_field(pair, model)
    return Explanation(
        candidate=pair.comparison.candidate,
        band=pair.band,
        band_words=phrases.BANDS[pair.band],
        lines=tuple(lines),
        against=_against(pair),
        counts=phrases.COUNTS.say(**counts),
        **counts,
        rival=rival_of(pair),
        namesakes=namesakes,
        namesakes_words=told,
        decisive=decisive,
        decisive_words=_decisive(pair.comparison, decisive) if decisive else None,
        notes=tuple(_notes(pair)),
    )


def _explained(line: Line, pair: Weighed, model: Model) -> ExplainedLine:
    return ExplainedLine(
        field=line.field,
        label=phrases.FIELDS[line.field],
        verdict=line.verdict,
        level=line.level,
        subject=line.subject,
        candidate=line.candidate,
        adds=_adds(line, pair, model),
    )


def _adds(line: Line, pair: Weighed, model: Model) -> Text:
    same_surname = pair.comparison.verdict(_SURNAME_OF[line.field]) in _HELD if line.field in _SURNAME_OF else False
    column = f"{line.field}_of_same_surname" if same_surname else line.field
    logs = model.likelihoods(column, line.level)
    worth = logs[0] - logs[HYPOTHESES.index(pair.best_rival)]
    if abs(worth) < _LITTLE:
        return phrases.ADDS_NOTHING
    if worth > 0:
        return phrases.ADDS_MUCH if worth >= _MUCH else phrases.ADDS_LITTLE
    return phrases.TAKES_MUCH if worth <= -_MUCH else phrases.TAKES_LITTLE


def _against(pair: Weighed) -> Text:
    who = who_else(pair.comparison, pair.best_rival)
    return Text(en=phrases.AGAINST.en.format(who=who.en), es=phrases.AGAINST.es.format(who=who.es))


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
    line = next(line for line in comparison.lines if line.field is field)
    if line.subject and line.candidate:
        where = phrases.BOTH_UNREADABLE
    elif line.candidate:
        where = phrases.ONLY_REGISTER_TELLS
    else:
        where = phrases.ONLY_REQUEST_TELLS if line.subject else phrases.NEITHER_TELLS
    label = phrases.FIELDS[field]
    return Text(
        en=phrases.DECIDES.en.format(field=label.en, where=where.en),
        es=phrases.DECIDES.es.format(field=label.es, where=where.es),
    )


def _notes(pair: Weighed) -> list[Text]:
    comparison = pair.comparison
    differing = [line.field for line in comparison.lines if line.verdict is Verdict.DIFFER]
    numbers_agree = any(comparison.verdict(field) is Verdict.AGREE for field in IDENTIFIERS)
    notes = []
    if numbers_agree and differing:
        notes.append(phrases.NUMBER_AGAINST_DETAILS)
    if not differing and not pair.enough:
        notes.append(phrases.NEVER_ENOUGH)
    if not comparison.usual_reading:
        notes.append(phrases.REREAD)
    return notes
