"""One fold a kind of stream, and what a list may show of a case in the clear.

1. A state is what `evolve` makes of all acts of one stream, oldest first; nothing else is a state.
2. A `Card` holds codes, ids and times only: it is stored outside the vault and drives lists and waiting queues.
   "Each waiting case says for whom and since when" (design section 3).
3. Terms let the memory find streams by ids and tokens; a term never holds a name or a document number.
4. Names for search come from `search_names` and live only in tables that are rebuilt from the vault and never logged.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from cotejo.rules.acts import Entry, Millis, StreamKind
from cotejo.rules.duties import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits: for which duty, since when, and until when if there is a term. `step` is a code."""

    duty: Duty
    step: str
    since: Millis
    due: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a list shows of a case without opening the vault."""

    state: str
    partner: str = ""
    route: str = ""
    waiting: tuple[Waiting, ...] = ()
    parent: str = ""
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """How one kind of stream is read."""

    kind: StreamKind
    start: Any
    evolve: Callable[[Any, Entry], Any]
    card: Callable[[Any], Card]
    terms: Callable[[Any], tuple[tuple[str, str], ...]]
    search_names: Callable[[Any], tuple[str, ...]]


_FOLDS: dict[StreamKind, Fold] = {}
HOMES: Final[Mapping[StreamKind, str]] = {
    kind: f"cotejo.rules.{kind.value}"
    for kind in (
        StreamKind.PERSON,
        StreamKind.DOSSIER,
        StreamKind.REVIEW,
        StreamKind.PARTNER,
        StreamKind.GROUP,
        StreamKind.INCIDENT,
        StreamKind.BULLETIN,
        StreamKind.INQUIRY,
        StreamKind.APPOINTMENT,
    )
}
"""The module that declares the fold of each kind; it is loaded when the kind is first read."""


def no_terms(_state: object) -> tuple[tuple[str, str], ...]:
    """Return no terms, for kinds nobody looks up but by id."""
    return ()


def no_names(_state: object) -> tuple[str, ...]:
    """Return no names, for kinds that carry no person."""
    return ()


def declare_fold(fold: Fold) -> None:
    """Declare the fold of a kind, once, where its state is defined."""
    if fold.kind in _FOLDS and _FOLDS[fold.kind] is not fold:
        raise ValueError(f"two folds for {fold.kind}")
    _FOLDS[fold.kind] = fold


def fold_of(kind: StreamKind) -> Fold:
    """Return the fold of a kind. Raises `KeyError` for a kind that has none."""
    if kind not in _FOLDS:
        import_module(HOMES[kind])
    return _FOLDS[kind]


def state_of(kind: StreamKind, entries: Iterable[Entry]) -> Any:  # noqa: ANN401 - each kind has its own state type
    """Fold all entries of one stream into its state."""
    if isinstance(entries, History):
        return entries.state(kind)
    fold = fold_of(kind)
    state = fold.start
    for entry in entries:
        state = fold.evolve(state, entry)
    return state


class History(tuple[Entry, ...]):  # noqa: SLOT001 - it carries its fold
    """The entries of one stream in a memory that keeps them: folded once, and on from there when one is added."""

    _before: "History | None" = None
    _state: Any = None

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> "History":
        """Return these entries as a history; one that is one already stays itself."""
        return entries if isinstance(entries, History) else cls(entries)

    def and_then(self, entry: Entry) -> "History":
        """Return the history with one more entry."""
        longer = History((*self, entry))
        longer._before = self
        return longer

    def state(self, kind: StreamKind) -> Any:  # noqa: ANN401 - each kind has its own state type
        """Return the state after the last entry."""
        if self._state is None:
            fold, before = fold_of(kind), self._before
            state = fold.start if before is None else before.state(kind)
            for entry in self if before is None else self[-1:]:
                state = fold.evolve(state, entry)
            self._state, self._before = state, None
        return self._state
