"""`cotejo simulate`: invented nodes under faults, seed after seed; planted faults; one failure told in plain words.

1. It touches no home, no database and no network: everything is in memory and everybody is invented.
2. Exit status 1 when something did not hold, or when a planted fault was not found; 0 otherwise.
3. Seeds are played side by side, one process a processor unless told otherwise; what a seed does depends on it alone.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cotejo.doors.cli.speaking import option, refuse, say

if TYPE_CHECKING:
    from cotejo.simulation.simulate import Failure, Outcome

SEEDS_FOR_A_MUTANT: Final = 40
"""How many seeds a planted fault may survive; each is found within far fewer."""
TOLD: Final = 400


def simulate(
    seeds: Annotated[int, option("How many seeds to play.", "Cuántas semillas se juegan.", min=1)] = 100,
    steps: Annotated[int, option("How many events a seed has.", "Cuántos sucesos tiene una semilla.", min=1)] = 300,
    first: Annotated[int, option("The first seed.", "La primera semilla.", min=0)] = 0,
    mutant: Annotated[
        str,
        option(
            "Plant one fault by its name and play until it is found.",
            "Pone a propósito una falla, por su nombre, y juega hasta hallarla.",
        ),
    ] = "",
    mutants: Annotated[
        bool,
        option(
            "Plant each fault in turn; each must be found.",
            "Pone a propósito cada falla, una tras otra; todas deben hallarse.",
            "--mutants",
        ),
    ] = False,
    jobs: Annotated[
        int,
        option("How many processes; 0: one a processor.", "Cuántos procesos; 0: uno por procesador.", min=0),
    ] = 0,
    report: Annotated[
        Path | None,
        option(
            "Write the figures and failures to this file.", "Escribe las cifras y las fallas en este archivo.", "--json"
        ),
    ] = None,
) -> None:
    """Play invented nodes under faults and look whether every promise holds, after every single event.

    Hace actuar nodos inventados entre fallas y mira, después de cada suceso, si se cumplen todas las promesas.
    """
    from cotejo.simulation.mutants import BY_NAME

    if mutant and mutant not in BY_NAME:
        names = ", ".join(BY_NAME)
        refuse(f"There is no fault {mutant}. There are: {names}.", f"No existe la falla {mutant}. Existen: {names}.")
    with _processes(jobs) as pool:
        if mutants or mutant:
            result = _hunt_all(pool, [mutant] if mutant else list(BY_NAME), steps)
        else:
            result = _play_all(pool, range(first, first + seeds), steps)
    if report is not None:
        report.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if result["failed"]:
        raise typer.Exit(1)


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(jobs or os.cpu_count() or 1, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _play_all(pool: ProcessPoolExecutor, seeds: range, steps: int) -> dict[str, Any]:
    from cotejo.simulation.simulate import run_named, shrink

    began, events, happened = time.monotonic(), 0, Counter[str]()
    failures: list[Failure] = []
    waiting: list[Future[Outcome]] = [pool.submit(run_named, seed, steps, "") for seed in seeds]
    for done, future in enumerate(as_completed(waiting), 1):
        outcome = future.result()
        events += outcome.events
        happened += outcome.happened
        if outcome.failure is not None:
            failures.append(outcome.failure)
            _tell(outcome.failure)
        if done % 100 == 0:
            say(f"{done} seeds, {len(failures)} failures", f"{done} semillas, {len(failures)} fallas")
    seconds = time.monotonic() - began
    failures.sort(key=lambda each: each.seed)
    shortest = [shrink(each) for each in failures[:1]]
    for failure in shortest:
        _tell_all(failure)
    pace, failed = f"{events / seconds:.0f}", len(failures)
    say(
        f"{len(seeds)} seeds, {events} events in {seconds:.0f} s ({pace} a second); {failed} failed.",
        f"{len(seeds)} semillas, {events} sucesos en {seconds:.0f} s ({pace} por segundo); {failed} fallaron.",
    )
    return {
        "seeds": len(seeds),
        "first": seeds.start,
        "steps": steps,
        "events": events,
        "seconds": round(seconds, 1),
        "happened": dict(sorted(happened.items())),
        "failed": len(failures),
        "failures": [_plain(each) for each in [*shortest, *failures[1:]]],
    }


def _hunt_all(pool: ProcessPoolExecutor, names: list[str], steps: int) -> dict[str, Any]:
    from cotejo.simulation.mutants import BY_NAME
    from cotejo.simulation.simulate import hunt, shrink

    began = time.monotonic()
    hunts = {name: pool.submit(hunt, name, most=SEEDS_FOR_A_MUTANT, steps=steps) for name in names}
    found, survived = [], []
    for name, future in hunts.items():
        outcome, words = future.result(), BY_NAME[name].words
        if outcome is None or outcome.failure is None:
            survived.append(name)
            say(f"SURVIVED {name}: {words}", f"SOBREVIVE {name}: {words}")
            continue
        failure = outcome.failure
        found.append({"name": name, "words": words, "rows": BY_NAME[name].rows, **_plain(failure)})
        by = f"{failure.seed}, {failure.check}"
        say(f"found    {name}: seed {by}", f"hallada  {name}: semilla {by}")
        if len(names) == 1:
            _tell_all(shrink(failure, BY_NAME[name]))
    say(
        f"{len(found)} of {len(names)} planted faults found in {time.monotonic() - began:.0f} s.",
        f"{len(found)} de {len(names)} fallas puestas a propósito halladas en {time.monotonic() - began:.0f} s.",
    )
    return {"mutants": found, "survived": survived, "failed": len(survived)}


def _tell(failure: "Failure") -> None:
    say(f"{failure.where}: {failure.check}: {failure.found}", f"{failure.where}: {failure.check}: {failure.found}")


def _tell_all(failure: "Failure") -> None:
    from cotejo.simulation.simulate import in_words

    for line in list(in_words(failure))[-TOLD:]:
        say(line, line)


def _plain(failure: "Failure") -> dict[str, Any]:
    return {
        "seed": failure.seed,
        "check": failure.check,
        "where": failure.where,
        "found": failure.found,
        "events": len(failure.script),
        "told": list(failure.told[-TOLD:]),
    }
