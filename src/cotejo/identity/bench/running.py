"""`cotejo bench identity`: one invented population, this engine and its peers, every figure with its count.

1. The population is written to files and linked from them as `cotejo link` does, with the model learnt from them.
   Reading and learning are in our time, reading is not in Splink's.
2. Wall and processor time are both told: on a busy machine only the second, and ratios within one run, mean anything.
3. Peers run when they are installed (`tantivy`; Splink is always there) and not left out by the caller, who may bring
   others: each is given the register, the dossiers and the truth, and says why when it measured nothing.
4. Nothing here touches a real register; invented rates rank designs and promise nothing.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from cotejo.identity.bench.figures import Known, Linked, figures
from cotejo.identity.bench.limit import limit
from cotejo.identity.blocking import keys_of_files
from cotejo.identity.bulk.blocks import Blocks
from cotejo.identity.bulk.linking import Scored, linked
from cotejo.identity.bulk.reading import People, read_people
from cotejo.identity.bulk.splink_blocking import DuckDB
from cotejo.identity.fitting import learn
from cotejo.identity.index.measuring import measure_online
from cotejo.identity.invented_population import Population, Truth
from cotejo.identity.levels import COLUMNS_OF_LEVELS
from cotejo.identity.model import Model, standard_model
from cotejo.identity.record import PersonRecord
from cotejo.identity.register_file import written
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, enough

LABELLED: Final = (10_000, 5_000)
"""How many people and dossiers of another seed the peer with labels learns from."""
MOST_ASKED: Final = 2_000
"""How many dossiers are asked one at a time."""
SPLINK_OWN: Final = 0.0  # bits: its neutral match weight
Peer = Callable[[Iterable[PersonRecord], Sequence[PersonRecord], Mapping[str, Truth]], dict[str, Any]]
_MANY: Final = BANDS.index(Band.MANY_AGREE)


def measured(
    persons: int,
    dossiers: int,
    seed: int,
    *,
    peers: Sequence[str] = (),
    others: Mapping[str, Peer] = MappingProxyType({}),
    linking: bool = True,
    online: bool = True,
    model: Model | None = None,
) -> dict[str, Any]:
    """Invent, link, ask, and return the figures of everybody; without `linking` only ask, which needs no peers."""
    result: dict[str, Any] = {"persons": persons, "dossiers": dossiers, "seed": seed}
    if linking:
        result |= _linked(persons, dossiers, seed, peers, others, model)
    if online:
        with tempfile.TemporaryDirectory(prefix="cotejo-bench-") as folder:
            asked = Population(persons=persons, count=min(dossiers, MOST_ASKED), seed=seed)
            told = measure_online(
                asked.register(),
                asked.dossiers,
                lambda: {dossier: truth.row for dossier, truth in asked.truth.items()},
                folder=Path(folder) / "online",
                model=model,
            )
        result["online"] = asdict(told)
    return result


def _linked(
    persons: int, dossiers: int, seed: int, peers: Sequence[str], others: Mapping[str, Peer], model: Model | None
) -> dict[str, Any]:
    population = Population(persons=persons, count=dossiers, seed=seed)
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="cotejo-bench-") as folder:
        left, right = Path(folder) / "dossiers.csv", Path(folder) / "register.csv"
        began = time.perf_counter()
        _write(right, population.register())
        _write(left, iter(population.dossiers))
        result["invent_s"] = round(time.perf_counter() - began, 1)
        people, tokens, known, result["cotejo"] = _ours(left, right, population, model)
        for variant in peers:
            result[f"splink_{variant}"] = _splink(variant, people, tokens, population, known, seed)
        if peers and find_spec("tantivy"):
            from cotejo.identity.bench.tantivy_peer import recall

            others = {"tantivy": recall, **others}
        for name, peer in others.items():
            result[name] = peer(population.register_again(), population.dossiers, population.truth)
    return result


def _ours(
    left: Path, right: Path, population: Population, model: Model | None
) -> tuple[list[People], Tokens, Known, dict[str, Any]]:
    began, cpu = time.perf_counter(), _processor()
    people, tokens = read_people([left, right])
    read = time.perf_counter()
    if model is None:
        model = learn(people[0].columns, people[1].columns, tokens, standard_model())
    learnt = time.perf_counter()
    chunks = list(linked(people[0].columns, people[1].columns, tokens, model=model, blocking=DuckDB()))
    done = time.perf_counter()
    times = {
        "read_s": round(read - began, 1),
        "learn_s": round(learnt - read, 1),
        "link_s": round(done - learnt, 1),
        "wall_s": round(done - began, 1),
        "cpu_s": round(_processor() - cpu, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "many_agree_without_evidence": sum(_unfounded(chunk, model) for chunk in chunks),
    }
    ids = people[0].ids.to_pylist()
    known = Known(ids, people[1].ids.to_pylist(), population.truth)
    pairs = _pairs(chunks)
    styles = [population.truth[dossier].style for dossier in ids]
    offices = np.unique(styles, return_inverse=True)[1]
    told = figures(pairs, known, own_threshold=0.0)
    told |= {f"limit_{name}": each for name, each in limit(pairs, _levels(chunks), known, offices).items()}
    return people, tokens, known, {**times, **told}


def _splink(
    variant: str, people: list[People], tokens: Tokens, population: Population, known: Known, seed: int
) -> dict[str, Any]:
    from cotejo.identity.bench import splink_peer

    left, right = people
    keys = Blocks(*keys_of_files(left.columns, right.columns, tokens))
    tables = splink_peer.with_keys(
        splink_peer.cleaned(population.dossiers), splink_peer.cleaned(population.register_again()), keys
    )
    labelled = splink_peer.labelled(*LABELLED, seed=seed + 1_000) if variant == "expert_labels" else None
    told = splink_peer.measure(variant, *tables, labelled)
    return {
        "training_s": told.training_s,
        "predicting_s": told.predicting_s,
        "wall_s": round(told.training_s + told.predicting_s, 1),
        "cpu_s": told.cpu_s,
        **figures(told.linked, known, own_threshold=SPLINK_OWN),
        "best_only": figures(told.linked.best_only(), known, own_threshold=SPLINK_OWN),
    }


def _unfounded(chunk: Scored, model: Model) -> int:
    """Return how many pairs are said to agree in many details on name, sex and place alone."""
    return int(np.count_nonzero((chunk.bands == _MANY) & ~enough(chunk.levels, model)))


def _pairs(chunks: Sequence[Scored]) -> Linked:
    nothing = np.zeros(0, np.int64)
    return Linked(
        dossiers=np.concatenate([nothing, *(chunk.left for chunk in chunks)]),
        rows=np.concatenate([nothing, *(chunk.right for chunk in chunks)]),
        scores=np.concatenate([np.zeros(0), *(chunk.scores for chunk in chunks)]),
    )


def _levels(chunks: Sequence[Scored]) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    return np.concatenate([np.zeros((0, len(COLUMNS_OF_LEVELS)), np.uint8), *(chunk.levels for chunk in chunks)])


def _write(path: Path, records: Iterator[PersonRecord]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(written(records))


def _processor() -> float:
    """Return the processor seconds of this process and of those it waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
