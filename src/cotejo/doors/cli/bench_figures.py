"""How figures are told: the machine they come from, times with their spread, ratios of pairs with theirs.

1. A ratio is of two things done one after the other, again and again, in one run: what the machine does besides falls
   on both. Its spread is that of the pairs.
2. Seconds by the clock are told beside the processor's own seconds of the measuring process.
"""

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

Figures = dict[str, Any]
HUNDRED: Final = 100
CPU_INFO: Final = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds by the clock and seconds of this process's processor time."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Do some work and say what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)


def machine() -> Figures:
    """Return what this machine is and how busy it was at this moment."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "load_at_start": [round(each, 2) for each in os.getloadavg()],
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def percentile(values: Sequence[float], share: int) -> float:
    """Return the smallest value that so many of a hundred do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-share * len(ordered) // HUNDRED) - 1)]


def times(seconds: Sequence[float]) -> Figures:
    """Return count, median, 95th and 99th percentile and the longest, in milliseconds."""
    return {
        "count": len(seconds),
        "p50_ms": _millis(median(seconds)),
        "p95_ms": _millis(percentile(seconds, 95)),
        "p99_ms": _millis(percentile(seconds, 99)),
        "longest_ms": _millis(max(seconds)),
    }


def pace(each: Sequence[Spent]) -> Figures:
    """Return how fast a row of equal things went."""
    wall, cpu = sum(one.wall for one in each), sum(one.cpu for one in each)
    return {
        "count": len(each),
        "seconds": round(wall, 3),
        "processor_seconds": round(cpu, 3),
        "per_second": round(len(each) / wall, 1),
        "median_ms": _millis(median(one.wall for one in each)),
    }


def ratio(ours: Sequence[Spent], floor: Sequence[Spent]) -> Figures:
    """Return what share of the floor's pace we reach: over all, and of the pairs (median and quartiles)."""
    return {
        "by_the_clock": _ratio([one.wall for one in ours], [one.wall for one in floor]),
        "by_the_processor": _ratio([one.cpu for one in ours], [one.cpu for one in floor]),
    }


def _ratio(ours: Sequence[float], floor: Sequence[float]) -> Figures:
    pairs = [below / max(here, 1e-9) for here, below in zip(ours, floor, strict=True)]
    return {
        "over_all": round(sum(floor) / max(sum(ours), 1e-9), 3),
        "median_of_pairs": round(median(pairs), 3),
        "quartiles_of_pairs": [round(percentile(pairs, share), 3) for share in (25, 75)],
    }


def _millis(seconds: float) -> float:
    return round(seconds * 1000, 3)


def _processor() -> str:
    try:
        lines = CPU_INFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
