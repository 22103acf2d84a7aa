"""A delivery read into the register copy: a CSV file, a Parquet file or a database view.

1. What is no register is refused before anything changes (`NotARegister`). Faulty rows are named and left out; a
   delivery without one good row changes nothing (`NoGoodRow`).
2. How far it was read is kept with every batch. The same delivery, by its content and its mapping, goes on where it was
   left, problems included; another one begins anew.
3. The mapping is kept; the next delivery is read with it unless another is given.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from cotejo.identity import PersonRecord
from cotejo.identity.index import Progress, silent
from cotejo.identity.register_file import PROBLEMS_KEPT, Problem, RegisterFile, RegisterRows, problem_at
from cotejo.identity.register_parquet import RegisterParquet
from cotejo.rules.acts import Millis
from cotejo.rules.words import Text
from cotejo.store.deliveries import BATCH, Delivered, Deliveries, Signature
from cotejo.store.models import RegisterImport
from cotejo.store.register_view import ViewDelivery

PARQUET: Final = ".parquet"


class NoGoodRow(ValueError):  # noqa: N818 - says what was found
    """No row of the delivery can be used; nothing was changed. `read` says what was wrong."""

    def __init__(self, read: "Read") -> None:
        self.read = read
        super().__init__("no row can be used")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What reading found. `went_on_from` is the line after which an earlier run was left, 0 when this one began."""

    good: int
    bad: int
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    went_on_from: int


class Source(Protocol):
    """A delivery that can be read from a place on."""

    def digest(self) -> str:
        """Return what names this content: the same again has the same."""
        ...

    def rows(self, begun: RegisterImport, mapping: Mapping[str, str], until: ExitStack) -> tuple[RegisterRows, Any]:
        """Return the rows after `begun`, and what has `numbered`; what is opened is closed with `until`."""
        ...

    def offset(self) -> int:
        """Return where the next row begins, in bytes; 0 where that means nothing."""
        ...

    def total(self) -> int:
        """Return how much there is to read, in the units of `done`."""
        ...

    def done(self, line: int) -> int:
        """Return how much was read when this line was."""
        ...


class FileSource:
    """A CSV or a Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parquet = path.suffix.lower() == PARQUET
        self._stream: Any = None
        self._total = path.stat().st_size

    def digest(self) -> str:
        with self._path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def rows(self, begun: RegisterImport, mapping: Mapping[str, str], until: ExitStack) -> tuple[RegisterRows, Any]:
        if self._parquet:
            parquet = RegisterParquet(self._path, mapping=mapping, remember=False, after=begun.place)
            self._total = parquet.total
            return parquet, parquet
        self._stream = until.enter_context(self._path.open("rb"))
        head = RegisterFile(self._stream, mapping=mapping, remember=False)
        if not begun.place:
            return head, head
        self._stream.seek(begun.offset)
        later = RegisterFile(self._stream, after=head, first_line=begun.place + 1, remember=False)
        return later, later

    def offset(self) -> int:
        return int(self._stream.tell()) if self._stream else 0

    def total(self) -> int:
        return self._total

    def done(self, line: int) -> int:
        return line if self._parquet else self.offset()


class ViewSource:
    """A view of a PostgreSQL database of the agency."""

    def __init__(self, dsn: str, view: str, *, as_of: Millis) -> None:
        self._dsn = dsn
        self._view = view
        self._as_of = as_of
        self._total = 0

    def digest(self) -> str:
        return hashlib.sha256(f"{self._dsn}\0{self._view}\0{self._as_of}".encode()).hexdigest()

    def rows(self, begun: RegisterImport, mapping: Mapping[str, str], until: ExitStack) -> tuple[RegisterRows, Any]:
        view = ViewDelivery(self._dsn, self._view, mapping=mapping, after=begun.last_id, read=begun.place)
        until.callback(view.close)
        self._total = view.total
        return view, view

    def offset(self) -> int:
        return 0

    def total(self) -> int:
        return self._total

    def done(self, line: int) -> int:
        return line


def read_in(
    deliveries: Deliveries,
    source: Source,
    *,
    mapping: Mapping[str, str] | None,
    signature: Signature,
    remove_missing: bool,
    now: Millis,
    reading: Progress = silent,
    indexing: Progress = silent,
) -> tuple[Read, Delivered]:
    """Read a delivery and put it in place. Raises `NotARegister`, `NoGoodRow`, `OSError`; then nothing was changed."""
    using = dict(deliveries.mapping() if mapping is None else mapping)
    name = hashlib.sha256(f"{source.digest()}\0{json.dumps(using, sort_keys=True)}".encode()).hexdigest()
    with ExitStack() as until:
        source.rows(RegisterImport(), using, until)  # refused here, before anything changes
        begun = deliveries.begin(name, using, now=now)
        went_on_from = begun.place
        rows, numbered = source.rows(begun, using, until)
        _take_up(rows, begun)
        for batch in _batches(numbered.numbered()):
            begun.place, begun.offset, begun.last_id = batch[-1][0], source.offset(), batch[-1][1].id
            _keep(begun, rows)
            again = deliveries.add(begun, batch, now=now)
            rows.note(*(problem_at(line, "id", "id_twice", first=first) for line, first in again.items()))
            rows.good -= len(again)
            rows.bad += len(again)
            reading(source.done(begun.place), source.total())
        _keep(begun, rows)
    read = Read(
        good=rows.good,
        bad=rows.bad,
        problems=tuple(sorted(rows.problems, key=lambda problem: problem.line)),
        counts=dict(rows.counts),
        went_on_from=went_on_from,
    )
    if not rows.good:
        deliveries.abandon(begun, now=now)
        raise NoGoodRow(read)
    done = deliveries.finish(begun, signature=signature, remove_missing=remove_missing, now=now, progress=indexing)
    return read, done


def _batches(rows: Iterator[tuple[int, PersonRecord]]) -> Iterator[list[tuple[int, PersonRecord]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _keep(begun: RegisterImport, rows: RegisterRows) -> None:
    begun.good, begun.bad, begun.counts = rows.good, rows.bad, dict(rows.counts)
    begun.problems = [asdict(problem) for problem in rows.problems[:PROBLEMS_KEPT]]


def _take_up(rows: RegisterRows, begun: RegisterImport) -> None:
    rows.good, rows.bad, rows.counts = begun.good, begun.bad, Counter(begun.counts)
    rows.problems = [Problem(**{**each, "words": Text(**each["words"])}) for each in begun.problems]
