"""An imported copy of the agency's own person register, for possible same persons (F29).

1. An import needs a signed reason; it replaces the copy as a whole, in one transaction.
2. Rows are sealed; they are found by keyed tokens of their candidate keys, so no name stands in a plain column.
3. The answer to a question depends on the rows alone: most shared keys first, then by id.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from django.db import connections, transaction
from django.db.models import Count

from cotejo.identity import PersonRecord, Rows, candidate_keys, folded_name
from cotejo.proof import records
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.rules.duties import Officer
from cotejo.store.disk import Places
from cotejo.store.keys import EpochKeys, token, token_maker
from cotejo.store.locks import lock_streams
from cotejo.store.models import RegisterKey, RegisterRow, RegisterState
from cotejo.store.vault import OpenKey, Vault, open_sealed, seal

UNIT: Final = Stream(StreamKind.REGISTER, "0" * 32)
CANDIDATE: Final = "k"
NAME: Final = "n"
BATCH: Final = 1000


class PgRegister:
    """The register of one node (`cotejo.identity.CandidateSource`)."""

    def __init__(self, places: Places, *, using: str = "default") -> None:
        self._places = places
        self._using = using
        self._vault = Vault(EpochKeys(places.keys), using=using)

    def rows_with_keys(self, keys: Collection[str], limit: int) -> Rows:
        """Return at most `limit` rows having one of the keys, most shared keys first, then by id."""
        tokens = [self._token(CANDIDATE, key) for key in frozenset(keys)]
        shared = (
            RegisterKey.objects.using(self._using)
            .filter(use=CANDIDATE, token__in=tokens)
            .values("row_id")
            .annotate(shared=Count("token", distinct=True))
        )
        first = [line["row_id"] for line in shared.order_by("-shared", "row_id")[:limit]]
        return Rows(records=self.rows(first), total=shared.count())

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids, in this order, without those that are no longer there."""
        found = RegisterRow.objects.using(self._using).in_bulk(ids)
        opened = self._vault.keys_of(*{row.key for row in found.values()})
        return tuple(_open(found[id_], opened) for id_ in ids if id_ in found and found[id_].key in opened)

    def bearing_name(self, folded_name: str) -> int:
        """Return how many rows have this folded name, or one that goes on after it with a space."""
        return RegisterKey.objects.using(self._using).filter(use=NAME, token=self._token(NAME, folded_name)).count()

    def as_of(self) -> int:
        """Return when the register was last known to be current, in ms UTC; 0 when there is no copy."""
        state = RegisterState.objects.using(self._using).first()
        return 0 if state is None else state.as_of

    def replace(self, people: Iterable[PersonRecord], *, as_of: Millis, who: Officer, reason: str, now: Millis) -> int:
        """Put a new copy in the place of the old one. `reason` is a code. Return how many rows it has."""
        with transaction.atomic(using=self._using):
            lock_streams([UNIT], using=self._using)
            RegisterRow.objects.using(self._using).all().delete()
            self._vault.destroy(UNIT, now=now)
            key = self._vault.key_for_sealing(UNIT, now=now)
            total, waiting, found_by = 0, iter(people), token_maker(self._places.keys)
            while batch := list(islice(waiting, BATCH)):
                rows = ((each.id, key.id, seal(key.key, records.encode(each), about=_about(each.id))) for each in batch)
                self._copy("store_register_row (id, key, sealed)", rows)
                lines = (line for each in batch for line in _lines(each, found_by))
                self._copy("store_register_key (use, token, row_id)", lines)
                total += len(batch)
            RegisterState.objects.using(self._using).update_or_create(
                id=1, defaults={"as_of": as_of, "imported_at": now, "imported_by": who.id, "reason": reason}
            )
        return total

    def _copy(self, into: str, rows: Iterable[tuple[str | bytes, ...]]) -> None:
        """Write many rows at once; a register has millions of keys."""
        with connections[self._using].cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as lines:
            for row in rows:
                lines.write_row(row)

    def _token(self, use: str, text: str) -> bytes:
        return token(self._places.keys, _use(use), text)


def _lines(person: PersonRecord, found_by: Callable[[str, str], bytes]) -> Iterator[tuple[str, bytes, str]]:
    for key in sorted(candidate_keys(person)):
        yield CANDIDATE, found_by(_use(CANDIDATE), key), person.id
    words = folded_name(person).split()
    for end in range(1, len(words) + 1):
        yield NAME, found_by(_use(NAME), " ".join(words[:end])), person.id


def _use(use: str) -> str:
    return f"register.{use}"


def _open(row: RegisterRow, opened: dict[str, OpenKey]) -> PersonRecord:
    plain = open_sealed(opened[row.key].key, bytes(row.sealed), about=_about(row.id))
    return records.decode(plain, PersonRecord)


def _about(row_id: str) -> str:
    return f"register:{row_id}"
