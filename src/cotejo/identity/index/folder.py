"""A register that stands in a folder alone: for trying, for measuring, and for the engine without a node.

1. `current` names the generation that holds; a new one takes its place at once and the old one is removed.
2. The folder holds the records as they were documented and is for this account only, like everything in it.
"""

import os
import secrets
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from cotejo.identity.index.building import build, read
from cotejo.identity.index.files import FILE_MODE, FOLDER_MODE, Damaged, open_generation, remove
from cotejo.identity.index.live import LiveIndex
from cotejo.identity.index.search import Ranked
from cotejo.identity.index.segment import of_generation, text_at
from cotejo.identity.model import Model, standard_model
from cotejo.identity.record import PersonRecord

CURRENT: Final = "current"


class NoRegisterHere(LookupError):  # noqa: N818 - says what was found
    """The folder holds no register."""


def keep(folder: Path, records: Iterable[PersonRecord], *, as_of: int, least: int = 0) -> int:
    """Put a register into a folder, in place of the one before. Return how many rows it has.

    With fewer than `least` rows nothing is changed. Raises `NoRegisterHere` when the folder holds something else.
    """
    if folder.exists() and not (folder / CURRENT).is_file() and any(folder.iterdir()):
        raise NoRegisterHere(f"{folder} holds something else")
    found = folder.exists()
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    rows = build(folder / name, records, with_records=True, as_of=as_of)
    if rows < least:
        remove(folder / name)
        if not found:
            folder.rmdir()
        return rows
    draft = folder / f".{CURRENT}.{name}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w", encoding="ascii") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / CURRENT)
    for left in folder.iterdir():
        if left.is_dir() and left.name != name:
            remove(left)
    return rows


class FolderRegister:
    """The register in a folder (`cotejo.identity.CandidateSource`)."""

    def __init__(self, folder: Path, *, model: Model | None = None) -> None:
        """Open it. Raises `NoRegisterHere`, and `Damaged` when it has to be imported again."""
        self.model = model or standard_model()
        try:
            name = (folder / CURRENT).read_text(encoding="ascii")
            generation = open_generation(folder / name)
        except FileNotFoundError as problem:
            raise NoRegisterHere(f"no register in {folder}") from problem
        self._index = LiveIndex(generation)
        self._rows = of_generation(generation)
        self._text, self._ends = generation.array("record_text"), generation.array("record_ends")
        self._as_of = int(generation.facts["as_of"])
        self._turn = threading.RLock()

    def __len__(self) -> int:
        return len(self._index)

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        """Return every compared row, best first."""
        with self._turn:
            return self._index.rank(subject, model, first=first)

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order."""
        places = (self._rows.row(id_) for id_ in ids)
        return tuple(read(text_at(self._text, self._ends, place)) for place in places if place is not None)

    def as_of(self) -> int:
        """Return when the register was last known to be current, in ms UTC."""
        return self._as_of


__all__ = ["Damaged", "FolderRegister", "NoRegisterHere", "keep"]
