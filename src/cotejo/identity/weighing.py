"""From levels to a band: four readings of each pair, and candidates that compete. Nothing here decides.

1. Each pair is weighed under four readings (`model.Hypothesis`); a common name makes coincidence likelier.
2. Candidates compete with each other and with "not in this register". Two equal namesakes never both pass one half.
3. `many_agree` needs: an identifier, or two agreeing fields beyond name, sex and place; no difference but of
   birthplace; given name and surname known and not different. Name and birth date alone never reach it (I3, F26).
4. `contradicted` needs a difference. Birth date and a parent that both differ contradict whatever a number says.
5. If taking one field away would leave many details agreeing, the case is not contradicted: it cannot be told.
6. That a record is absent, or a field unknown, weighs nothing (F29).

Scores stay in this room and its file commands: what leaves is a band.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.identity.comparison import Comparison, Line
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.model import HYPOTHESES, Hypothesis, Model

IDENTIFIERS: Final = frozenset({Field.DUI, Field.PASSPORT})
PARENTS: Final = frozenset({Field.FATHER, Field.MOTHER})
NAME_SEX_PLACE: Final = frozenset(
    {Field.GIVEN, Field.FIRST_SURNAME, Field.SECOND_SURNAME, Field.SEX, Field.BIRTH_PLACE}
)
_NAME: Final = (Field.GIVEN, Field.FIRST_SURNAME)


class Band(StrEnum):
    """What people are told of a possible same person; ordered from `contradicted` to `many_agree`."""

    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"
    POSSIBLE = "possible"
    MANY_AGREE = "many_agree"


BANDS: Final = tuple(Band)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One pair's weight under each reading, in the order of `HYPOTHESES`, priors included; natural logarithms."""

    comparison: Comparison
    weights: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        """Return same against every other reading, before competition."""
        same, *others = self.weights
        return same - _log_sum(others)

    @property
    def best_rival(self) -> Hypothesis:
        """Return the likeliest reading other than the same person."""
        return max(HYPOTHESES[1:], key=lambda reading: self.weights[HYPOTHESES.index(reading)])

    def weight(self, reading: Hypothesis) -> float:
        return self.weights[HYPOTHESES.index(reading)]


def weigh(comparison: Comparison, *, namesakes: int, model: Model) -> Weighed:
    """Weigh one pair. `namesakes` is how many rows of the register bear the subject's name."""
    sums = [[prior] for prior in model.priors]
    for line in comparison.lines:
        for total, likelihood in zip(sums, model.likelihoods(line.field, line.level), strict=True):
            total.append(likelihood)
    if comparison.parent_named:
        for total, likelihood in zip(sums, model.parent_named, strict=True):
            total.append(likelihood)
    if not comparison.usual_reading:
        sums[HYPOTHESES.index(Hypothesis.SAME)].append(-model.reading_cost)
    sums[HYPOTHESES.index(Hypothesis.UNRELATED)].append(model.name_cost(namesakes))
    return Weighed(comparison=comparison, weights=tuple(math.fsum(total) for total in sums))


def posteriors(weighed: Sequence[Weighed]) -> tuple[float, ...]:
    """Return for each candidate the share that is left when all compete with each other and with "not here"."""
    top = max((pair.log_odds for pair in weighed), default=0.0)
    shift = max(top, 0.0)
    shares = [math.exp(pair.log_odds - shift) for pair in weighed]
    whole = math.fsum((math.exp(-shift), *shares))
    return tuple(share / whole for share in shares)


def bands(weighed: Sequence[Weighed], model: Model) -> tuple[Band, ...]:
    """Return the band of each candidate, in the order given; the order changes no band."""
    return tuple(_band(pair, posterior, model) for pair, posterior in zip(weighed, posteriors(weighed), strict=True))


def _band(pair: Weighed, posterior: float, model: Model) -> Band:
    lines = pair.comparison.lines
    if _contradicted(pair, model):
        return Band.CONTRADICTED
    if posterior >= model.many_agree_from and many_details_agree(lines, model):
        return Band.MANY_AGREE
    return Band.POSSIBLE if posterior > model.possible_above else Band.CANNOT_TELL


def many_details_agree(lines: Iterable[Line], model: Model) -> bool:
    """Say whether the evidence itself, whatever its weight, allows `many_agree` (I3, F26, F27)."""
    verdicts = {line.field: line.verdict for line in lines}
    if any(verdict is Verdict.DIFFER for field, verdict in verdicts.items() if field is not Field.BIRTH_PLACE):
        return False
    if any(verdicts.get(field, Verdict.UNKNOWN) is Verdict.UNKNOWN for field in _NAME):
        return False
    agreeing = {field for field, verdict in verdicts.items() if verdict is Verdict.AGREE}
    return bool(agreeing & IDENTIFIERS) or len(agreeing - NAME_SEX_PLACE) >= model.fields_beyond_name


def _contradicted(pair: Weighed, model: Model) -> bool:
    lines = pair.comparison.lines
    differing = {line.field for line in lines if line.verdict is Verdict.DIFFER} - {Field.BIRTH_PLACE}
    if not differing:
        return False
    date_and_parents = Field.BIRTH_DATE in differing and bool(PARENTS & differing)
    unlikely = pair.log_odds < math.log(model.contradicted_below / (1 - model.contradicted_below))
    return (date_and_parents or unlikely) and not _one_field_away(lines, differing, model)


def _one_field_away(lines: Sequence[Line], differing: Iterable[Field], model: Model) -> bool:
    return any(many_details_agree([line for line in lines if line.field is not field], model) for field in differing)


def decisive_field(pair: Weighed, model: Model) -> Field | None:
    """Return the unknown field that would tell most between the same person and the likeliest other reading.

    A field the register tells comes before one it does not: one more document about the subject then decides.
    """
    rival = HYPOTHESES.index(pair.best_rival)
    unknown = [line for line in pair.comparison.lines if line.verdict is Verdict.UNKNOWN]
    askable = [line for line in unknown if line.candidate and line.level is not Level.BADLY_WRITTEN] or unknown
    gains = {line.field: _gain(line.field, rival, model) for line in askable}
    return max(gains, key=gains.__getitem__, default=None)


def _gain(field: Field, rival: int, model: Model) -> float:
    """Return how far, on average for the same person, knowing the field would part the two readings."""
    levels = [model.likelihoods(field, level) for level in model.levels_of(field)]
    return math.fsum(math.exp(weights[0]) * (weights[0] - weights[rival]) for weights in levels)


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(math.fsum(math.exp(value - top) for value in values))
