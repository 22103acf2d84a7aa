r"""Recounting: an auditor's bundle of statistics rows against a release and against the log's root (I14).

The bundle has one JSON object a line, one line a leaf, from leaf 0 up to the size of the log in the release:

    {"index": 0, "leaf": "{\"c\":…,\"v\":1}"}
    {"index": 1, "leaf": "{\"c\":…,\"r\":…,\"v\":1}", "salt": "<64 hex digits>",
     "row": {"act", "month", "route", "offence", "gate", "hours"}}

`row` and `salt` belong to leaves that commit to a statistics row (`r`, `cotejo.proof.commitments`); the exact bytes of
the row are what the leaf commits to. A row holds no person: texts are codes or empty, hours a whole number or null.

1. Every leaf is there, once, in order, and together they have the root the release was signed over.
2. Every row is the one its leaf commits to, and no leaf that commits to a row comes without it.
3. Every figure is counted again; a published value must be one the true count could have been given.

One altered row is named by its line. A leaf and its row exchanged together change the root, and that is said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from cotejo.proof import exact
from cotejo.proof.commitments import read_leaf, verify_row
from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo_portal.problems import Unfit
from cotejo_portal.release import TOTAL, Cell, Figure, Release
from cotejo_portal.sentence import possible


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one act counts for."""

    act: str
    month: str
    route: str
    offence: str
    gate: str
    hours: int | None


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One leaf of the bundle."""

    index: int
    leaf: str
    salt: str = ""
    row: Row | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not agree."""

    en: str
    es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """How many leaves and rows were read, and everything that does not agree."""

    leaves: int
    rows: int
    findings: tuple[Finding, ...]


def recount(bundle: Path, release: Release) -> Recount:
    """Recount a bundle (rules 1 to 3). Raises `Unfit` when a line is not of the form above."""
    lines = list(_read(bundle))
    findings = [finding for at, line in enumerate(lines, 1) for finding in _line_findings(at, line)]
    findings += _root_findings(lines, release)
    rows = [line.row for line in lines if line.row is not None]
    findings += [finding for figure in release.payload.figures for finding in _figure_findings(figure, rows, release)]
    return Recount(leaves=len(lines), rows=len(rows), findings=tuple(findings))


def count(figure: Figure, rows: Iterable[Row], *, first: str, last: str) -> Counter[Cell]:
    """Count the rows of the figure's act within the period, totals included."""
    counted: Counter[Cell] = Counter()
    for row in rows:
        if row.act == figure.act and first <= row.month <= last:
            values = [getattr(row, dimension) for dimension in figure.dimensions]
            across = {values[1], TOTAL} if figure.columns else {TOTAL}
            counted.update((down, side) for down in {values[0], TOTAL} for side in across)
    return counted


def _read(bundle: Path) -> Iterator[Line]:
    try:
        content = bundle.read_bytes().splitlines()
    except OSError as error:
        raise Unfit(f"{bundle} cannot be read.", f"No se puede leer {bundle}.") from error
    for at, line in enumerate(content, 1):
        try:
            yield msgspec.json.decode(line, type=Line)
        except msgspec.MsgspecError as error:
            raise Unfit(
                f"Line {at} of {bundle} is malformed ({error}).",
                f"La línea {at} de {bundle} está mal formada ({error}).",
            ) from error


def _line_findings(at: int, line: Line) -> list[Finding]:
    if line.index != at - 1:
        return [
            Finding(
                en=f"Line {at}: leaf {line.index} is out of place.",
                es=f"Línea {at}: la hoja {line.index} está fuera de lugar.",
            )
        ]
    try:
        _, committed = read_leaf(line.leaf.encode("utf-8"))
    except ProofError:
        return [
            Finding(
                en=f"Line {at}: this is not a leaf of the log.", es=f"Línea {at}: esto no es una hoja del registro."
            )
        ]
    if line.row is None:
        if committed is None:
            return []
        return [
            Finding(
                en=f"Line {at}: the log holds a statistics row here, and the bundle leaves it out.",
                es=f"Línea {at}: el registro tiene aquí una fila estadística y el paquete la omite.",
            )
        ]
    try:
        salt = exact.from_hex(line.salt, size=DIGEST_SIZE)
        verify_row(line.leaf.encode("utf-8"), salt=salt, row=exact.to_bytes(msgspec.to_builtins(line.row)))
    except ProofError:
        shown = f"{line.row.act}, {line.row.month}"
        return [
            Finding(
                en=f"Line {at}: the row ({shown}) is not the one the log committed to. It was altered.",
                es=f"Línea {at}: la fila ({shown}) no es la que el registro comprometió. Fue alterada.",
            )
        ]
    return []


def _root_findings(lines: list[Line], release: Release) -> list[Finding]:
    log = release.payload.log
    root = Frontier().append(*(leaf_hash(line.leaf.encode("utf-8")) for line in lines)).root()
    if (len(lines), root.hex()) == (log.size, log.root):
        return []
    if len(lines) != log.size:
        return [
            Finding(
                en=f"The bundle has {len(lines)} leaves; the release was counted from {log.size}.",
                es=f"El paquete tiene {len(lines)} hojas; la publicación se contó sobre {log.size}.",
            )
        ]
    return [
        Finding(
            en="The leaves do not give the root that was signed and witnessed: at least one leaf was exchanged.",
            es="Las hojas no dan la raíz que se firmó y atestiguó: al menos una hoja fue cambiada.",
        )
    ]


def _figure_findings(figure: Figure, rows: list[Row], release: Release) -> list[Finding]:
    period = release.payload.period
    counted = count(figure, rows, first=period.first, last=period.last)
    said = figure.said()
    found = [
        Finding(
            en=f"Figure “{figure.code}”, {_place(cell)}: published {value}, recounted {counted[cell]}.",
            es=f"Cifra «{figure.code}», {_place(cell)}: publicado {value}, recontado {counted[cell]}.",
        )
        for cell, value in said.items()
        if not _fits(counted[cell], value, figure)
    ]
    unlisted = sorted(counted.keys() - said.keys())
    return found + [
        Finding(
            en=f"Figure “{figure.code}”: {counted[cell]} in {_place(cell)}, which the release does not list.",
            es=f"Cifra «{figure.code}»: {counted[cell]} en {_place(cell)}, que la publicación no incluye.",
        )
        for cell in unlisted
    ]


def _fits(true: int, said: int | None, figure: Figure) -> bool:
    low, high = possible(said, guarded=figure.guarded)
    return low <= true <= high


def _place(cell: Cell) -> str:
    return " / ".join(cell)
