"""`cotejo bench exchange`: receiving, crossing, withdrawing and size, each in a process of its own, told as JSON.

1. Everything happens on throwaway nodes in a folder that is removed; nothing of this machine's nodes is touched.
2. The parts are measured one after the other, never side by side.
"""

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, Final

from cotejo.doors.cli.bench_figures import Figures, machine
from cotejo.doors.cli.speaking import option, say


class Part(StrEnum):
    """What is measured."""

    RECEIVING = "receiving"
    CROSSING = "crossing"
    SIZES = "sizes"


SIZES: Final = (10_000, 100_000, 1_000_000)


def exchange(
    parts: Annotated[
        list[Part] | None,
        option("What to measure; all when not said.", "Qué se mide; todo si no se indica.", "--part"),
    ] = None,
    requests: Annotated[
        int,
        option("How many requests each part takes.", "Cuántas solicitudes toma cada parte.", min=4, max=900),
    ] = 200,
    withdrawals: Annotated[int, option("How many are withdrawn.", "Cuántas se retiran.", min=1, max=900)] = 100,
    live: Annotated[
        list[int] | None,
        option(
            "How many live requests; may be repeated.",
            "Cuántas solicitudes vigentes; se puede repetir.",
            "--live",
            min=1_000,
        ),
    ] = None,
    out: Annotated[
        Path | None, option("Where to write the figures.", "Dónde se escriben las cifras.", "--json")
    ] = None,
) -> None:
    """Measure the exchange on invented nodes of this machine, with ratios to a bare loop in the same run.

    Mide el intercambio en nodos inventados de esta máquina, con proporciones respecto de un bucle mínimo en la misma
    ejecución.
    """
    from cotejo.node.bench.crossing import measure_crossing
    from cotejo.node.bench.receiving import measure_receiving
    from cotejo.node.bench.sizes import measure_size

    wanted = parts or list(Part)
    found: Figures = {"machine": machine()}
    if Part.RECEIVING in wanted:
        found["receiving"] = _apart(measure_receiving, requests)
    if Part.CROSSING in wanted:
        found["crossing"] = _apart(measure_crossing, requests, withdrawals)
    if Part.SIZES in wanted:
        found["sizes"] = [_apart(measure_size, number) for number in live or SIZES]
    text = json.dumps(found, indent=2)
    if out is not None:
        out.write_text(f"{text}\n", encoding="utf-8")
    say(text, text)


def _apart(measure: Callable[..., Figures], *how_much: int) -> Figures:
    """Measure in a new process, which is all that Django lets be one node, with a folder of its own."""
    from cotejo.node.bench.throwaway import folder

    with folder() as made, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        done: Any = process.submit(measure, made, *how_much).result()
    figures: Figures = done
    return figures
