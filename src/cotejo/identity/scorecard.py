"""How a model does for groups of people: no group may be served worse than the others by more than a stated margin.

1. The people are invented (`invented_population`), the same for a seed; never a real register.
2. For each group: of the dossiers whose person is in the register, how many are found not below `possible`; of those
   with a namesake in the register, how many are taken for the namesake.
3. Groups: kind of name told, field that is missing, sex, age. Small groups are shown and judge nothing.
4. A group gets worse when its found share falls under that of the base model by more than `MARGIN`, or more of its
   dossiers are taken for a namesake by more than `NAMESAKE_MARGIN`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cotejo.identity.blocking import candidate_pairs, keys_of_files, namesakes
from cotejo.identity.columns import encode, levels
from cotejo.identity.dates import DateState, read_date
from cotejo.identity.documented import name_of
from cotejo.identity.invented_population import Population, Truth
from cotejo.identity.model import Model
from cotejo.identity.names import fold
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, bands_of, compete, log_odds, weights

PEOPLE: Final = 20_000
DOSSIERS: Final = 6_000
MARGIN: Final = 0.02
NAMESAKE_MARGIN: Final = 0.005
FEWEST: Final = 200  # dossiers; a smaller group is shown and judges nothing
_MOST_OF_A_KEY: Final = 1_000
_POSSIBLE: Final = BANDS.index(Band.POSSIBLE)
_AGES: Final = ((1950, "before 1950"), (1970, "1950-1969"), (1990, "1970-1989"), (2100, "1990 or later"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group's figures; shares are of `present` and of `with_namesake`."""

    name: str
    dossiers: int
    present: int
    found: int
    with_namesake: int
    taken_for_namesake: int

    @property
    def found_share(self) -> float:
        return self.found / self.present if self.present else 1.0

    @property
    def namesake_share(self) -> float:
        return self.taken_for_namesake / self.with_namesake if self.with_namesake else 0.0


class Trial:
    """An invented register with dossiers about some of its people, compared once and judged by any model."""

    def __init__(self, seed: int, people: int = PEOPLE, dossiers: int = DOSSIERS) -> None:
        population = Population(persons=people, count=dossiers, seed=seed)
        rows = list(population.register())
        self._dossiers = population.dossiers
        self._truth = [population.truth[dossier.id] for dossier in self._dossiers]
        self._rows = [row.id for row in rows]
        self.tokens = Tokens()
        self.right = encode(rows, self.tokens)
        self.tokens.establish(self.right.token_counts(self.tokens), len(self.right))
        self.left = encode(self._dossiers, self.tokens)
        asked, stored = keys_of_files(self.left, self.right, self.tokens)
        self._i, self._j = candidate_pairs(asked, stored, most=_MOST_OF_A_KEY)
        self._levels = levels(self.left, self._i, self.right, self._j, self.tokens)
        self._borne = namesakes(self.left, stored, self.tokens)[self._i]

    def groups(self, model: Model) -> tuple[Group, ...]:
        """Return the figures of every group under a model."""
        odds = log_odds(weights(self._levels, model, self._borne, len(self.right)))
        told = bands_of(self._levels, odds, compete(odds, self._i), model)
        possible: dict[int, set[str]] = {}
        for pair in np.flatnonzero(told >= _POSSIBLE).tolist():
            possible.setdefault(int(self._i[pair]), set()).add(self._rows[int(self._j[pair])])
        judged: dict[str, list[int]] = {}
        for number, dossier in enumerate(self._dossiers):
            for name in groups_of(dossier):
                judged.setdefault(name, []).append(number)
        return tuple(self._group(name, numbers, possible) for name, numbers in sorted(judged.items()))

    def _group(self, name: str, numbers: Sequence[int], possible: Mapping[int, set[str]]) -> Group:
        def count(holds: Callable[[Truth, set[str]], bool]) -> int:
            return sum(holds(self._truth[number], possible.get(number, set())) for number in numbers)

        return Group(
            name=name,
            dossiers=len(numbers),
            present=count(lambda truth, _: bool(truth.row)),
            found=count(lambda truth, said: bool(truth.row) and truth.row in said),
            with_namesake=count(lambda truth, _: bool(truth.namesakes)),
            taken_for_namesake=count(lambda truth, said: bool(truth.namesakes & said)),
        )


def groups_of(dossier: PersonRecord) -> Iterator[str]:
    """Return the groups a dossier belongs to, by what it tells."""
    yield "all"
    reading = name_of(dossier).readings[0]
    surnames = "two surnames" if reading.second_surname else "one surname"
    yield f"name: {surnames}, {'two given names' if len(reading.given) > 1 else 'one given name'}"
    if reading.married:
        yield "name: married name"
    for field in ("dob", "sex", "pob", "dui", "father", "mother"):
        if not getattr(dossier, field):
            yield f"missing: {field}"
    if dossier.sex:
        yield f"sex: {fold(dossier.sex)[:1]}"
    born = read_date(dossier.dob)
    if born.year and born.state is not DateState.IMPOSSIBLE:
        yield f"born: {next(name for before, name in _AGES if born.year < before)}"


def worse(groups: Sequence[Group], base: Sequence[Group]) -> tuple[str, ...]:
    """Return the names of the groups that are served worse than by the base model, beyond the margins."""
    before = {group.name: group for group in base}
    return tuple(
        group.name
        for group in groups
        if (group.present >= FEWEST and group.found_share < before[group.name].found_share - MARGIN)
        or (
            group.with_namesake >= FEWEST and group.namesake_share > before[group.name].namesake_share + NAMESAKE_MARGIN
        )
    )
