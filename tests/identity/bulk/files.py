"""Register files for these tests."""

from collections.abc import Iterable
from pathlib import Path

from cotejo.identity.bulk.blocks import Blocking
from cotejo.identity.bulk.duplicates import duplicates
from cotejo.identity.bulk.linking import Scored, linked
from cotejo.identity.bulk.reading import read_people
from cotejo.identity.bulk.splink_blocking import DuckDB
from cotejo.identity.model import standard_model
from cotejo.identity.record import PersonRecord
from cotejo.identity.register_file import written
from cotejo.identity.weighing import BANDS

Told = dict[tuple[str, str], tuple[float, str]]


def write(path: Path, records: Iterable[PersonRecord]) -> Path:
    """Write a register file."""
    path.write_text("".join(written(records)), encoding="utf-8")
    return path


def link(
    folder: Path, left: Iterable[PersonRecord], right: Iterable[PersonRecord], blocking: Blocking | None = None
) -> Told:
    """Return what linking says of every compared pair, by ids: score and band."""
    (one, other), tokens = read_people([write(folder / "left.csv", left), write(folder / "right.csv", right)])
    using = blocking or DuckDB(threads=1)
    chunks = linked(one.columns, other.columns, tokens, model=standard_model(), blocking=using)
    return told(chunks, one.ids.to_pylist(), other.ids.to_pylist())


def dedupe(folder: Path, records: Iterable[PersonRecord]) -> Told:
    """Return what finding duplicates says of every compared pair."""
    (people,), tokens = read_people([write(folder / "file.csv", records)])
    chunks = duplicates(people.columns, tokens, model=standard_model(), blocking=DuckDB(threads=1))
    return told(chunks, people.ids.to_pylist(), people.ids.to_pylist())


def told(chunks: Iterable[Scored], left: list[str], right: list[str]) -> Told:
    """Return pairs by their ids."""
    return {
        (left[i], right[j]): (float(score), str(BANDS[band]))
        for chunk in chunks
        for i, j, score, band in zip(chunk.left, chunk.right, chunk.scores, chunk.bands, strict=True)
    }
