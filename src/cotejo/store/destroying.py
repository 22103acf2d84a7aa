"""Destroying a unit: its key, its sealed bodies, its signed texts and documents, in the caller's transaction (I11).

The acts stay, without content, under their leaves; what lists and searches read is made again by the caller.
"""

from functools import partial

from django.db import transaction

from cotejo.rules.acts import Entry, Millis, Stream, StreamKind
from cotejo.store import signed_texts
from cotejo.store.documents import PgDocuments
from cotejo.store.models import UnitKey, VaultItem
from cotejo.store.sealed_copies import SealedCopies
from cotejo.store.vault import Vault


def destroy(unit: Stream, *, vault: Vault, documents: PgDocuments, now: Millis, using: str) -> None:
    """Destroy what a unit holds; the list of destroyed keys grows once the transaction has committed."""
    gone = vault.destroy(unit, now=now)
    VaultItem.objects.using(using).filter(stream_kind=unit.kind, stream_id=unit.id).delete()
    signed_texts.forget(unit, using=using)
    documents.erase(unit)
    transaction.on_commit(partial(vault.destroyed.add, gone, now=now), using=using)


def seal_copy(
    unit: Stream,
    entries: tuple[Entry, ...],
    *,
    copies: SealedCopies,
    documents: PgDocuments,
    sealed_until: Millis,
    held: bool,
) -> None:
    """Seal what a unit holds for the oversight body, before it is destroyed."""
    copies.keep(unit, entries, documents.contents(unit), sealed_until=sealed_until, held=held)


def living_again(vault: Vault, *, using: str) -> tuple[Stream, ...]:
    """Return the units of destroyed keys that a restored backup brought back, and complete the list of such keys."""
    rows = UnitKey.objects.using(using)
    gone = dict(rows.filter(destroyed_at__gt=0).values_list("id", "destroyed_at"))
    for id_ in sorted(set(gone) - vault.destroyed.known()):
        vault.destroyed.add([id_], now=gone[id_])
    living = rows.filter(id__in=vault.destroyed.known(), destroyed_at=0)
    return tuple(
        Stream(StreamKind(kind), id_) for kind, id_ in living.values_list("stream_kind", "stream_id").distinct()
    )
