"""In which order a transaction takes its locks, so that no two wait for each other.

1. Streams first, in the order of their names; then partners' rows, in the order of their names.
2. Then, for streams that are new, the local numbers of their kinds, in the order of the streams' names.
3. The house log last (`cotejo.store.log.grow_house`).
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from cotejo.rules.acts import Stream, StreamKind
from cotejo.store.models import PartnerRow
from cotejo.store.rows import fetched, found

UNREAD: Final = ("agreement_signed",)
"""What nobody who writes or reads a line needs of a partner's row, and is long."""


def lock_streams(streams: Iterable[Stream], *, using: str) -> None:
    """Lock lines of acts until the transaction ends."""
    for name in sorted({str(stream) for stream in streams}):
        _lock(f"cotejo/stream/{name}", using)


def lock_numbers(kind: StreamKind, *, using: str) -> None:
    """Lock the local numbers of a kind until the transaction ends."""
    _lock(f"cotejo/numbers/{kind}", using)


def lock_partners(names: Iterable[str], *, using: str) -> dict[str, PartnerRow]:
    """Lock partners' rows until the transaction ends and return them as they are now. Raises `KeyError`."""
    wanted = sorted(set(names))
    locked = "name = %s FOR UPDATE"
    rows = {row.name: row for name in wanted for row in found(PartnerRow, locked, name, using=using, without=UNREAD)}
    if missing := [name for name in wanted if name not in rows]:
        raise KeyError(f"not paired: {', '.join(missing)}")
    return rows


def _lock(name: str, using: str) -> None:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    fetched("SELECT pg_advisory_xact_lock(%s)", number, using=using)
