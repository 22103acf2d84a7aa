"""The one model file: how much each level weighs under each reading of a pair.

1. Four readings of a pair: the same person, two unrelated persons, siblings or twins, parent and child.
2. A difference never helps: under every other reading it is at least as likely as under "the same person". A model
   that breaks this is refused when it is read.
3. A common name costs; a rare name earns nothing: the register is presumed to hold others of the same name.
4. An unknown field weighs nothing, for or against.
5. A model is named by its version and by the SHA-256 of its file. The one that comes with this package must be the file
   this program was made with; another one a node takes only with the node's own signature (`papers.signed_model`).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cotejo.identity.levels import CODES, COLUMNS_OF_WEIGHTS, Level, Verdict, verdict_of


class Hypothesis(StrEnum):
    """What a pair of records may be."""

    SAME = "same"
    UNRELATED = "unrelated"
    SIBLING = "sibling"
    PARENT_CHILD = "parent_child"


HYPOTHESES: Final = tuple(Hypothesis)
Likelihoods = tuple[float, float, float, float]
_LEAST_NAMESAKES: Final = 0.1
_NOTHING: Final[Likelihoods] = (0.0, 0.0, 0.0, 0.0)
STANDARD_DIGEST: Final = "b95fe57a6c3e22e038faef0edd161a523af42c926bf565afbced4c8aae9a9878"
"""SHA-256 of `model.json`; whoever changes that file changes this line with it."""


class ModelError(ValueError):
    """The model file breaks a rule of this module; the message names the place."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """Natural logarithms of likelihoods by column and level, in the order of `HYPOTHESES`; priors against "unrelated".

    Columns are those of `levels.COLUMNS_OF_WEIGHTS`. The priors hold for a register of `rows`; in a larger one each row
    is as much less likely to be the person. `many_agree_from`, `possible_above`, `contradicted_below` are posterior
    probabilities and stay inside this room. `digest` is the SHA-256 of the file it was read from, in hex.
    """

    digest: str
    version: str
    source: str
    reading: str
    weights: dict[tuple[str, Level], Likelihoods]
    priors: Likelihoods
    rows: int
    presumed_namesakes: float
    fields_beyond_name: int
    many_agree_from: float
    possible_above: float
    contradicted_below: float

    def likelihoods(self, column: str, level: Level) -> Likelihoods:
        """Return the logarithms for a level; zeros for what is unknown."""
        return self.weights.get((column, level), _NOTHING)

    def levels_of(self, column: str) -> tuple[Level, ...]:
        """Return the levels of a column that weigh anything."""
        return tuple(level for owner, level in self.weights if owner == column)

    @cached_property
    def table(self) -> npt.NDArray[np.float64]:
        """Return the weights as an array (column, level number, hypothesis)."""
        table = np.zeros((len(COLUMNS_OF_WEIGHTS), len(CODES), len(HYPOTHESES)))
        for (column, level), logs in self.weights.items():
            table[COLUMNS_OF_WEIGHTS.index(column), CODES[level]] = logs
        return table

    @cached_property
    def gains(self) -> dict[tuple[str, int], float]:
        """Return how far, on average for the same person, knowing a column would part it from another reading."""
        logs: dict[str, list[Likelihoods]] = {}
        for (column, _), weights in self.weights.items():
            logs.setdefault(column, []).append(weights)
        return {
            (column, rival): math.fsum(math.exp(each[0]) * (each[0] - each[rival]) for each in listed)
            for column, listed in logs.items()
            for rival in range(len(HYPOTHESES))
        }

    def priors_among(self, rows: int) -> npt.NDArray[np.float64]:
        """Return the priors for a register of so many rows; never more than for one of `self.rows`."""
        less = math.log(max(rows, self.rows) / self.rows)
        same, unrelated, sibling, parent_child = self.priors
        return np.array([same - less, unrelated, sibling - less, parent_child - less])

    def written(self) -> dict[str, Any]:
        """Return the model as its file holds it."""
        fields: dict[str, dict[str, list[float]]] = {}
        for (column, level), logs in self.weights.items():
            fields.setdefault(column, {})[level.value] = [float(f"{math.exp(log):.6g}") for log in logs]
        same, _, sibling, parent_child = (float(f"{math.exp(prior):.6g}") for prior in self.priors)
        return {
            "version": self.version,
            "source": self.source,
            "reading": self.reading,
            "prior": {"rows": self.rows, "same": same, "sibling": sibling, "parent_child": parent_child},
            "presumed_namesakes": self.presumed_namesakes,
            "gate": {
                "fields_beyond_name": self.fields_beyond_name,
                "many_agree_from": self.many_agree_from,
                "possible_above": self.possible_above,
                "contradicted_below": self.contradicted_below,
            },
            "fields": fields,
        }

    def text(self) -> str:
        """Return the text of its file; read back it is a model of the same version that weighs the same."""
        return _filed(self.written())

    def borne(self, namesakes: npt.ArrayLike, rows: int) -> npt.NDArray[np.float64]:
        """Return the logarithm of the share of a register presumed to bear a name that so many of its rows bear."""
        bearing = np.maximum(np.asarray(namesakes, np.float64), self.presumed_namesakes)
        share: npt.NDArray[np.float64] = np.log(bearing / max(rows, self.rows)).clip(max=0.0)
        return share


def read_model(text: str) -> Model:
    """Read a model file. Raises `ModelError` naming what is missing or breaks a rule."""
    try:
        data: dict[str, Any] = json.loads(text)
        weights = {
            (_column(field), Level(level)): _checked(field, level, likelihoods)
            for field, levels in data["fields"].items()
            for level, likelihoods in levels.items()
        }
        prior, gate = data["prior"], data["gate"]
        model = Model(
            digest=sha256(text.encode()).hexdigest(),
            version=str(data["version"]),
            source=str(data["source"]),
            reading=str(data["reading"]),
            weights=weights,
            priors=(math.log(prior["same"]), 0.0, math.log(prior["sibling"]), math.log(prior["parent_child"])),
            rows=int(prior["rows"]),
            presumed_namesakes=float(data["presumed_namesakes"]),
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


def rewritten(
    base: Model,
    likelihoods: dict[str, dict[str, list[float]]],
    *,
    version: str,
    priors: Mapping[str, float] | None = None,
    rows: int = 0,
) -> Model:
    """Return a model with other likelihoods and priors, as its file will say them; its rules are checked again.

    `priors`: how much likelier than unrelated people the same person, siblings, parent and child are for a pair of a
    register of so many `rows`; without them the base model's stay.
    """
    data = base.written()
    data.update(version=version, fields=likelihoods)
    if priors is not None:
        data["prior"] = {"rows": rows, **priors}
    return read_model(read_model(json.dumps(data)).text())


def renamed(model: Model, version: str) -> Model:
    """Return the same model under another version, which is another file."""
    return read_model(_filed(model.written() | {"version": version}))


@lru_cache(maxsize=1)
def standard_model() -> Model:
    """Return the model that comes with this package. Raises `ModelError` when its file was changed."""
    return pinned_model(resources.files("cotejo.identity").joinpath("model.json").read_text("utf-8"), STANDARD_DIGEST)


def pinned_model(text: str, digest: str) -> Model:
    """Read a model that must be the file of this digest. Raises `ModelError`."""
    model = read_model(text)
    if model.digest != digest:
        raise ModelError(f"this is not the model file that came with the program: {model.digest}")
    return model


def _filed(written: dict[str, Any]) -> str:
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"


def _column(name: str) -> str:
    if name not in COLUMNS_OF_WEIGHTS:
        raise ModelError(f"no field is called {name!r}")
    return name


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
    missing = [column for column in COLUMNS_OF_WEIGHTS if not model.levels_of(column)]
    if missing:
        raise ModelError(f"no levels for {', '.join(missing)}")
    if not 0 < model.contradicted_below < model.possible_above < model.many_agree_from < 1:
        raise ModelError("gate: 0 < contradicted_below < possible_above < many_agree_from < 1 is wanted")
    if model.possible_above < 0.5:  # noqa: PLR2004 - one half: two equal namesakes must never both pass
        raise ModelError("gate: possible_above below one half would let two equal namesakes pass")
    if model.fields_beyond_name < 2:  # noqa: PLR2004 - invariant I3
        raise ModelError("gate: fields_beyond_name below 2 would let a name and a birth date pass")
    if model.presumed_namesakes < _LEAST_NAMESAKES:
        raise ModelError(f"presumed_namesakes below {_LEAST_NAMESAKES}: a rare name would certify its bearer")
    if model.rows < 1:
        raise ModelError("prior.rows: at least one row")
