"""What lists, look-ups and searches read, made again for a stream whenever it changes (design section 8).

1. Derived from the fold of the stream's kind and nothing else; a kind without a fold has no line.
2. A stream's local number is given once, under a lock of its kind, and kept apart from the card.
3. Names are folded and split here, in Python; their tables are UNLOGGED, empty after a crash, and rebuilt stream by
   stream while commits go on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from cotejo.identity.names import fold
from cotejo.rules.acts import Entry, Millis, Stream, StreamKind
from cotejo.rules.cases import Card, Fold, Waiting, fold_of, state_of
from cotejo.store import rows as table
from cotejo.store.codec import load_law
from cotejo.store.locks import lock_numbers, lock_streams
from cotejo.store.models import Act, LocalNumber, SearchName, SearchState, Term, WaitingRow

LONGEST_WORD = 80
_SHOWN: Final = ("state", "partner", "route", "parent", "facets", "version", "updated")
_THIS: Final = "WHERE stream_kind = %s AND stream_id = %s"
_OF_TERM: Final = f"FROM store_term {_THIS}"
_OF_NAME: Final = f"FROM store_search_name {_THIS}"
_SETS: Final = ", ".join(f"{name} = %s" for name in _SHOWN)
_CARD: Final = f"""
UPDATE store_card AS card SET {_SETS} {_THIS}
RETURNING id,
  ARRAY(SELECT ARRAY[index, term] FROM store_term
         WHERE stream_kind = card.stream_kind AND stream_id = card.stream_id),
  ARRAY(SELECT word FROM store_search_name WHERE stream_kind = card.stream_kind AND stream_id = card.stream_id)
"""  # noqa: S608 - no word of it comes from outside
_NEW_CARD: Final = f"""
INSERT INTO store_card (stream_kind, stream_id, number, {", ".join(_SHOWN)})
VALUES (%s, %s, %s, {", ".join(["%s"] * len(_SHOWN))}) RETURNING id"""  # noqa: S608 - no word of it comes from outside
_NEXT_NUMBER: Final = """
INSERT INTO store_local_number (stream_kind, stream_id, number)
SELECT %s, %s, 1 + COALESCE(MAX(number), 0) FROM store_local_number WHERE stream_kind = %s
ON CONFLICT (stream_kind, stream_id) DO NOTHING
RETURNING number"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What the tables say of a stream: its card, the terms and words it is found by."""

    card: int
    terms: frozenset[tuple[str, str]] = frozenset()
    words: frozenset[str] = frozenset()


def declared(kind: StreamKind) -> Fold | None:
    """Return the fold of a kind, or nothing when no module of the law declares one."""
    load_law()
    try:
        return fold_of(kind)
    except KeyError:
        return None


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the folded words of names, as they are searched for."""
    return frozenset(word[:LONGEST_WORD] for name in names for word in fold(name).split())


def project(stream: Stream, entries: tuple[Entry, ...], *, using: str) -> None:
    """Write a stream's card, waiting lines, terms and search names anew. The caller holds the stream's lock."""
    fold_here = declared(stream.kind)
    if fold_here is None or not entries:
        return
    state = state_of(stream.kind, entries)
    card = fold_here.card(state)
    held = _keep_card(stream, card, len(entries), entries[-1].at, using)
    _keep_waiting(held.card, card.waiting, using)
    _keep_terms(stream, frozenset(fold_here.terms(state)), held.terms, using)
    _keep_names(stream, words_of(fold_here.search_names(state)), held.words, using)


def rebuild_names(
    entries_of: Callable[[Stream], tuple[Entry, ...]],
    *,
    using: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Make all search names again from the vault, and say in `SearchState` how far it is. Return the streams read."""
    kinds = [kind for kind in StreamKind if declared(kind) is not None]
    streams = [
        Stream(StreamKind(kind), id_)
        for kind, id_ in Act.objects.using(using)
        .filter(version=1, stream_kind__in=kinds)
        .order_by("leaf_id")
        .values_list("stream_kind", "stream_id")
    ]
    SearchState.objects.using(using).update_or_create(id=1, defaults={"done": 0, "total": len(streams), "whole": False})
    for done, stream in enumerate(streams, start=1):
        with transaction.atomic(using=using):
            lock_streams([stream], using=using)
            state = state_of(stream.kind, entries_of(stream))
            held = frozenset(
                word for (word,) in table.fetched(f"SELECT word {_OF_NAME}", stream.kind, stream.id, using=using)
            )
            _keep_names(stream, words_of(fold_of(stream.kind).search_names(state)), held, using)
            SearchState.objects.using(using).filter(id=1).update(done=done)
        progress(done, len(streams))
    SearchState.objects.using(using).filter(id=1).update(whole=True)
    return len(streams)


def names_whole(*, using: str) -> bool:
    """Say whether searches see every stream: not after a crash, until the names are rebuilt."""
    return SearchState.objects.using(using).filter(id=1, whole=True).exists()


def search(kind: StreamKind, text: str, *, limit: int, using: str) -> tuple[Stream, ...]:
    """Return streams of a kind that have, for each word of `text`, a name word beginning with it."""
    words = sorted(words_of([text]))
    if not words:
        return ()
    found = SearchName.objects.using(using).filter(stream_kind=kind, word__startswith=words[0])
    for word in words[1:]:
        others = SearchName.objects.using(using).filter(stream_kind=kind, word__startswith=word)
        found = found.filter(stream_id__in=others.values("stream_id"))
    ids = found.order_by("stream_id").values_list("stream_id", flat=True).distinct()[:limit]
    return tuple(Stream(kind, id_) for id_ in ids)


def _number_of(stream: Stream, using: str) -> int:
    """Return the local number of a stream, given now when it has none (rule 2)."""
    lock_numbers(stream.kind, using=using)
    given = table.fetched(_NEXT_NUMBER, stream.kind, stream.id, stream.kind, using=using)
    if given:
        return int(given[0][0])
    known = table.found(LocalNumber, "stream_kind = %s AND stream_id = %s", stream.kind, stream.id, using=using)
    return known[0].number


def _keep_card(stream: Stream, card: Card, version: int, updated: Millis, using: str) -> _Held:
    """Write a stream's card anew and return what else the tables hold of it; of a stream without a card: nothing."""
    shown = (card.state, card.partner, card.route, card.parent, list(card.facets), version, updated)
    known = table.fetched(_CARD, *shown, stream.kind, stream.id, using=using)
    if not known:
        number = _number_of(stream, using)
        ((id_,),) = table.fetched(_NEW_CARD, stream.kind, stream.id, number, *shown, using=using)
        return _Held(card=id_)
    ((id_, terms, words),) = known
    return _Held(card=id_, terms=frozenset(map(tuple, terms)), words=frozenset(words))


def _keep_waiting(card: int, waiting: Iterable[Waiting], using: str) -> None:
    rows = [
        WaitingRow(card_id=card, duty=each.duty, step=each.step, since=each.since, due=each.due) for each in waiting
    ]
    table.done("DELETE FROM store_waiting WHERE card_id = %s", card, using=using)
    table.add(rows, using=using)


def _keep_terms(
    stream: Stream, terms: frozenset[tuple[str, str]], held: frozenset[tuple[str, str]], using: str
) -> None:
    for index, term in held - terms:
        table.done(f"DELETE {_OF_TERM} AND index = %s AND term = %s", stream.kind, stream.id, index, term, using=using)
    new = [
        Term(index=index, term=term, stream_kind=stream.kind, stream_id=stream.id)
        for index, term in sorted(terms - held)
    ]
    table.add(new, using=using)


def _keep_names(stream: Stream, words: frozenset[str], held: frozenset[str], using: str) -> None:
    if held != words:
        table.done(f"DELETE {_OF_NAME}", stream.kind, stream.id, using=using)
        new = [SearchName(word=word, stream_kind=stream.kind, stream_id=stream.id) for word in sorted(words)]
        table.add(new, using=using)
