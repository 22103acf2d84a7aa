"""Reading a register from a CSV file: every fault named with line and column, every good row usable.

1. UTF-8, one header line, separated by comma, semicolon or tab. Columns: `record.COLUMNS`; `id` and a name column
   (`full_name`, or `given` with `surname`) are needed, others may be missing, unknown ones are left out.
2. One row is one line. A quotation mark left open or a line break inside quotes spoils its own line only.
3. A file that is no register is refused before the first row: `NotARegister`.
4. A faulty row is named and left out. A value that is kept as documented though it cannot be compared (an impossible
   date, a badly written DUI) is named too, and its row is used. A row without a name is faulty in a register, which is
   searched by names; in a file to be linked it is a row as long as it tells a date, a number, a place or a parent; in
   a file of queries also when it tells an alias alone, and whether a key finds it is the searcher's to say.
5. Memory does not grow with the length of a line; of the problems, the first thousand are kept and all are counted.
"""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from cotejo.identity.dates import DateState, read_date
from cotejo.identity.identifiers import IdentifierState, read_dui
from cotejo.identity.names import known
from cotejo.identity.record import COLUMNS, PersonRecord
from cotejo.rules.words import Text

LONGEST_LINE: Final = 65_536  # bytes; twelve fields of the longest length in UTF-8 take about half
LONGEST_FIELD: Final = 500  # characters; the longest names of any registry have about 150
LONGEST_ID: Final = 64
PROBLEMS_KEPT: Final = 1_000
NAMES: Final = ("full_name", "given", "surname")
TELLING: Final = (*NAMES, "dob", "pob", "dui", "passport", "father", "mother")
"""Columns of which a row to be linked must tell one; a sex or an alias alone tells nobody from anybody."""
ASKED_BY: Final = (*TELLING, "alias")
"""Columns of which a query must tell one."""
_SEPARATORS: Final = (",", ";", "\t")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_PDF: Final = b"%PDF"
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX, ODS and any ZIP; XLS
_OF_TEXT: Final = frozenset(b"\t\n\r") | set(range(0x20, 0x100))

_WORDS: Final[dict[str, Text]] = {
    "empty": Text("The file is empty.", "El archivo está vacío."),
    "utf16": Text(
        "The file is UTF-16. Save it as CSV in UTF-8.", "El archivo está en UTF-16. Guárdelo como CSV en UTF-8."
    ),
    "pdf": Text(
        "This is a PDF. A register is a CSV file in UTF-8.", "Es un PDF. Un registro es un archivo CSV en UTF-8."
    ),
    "spreadsheet": Text(
        "This is a spreadsheet or a compressed file. Save the sheet as CSV in UTF-8.",
        "Es una hoja de cálculo o un archivo comprimido. Guarde la hoja como CSV en UTF-8.",
    ),
    "binary": Text(
        "This is not a text file. A register is a CSV file in UTF-8.",
        "No es un archivo de texto. Un registro es un archivo CSV en UTF-8.",
    ),
    "returns": Text(
        "Its lines end in a bare carriage return. Save the file as CSV with ordinary line ends.",
        "Sus líneas terminan en un retorno de carro solo. Guarde el archivo como CSV con fines de línea comunes.",
    ),
    "no_view": Text("There is no view {view} in that database.", "No hay una vista {view} en esa base de datos."),
    "no_parquet": Text("This is not a Parquet file.", "No es un archivo Parquet."),
    "no_header": Text(
        "The first line names no column `id`. It must name the columns: {columns}.",
        "La primera línea no nombra la columna `id`. Debe nombrar las columnas: {columns}.",
    ),
    "no_name_column": Text(
        "No column holds a name. Give `full_name`, or `given` and `surname`.",
        "Ninguna columna tiene un nombre. Ponga `full_name`, o `given` y `surname`.",
    ),
    "no_telling_column": Text(
        "No column tells a person. Give one of: {columns}.",
        "Ninguna columna dice algo de una persona. Ponga una de: {columns}.",
    ),
    "long_header": Text(
        "The first line is longer than {most} bytes. It must name the columns: {columns}.",
        "La primera línea pasa de {most} bytes. Debe nombrar las columnas: {columns}.",
    ),
    "no_such_column": Text(
        "The mapping names this column, and the first line does not.",
        "La correspondencia nombra esta columna y la primera línea no.",
    ),
    "column_twice": Text("The column is named twice.", "La columna aparece dos veces."),
    "encoding": Text(
        "Not UTF-8 (byte {byte} at place {place}). Save the file as CSV in UTF-8.",
        "No es UTF-8 (byte {byte} en la posición {place}). Guarde el archivo como CSV en UTF-8.",
    ),
    "long_line": Text(
        "The line is longer than {most} bytes. A quotation mark may be left open.",
        "La línea pasa de {most} bytes. Puede haber unas comillas sin cerrar.",
    ),
    "quotes": Text(
        "Quotation marks are left open or misplaced, or there is a line break inside them. Keep each row on one line.",
        "Hay comillas sin cerrar o mal puestas, o un salto de línea dentro. Deje cada fila en una sola línea.",
    ),
    "width": Text(
        "{found} fields where the header names {wanted}. A separator inside a value needs quotation marks.",
        "{found} campos; el encabezado nombra {wanted}. Un separador dentro de un valor necesita comillas.",
    ),
    "long_field": Text(
        "The value has {found} characters; {most} at most.", "El valor tiene {found} caracteres; máximo {most}."
    ),
    "control": Text("A control character is in the value.", "Hay un carácter de control en el valor."),
    "no_id": Text("The row has no id.", "La fila no tiene id."),
    "id_twice": Text(
        "This id is already on line {first}; that row is used, this one is not.",
        "Este id ya está en la línea {first}; se usa aquella fila, esta no.",
    ),
    "no_name": Text("The row tells no name.", "La fila no dice ningún nombre."),
    "nothing": Text("The row tells nothing that can be compared.", "La fila no dice nada que se pueda comparar."),
    "not_found_by": Text(
        "Query {query} tells nothing to look it up by. It needs a number, a given name with a surname, a full birth "
        "date with a name or a parent, or both parents.",
        "La consulta {query} no dice con qué buscarla. Hace falta un número, un nombre con un apellido, una fecha "
        "completa con un nombre o con el padre o la madre, o ambos padres.",
    ),
    "date": Text(
        "Not a possible date written YYYY-MM-DD, YYYY-MM or YYYY. Kept as documented, compared as unknown.",
        "No es una fecha posible escrita AAAA-MM-DD, AAAA-MM o AAAA. Se conserva tal cual; cuenta como desconocida.",
    ),
    "dui": Text(
        "Not nine digits with a right check digit. Kept as documented; it cannot confirm or contradict.",
        "No son nueve cifras con el dígito verificador correcto. Se conserva tal cual; no confirma ni contradice.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault. `line` counts from 1 (the header); `column` is empty when it is the whole line."""

    line: int
    column: str
    code: str
    words: Text
    row_used: bool = False

    @property
    def said(self) -> Text:
        """The fault with its line and column, as the operator reads it."""
        column = f", {self.column}" if self.column else ""
        return Text(f"Line {self.line}{column}: {self.words.en}", f"Línea {self.line}{column}: {self.words.es}")


class NotARegister(ValueError):  # noqa: N818 - a domain noun: what the file is not
    """The file cannot be read as a register; `problems` says why, nothing was taken from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words.en for problem in self.problems))


class RegisterRows:
    """Rows of a register being judged, wherever they come from; `first_lines` says on which line an id stands.

    With `remember` false an id that comes again is the caller's to find, and memory does not grow with the rows. A row
    must tell something in one of the columns `telling`.
    """

    def __init__(self, *, remember: bool = True, telling: Sequence[str] = NAMES) -> None:
        self.problems: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self.good = 0
        self.bad = 0
        self.first_lines: dict[str, int] = {}
        self._remember, self._telling = remember, telling

    def taken(self, number: int, values: Mapping[str, str]) -> PersonRecord | None:
        """Return the record of a row, `values` by our columns; nothing, and its faults noted, when it has any."""
        record = PersonRecord(**values)
        faults = [*_field_faults(number, values), *self._identity_faults(number, record)]
        if faults:
            self.note(*faults)
            return None
        if self._remember:
            self.first_lines[record.id] = number
        self.note(*_doubts(number, record))
        return record

    def note(self, *problems: Problem) -> None:
        """Count problems, and keep the first of them."""
        self.counts.update(problem.code for problem in problems)
        self.problems.extend(problems[: max(0, PROBLEMS_KEPT - len(self.problems))])

    def _identity_faults(self, number: int, record: PersonRecord) -> Iterator[Problem]:
        if not record.id:
            yield problem_at(number, "id", "no_id")
        elif len(record.id) > LONGEST_ID:
            yield problem_at(number, "id", "long_field", found=len(record.id), most=LONGEST_ID)
        elif record.id in self.first_lines:
            yield problem_at(number, "id", "id_twice", first=self.first_lines[record.id])
        if not any(known(getattr(record, column)) for column in self._telling):
            named = self._telling == NAMES
            yield problem_at(number, "full_name", "no_name") if named else problem_at(number, "", "nothing")


class RegisterFile(RegisterRows):
    """A register file being read: iterate once over its good rows, then look at `problems`, `counts`, `good`, `bad`.

    `columns` are those of the header, empty for one that is not ours; `first_lines` says on which line an id stands.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        after: "RegisterFile | None" = None,
        first_line: int = 1,
        mapping: Mapping[str, str] | None = None,
        remember: bool = True,
        telling: Sequence[str] = NAMES,
    ) -> None:
        """Read the header, or go on `after` it (in another process, another run), from a line of this number on.

        `mapping` has the file's column names by ours. Raises `NotARegister`.
        """
        super().__init__(remember=remember, telling=telling)
        self._lines = _lines(stream, first_line)
        named = mapping or {}
        self.columns: list[str]
        self.separator: str
        self.columns, self.separator = (
            (after.columns, after.separator) if after else _header(next(self._lines, None), named, telling)
        )

    def __iter__(self) -> Iterator[PersonRecord]:
        return (record for _line, record in self.numbered())

    def numbered(self) -> Iterator[tuple[int, PersonRecord]]:
        """Yield the good rows, each with its line."""
        for number, raw in self._lines:
            if not _is_too_long(raw) and not raw.strip():
                continue
            record = self._row(number, raw)
            if record is None:
                self.bad += 1
            else:
                self.good += 1
                yield number, record

    def _row(self, number: int, raw: bytes) -> PersonRecord | None:
        fields = self._fields(number, raw)
        if fields is None:
            return None
        return self.taken(
            number, {column: value.strip() for column, value in zip(self.columns, fields, strict=True) if column}
        )

    def _fields(self, number: int, raw: bytes) -> list[str] | None:
        """Return the fields of a line, as many as the header names; else note why not."""
        if _is_too_long(raw):
            self.note(problem_at(number, self._column_at(raw), "long_line", most=LONGEST_LINE))
            return None
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
            rows = list(csv.reader([text], delimiter=self.separator, strict=True))
        except UnicodeDecodeError as error:
            column = self._column_at(raw[: error.start])
            byte = f"0x{raw[error.start]:02X}"
            self.note(problem_at(number, column, "encoding", byte=byte, place=error.start + 1))
            return None
        except csv.Error:
            self.note(problem_at(number, "", "quotes"))
            return None
        if len(rows) != 1 or len(rows[0]) != len(self.columns):
            found = len(rows[0]) if rows else 0
            self.note(problem_at(number, "", "width", found=found, wanted=len(self.columns)))
            return None
        return rows[0]

    def _column_at(self, before: bytes) -> str:
        """Return the column in which a line goes wrong after these bytes."""
        separators = before.count(self.separator.encode())
        return self.columns[separators] if separators < len(self.columns) else ""


def written(records: Iterable[PersonRecord]) -> Iterator[str]:
    """Return the lines of a register file, header first, each ending in a line feed."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([getattr(record, column) for column in COLUMNS])
        yield from lines
        lines.clear()
    yield from lines


class _Lines:
    """What a CSV writer writes into."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> int:
        self._lines.append(line)
        return len(line)


def _lines(stream: BinaryIO, first_line: int) -> Iterator[tuple[int, bytes]]:
    """Return numbered lines; of one that is too long the beginning alone, the rest is read past."""
    number = first_line - 1
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        yield number, line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _is_too_long(line: bytes) -> bool:
    return len(line) > LONGEST_LINE and not line.endswith(b"\n")


def _header(
    first: tuple[int, bytes] | None, mapping: Mapping[str, str], telling: Sequence[str]
) -> tuple[list[str], str]:
    """Return the columns (empty for one that is not ours) and the separator. Raises `NotARegister`."""
    if first is None:
        raise NotARegister([problem_at(1, "", "empty")])
    _number, raw = first
    what = _what_else(raw)
    if what:
        raise NotARegister([problem_at(1, "", what, most=LONGEST_LINE, columns=", ".join(COLUMNS))])
    try:
        text = raw.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        raise NotARegister([problem_at(1, "", "encoding", byte=byte, place=error.start + 1)]) from None
    if not text.strip():
        raise NotARegister([problem_at(1, "", "empty")])
    for separator in _SEPARATORS:
        names = [name.strip(' "').lower() for name in text.split(separator)]
        if mapping.get("id", "id").lower() in names:
            return our_columns(names, mapping, telling), separator
    raise NotARegister([problem_at(1, "id", "no_header", columns=", ".join(COLUMNS))])


def _what_else(first_line: bytes) -> str:
    """Say what a file is that cannot be a register, by how it begins; nothing when it may be one."""
    if first_line.startswith(_UTF16):
        return "utf16"
    if first_line.startswith(_PDF):
        return "pdf"
    if first_line.startswith(_SPREADSHEETS):
        return "spreadsheet"
    if not _OF_TEXT.issuperset(first_line):
        return "binary"
    if _is_too_long(first_line):
        return "long_header"
    return "returns" if b"\r" in first_line.rstrip(b"\r\n") else ""


def our_columns(names: Sequence[str], mapping: Mapping[str, str], telling: Sequence[str] = NAMES) -> list[str]:
    """Return our name of each column, empty for one that is not ours; `mapping` has theirs by ours.

    One of the columns `telling` is needed; of a name, the whole of it. Raises `NotARegister` when a column is named
    twice or is missing where it is needed.
    """
    ours = {theirs.strip().lower(): own for own, theirs in mapping.items()}
    folded = [name.strip().lower() for name in names]
    columns = [ours.get(name) or (name if name in COLUMNS and name not in mapping else "") for name in folded]
    problems = [problem_at(1, name, "column_twice") for name, times in Counter(columns).items() if name and times > 1]
    problems += [problem_at(1, theirs, "no_such_column") for theirs in ours if theirs not in folded]
    if "id" not in columns:
        problems.append(problem_at(1, "id", "no_header", columns=", ".join(COLUMNS)))
    if telling != NAMES and not set(telling) & set(columns):
        problems.append(problem_at(1, "", "no_telling_column", columns=", ".join(telling)))
    if telling == NAMES and "full_name" not in columns and not {"given", "surname"} <= set(columns):
        problems.append(problem_at(1, "full_name", "no_name_column"))
    if problems:
        raise NotARegister(problems)
    return columns


def _field_faults(number: int, values: Mapping[str, str]) -> Iterator[Problem]:
    for column, value in values.items():
        if len(value) > LONGEST_FIELD:
            yield problem_at(number, column, "long_field", found=len(value), most=LONGEST_FIELD)
        elif not value.isprintable() and any(unicodedata.category(character) == "Cc" for character in value):
            yield problem_at(number, column, "control")


def _doubts(number: int, record: PersonRecord) -> Iterator[Problem]:
    """Name values that are kept but cannot be compared."""
    if read_date(record.dob).state is DateState.IMPOSSIBLE:
        yield problem_at(number, "dob", "date", row_used=True)
    if read_dui(record.dui).state is IdentifierState.BADLY_WRITTEN:
        yield problem_at(number, "dui", "dui", row_used=True)


def problem_at(line: int, column: str, code: str, *, row_used: bool = False, **values: object) -> Problem:
    """Return a fault of a kind this module knows, in words."""
    return Problem(line=line, column=column, code=code, words=_WORDS[code].say(**values), row_used=row_used)
