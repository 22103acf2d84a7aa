"""The flat files beside the pages, and reading them back: what was written is what was signed (F69)."""

import csv
import io
import json
from hashlib import sha256

from cotejo_portal.prevention import EVENTS, Counts
from cotejo_portal.problems import Unfit
from cotejo_portal.release import Cell, Figure, Release, labels_of

NOT_SAID = "not said"


def flat_files(release: Release, counts: Counts, counts_file: bytes) -> dict[str, bytes]:
    """Return every flat file by its path."""
    made = {
        "release.json": release.file,
        "payload.json": release.payload_bytes,
        "checkpoint.txt": release.envelope.checkpoint.encode("utf-8"),
        "prevention.json": counts_file,
        "prevention.csv": _prevention_csv(counts),
    }
    for figure in release.payload.figures:
        made[f"figures/{figure.code}.csv"] = figure_csv(figure)
        made[f"figures/{figure.code}.json"] = _figure_json(figure)
    return made


def figure_csv(figure: Figure) -> bytes:
    """Return one line a cell: codes, labels in both languages, the value or `not said`; `*` is a total."""
    labels = {language: labels_of(figure, language) for language in ("es", "en")}
    head = [*figure.dimensions, *(f"{each}_{language}" for each in figure.dimensions for language in labels), "value"]
    rows = []
    for cell in figure.cells:
        codes = [cell.row, cell.column][: len(figure.dimensions)]
        words = [labels[language].get(code, code) for code in codes for language in labels]
        rows.append([*codes, *words, NOT_SAID if cell.value is None else str(cell.value)])
    return _csv([head, *rows])


def read_figure_csv(content: bytes, figure: Figure) -> dict[Cell, int | None]:
    """Read a figure's file back into what is said of each cell."""
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8")))
    said: dict[Cell, int | None] = {}
    for row in rows:
        column = row[1] if figure.columns else "*"
        said[row[0], column] = None if row[-1] == NOT_SAID else int(row[-1])
    return said


def require_equal(files: dict[str, bytes], release: Release) -> None:
    """Read every figure's files back and compare. Raises `Unfit`."""
    for figure in release.payload.figures:
        table = read_figure_csv(files[f"figures/{figure.code}.csv"], figure)
        cells = json.loads(files[f"figures/{figure.code}.json"])["cells"]
        if table != figure.said() or {(cell["row"], cell["column"]): cell["value"] for cell in cells} != figure.said():
            raise Unfit(
                f"The files of figure “{figure.code}” do not read back as they were signed; nothing was built.",
                f"Los archivos de la cifra «{figure.code}» no se leen como se firmaron; no se ha hecho nada.",
            )


def sums(files: dict[str, bytes]) -> bytes:
    """Return the hashes of all files as `sha256sum --check` reads them."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode(
        "ascii"
    )


def _figure_json(figure: Figure) -> bytes:
    cells = [{"row": cell.row, "column": cell.column, "value": cell.value} for cell in figure.cells]
    content = {
        "code": figure.code,
        "dimensions": list(figure.dimensions),
        "labels": {value: {"es": label.es, "en": label.en} for value, label in figure.labels.items()},
        "cells": cells,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _prevention_csv(counts: Counts) -> bytes:
    rows = [
        [period.half_year, event, NOT_SAID if period.counts[event] is None else str(period.counts[event])]
        for period in counts.periods
        for event in EVENTS
    ]
    return _csv([["half_year", "event", "value"], *rows])


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
