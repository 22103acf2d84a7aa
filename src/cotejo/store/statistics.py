"""The statistics rows beside the log, for a release and for the auditor who counts again (I14).

A row stands in the clear with the act or refusal it is of; the leaf commits to it under a salt of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cotejo.store.models import Act, HouseLeaf, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """One leaf of the house log as an auditor gets it; `row` and `salt` are empty where it counts for nothing."""

    index: int
    leaf: bytes
    row: bytes
    salt: bytes


def counting_leaves(size: int, *, using: str = "default") -> Iterator[Counting]:
    """Return the first `size` leaves of the house log in order, each with the row it commits to."""
    rows: dict[int, tuple[bytes, bytes]] = {}
    for model in (Act, Trace):
        found = model.objects.using(using).filter(leaf_id__lt=size).exclude(statistics=b"")
        for index, row, salt in found.values_list("leaf_id", "statistics", "statistics_salt"):
            rows[index] = (bytes(row), bytes(salt))
    leaves = HouseLeaf.objects.using(using).filter(index__lt=size).order_by("index")
    for index, leaf in leaves.values_list("index", "leaf"):
        row, salt = rows.get(index, (b"", b""))
        yield Counting(index=index, leaf=bytes(leaf), row=row, salt=salt)
