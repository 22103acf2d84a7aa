"""The logs: one leaf after the other, in one order, each inside the transaction of what it commits to (I9).

1. The house log's place is taken last, under the lock of its head, which is held until the transaction ends; nobody
   who holds it waits for another lock. A link's log is written under the lock of its partner's row.
2. A leaf commits to the exact bytes of its row under the row's own salt (`cotejo.proof.commitments`).
3. Each leaf row keeps the root of the tree it ends, so the root at any size is one look-up.
4. Tiles are written after the commit, from the leaves, and can be written again at any time.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cotejo.proof import exact
from cotejo.proof.commitments import SALT_SIZE, house_leaf
from cotejo.proof.commitments import leaf as committed_leaf
from cotejo.proof.tilelog import EMPTY_ROOT, Frontier, leaf_hash
from cotejo.proof.tiles import WIDTH, bundle_bytes, tile_above, tiles_of
from cotejo.rules.acts import Millis
from cotejo.rules.figures import StatisticsRow
from cotejo.store import rows as table
from cotejo.store.disk import Places, make_folder, write_over
from cotejo.store.models import Act, HouseLeaf, LinkLeaf, LogHead, Trace

HOUSE: Final = "house"
CHECKPOINT: Final = "checkpoint"
SIZE: Final = "size"
"""The file beside the tiles that says how many leaves they show."""
FIRST_LEAF_LOCK: Final = 0x636F_7465_6A6F
"""The advisory lock that stands for the house log's head until there is one."""
DIGEST: Final = exact.DIGEST_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A log before and after some leaves: sizes and roots, and the time."""

    before: int
    root_before: bytes
    size: int
    root: bytes
    at: Millis


def new_salt() -> bytes:
    """Return the salt of one row."""
    return os.urandom(SALT_SIZE)


def act_bytes(row: Act) -> bytes:
    """Return what a leaf commits to of an act: everything in its row but the place in the log and the salt."""
    return exact.to_bytes(
        {
            "at": row.at,
            "body": bytes(row.body_commitment).hex(),
            "by": row.by,
            "code": row.code,
            "duty": row.duty,
            "id": row.stream_id,
            "key": row.key,
            "kind": row.stream_kind,
            "purpose": row.purpose,
            "rules": row.rules,
            "version": row.version,
        }
    )


def trace_bytes(row: Trace) -> bytes:
    """Return what a leaf commits to of a read or a refusal."""
    return exact.to_bytes(
        {
            "at": row.at,
            "by": row.by,
            "case": row.case,
            "codes": list(row.codes),
            "duty": row.duty,
            "purpose": row.purpose,
            "subject": row.subject,
            "what": row.what,
        }
    )


def leaf_of(row: Act | Trace) -> bytes:
    """Return the leaf that commits to a row."""
    content = act_bytes(row) if isinstance(row, Act) else trace_bytes(row)
    counted, salt = bytes(row.statistics), bytes(row.statistics_salt)
    if not counted and not salt:
        return house_leaf(salt=bytes(row.salt), act=content)
    return house_leaf(salt=bytes(row.salt), act=content, row_salt=salt, row=counted)


def count_for(row: Act | Trace, counted: StatisticsRow | None) -> None:
    """Put beside a row that is not yet written what it counts for."""
    if counted is not None:
        row.statistics, row.statistics_salt = exact.to_bytes(counted.fields()), new_salt()


def grow_house(rows: Sequence[Act | Trace], *, now: Millis, using: str) -> Grown:
    """Give each row its place in the house log and write rows and leaves. The last thing a transaction does."""
    kept = _locked_head(using)
    before = _frontier_of(kept)
    frontier = before
    leaves = []
    for row in rows:
        leaf = leaf_of(row)
        index = frontier.size
        frontier = frontier.append(leaf_hash(leaf))
        leaves.append(HouseLeaf(index=index, leaf=leaf, root=frontier.root()))
        row.leaf_id = index
    table.add(leaves, using=using)
    table.add([row for row in rows if isinstance(row, Act)], using=using)
    table.add([row for row in rows if isinstance(row, Trace)], using=using)
    at = _keep_head(kept, frontier, now, using)
    return Grown(before=before.size, root_before=before.root(), size=frontier.size, root=frontier.root(), at=at)


def grow_link(partner: str, *, commitment: str, mid: str, outgoing: bool, now: Millis, using: str) -> None:
    """Add a message's leaf to a link's log. The caller holds the partner's row."""
    kept, frontier = _head(link_name(partner), using)
    leaf = committed_leaf(exact.from_hex(commitment, size=DIGEST))
    index = frontier.size
    frontier = frontier.append(leaf_hash(leaf))
    row = LinkLeaf(partner=partner, index=index, leaf=leaf, root=frontier.root(), outgoing=outgoing, mid=mid)
    table.add([row], using=using)
    _keep_head(kept, frontier, now, using)


def root_at(size: int, *, using: str) -> bytes | None:
    """Return the house log's root at a size it had, or nothing when it never had it."""
    if size == 0:
        return EMPTY_ROOT
    row = table.first(HouseLeaf, "index = %s", size - 1, using=using)
    return None if row is None else bytes(row.root)


def house_size(*, using: str) -> int:
    """Return how many leaves the house log has."""
    return _kept(HOUSE, using).size


def link_name(partner: str) -> str:
    """Return the name of the log of a link."""
    return f"link:{partner}"


def head(name: str, *, using: str) -> tuple[int, bytes]:
    """Return size and root of a log."""
    _, frontier = _head(name, using)
    return frontier.size, frontier.root()


def first_time(*, using: str) -> Millis:
    """Return when the house log's first entry was written; 0 while there is none."""
    query = "SELECT at FROM store_act WHERE leaf_id = 0 UNION ALL SELECT at FROM store_trace WHERE leaf_id = 0"
    found = table.fetched(query, using=using)
    return int(found[0][0]) if found else 0


def newest_time(*, using: str) -> Millis:
    """Return the highest time any commit had, as the database knows it."""
    return _kept(HOUSE, using).at


def house_leaves(start: int, end: int, *, using: str) -> list[bytes]:
    """Return the leaves from `start` up to `end`, without it."""
    rows = HouseLeaf.objects.using(using).filter(index__gte=start, index__lt=end).order_by("index")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]


def link_leaves(partner: str, *, using: str) -> tuple[bytes, ...]:
    """Return the leaves of a link's log, in order."""
    rows = LinkLeaf.objects.using(using).filter(partner=partner).order_by("index")
    return tuple(bytes(leaf) for leaf in rows.values_list("leaf", flat=True))


def tiles_folder(places: Places) -> Path:
    """Return where the house log's tiles are written."""
    return places.logs / "house"


def tiles_size(folder: Path) -> int:
    """Return the size of the log that the tiles in a folder show."""
    mark = folder / SIZE
    return int(mark.read_text(encoding="ascii")) if mark.exists() else 0


def put_aside(folder: Path, *, as_name: str) -> None:
    """Put the files of a log whose end was lost in a restore aside, for auditors; the log goes on with files anew."""
    if not folder.exists():
        return
    aside = folder.with_name(f"{folder.name}-until-{as_name}")
    while aside.exists():
        aside = aside.with_name(f"{aside.name}-again")
    folder.rename(aside)


def write_tiles(folder: Path, *, using: str) -> int:
    """Write the house log's tiles and entry bundles that are not there yet. Return the size they now show."""
    size, since = house_size(using=using), tiles_size(folder)
    if since >= size:
        return since
    for tile in tiles_of(size, since=since):
        if tile.level:
            _write(folder / tile.path(), tile_above(tile, lambda below: (folder / below.path()).read_bytes()))
            continue
        leaves = house_leaves(tile.number * WIDTH, tile.number * WIDTH + tile.width, using=using)
        _write(folder / tile.bundle_path(), bundle_bytes(leaves))
        _write(folder / tile.path(), b"".join(map(leaf_hash, leaves)))
    _write(folder / SIZE, str(size).encode())
    return size


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    write_over(path, content)


def _head(name: str, using: str) -> tuple[LogHead, Frontier]:
    head = _kept(name, using)
    return head, _frontier_of(head)


def _frontier_of(head: LogHead) -> Frontier:
    packed = bytes(head.frontier)
    return Frontier(size=head.size, roots=tuple(packed[at : at + DIGEST] for at in range(0, len(packed), DIGEST)))


def _locked_head(using: str) -> LogHead:
    """Return the house log's head as it is now, alone with it until the transaction ends (rule 1)."""
    locked = "name = %s FOR UPDATE"
    heads = table.found(LogHead, locked, HOUSE, using=using)
    if not heads:
        table.fetched("SELECT pg_advisory_xact_lock(%s)", FIRST_LEAF_LOCK, using=using)
        heads = table.found(LogHead, locked, HOUSE, using=using)
    return heads[0] if heads else LogHead(name=HOUSE)


def _kept(name: str, using: str) -> LogHead:
    return table.first(LogHead, "name = %s", name, using=using) or LogHead(name=name)


def _keep_head(head: LogHead, frontier: Frontier, now: Millis, using: str) -> Millis:
    head.size = frontier.size
    head.frontier = b"".join(frontier.roots)
    head.at = max(head.at, now)
    if not table.change(head, "size", "frontier", "at", using=using):
        table.add([head], using=using)
    return head.at
