"""Writing scored pairs: all of them or nothing. The file appears under its name when it is whole."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.csv

from cotejo.identity.bulk.linking import Scored
from cotejo.identity.bulk.reasons import Reasons
from cotejo.identity.weighing import BANDS

HEADER: Final = ("left_id", "right_id", "score", "band", "reason")


class PairsFile:
    """A file of pairs being written, UTF-8, a header and one pair a line; see `pairs_file`."""

    def __init__(self, stream: IO[bytes], left: pa.StringArray, right: pa.StringArray, *, language: str) -> None:
        self.written = 0
        self._stream, self._left, self._right = stream, left, right
        self._reasons = Reasons(language)
        stream.write((",".join(HEADER) + "\n").encode())

    def add(self, pairs: Scored) -> None:
        """Write pairs in the order they come in."""
        columns = [
            self._left.take(pa.array(pairs.left)),
            self._right.take(pa.array(pairs.right)),
            pa.array(pairs.scores),
            pa.array([str(band) for band in BANDS]).take(pa.array(pairs.bands)),
            pa.array(self._reasons.of(pairs), pa.string()),
        ]
        pyarrow.csv.write_csv(
            pa.table(columns, names=list(HEADER)),
            self._stream,
            pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed"),
        )
        self.written += len(pairs.left)


@contextmanager
def pairs_file(path: Path, left: pa.StringArray, right: pa.StringArray, *, language: str) -> Iterator[PairsFile]:
    """Write pairs beside `path`, and put the file in its place at the end; on any failure nothing is left of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        beside = Path(stream.name)
        try:
            yield PairsFile(stream, left, right, language=language)
            stream.flush()
            os.fsync(stream.fileno())
            os.chmod(beside, 0o600)  # noqa: PTH101 - names and numbers of people: the operator's own file
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
