"""What lists, look-ups and searches read, made again for a stream whenever it changes (design section 8).

1. Derived from the fold of the stream's kind and nothing else; a kind without a fold has no line.
2. A stream's local number is given once, under a lock of its kind, and kept apart from the card.
3. Names are folded and split here, in Python; their tables are UNLOGGED, empty after a crash, and rebuilt stream by
   stream while commits go on.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Max

from cotejo.identity.names import fold
from cotejo.rules.acts import Entry, Millis, Stream, StreamKind
from cotejo.rules.cases import Card, Fold, fold_of, state_of
from cotejo.store.codec import load_law
from cotejo.store.locks import lock_numbers, lock_streams
from cotejo.store.models import Act, CardRow, LocalNumber, SearchName, SearchState, Term, WaitingRow

LONGEST_WORD = 80


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
    _keep_card(stream, fold_here.card(state), _number_of(stream, using), len(entries), entries[-1].at, using)
    _keep_terms(stream, frozenset(fold_here.terms(state)), using)
    _keep_names(stream, words_of(fold_here.search_names(state)), using)


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
            _keep_names(stream, words_of(fold_of(stream.kind).search_names(state)), using)
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
        rows = SearchName.objects.using(using).filter(stream_kind=kind, word__startswith=word)
        found = found.filter(stream_id__in=rows.values("stream_id"))
    ids = found.order_by("stream_id").values_list("stream_id", flat=True).distinct()[:limit]
    return tuple(Stream(kind, id_) for id_ in ids)


def _number_of(stream: Stream, using: str) -> int:
    numbers = LocalNumber.objects.using(using).filter(stream_kind=stream.kind)
    given = numbers.filter(stream_id=stream.id).values_list("number", flat=True).first()
    if given is not None:
        return given
    lock_numbers(stream.kind, using=using)
    number = 1 + (numbers.aggregate(last=Max("number"))["last"] or 0)
    LocalNumber.objects.using(using).create(stream_kind=stream.kind, stream_id=stream.id, number=number)
    return number


def _keep_card(stream: Stream, card: Card, number: int, version: int, updated: Millis, using: str) -> None:
    row, _ = CardRow.objects.using(using).update_or_create(
        stream_kind=stream.kind,
        stream_id=stream.id,
        defaults={
            "number": number,
            "state": card.state,
            "partner": card.partner,
            "route": card.route,
            "parent": card.parent,
            "facets": list(card.facets),
            "version": version,
            "updated": updated,
        },
    )
    row.waiting.all().delete()
    WaitingRow.objects.using(using).bulk_create(
        WaitingRow(card=row, duty=each.duty, step=each.step, since=each.since, due=each.due) for each in card.waiting
    )


def _keep_terms(stream: Stream, terms: frozenset[tuple[str, str]], using: str) -> None:
    rows = Term.objects.using(using).filter(stream_kind=stream.kind, stream_id=stream.id)
    held = frozenset(rows.values_list("index", "term"))
    for index, term in held - terms:
        rows.filter(index=index, term=term).delete()
    Term.objects.using(using).bulk_create(
        Term(index=index, term=term, stream_kind=stream.kind, stream_id=stream.id)
        for index, term in sorted(terms - held)
    )


def _keep_names(stream: Stream, words: frozenset[str], using: str) -> None:
    rows = SearchName.objects.using(using).filter(stream_kind=stream.kind, stream_id=stream.id)
    held = frozenset(rows.values_list("word", flat=True))
    if held != words:
        rows.delete()
        SearchName.objects.using(using).bulk_create(
            SearchName(word=word, stream_kind=stream.kind, stream_id=stream.id) for word in sorted(words)
        )
