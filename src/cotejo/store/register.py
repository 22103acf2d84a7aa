"""An imported copy of the agency's own person register, for possible same persons (F29).

1. An import needs a signed reason (`deliveries`). Rows are sealed in the database; by what they are found stands in an
   index of files for this account only, under the home, made from the rows and never kept longer than they are.
2. Which index holds is said in the database, in the transaction that changed the rows: there is no moment at which a
   search finds what is no longer there, and none at which a crash leaves no index that holds.
3. What changed since the index was made is read from the rows before the next search. A row is shown only while it is
   in the database and its key lives.
4. Without an index that can be trusted nothing is searched (`RegisterNotReady`), until it is made again.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from cotejo.identity import CandidateSource, PersonRecord, RegisterNotReady
from cotejo.identity.index import Damaged, LiveIndex, Ranked
from cotejo.identity.model import Model, standard_model
from cotejo.rules.acts import Millis
from cotejo.rules.duties import Officer
from cotejo.store.deliveries import Delivered, Deliveries, Signature
from cotejo.store.disk import Places
from cotejo.store.indexing import Indexing, Remade
from cotejo.store.keys import EpochKeys
from cotejo.store.models import RegisterGone, RegisterRow, RegisterState
from cotejo.store.sealed_rows import open_row
from cotejo.store.vault import Vault

MOST_FOLLOWED: Final = 20_000
"""How many changed rows are kept in memory beside an index; more wait until it is made again."""


class IndexedRegister(CandidateSource, Protocol):
    """A register found through an index that the worker has made again when it is wanted."""

    @property
    def indexing(self) -> Remade:
        """The index."""
        ...


class PgRegister:
    """The register of one node (`cotejo.identity.CandidateSource`)."""

    def __init__(self, places: Places, *, using: str = "default", model: Model | None = None) -> None:
        self.model = model or standard_model()
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)
        self.indexing = Indexing(places, using=using)
        self.deliveries = Deliveries(places, self.indexing, using=using)
        self._turn = threading.RLock()
        self._index = LiveIndex()
        self._known = _NOTHING

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        """Return every compared row, best first. Raises `RegisterNotReady`."""
        with self._turn:
            self._follow()
            return self._index.rank(subject, model, first=first)

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are no longer there."""
        found = RegisterRow.objects.using(self._using).in_bulk(ids)
        opened = self._vault.keys_of(*{row.key for row in found.values()})
        return tuple(open_row(found[id_], opened) for id_ in ids if id_ in found and found[id_].key in opened)

    def as_of(self) -> int:
        """Return when the register was last known to be current, in ms UTC; 0 when there is no copy."""
        state = RegisterState.objects.using(self._using).first()
        return 0 if state is None else state.as_of

    def replace(self, people: Iterable[PersonRecord], *, as_of: Millis, who: Officer, reason: str, now: Millis) -> int:
        """Put a whole new copy in the place of the old one. `reason` is a code. Return how many rows it has."""
        signature = Signature(by=who.id, reason=reason, as_of=as_of)
        done: Delivered = self.deliveries.whole(people, signature=signature, remove_missing=True, now=now)
        return done.rows

    def _follow(self) -> None:
        """Bring the index of this process to what the database says now."""
        state = self._state()
        if state.generation != self._known.generation or (not state.generation and state.change < self._known.change):
            try:
                self._index = self._opened(state)
            except RegisterNotReady:
                newer = self._state()
                if newer.generation == state.generation:
                    raise
                state = newer  # another generation took its place at this moment
                self._index = self._opened(state)
            self._known = RegisterState(as_of=0, generation=state.generation, change=state.indexed)
        if state.change == self._known.change:
            return
        changed = RegisterRow.objects.using(self._using).filter(change__gt=self._known.change)
        gone = RegisterGone.objects.using(self._using).filter(change__gt=self._known.change)
        if changed.count() > MOST_FOLLOWED:
            raise RegisterNotReady("the index is being made")
        rows = list(changed.order_by("id"))
        opened = self._vault.keys_of(*{row.key for row in rows})
        self._index.apply(
            [open_row(row, opened) for row in rows if row.key in opened], gone.values_list("id", flat=True)
        )
        self._known = RegisterState(as_of=0, generation=state.generation, change=state.change)

    def _state(self) -> RegisterState:
        return RegisterState.objects.using(self._using).first() or _NOTHING

    def _opened(self, state: RegisterState) -> LiveIndex:
        if not state.generation:
            return LiveIndex()
        try:
            return self.indexing.opened(state.generation)
        except (Damaged, FileNotFoundError) as problem:
            raise RegisterNotReady(str(problem)) from problem


_NOTHING: Final = RegisterState(as_of=0)
