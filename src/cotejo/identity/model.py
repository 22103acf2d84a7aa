"""The one model file: how much each level weighs under each reading of a pair.

1. Four readings of a pair: the same person, two unrelated persons, siblings or twins, parent and child.
2. A difference never helps: under every other reading it is at least as likely as under "the same person". A model
   that breaks this is refused when it is read.
3. A common name costs (capped); a rare name earns nothing.
4. An unknown field weighs nothing, for or against.
"""

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from cotejo.identity.levels import Field, Level, Verdict, verdict_of


class Hypothesis(StrEnum):
    """What a pair of records may be."""

    SAME = "same"
    UNRELATED = "unrelated"
    SIBLING = "sibling"
    PARENT_CHILD = "parent_child"


HYPOTHESES: Final = tuple(Hypothesis)
Likelihoods = tuple[float, float, float, float]
_NOTHING: Final[Likelihoods] = (0.0, 0.0, 0.0, 0.0)


class ModelError(ValueError):
    """The model file breaks a rule of this module; the message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Natural logarithms of likelihoods by field and level, in the order of `HYPOTHESES`; priors relative to unrelated.

    `many_agree_from`, `possible_above`, `contradicted_below` are posterior probabilities and stay inside this room.
    """

    version: str
    weights: dict[tuple[Field, Level], Likelihoods]
    priors: Likelihoods
    parent_named: Likelihoods
    name_cost_cap: float
    reading_cost: float
    fields_beyond_name: int
    many_agree_from: float
    possible_above: float
    contradicted_below: float

    def likelihoods(self, field: Field, level: Level) -> Likelihoods:
        """Return the logarithms for a level; zeros for what is unknown."""
        return self.weights.get((field, level), _NOTHING)

    def name_cost(self, namesakes: int) -> float:
        """Return what a name borne by so many in the register costs, in natural logarithms; never below 0."""
        return min(self.name_cost_cap, math.log(max(namesakes, 1)))

    def levels_of(self, field: Field) -> tuple[Level, ...]:
        """Return the levels of a field that weigh anything."""
        return tuple(level for owner, level in self.weights if owner is field)


def read_model(text: str) -> Model:
    """Read a model file. Raises `ModelError` naming what is missing or breaks a rule."""
    try:
        data: dict[str, Any] = json.loads(text)
        weights = {
            (Field(field), Level(level)): _checked(field, level, likelihoods)
            for field, levels in data["fields"].items()
            for level, likelihoods in levels.items()
        }
        prior, gate = data["prior"], data["gate"]
        model = Model(
            version=data["version"],
            weights=weights,
            priors=(math.log(prior["same"]), 0.0, math.log(prior["sibling"]), math.log(prior["parent_child"])),
            parent_named=_logs("parent_named", data["parent_named"]),
            name_cost_cap=float(data["name_cost_cap"]),
            reading_cost=float(data["reading_cost"]),
            fields_beyond_name=int(gate["fields_beyond_name"]),
            many_agree_from=float(gate["many_agree_from"]),
            possible_above=float(gate["possible_above"]),
            contradicted_below=float(gate["contradicted_below"]),
        )
    except ModelError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the model file cannot be read: {error!r}") from error
    _check_whole(model)
    return model


@lru_cache(maxsize=1)
def standard_model() -> Model:
    """Return the model that comes with this package."""
    return read_model(resources.files("cotejo.identity").joinpath("model.json").read_text("utf-8"))


def _checked(field: str, level: str, likelihoods: list[float]) -> Likelihoods:
    where = f"{field}.{level}"
    logs = _logs(where, likelihoods)
    if verdict_of(Level(level)) is Verdict.DIFFER and logs[0] > min(logs):
        raise ModelError(f"{where}: a difference must not speak for the same person")
    return logs


def _logs(where: str, likelihoods: list[float]) -> Likelihoods:
    if len(likelihoods) != len(HYPOTHESES):
        raise ModelError(f"{where}: {len(HYPOTHESES)} likelihoods wanted, {len(likelihoods)} found")
    if not all(0 < value <= 1 for value in likelihoods):
        raise ModelError(f"{where}: a likelihood lies above 0 and not above 1")
    first, second, third, fourth = (math.log(value) for value in likelihoods)
    return first, second, third, fourth


def _check_whole(model: Model) -> None:
    missing = [field for field in Field if not model.levels_of(field)]
    if missing:
        raise ModelError(f"no levels for {', '.join(missing)}")
    if not 0 < model.contradicted_below < model.possible_above < model.many_agree_from < 1:
        raise ModelError("gate: 0 < contradicted_below < possible_above < many_agree_from < 1 is wanted")
    if model.possible_above < 0.5:  # noqa: PLR2004 - one half: two equal namesakes must never both pass
        raise ModelError("gate: possible_above below one half would let two equal namesakes pass")
    if model.fields_beyond_name < 2:  # noqa: PLR2004 - invariant I3
        raise ModelError("gate: fields_beyond_name below 2 would let a name and a birth date pass")
    if min(model.name_cost_cap, model.reading_cost) < 0:
        raise ModelError("a name can only cost")
