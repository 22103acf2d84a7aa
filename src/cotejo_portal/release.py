"""The release file, format `cotejo-release/1`: what it holds, and what is checked before anything is built.

The file is a JSON object with three texts:

    format      "cotejo-release/1"
    signed      compact JWS, type `cotejo-figures+jws`, Ed25519 under the log's key, over the exact bytes of the payload
    checkpoint  the log's signed note with the witnesses' cosignatures (C2SP tlog-checkpoint, tlog-cosignature)

The payload is exact JSON (`cotejo.proof.exact`: sorted keys, no spaces, no floats) of at most 1 MiB:

    format   "cotejo-release/1"
    issuer   name of the node whose log it is; the log's origin begins with it
    world    "real" | "invented"
    period   {"from": "2026-01", "to": "2026-06"}   first and last month, both included
    rules    version of the rules the figures were made under
    log      {"origin", "size", "root"}             root in lower-case hexadecimal, as in the checkpoint
    figures  a list of
      code        one of FIGURES; each exactly once (F68)
      act         the act code that is counted in the log's statistics rows
      guarded     whether 0 is not said either (protection, children, health)
      dimensions  one or two of month, route, offence, gate: fields of a statistics row
      rows        values of the first dimension, in the order to print
      columns     values of the second, empty with one dimension
      labels      {value: {"es", "en"}} for every value that is not a month
      cells       [{"row", "column", "value"}]; "*" is the total over a dimension; value null is "not said"

Checked: 1. signature; 2. checkpoint, cosignatures, and that size and root are those signed; 3. every figure present,
complete and explained; 4. every value is null, or a multiple of 5 that is 0 or at least 10 (guarded: never 0); 5. no
line of a table has exactly one cell not said.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from cotejo.proof import exact, jws
from cotejo.proof.checkpoint import Cosignature, witnessed_checkpoint
from cotejo.proof.jws import Typ
from cotejo.proof.refusals import ProofError
from cotejo_portal.problems import Unfit
from cotejo_portal.trust import Trust

FORMAT = "cotejo-release/1"
FIGURES = ("requests-sent", "refused-at-gates", "withdrawals-issued", "withdrawals-swept")
DIMENSIONS = frozenset({"month", "route", "offence", "gate"})
TOTAL = "*"
LARGEST = 1024 * 1024
THRESHOLD = 10
BASE = 5
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_VALUE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}")

Cell = tuple[str, str]


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value in words."""

    es: str
    en: str


class CellFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell as the payload spells it."""

    row: str
    column: str
    value: int | None


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of figures."""

    code: str
    act: str
    guarded: bool
    dimensions: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    labels: dict[str, Label]
    cells: tuple[CellFile, ...]

    def said(self) -> dict[Cell, int | None]:
        """Return what is said of each cell, totals included."""
        return {(cell.row, cell.column): cell.value for cell in self.cells}

    def places(self) -> list[Cell]:
        """Return every cell a table of this shape has, in reading order."""
        return [(row, column) for row in (*self.rows, TOTAL) for column in (*self.columns, TOTAL)]


class Period(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}
):
    """First and last month, both included."""

    first: str
    last: str


class Log(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of the log the figures were counted from."""

    origin: str
    size: int
    root: str


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the issuer signed."""

    format: str
    issuer: str
    world: str
    period: Period
    rules: str
    log: Log
    figures: tuple[Figure, ...]


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    format: str
    signed: str = ""
    checkpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release whose signature, checkpoint and content were all checked."""

    payload: Payload
    payload_bytes: bytes
    envelope: Envelope
    file: bytes
    cosignatures: tuple[Cosignature, ...]

    def figure(self, code: str) -> Figure | None:
        """Return the figure of this code."""
        return next((figure for figure in self.payload.figures if figure.code == code), None)


def read_release(path: Path, trust: Trust) -> Release:
    """Read and check a release. Raises `Unfit` with the first step that fails, and within a step everything found."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unfit(f"{path} cannot be read.", f"No se puede leer {path}.") from error
    return open_release(content, trust)


def open_release(content: bytes, trust: Trust) -> Release:
    """Check the bytes of a release file. Raises `Unfit`."""
    envelope = _envelope(content)
    payload_bytes = _verified(envelope, trust)
    payload = _payload(payload_bytes)
    cosignatures = _in_the_log(envelope, payload, trust)
    findings = [finding for figure in payload.figures for finding in _faults(figure)]
    findings += _set_faults(payload)
    if findings:
        raise Unfit(
            "The release cannot be published: " + "; ".join(findings) + ".",
            "La publicación no puede salir: " + "; ".join(findings) + ".",
        )
    return Release(
        payload=payload, payload_bytes=payload_bytes, envelope=envelope, file=content, cosignatures=cosignatures
    )


def write_release(*, signed: str, checkpoint: str) -> bytes:
    """Return the bytes of a release file."""
    return (json.dumps({"format": FORMAT, "signed": signed, "checkpoint": checkpoint}, indent=1) + "\n").encode("utf-8")


def lines_of(rows: Sequence[str], columns: Sequence[str]) -> list[list[Cell]]:
    """Return each sum of a table: its parts and their total."""
    down = [[(row, column) for row in (*rows, TOTAL)] for column in (*columns, TOTAL)]
    across = [[(row, column) for column in (*columns, TOTAL)] for row in (*rows, TOTAL)] if columns else []
    return down + across


def labels_of(figure: Figure, language: str) -> Mapping[str, str]:
    """Return each value of the figure in words of `es` or `en`; months are the caller's."""
    return {value: (label.es if language == "es" else label.en) for value, label in figure.labels.items()}


def _envelope(content: bytes) -> Envelope:
    try:
        envelope = msgspec.json.decode(content, type=Envelope)
    except msgspec.MsgspecError as error:
        raise Unfit(
            f"This is not a release file ({error}).", f"Esto no es un archivo de publicación ({error})."
        ) from error
    if envelope.format != FORMAT:
        raise Unfit(f"The release is not of format {FORMAT}.", f"La publicación no es del formato {FORMAT}.")
    if not envelope.signed or not envelope.checkpoint:
        raise Unfit(
            "This release is not signed. Ask its issuer for the signed file; nothing was built.",
            "Esta publicación no está firmada. Pida a quien la emite el archivo firmado; no se ha hecho nada.",
        )
    return envelope


def _verified(envelope: Envelope, trust: Trust) -> bytes:
    key = trust.log.key
    try:
        return jws.verify(envelope.signed.encode("utf-8"), {key.key_id: key}, typ=Typ.FIGURES, at_most=LARGEST).payload
    except ProofError as error:
        raise Unfit(
            f"The signature does not hold: the figures were altered, or another key signed them ({error}).",
            f"La firma no se sostiene: las cifras fueron alteradas o las firmó otra clave ({error}).",
        ) from error


def _payload(payload: bytes) -> Payload:
    try:
        exact.from_bytes(payload, at_most=LARGEST)
        read = msgspec.json.decode(payload, type=Payload)
    except (ProofError, msgspec.MsgspecError) as error:
        raise Unfit(
            f"The signed figures are malformed ({error}).", f"Las cifras firmadas están mal formadas ({error})."
        ) from error
    if read.format != FORMAT:
        raise Unfit(
            f"The signed figures are not of format {FORMAT}.", f"Las cifras firmadas no son del formato {FORMAT}."
        )
    return read


def _in_the_log(envelope: Envelope, payload: Payload, trust: Trust) -> tuple[Cosignature, ...]:
    try:
        checkpoint, cosignatures = witnessed_checkpoint(envelope.checkpoint.encode("utf-8"), trust.log, trust.witnesses)
    except ProofError as error:
        raise Unfit(
            f"The log's checkpoint does not hold, or too few witnesses confirmed it ({error}).",
            f"El punto de control del registro no se sostiene o lo confirmaron pocos testigos ({error}).",
        ) from error
    signed = (payload.log.origin, payload.log.size, payload.log.root)
    if signed != (checkpoint.origin, checkpoint.size, checkpoint.root.hex()):
        raise Unfit(
            "The figures were counted from another state of the log than the checkpoint shows.",
            "Las cifras se contaron sobre otro estado del registro que el del punto de control.",
        )
    return cosignatures


def _set_faults(payload: Payload) -> list[str]:
    codes = [figure.code for figure in payload.figures]
    found = [f"figure “{code}” is missing" for code in FIGURES if code not in codes]
    found += [f"figure “{code}” is unknown here, so nobody could explain it" for code in codes if code not in FIGURES]
    found += [f"figure “{code}” is there twice" for code in sorted({code for code in codes if codes.count(code) > 1})]
    months = (payload.period.first, payload.period.last)
    if not all(_MONTH.fullmatch(month) for month in months) or months[0] > months[1]:
        found.append("the period is not two months in order")
    if payload.world not in {"real", "invented"}:
        found.append("the world is neither real nor invented")
    if not payload.log.origin.startswith(payload.issuer + "/"):
        found.append("the log is not the issuer's")
    outside = sorted(
        {
            value
            for figure in payload.figures
            for dimension, values in zip(figure.dimensions, (figure.rows, figure.columns), strict=False)
            for value in values
            if dimension == "month" and not months[0] <= value <= months[1]
        }
    )
    return found + [f"month {value} is outside the period" for value in outside]


def _faults(figure: Figure) -> list[str]:
    def of(what: str) -> str:
        return f"figure “{figure.code}”: {what}"

    shape = len(figure.dimensions) == (2 if figure.columns else 1) and set(figure.dimensions) <= DIMENSIONS
    values = (*figure.rows, *figure.columns)
    if not shape or len(set(figure.dimensions)) != len(figure.dimensions) or not figure.rows:
        return [of("dimensions, rows and columns do not fit together")]
    if not all(_VALUE.fullmatch(value) for value in values):
        return [of("a row or column is named in another way than lower-case letters, digits, dots and hyphens")]
    said = figure.said()
    if sorted(said) != sorted(figure.places()) or len(figure.cells) != len(said):
        return [of("a cell is missing, repeated or belongs to no row and column")]
    found = [
        of(f"“{value}” has no label") for value in values if not _MONTH.fullmatch(value) and value not in figure.labels
    ]
    found += [
        of(f"cell {cell} says what must not be said") for cell, value in said.items() if not _may_say(value, figure)
    ]
    alone = [line for line in lines_of(figure.rows, figure.columns) if [said[cell] for cell in line].count(None) == 1]
    found += [of(f"the cell not said among {line} could be computed from the others") for line in alone]
    return found


def _may_say(value: int | None, figure: Figure) -> bool:
    if value is None:
        return True
    return value % BASE == 0 and (value >= THRESHOLD or (value == 0 and not figure.guarded))
