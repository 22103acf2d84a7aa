"""In which order a transaction takes its locks, so that no two wait for each other.

Streams first, in the order of their names; then partners' rows, in the order of their names; the house log last
(`cotejo.store.log.grow_house`).
"""

import hashlib
from collections.abc import Iterable

from django.db import connections

from cotejo.rules.acts import Stream
from cotejo.store.models import PartnerRow


def lock_streams(streams: Iterable[Stream], *, using: str) -> None:
    """Lock lines of acts until the transaction ends."""
    with connections[using].cursor() as cursor:
        for name in sorted({str(stream) for stream in streams}):
            digest = hashlib.sha256(f"cotejo/stream/{name}".encode()).digest()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])


def lock_partners(names: Iterable[str], *, using: str) -> dict[str, PartnerRow]:
    """Lock partners' rows until the transaction ends and return them as they are now. Raises `KeyError`."""
    wanted = sorted(set(names))
    rows = PartnerRow.objects.using(using).select_for_update().filter(name__in=wanted).order_by("name")
    found = {row.name: row for row in rows}
    if missing := [name for name in wanted if name not in found]:
        raise KeyError(f"not paired: {', '.join(missing)}")
    return found
