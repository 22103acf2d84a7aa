"""Reading a register from a Parquet file: the same columns, the same judgment of rows as a CSV file.

1. Numbers, dates and times become the text they are written as (`1985-03-02`); nulls are unknown.
2. A row is named by its number, the first is 1.
3. A file that is no Parquet file, or holds no register, is refused before the first row: `NotARegister`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from cotejo.identity.record import PersonRecord
from cotejo.identity.register_file import NotARegister, RegisterRows, our_columns, problem_at

BATCH: Final = 10_000


class RegisterParquet(RegisterRows):
    """A Parquet register being read; iterate once over its good rows, `numbered` gives each with its row number."""

    def __init__(
        self, path: Path, *, mapping: Mapping[str, str] | None = None, remember: bool = True, after: int = 0
    ) -> None:
        """Read the columns; rows up to `after` are passed over. Raises `NotARegister`."""
        super().__init__(remember=remember)
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
            raise NotARegister([problem_at(1, "", "no_parquet")]) from problem
        names = self._file.schema_arrow.names
        columns = our_columns(names, mapping or {})
        self._ours = {theirs: own for theirs, own in zip(names, columns, strict=True) if own}
        self._after = after

    def __iter__(self) -> Iterator[PersonRecord]:
        return (record for _number, record in self.numbered())

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return int(self._file.metadata.num_rows)

    def numbered(self) -> Iterator[tuple[int, PersonRecord]]:
        """Yield the good rows, each with its number."""
        number = 0
        for batch in self._file.iter_batches(batch_size=BATCH, columns=list(self._ours)):
            if number + batch.num_rows <= self._after:
                number += batch.num_rows
                continue
            for row in batch.to_pylist():
                number += 1
                if number <= self._after:
                    continue
                record = self.taken(number, {own: as_text(row[theirs]) for theirs, own in self._ours.items()})
                if record is None:
                    self.bad += 1
                else:
                    self.good += 1
                    yield number, record


def as_text(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Return a value of a table as a register file would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
