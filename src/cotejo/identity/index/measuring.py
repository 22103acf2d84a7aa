"""How well and how fast a register in a folder answers: recall, latency, memory, size; for `cotejo bench identity`."""

import resource
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from cotejo.identity.finding import find_candidates
from cotejo.identity.index.folder import FolderRegister, keep
from cotejo.identity.model import Model
from cotejo.identity.record import PersonRecord

WARMING: Final = 20
_MIB: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """What was measured; milliseconds for one query found, weighed and its first ten explained, on one core.

    `recall_1` and `recall_10` are shares of the queries whose person is in the register; `cpu_*` are the process's own
    time, which other programs of the machine disturb less. `compared` is how many rows a query compares.
    """

    rows: int
    queries: int
    present: int
    recall_1: float
    recall_10: float
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float
    compared_mean: float
    compared_p95: float
    build_seconds: float
    build_cpu_seconds: float
    open_seconds: float
    index_mib: float
    peak_mib: float


def measure_online(
    records: Iterable[PersonRecord],
    queries: Sequence[PersonRecord],
    truth: Callable[[], Mapping[str, str]],
    *,
    folder: Path,
    model: Model | None = None,
) -> Online:
    """Put a register into an empty folder and ask it; `truth` gives the right row of a query's id, empty when absent.

    `queries` may be filled while `records` is read, and `truth` is called afterwards.
    """
    began, worked = time.perf_counter(), time.process_time()
    rows = keep(folder, records, as_of=0)
    built, spent = time.perf_counter() - began, time.process_time() - worked
    began = time.perf_counter()
    register = FolderRegister(folder, model=model)
    opened = time.perf_counter() - began
    for query in queries[:WARMING]:
        _answer(register, query)
    taken = [_answer(register, query) for query in queries]
    rows_of = truth()
    right = [
        (ids, rows_of[query.id]) for query, (ids, *_rest) in zip(queries, taken, strict=True) if rows_of.get(query.id)
    ]
    wall, cpu, compared = (np.array([each[place] for each in taken]) for place in (1, 2, 3))
    return Online(
        rows=rows,
        queries=len(queries),
        present=len(right),
        recall_1=_share(sum(ids[:1] == (row,) for ids, row in right), len(right)),
        recall_10=_share(sum(row in ids for ids, row in right), len(right)),
        p50_ms=_percentile(wall * 1000, 50),
        p95_ms=_percentile(wall * 1000, 95),
        cpu_p50_ms=_percentile(cpu * 1000, 50),
        cpu_p95_ms=_percentile(cpu * 1000, 95),
        compared_mean=float(compared.mean()) if len(compared) else 0.0,
        compared_p95=_percentile(compared, 95),
        build_seconds=built,
        build_cpu_seconds=spent,
        open_seconds=opened,
        index_mib=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MIB,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _answer(register: FolderRegister, query: PersonRecord) -> tuple[tuple[str, ...], float, float, int]:
    """Return the first ten ids, the seconds by the clock and of this process, and how many rows were compared."""
    began, worked = time.perf_counter(), time.process_time()
    find_candidates(query, register)
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    ranked = register.ranked(query, register.model, first=10)
    return ranked.ids.at(np.arange(min(10, len(ranked)))), wall, cpu, len(ranked)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _percentile(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", share: int) -> float:
    return float(np.percentile(values, share)) if len(values) else 0.0
