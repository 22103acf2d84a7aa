"""The index a process searches: a generation mapped from the disk, and beside it in memory what changed since.

1. A changed row is found as it is now; what it was before, and a row that was removed, is not found any more.
2. The vocabulary is the generation's, grown by what changed. Without a generation the names in their own right are
   those of the rows in memory.
3. Not safe for two threads at once; whoever shares one takes turns.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from cotejo.identity.index import segment
from cotejo.identity.index.files import Damaged, Generation
from cotejo.identity.index.search import Part, Ranked, rank
from cotejo.identity.index.slips import Slips
from cotejo.identity.model import Model
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens

NOBODY = np.zeros(0, np.uint32)
MERGED_FROM: Final = 5_000
"""From so many changed rows on, a new generation is made rather than followed beside the old one."""


class LiveIndex:
    """A register that can be searched: `generation` (or nothing) and the changes applied since.

    With `tokens` that vocabulary is used, and what the rows in memory bear makes no word a name in its own right.
    """

    def __init__(self, generation: Generation | None = None, *, tokens: Tokens | None = None) -> None:
        """Map a generation. Raises `Damaged` when its vocabulary cannot be read."""
        self._base = segment.of_generation(generation) if generation else None
        self._base_slips = Slips(self._base.rests, self._base.rest_words) if self._base else None
        self._own_words = tokens is None and generation is None
        self.tokens = tokens or (_vocabulary(generation) if generation else Tokens())
        self._gone: set[int] = set()
        self._changed: dict[str, PersonRecord] = {}
        self._parts: tuple[Part, ...] = ()
        self.apply((), ())

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @property
    def followed(self) -> int:
        """How many rows stand in memory beside the generation, or are hidden in it."""
        return len(self._changed) + len(self._gone)

    def apply(self, changed: Iterable[PersonRecord], gone: Iterable[str]) -> None:
        """Take in rows that are new or differ, and ids that are gone."""
        for id_ in gone:
            self._changed.pop(id_, None)
            self._hide(id_)
        for record in changed:
            self._changed[record.id] = record
            self._hide(record.id)
        if self._own_words:
            self.tokens = Tokens()
        beside = segment.of_records(self._changed.values(), self.tokens)
        if self._own_words:
            self.tokens.establish(beside.columns.token_counts(self.tokens), len(beside))
        self._parts = (Part(beside, Slips(beside.rests, beside.rest_words), NOBODY),)
        if self._base is not None and self._base_slips is not None:
            hidden = np.array(sorted(self._gone), np.uint32)
            self._parts = (Part(self._base, self._base_slips, hidden), *self._parts)

    def rank(self, subject: PersonRecord, model: Model, *, first: int, everybody: bool = False) -> Ranked:
        """Compare a subject with every row that shares a key (or with everybody), and rank them."""
        return rank(subject, self._parts, self.tokens, model, first=first, everybody=everybody)

    def rows(self, ids: Sequence[str]) -> dict[str, PersonRecord]:
        """Return those of these rows that stand in memory."""
        return {id_: self._changed[id_] for id_ in ids if id_ in self._changed}

    def _hide(self, id_: str) -> None:
        row = self._base.row(id_) if self._base is not None else None
        if row is not None:
            self._gone.add(row)


def _vocabulary(generation: Generation) -> Tokens:
    generation.array("words")
    try:
        return Tokens.load(generation.folder / "words.bin")
    except (OSError, ValueError, KeyError) as problem:
        raise Damaged("words.bin: no vocabulary") from problem
