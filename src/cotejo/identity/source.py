"""Where possible same persons come from: a register, seen through four questions.

1. `CandidateSource` is what finding and explaining need: the model rows are weighed with, every row compared and
   ranked, rows by id, and as of when the register speaks.
2. Sources that are here: `RegisterInMemory`; the node's own imported copy (`cotejo.store.register.PgRegister`, rows in
   PostgreSQL, found through `cotejo.identity.index`); and `ConnectedRegister`, which makes one of an agency's own
   system behind a `Connector`.
3. The same question has the same answer, whatever order the rows came in.
4. A row that is not there is no evidence of anything (catalogue row F29).
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from cotejo.identity.documented import folded_name
from cotejo.identity.index.live import LiveIndex
from cotejo.identity.index.search import Ranked
from cotejo.identity.model import Model, standard_model
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens

MOST_ASKED: Final = 2_000
"""How many rows an agency's own system is asked for at most; what it has beyond is counted as not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows an agency's system holds likely, and how many there are in all."""

    records: tuple[PersonRecord, ...]
    total: int


class RegisterNotReady(RuntimeError):  # noqa: N818 - says what is so
    """The register cannot be searched at this moment: its index is being made again. Nothing may be concluded."""


class CandidateSource(Protocol):
    """A register that compares a subject with its rows."""

    @property
    def model(self) -> Model:
        """The model its rows are weighed with."""
        ...

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        """Return every compared row, best first; ties are settled among the `first`. Raises `RegisterNotReady`."""
        ...

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are no longer there."""
        ...

    def as_of(self) -> int:
        """Return when the register was last known to be current, in ms UTC."""
        ...


class Connector(Protocol):
    """An agency's own register system, as it is asked by `ConnectedRegister`. Every method may raise `OSError`."""

    def rows_like(self, subject: PersonRecord, limit: int) -> Rows:
        """Return whoever may be this person, likeliest first: same number, or the name and birth date resemble.

        Recall first: whom the system leaves out, nobody compares.
        """
        ...

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are no longer there."""
        ...

    def bearing_name(self, folded_name: str) -> int:
        """Return how many people bear this name: folded, first given name and surnames (`folded_name`)."""
        ...

    def size(self) -> int:
        """Return how many people the register holds, roughly; 0 when nobody knows."""
        ...

    def as_of(self) -> int:
        """Return when the system was last known to be current, in ms UTC."""
        ...


class RegisterInMemory:
    """A whole register held in memory: for files, for measuring, and for a node without a database."""

    def __init__(self, records: Iterable[PersonRecord], *, as_of: int, model: Model | None = None) -> None:
        self.model = model or standard_model()
        self._as_of = as_of
        self._index = LiveIndex()
        self._index.apply(records, ())
        self._turn = threading.RLock()

    def __len__(self) -> int:
        return len(self._index)

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        with self._turn:
            return self._index.rank(subject, model, first=first)

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        return tuple(self._index.rows(ids).values())

    def as_of(self) -> int:
        return self._as_of


class ConnectedRegister:
    """An agency's own system as a source: it names who may be meant, the engine compares each of them."""

    def __init__(self, connector: Connector, *, model: Model | None = None) -> None:
        self.model = model or standard_model()
        self._connector = connector
        self._tokens = Tokens()
        self._turn = threading.RLock()

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        """Compare whom the system names. Raises `RegisterNotReady` when it does not answer."""
        try:
            told = self._connector.rows_like(subject, MOST_ASKED)
            name = folded_name(subject)
            bearing = self._connector.bearing_name(name) if name else 0
            size = self._connector.size()
        except OSError as problem:
            raise RegisterNotReady(str(problem)) from problem
        with self._turn, self._tokens.passing():
            index = LiveIndex(tokens=self._tokens)
            index.apply(told.records, ())
            ranked = index.rank(subject, model, first=first, everybody=True)
        left_out = max(0, told.total - len(told.records))
        return replace(ranked, not_compared=left_out, namesakes=bearing, rows=max(size, len(ranked)))

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Ask the system. Raises `RegisterNotReady` when it does not answer."""
        try:
            return self._connector.rows(ids)
        except OSError as problem:
            raise RegisterNotReady(str(problem)) from problem

    def as_of(self) -> int:
        return self._connector.as_of()
