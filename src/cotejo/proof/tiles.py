"""The log as files anybody can serve and check: C2SP tiles of height 8 and entry bundles (c2sp.org/tlog-tiles).

1. A hash tile of level L holds up to 256 hashes, each the root over 256**L leaves; a bundle holds up to 256 leaves,
   each with its length in two bytes before it.
2. A full tile never changes. A partial tile has its width in its path, so no path ever changes its content.
3. Tiles are derived: whoever has the leaves can write them again, and `verify_bundle` compares the two.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tilelog import Subtrees, leaf_hash, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
LARGEST_LEAF = 2**16 - 1  # the length before each leaf has two bytes
_THOUSAND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Which tile: level, number in its level, and how many hashes it has (1 to 256)."""

    level: int
    number: int
    width: int = WIDTH

    def path(self) -> str:
        """Where the tile is, relative to the log's address, e.g. `tile/1/x001/234.p/8`."""
        return f"tile/{self.level}/{_number_path(self.number, self.width)}"

    def bundle_path(self) -> str:
        """Where the leaves under this tile of level 0 are, e.g. `tile/entries/000.p/17`."""
        return f"tile/entries/{_number_path(self.number, self.width)}"


TileReader = Callable[[Tile], bytes]


def tiles_of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Return the tiles a log of `size` leaves has and a log of `since` leaves had not, lowest level first."""
    level = 0
    while size >> (HEIGHT * level):
        now, before = size >> (HEIGHT * level), since >> (HEIGHT * level)
        if now > before:
            for number in range(before // WIDTH, (now - 1) // WIDTH + 1):
                yield Tile(level=level, number=number, width=min(WIDTH, now - number * WIDTH))
        level += 1


def tile_bytes(tile: Tile, subtrees: Subtrees) -> bytes:
    """Return the content of a tile."""
    start = tile.number * WIDTH
    return b"".join(subtrees(tile.level * HEIGHT, start + at) for at in range(tile.width))


def tile_above(tile: Tile, read: TileReader) -> bytes:
    """Return the content of a tile of level 1 or higher from the full tiles below it, which `read` gives.

    Raises `ProofError(NOT_IN_LOG)` for one that is not whole.
    """
    return b"".join(
        _root_of(read, Tile(level=tile.level - 1, number=tile.number * WIDTH + at)) for at in range(tile.width)
    )


def _root_of(read: TileReader, tile: Tile) -> bytes:
    content = read(tile)
    if len(content) != WIDTH * DIGEST_SIZE:
        raise ProofError(Reason.NOT_IN_LOG, f"{tile.path()} is incomplete")
    row = [content[at : at + DIGEST_SIZE] for at in range(0, len(content), DIGEST_SIZE)]
    while len(row) > 1:
        row = [node_hash(row[place], row[place + 1]) for place in range(0, len(row), 2)]
    return row[0]


def bundle_bytes(leaves: Sequence[bytes]) -> bytes:
    """Return the content of the bundle of these leaves. Raises `ProofError(TOO_LARGE)`, leaf above 65,535 bytes."""
    if any(len(leaf) > LARGEST_LEAF for leaf in leaves):
        raise ProofError(Reason.TOO_LARGE, "a log entry has at most 65,535 bytes")
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def leaves_of(bundle: bytes) -> tuple[bytes, ...]:
    """Return the leaves of a bundle. Raises `ProofError(NOT_IN_LOG)` when it ends in the middle of one."""
    leaves, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            raise ProofError(Reason.NOT_IN_LOG, "a bundle ends in the middle of an entry")
        leaves.append(bundle[at + 2 : end])
        at = end
    return tuple(leaves)


def verify_bundle(tile: Tile, bundle: bytes, content: bytes) -> tuple[bytes, ...]:
    """Return the leaves of a bundle whose hashes are exactly this level-0 tile, or raise LOG_REWRITTEN."""
    leaves = leaves_of(bundle)
    if len(leaves) != tile.width or b"".join(map(leaf_hash, leaves)) != content:
        raise ProofError(Reason.LOG_REWRITTEN, f"{tile.bundle_path()} does not give {tile.path()}")
    return leaves


def subtrees_from(read: TileReader, size: int) -> Subtrees:
    """Serve subtrees of a log of `size` leaves from its tiles; one tile is read per question."""

    def subtree(level: int, index: int) -> bytes:
        tile_level, rest = divmod(level, HEIGHT)
        first = index << rest
        number, at = divmod(first, WIDTH)
        width = min(WIDTH, (size >> (HEIGHT * tile_level)) - number * WIDTH)
        tile = Tile(level=tile_level, number=number, width=width)
        content = read(tile) if width > 0 else b""
        row = [content[place * DIGEST_SIZE : (place + 1) * DIGEST_SIZE] for place in range(at, at + (1 << rest))]
        if len(content) != max(width, 0) * DIGEST_SIZE or not all(row):
            raise ProofError(Reason.NOT_IN_LOG, f"{tile.path()} is incomplete")
        while len(row) > 1:
            row = [node_hash(row[place], row[place + 1]) for place in range(0, len(row), 2)]
        return row[0]

    return subtree


def _number_path(number: int, width: int) -> str:
    groups = [f"{number % _THOUSAND:03d}"]
    while number >= _THOUSAND:
        number //= _THOUSAND
        groups.append(f"x{number % _THOUSAND:03d}")
    path = "/".join(reversed(groups))
    return path if width == WIDTH else f"{path}.p/{width}"
