"""Running many seeds, finding planted faults, and making a failure short enough to read.

1. A failing seed plays again: same seed, same script, same check. That is tried before anything is said of it.
2. It is shrunk by leaving out events for as long as the same check fails: halves first, then less and less.
3. Every eighth seed is also played twice and compared (I6).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from cotejo.simulation.events import Event
from cotejo.simulation.mutants import BY_NAME, Mutant, planted
from cotejo.simulation.unseen import difference, fit
from cotejo.simulation.world import Broken, World

COMPARED_EVERY: Final = 8
UNSEEN: Final = "i6_unseen"
MOST_TRIES: Final = 250
Again = Callable[[tuple[Event, ...]], "Failure | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What did not hold: in which check, where, what was found; the script that shows it and what happened in it."""

    seed: int
    check: str
    where: str
    found: str
    script: tuple[Event, ...]
    told: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """One seed: how many events were played, what happened how often, and the failure, if any."""

    seed: int
    events: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    failure: Failure | None = None


def run_seed(seed: int, steps: int, mutant: Mutant | None = None) -> Outcome:
    """Play one seed, with a fault planted or without."""
    more, lies = (mutant.more, mutant.lies) if mutant else ((), ())
    script = World.script_for(seed, steps, more=more)
    with planted(mutant):
        outcome = _played(seed, script, lies)
        compared = mutant.unseen if mutant else seed % COMPARED_EVERY == 0
        if outcome.failure is None and compared:
            outcome.failure = _compared(seed, script, lies)
    return outcome


def _played(seed: int, script: tuple[Event, ...], lies: tuple[str, ...]) -> Outcome:
    outcome = Outcome(seed=seed)
    try:
        world = World(seed, lies=lies)
    except Broken as broken:  # before the first event
        outcome.failure = Failure(seed=seed, check=broken.check, where=broken.where, found=broken.found, script=())
        return outcome
    try:
        world.play(script)
        world.settle()
    except Broken as broken:
        outcome.failure = _failure(world, broken.check, broken.where, broken.found, script[: world.step])
    except Exception as error:  # noqa: BLE001 - whatever no rule foresaw is what a simulation is for
        outcome.failure = _failure(world, type(error).__name__, world.where, str(error), script[: world.step])
    outcome.events, outcome.happened = world.step, world.happened
    return outcome


def _failure(world: World, check: str, where: str, found: str, script: tuple[Event, ...]) -> Failure:
    return Failure(seed=world.seed, check=check, where=where, found=found, script=script, told=tuple(world.told))


def _compared(seed: int, script: tuple[Event, ...], lies: tuple[str, ...]) -> Failure | None:
    try:
        found = difference(seed, script, lies=lies)
    except Broken as broken:  # without hand-overs and restores another path is played, and something else may break
        return Failure(seed=seed, check=broken.check, where=broken.where, found=broken.found, script=fit(script))
    if not found:
        return None
    return Failure(seed=seed, check=UNSEEN, where=f"seed {seed}, compared", found=found, script=fit(script))


def shrink(failure: Failure, mutant: Mutant | None = None) -> Failure:
    """Return the same failure with as few events as leaving out finds within `MOST_TRIES` runs."""
    lies = mutant.lies if mutant else ()
    tries = 0

    def again(script: tuple[Event, ...]) -> Failure | None:
        nonlocal tries
        tries += 1
        with planted(mutant):
            if failure.check == UNSEEN:
                found = _compared(failure.seed, script, lies)
            else:
                found = _played(failure.seed, script, lies).failure
        return found if found is not None and found.check == failure.check else None

    shortest = again(failure.script) or failure
    size = max(1, len(shortest.script) // 2)
    while tries < MOST_TRIES:
        shorter = _leave_out(shortest, size, again, limit=MOST_TRIES - tries)
        if shorter is not None:
            shortest = shorter
        elif size == 1:
            break
        else:
            size = max(1, size // 2)
    return shortest


def _leave_out(failure: Failure, size: int, again: Again, *, limit: int) -> Failure | None:
    """Return the failure with one stretch of so many events left out, if it still fails."""
    starts = range(len(failure.script) - size, -1, -size)
    for tried, start in enumerate(starts):
        if tried >= limit:
            return None
        found = again(failure.script[:start] + failure.script[start + size :])
        if found is not None:
            return found
    return None


def run_named(seed: int, steps: int, name: str) -> Outcome:
    """Play one seed with the fault of this name, or with none when it is empty: what another process can be told."""
    return run_seed(seed, steps, BY_NAME[name] if name else None)


def hunt(name: str, *, most: int, steps: int, first: int = 0) -> Outcome | None:
    """Return the first of `most` seeds, from `first` on, that finds the planted fault of this name, or nothing."""
    for seed in range(first, first + most):
        outcome = run_named(seed, steps, name)
        if outcome.failure is not None:
            return outcome
    return None


def in_words(failure: Failure) -> Iterator[str]:
    """Tell a failure: what was expected by which check, what was found, and what each node did until then."""
    yield f"{failure.check}: {failure.where}"
    yield f"found: {failure.found}"
    yield f"events: {len(failure.script)}"
    yield from failure.told
