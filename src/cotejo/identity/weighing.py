"""From levels to a band: four readings of each pair, and candidates that compete. Nothing here decides.

1. Each pair is weighed under four readings (`model.Hypothesis`); a common name makes coincidence likelier.
2. Candidates compete with each other and with "not in this register". Two equal namesakes never both pass one half.
3. `many_agree` needs: an identifier, or two agreeing fields beyond name, sex and place; no difference but of
   birthplace; given name and surname known and not different. Name and birth date alone never reach it (I3, F26).
4. `contradicted` needs a difference. Birth date and a parent that both differ contradict whatever a number says.
5. If taking one field away would leave many details agreeing, the case is not contradicted: it cannot be told.
6. That a record is absent, or a field unknown, weighs nothing (F29).

This is the one law of weighing: pages, files and the index call these functions on arrays of pairs, one row a pair.
Scores stay in this room and its file commands: what leaves is a band.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.comparison import Comparison
from cotejo.identity.kernel_pairs import gains_of_levels, mark_levels, weigh_levels
from cotejo.identity.levels import COLUMNS_OF_LEVELS, LEVELS, Field, Level, Verdict, verdict_of
from cotejo.identity.model import HYPOTHESES, Hypothesis, Model

IDENTIFIERS: Final = frozenset({Field.DUI, Field.PASSPORT})
PARENTS: Final = frozenset({Field.FATHER, Field.MOTHER})
NAME_SEX_PLACE: Final = frozenset(
    {Field.GIVEN, Field.FIRST_SURNAME, Field.SECOND_SURNAME, Field.SEX, Field.BIRTH_PLACE}
)
Levels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Fields = npt.NDArray[np.int32]


class Band(StrEnum):
    """What people are told of a possible same person; ordered from `contradicted` to `many_agree`."""

    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"
    POSSIBLE = "possible"
    MANY_AGREE = "many_agree"


BANDS: Final = tuple(Band)
_CONTRADICTED, _CANNOT_TELL, _POSSIBLE, _MANY_AGREE = range(len(BANDS))


def _bits(fields: Iterable[Field]) -> int:
    return sum(1 << COLUMNS_OF_LEVELS.index(field) for field in fields)


_FIELDS: Final = tuple(Field)
_SHOWN: Final = len(_FIELDS)
_GROUPS: Final = (Verdict.DIFFER, Verdict.AGREE, Verdict.UNKNOWN)
_VERDICTS: Final = np.array(
    [
        sum(1 << _SHOWN * place for place, verdict in enumerate(_GROUPS) if verdict_of(level) is verdict)
        for level in LEVELS
    ],
    np.int32,
)
_NAME: Final = _bits((Field.GIVEN, Field.FIRST_SURNAME))
_BIRTH: Final = _bits((Field.BIRTH_DATE,))
_PARENTS: Final = _bits(PARENTS)
_DIFFERENCES: Final = _bits(frozenset(Field) - {Field.BIRTH_PLACE})
"""Of the first group: a birthplace that differs is left out."""
_AGREES_BY_NUMBER: Final = _bits(IDENTIFIERS) << _SHOWN
_AGREES_BEYOND: Final = _bits(frozenset(Field) - NAME_SEX_PLACE) << _SHOWN
_NAME_UNKNOWN: Final = _NAME << 2 * _SHOWN


def weights(levels: Levels, model: Model, namesakes: npt.ArrayLike, rows: int = 0) -> Floats:
    """Return the weight of each pair under each reading, in the order of `HYPOTHESES`, priors included.

    Natural logarithms. `namesakes`: how many rows of the register bear the subject's name, one number or one a pair;
    `rows`: how many rows the register has (0: not known).
    """
    borne = np.ascontiguousarray(np.broadcast_to(model.borne(namesakes, rows), len(levels)))
    out = np.empty((len(levels), len(HYPOTHESES)))
    weigh_levels(np.ascontiguousarray(levels), model.table, model.priors_among(rows), borne, out)
    return out


def gains(levels: Levels, model: Model, namesakes: npt.ArrayLike, rows: int = 0) -> Floats:
    """Return what each field of each pair adds for the same person against strangers, and in the last place the rest.

    With the prior of the same person they add up to what `weights` says of the same person against strangers.
    """
    borne = np.ascontiguousarray(np.broadcast_to(model.borne(namesakes, rows), len(levels)))
    out = np.zeros((len(levels), _SHOWN + 1))
    gains_of_levels(np.ascontiguousarray(levels), model.table, borne, out)
    return out


def log_odds(weighed: Floats) -> Floats:
    """Return same against every other reading, before competition."""
    same, *others = np.ascontiguousarray(weighed.T)
    top = np.maximum.reduce(others)
    result: Floats = same - top - np.log(sum(np.exp(each - top) for each in others))
    return result


def compete(odds: Floats, subjects: npt.ArrayLike) -> Floats:
    """Return log posterior odds after candidates of one subject competed with each other and with "not here".

    `odds`: log odds before competition, one a pair; `subjects`: whose candidate each is, in any order.
    """
    whose, number = np.unique(np.asarray(subjects), return_inverse=True)
    top = np.full(len(whose), -np.inf)
    np.maximum.at(top, number, odds)
    best = np.zeros(len(whose), np.int64)
    likeliest = np.flatnonzero(odds == top[number])
    best[number[likeliest]] = likeliest
    shift = np.maximum(top, 0.0)
    shares = np.exp(odds - shift[number])
    others = shares.copy()
    others[best] = 0.0
    without_best = np.exp(-shift) + np.bincount(number, weights=others, minlength=len(whose))
    rest = without_best[number] + shares[best][number] - shares
    rest[best] = without_best  # taking the largest share away again would leave little but rounding
    result: Floats = odds - shift[number] - np.log(rest)
    return result


def enough(levels: Levels, model: Model) -> Marks:
    """Say of each pair whether the evidence itself, whatever its weight, allows `many_agree` (I3, F26, F27)."""
    fields = _marked(levels)
    result: Marks = (fields & _DIFFERENCES == 0) & _told_enough(fields, model)
    return result


def bands_of(levels: Levels, odds: Floats, scores: Floats, model: Model) -> npt.NDArray[np.uint8]:
    """Return the band of each pair as an index into `BANDS`, from its levels and its odds before and after."""
    fields = _marked(levels)
    differ, enough_told = fields & _DIFFERENCES, _told_enough(fields, model)
    told = np.full(len(levels), _CANNOT_TELL, np.uint8)
    told[scores > _logit(model.possible_above)] = _POSSIBLE
    told[(scores >= _logit(model.many_agree_from)) & (differ == 0) & enough_told] = _MANY_AGREE
    told[_contradicted(differ, enough_told, odds, model)] = _CONTRADICTED
    return told


def _marked(levels: Levels) -> Fields:
    """Return of each pair which fields differ, agree and are unknown: a bit a field, in three groups."""
    out = np.empty(len(levels), np.int32)
    mark_levels(np.ascontiguousarray(levels), _VERDICTS, out)
    return out


def _told_enough(fields: Fields, model: Model) -> Marks:
    named = fields & _NAME_UNKNOWN == 0
    beyond = np.bitwise_count(fields & _AGREES_BEYOND) >= model.fields_beyond_name
    result: Marks = named & ((fields & _AGREES_BY_NUMBER != 0) | beyond)
    return result


def _contradicted(differ: Fields, enough_told: Marks, odds: Floats, model: Model) -> Marks:
    date_and_parents = (differ & _BIRTH != 0) & (differ & _PARENTS != 0)
    unlikely = odds < _logit(model.contradicted_below)
    one_field_away = (np.bitwise_count(differ) == 1) & (differ & _NAME == 0) & enough_told
    result: Marks = (differ != 0) & (date_and_parents | unlikely) & ~one_field_away
    return result


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One pair, what was seen, its weights in the order of `HYPOTHESES`, its odds before competition, and its band."""

    comparison: Comparison
    weights: tuple[float, ...]
    log_odds: float
    band: Band
    enough: bool

    @property
    def best_rival(self) -> Hypothesis:
        """Return the likeliest reading other than the same person."""
        return max(HYPOTHESES[1:], key=lambda reading: self.weights[HYPOTHESES.index(reading)])

    def weight(self, reading: Hypothesis) -> float:
        return self.weights[HYPOTHESES.index(reading)]


def decisive_field(pair: Weighed, model: Model) -> Field | None:
    """Return the unknown field that would tell most between the same person and the likeliest other reading.

    A field the register tells comes before one it does not: one more document about the subject then decides.
    """
    rival = HYPOTHESES.index(pair.best_rival)
    levels = [LEVELS[code] for code in pair.comparison.codes[:_SHOWN]]
    held = pair.comparison.values[1]
    unknown = [place for place, level in enumerate(levels) if verdict_of(level) is Verdict.UNKNOWN]
    askable = [place for place in unknown if held[place] and levels[place] is not Level.BADLY_WRITTEN] or unknown
    gains = {_FIELDS[place]: model.gains[_FIELDS[place], rival] for place in askable}
    return max(gains, key=gains.__getitem__, default=None)
