"""Finding and ranking the rows of an index that may be a subject.

1. A row that shares one key with the subject is compared; nothing else decides whether it is. When the keys of a very
   common name would bring more than `MOST_COMPARED` rows, the rarest keys come first (a number is the rarest), a key is
   taken whole or not at all, and the rows left out are counted.
2. Every compared row is weighed with all others (`weighing`); the order is by score. Of rows that are equal in
   everything compared, those that come first are settled by id, so that the register's own order changes nothing.
3. A row that a later change replaced or removed is not found in the older segment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.blocking import NAME_PLACE, SHORT_NAME_PLACE, search_keys, stored_keys
from cotejo.identity.columns import Columns, encode, levels
from cotejo.identity.comparison import Comparison
from cotejo.identity.index.lookup import distinct
from cotejo.identity.index.segment import Segment
from cotejo.identity.index.slips import Numbers, Slips, slip_keys
from cotejo.identity.levels import COLUMNS_OF_LEVELS, LEVELS, Field, Verdict, verdict_of
from cotejo.identity.model import Model
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, IDENTIFIERS, Band, Weighed, bands_of, compete, enough, log_odds, weights

MOST_COMPARED: Final = 20_000
_CONTRADICTED: Final = BANDS.index(Band.CONTRADICTED)
_DIFFERS: Final = np.array([verdict_of(level) is Verdict.DIFFER for level in LEVELS])
_NEAR: Final = np.array([verdict_of(level) in {Verdict.AGREE, Verdict.CLOSE} for level in LEVELS])
_NAMES: Final = [COLUMNS_OF_LEVELS.index(field) for field in (Field.GIVEN, Field.FIRST_SURNAME)]
_NUMBERS: Final = [COLUMNS_OF_LEVELS.index(field) for field in IDENTIFIERS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Every compared row, best first: what was seen (`levels`), its weights, its odds before and after competition.

    `scores` are the log posterior odds; `bands`: places in `weighing.BANDS`. `other_name` marks rows contradicted by
    their name too, with no number near. `not_compared` counts the rows that share a key and were left out; `namesakes`
    those that bear the subject's name; `rows` all rows of the register.
    """

    ids: "Ids"
    levels: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float64]
    odds: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    bands: npt.NDArray[np.uint8]
    other_name: npt.NDArray[np.bool_]
    not_compared: int
    namesakes: int
    rows: int

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def contradicted(self) -> npt.NDArray[np.bool_]:
        """Say of each row whether it is contradicted."""
        marks: npt.NDArray[np.bool_] = self.bands == _CONTRADICTED
        return marks

    def pairs(
        self, subject: PersonRecord, rows: Sequence[tuple[int, PersonRecord]], model: Model
    ) -> tuple[Weighed, ...]:
        """Return what was seen and weighed of some rows, each with its place here, and the records it was seen in."""
        places = np.array([place for place, _row in rows], np.int64)
        seen = self.levels[places]
        sufficient = enough(seen, model).tolist()
        weighed, odds = self.weights[places].tolist(), self.odds[places].tolist()
        return tuple(
            Weighed(
                comparison=Comparison(subject=subject, candidate=row, codes=seen[number].tobytes()),
                weights=tuple(weighed[number]),
                log_odds=odds[number],
                band=BANDS[self.bands[place]],
                enough=sufficient[number],
            )
            for number, (place, row) in enumerate(rows)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ids:
    """The ids of ranked rows, read from the index when asked for."""

    segments: Sequence[Segment]
    which: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]

    def __getitem__(self, place: int) -> str:
        return self.segments[int(self.which[place])].id(int(self.rows[place]))

    def at(self, places: npt.NDArray[np.int64]) -> tuple[str, ...]:
        """Return the ids at these places."""
        return tuple(self[int(place)] for place in places)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment, the words in it, and which of its rows no longer hold (sorted row numbers)."""

    segment: Segment
    slips: Slips
    gone: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.segment) - len(self.gone)


def rank(
    subject: PersonRecord, parts: Sequence[Part], tokens: Tokens, model: Model, *, first: int, everybody: bool = False
) -> Ranked:
    """Compare a subject with every row that shares a key, and rank them; ties are settled among the `first` ones.

    With `everybody` every row is compared, whatever its keys.
    """
    with tokens.passing():
        asked = encode([subject], tokens)
        namesakes = _bearing(asked, parts, tokens)
        found, left_out = ([_every(part) for part in parts], 0) if everybody else _candidates(asked, parts, tokens)
        compared = np.concatenate([_levels(asked, part, rows, tokens) for part, rows in zip(parts, found, strict=True)])
    rows_in_all = sum(map(len, parts))
    weighed = weights(compared, model, namesakes, rows_in_all)
    odds = log_odds(weighed) if len(compared) else np.zeros(0)
    scores = compete(odds, np.zeros(len(odds), np.int64)) if len(odds) else odds
    bands = bands_of(compared, odds, scores, model)
    which = np.repeat(np.arange(len(parts)), [len(rows) for rows in found])
    rows = np.concatenate(found)
    segments = tuple(part.segment for part in parts)
    order = _in_order(odds, Ids(segments, which, rows), first)
    other_name = (
        (bands == _CONTRADICTED) & _DIFFERS[compared[:, _NAMES]].any(axis=1) & ~_NEAR[compared[:, _NUMBERS]].any(axis=1)
    )
    return Ranked(
        ids=Ids(segments, which[order], rows[order]),
        levels=compared[order],
        weights=weighed[order],
        odds=odds[order],
        scores=scores[order],
        bands=bands[order],
        other_name=other_name[order],
        not_compared=left_out,
        namesakes=namesakes,
        rows=rows_in_all,
    )


def _in_order(odds: npt.NDArray[np.float64], ids: Ids, first: int) -> npt.NDArray[np.int64]:
    """Return the places of the pairs, best first; equal ones that begin among the `first` are ordered by id."""
    order = np.argsort(-odds, kind="stable")
    ordered = odds[order]
    start = 0
    while start < min(first, len(order)):
        end = int(np.searchsorted(-ordered, -ordered[start], "right"))
        if end - start > 1:
            order[start:end] = sorted(order[start:end].tolist(), key=ids.__getitem__)
        start = end
    return order


def _levels(asked: Columns, part: Part, rows: npt.NDArray[np.int64], tokens: Tokens) -> npt.NDArray[np.uint8]:
    near = part.segment.columns.take(rows)  # rows lie all over the file: fetched together they wait for memory together
    return levels(asked, np.zeros(len(rows), np.int64), near, np.arange(len(rows)), tokens)


def _candidates(asked: Columns, parts: Sequence[Part], tokens: Tokens) -> tuple[list[npt.NDArray[np.int64]], int]:
    """Return the rows of each part that share a key, and how many were left out."""
    slipped = slip_keys(asked, [part.slips for part in parts], tokens)
    every_key = distinct(np.concatenate([search_keys(asked, tokens)[0], slipped]))
    keys: Numbers = every_key[every_key != 0]
    ranges = [part.segment.ranges(keys) for part in parts]
    sizes = np.sum([ends - starts for starts, ends in ranges], axis=0) if parts else np.zeros(len(keys), np.int64)
    rarest_first = np.argsort(sizes, kind="stable")
    taken = np.cumsum(sizes[rarest_first]) <= MOST_COMPARED
    taken[:1] = True
    kept, left = rarest_first[taken], rarest_first[~taken]
    found = [_rows(part, starts[kept], ends[kept]) for part, (starts, ends) in zip(parts, ranges, strict=True)]
    if not len(left):
        return found, 0
    all_rows = (_rows(part, *bounds) for part, bounds in zip(parts, ranges, strict=True))
    return found, sum(len(every) - len(rows) for every, rows in zip(all_rows, found, strict=True))


def _bearing(asked: Columns, parts: Sequence[Part], tokens: Tokens) -> int:
    """Return how many rows bear the subject's name by sound, both surnames where it has two (`blocking.namesakes`)."""
    own = stored_keys(asked, tokens)[0]
    name = own[[NAME_PLACE]] if own[NAME_PLACE] else own[[SHORT_NAME_PLACE]]
    if not name[0]:
        return 0
    return sum(len(_rows(part, *part.segment.ranges(name))) for part in parts)


def _rows(part: Part, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    rows = part.segment.rows_at(starts, ends)
    if len(part.gone):
        rows = rows[~np.isin(rows, part.gone, assume_unique=True)]
    return rows.astype(np.int64)


def _every(part: Part) -> npt.NDArray[np.int64]:
    return np.setdiff1d(np.arange(len(part.segment)), part.gone, assume_unique=True)
