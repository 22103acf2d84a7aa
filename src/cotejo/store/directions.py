"""Each direction of a line as this database keeps it, read from the nearest running digest on (`exchange.directions`).

1. A digest is kept at every `STEP` messages; what is compared reads no more than the messages since the nearest one.
2. Only what is answered for good is covered by one: a message of ours that goes out again takes those after it away.
3. A digest is derived. `fsck` computes the line anew from the messages and believes none.
"""

from collections.abc import Iterator
from typing import Final, overload

from django.db import transaction
from django.db.models import QuerySet

from cotejo.exchange.directions import RAISES, Digest, Direction, floors_after
from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.tilelog import Frontier
from cotejo.rules.line import LineMessage
from cotejo.store.locks import lock_partners
from cotejo.store.models import Inbox, LineDigest, Outbox
from cotejo.store.queue import RESTORED, WAITING

STEP: Final = 64
PAGE: Final = 1_000
_FIELDS: Final = ("seq", "mid", "kind", "request", "version", "sha256", "commitment", "outcome")


class KeptDirection(Direction):
    """What was told to a partner (`outgoing`) or heard of it, up to a number its row named."""

    def __init__(self, partner: str, *, outgoing: bool, size: int, using: str) -> None:
        self._partner = partner
        self._outgoing = outgoing
        self._size = size
        self._using = using

    @overload
    def __getitem__(self, at: int) -> LineMessage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[LineMessage, ...]: ...

    def __getitem__(self, at: int | slice) -> LineMessage | tuple[LineMessage, ...]:
        places = range(self._size)[at]
        if isinstance(places, range):
            return tuple(self._read(places.start, places.stop)) if len(places) else ()
        return next(self._read(places, places + 1))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[LineMessage]:
        for start in range(0, self._size, PAGE):
            yield from self._read(start, min(start + PAGE, self._size))

    def digest(self, size: int) -> Digest:
        digests = LineDigest.objects.using(self._using).filter(partner=self._partner, outgoing=self._outgoing)
        kept = digests.filter(size__lte=size).order_by("-size").first()
        digest = _digest_of(kept) if kept else Digest()
        for start in range(digest.size, size, STEP):
            digest = digest.after(self._read(start, min(start + STEP, size)))
            if digest.outcomes is not None and digest.size == start + STEP:
                self._keep(digest)
        return digest

    def floors(self, size: int) -> dict[str, int]:
        return floors_after(map(_message, self._rows(0, size).filter(kind__in=RAISES).values_list(*_FIELDS)))

    def without_bytes(self, after: int) -> tuple[LineMessage, ...]:
        if not self._outgoing:
            return ()
        rows = self._rows(after, self._size).filter(state=RESTORED)  # type: ignore[misc] # the outbox's column
        return tuple(map(_message, rows.values_list(*_FIELDS)))

    def _rows(self, start: int, end: int) -> "QuerySet[Outbox] | QuerySet[Inbox]":
        rows = (Outbox if self._outgoing else Inbox).objects.using(self._using)
        return rows.filter(partner=self._partner, seq__gt=start, seq__lte=end).order_by("seq")

    def _read(self, start: int, end: int) -> Iterator[LineMessage]:
        rows = self._rows(start, end)
        if not self._outgoing:
            yield from map(_message, rows.values_list(*_FIELDS))
            return
        for *row, state in rows.values_list(*_FIELDS, "state"):
            yield _message((*row[:-1], "" if state == WAITING else row[-1]))

    def _keep(self, digest: Digest) -> None:
        """Keep a digest, unless a message it covers has meanwhile to be answered again (rule 2)."""
        row = LineDigest(
            partner=self._partner,
            outgoing=self._outgoing,
            size=digest.size,
            frontier=b"".join(digest.frontier.roots),
            last=digest.last,
            outcomes=digest.outcomes or "",
        )
        with transaction.atomic(using=self._using):
            lock_partners([self._partner], using=self._using)
            if self._outgoing and self._rows(0, digest.size).filter(state=WAITING).exists():  # type: ignore[misc] # the outbox's column
                return
            LineDigest.objects.using(self._using).bulk_create([row], ignore_conflicts=True)


def forget_after(partner: str, number: int, *, using: str) -> None:
    """Forget the digests that cover messages of ours after this number: their answers are asked for again (rule 2)."""
    LineDigest.objects.using(using).filter(partner=partner, outgoing=True, size__gt=number).delete()


def _digest_of(row: LineDigest) -> Digest:
    packed = bytes(row.frontier)
    roots = tuple(packed[at : at + DIGEST_SIZE] for at in range(0, len(packed), DIGEST_SIZE))
    return Digest(frontier=Frontier(size=row.size, roots=roots), last=row.last, outcomes=row.outcomes)


def _message(row: tuple[object, ...]) -> LineMessage:
    return LineMessage(**dict(zip(_FIELDS, row, strict=True)))  # type: ignore[arg-type] # the columns, in their order
