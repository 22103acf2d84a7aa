"""Where the time of a call goes, part by part, by putting a watched function in the place of each for a while.

A part's time is its own: what a watched function spends in another watched one counts for the other. So the parts and
the rest add up to the whole.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cotejo.doors.cli.bench_figures import Figures


@dataclass(slots=True)
class Stopwatch:
    """Own seconds by part."""

    own: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _inside: list[float] = field(default_factory=list)

    def watched(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is watched."""

        def run(*args: Any, **words: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
            began = time.perf_counter()
            self._inside.append(0.0)
            try:
                return call(*args, **words)
            finally:
                took = time.perf_counter() - began
                self.own[part] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return run

    @contextmanager
    def watching(self, places: dict[str, tuple[Any, str]]) -> Iterator[None]:
        """Watch each part for the length of a block; a place is a module or class and a name in it."""
        right = [(where, name, vars(where)[name]) for where, name in places.values()]
        for part, (where, name) in places.items():
            setattr(where, name, self.watched(part, vars(where)[name]))
        try:
            yield
        finally:
            for where, name, was in right:
                setattr(where, name, was)

    def table(self, count: int, whole: float) -> Figures:
        """Return milliseconds and share of each part of one call, the largest first, and the rest."""
        rows = {**self.own, "the rest": max(0.0, whole - sum(self.own.values()))}
        return {
            part: {"ms": round(1000 * seconds / count, 3), "share": round(seconds / whole, 3)}
            for part, seconds in sorted(rows.items(), key=lambda row: -row[1])
        }
