"""Our log beside another implementation of RFC 6962: `pymerkle`, on the same leaves, operation by operation in one run.

1. Ours and theirs take turns, so that what the machine does besides falls on both; seconds are the processor's own.
2. Each `..._of_pymerkle` says how many times as many we do in a second. Roots must be equal, or nothing is told.
3. It is no dependency of a node: whoever wants the comparison installs the group `peers`.
"""

import random
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from cotejo.doors.cli.speaking import refuse
from cotejo.proof.tilelog import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from cotejo.proof.tiles import WIDTH, subtrees_from, tile_above, tiles_of

PROOFS: Final = 100
TURNS: Final = 4
OPERATIONS: Final = (
    "append",
    "inclusion_proof",
    "inclusion_verified",
    "consistency_proof",
    "consistency_verified",
    "whole_log_hashed_again",
)


def measure_pymerkle(entries: list[bytes]) -> dict[str, int | float]:
    """Return both implementations' figures per second on these leaves, and the ratios."""
    try:
        pymerkle = import_module("pymerkle")
    except ImportError:
        refuse(
            "pymerkle is not installed; it is in the dependency group `peers`.",
            "pymerkle no está instalado; va en el grupo de dependencias `peers`.",
        )
    count, theirs = len(entries), pymerkle.InmemoryTree(algorithm="sha256")
    rows = {name: _Turns() for name in OPERATIONS}
    hashes: list[bytes] = []
    frontier = Frontier()
    for part in _parts(entries):
        frontier = rows["append"].ours(len(part), _append, frontier, part, hashes)
        rows["append"].theirs(len(part), _append_there, theirs, part)
    root = frontier.root()
    if theirs.get_root() != root:
        raise ValueError("the two implementations have other roots")
    tiles = _tiles(hashes)
    read = subtrees_from(lambda tile: tiles[tile.path()], count)
    chance = random.Random("cotejo/bench/peers/1")  # noqa: S311 - the same work every run
    for _ in range(min(PROOFS, count - 1)):
        at, old = chance.randrange(count), chance.randrange(1, count)
        before = Frontier().append(*hashes[:old]).root()
        proof = rows["inclusion_proof"].ours(1, inclusion_proof, at, count, read)
        other = rows["inclusion_proof"].theirs(1, theirs.prove_inclusion, at + 1)
        rows["inclusion_verified"].ours(1, verify_inclusion, hashes[at], at, count, proof, root)
        rows["inclusion_verified"].theirs(1, pymerkle.verify_inclusion, hashes[at], root, other)
        proof = rows["consistency_proof"].ours(1, consistency_proof, old, count, read)
        other = rows["consistency_proof"].theirs(1, theirs.prove_consistency, old, count)
        rows["consistency_verified"].ours(1, _continues, old, before, count, root, proof)
        rows["consistency_verified"].theirs(1, pymerkle.verify_consistency, before, root, other)
    rows["whole_log_hashed_again"].ours(count, _append, Frontier(), entries, [])
    rows["whole_log_hashed_again"].theirs(count, _hash_there, pymerkle.InmemoryTree, entries)
    return {name: figure for each, turns in rows.items() for name, figure in turns.told(each).items()}


class _Turns:
    """How many of one operation ours and theirs did, and the processor's seconds of each."""

    def __init__(self) -> None:
        self._count = {"ours": 0, "theirs": 0}
        self._seconds = {"ours": 0.0, "theirs": 0.0}

    def ours(self, count: int, work: Callable[..., Any], *about: Any) -> Any:  # noqa: ANN401 - the work's own
        return self._do("ours", count, work, about)

    def theirs(self, count: int, work: Callable[..., Any], *about: Any) -> Any:  # noqa: ANN401 - the work's own
        return self._do("theirs", count, work, about)

    def told(self, name: str) -> dict[str, float]:
        """Return both paces and the ratio."""
        ours, theirs = (self._count[who] / max(self._seconds[who], 1e-9) for who in ("ours", "theirs"))
        return {f"{name}_per_s": ours, f"{name}_pymerkle_per_s": theirs, f"{name}_of_pymerkle": ours / theirs}

    def _do(self, who: str, count: int, work: Callable[..., Any], about: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the work's own
        began = time.process_time()
        done = work(*about)
        self._seconds[who] += time.process_time() - began
        self._count[who] += count
        return done


def _append(frontier: Frontier, entries: list[bytes], hashes: list[bytes]) -> Frontier:
    new = list(map(leaf_hash, entries))
    hashes += new
    return frontier.append(*new)


def _append_there(tree: Any, entries: list[bytes]) -> None:  # noqa: ANN401 - a library without types
    for each in entries:
        tree.append_entry(each)


def _hash_there(kind: Any, entries: list[bytes]) -> None:  # noqa: ANN401 - a library without types
    kind.init_from_entries(entries, algorithm="sha256").get_root()


def _parts(entries: list[bytes]) -> list[list[bytes]]:
    size = -(-len(entries) // TURNS)
    return [entries[start : start + size] for start in range(0, len(entries), size)]


def _tiles(hashes: list[bytes]) -> dict[str, bytes]:
    tiles: dict[str, bytes] = {}
    for tile in tiles_of(len(hashes)):
        first = tile.number * WIDTH
        whole = b"".join(hashes[first : first + tile.width])
        tiles[tile.path()] = tile_above(tile, lambda below: tiles[below.path()]) if tile.level else whole
    return tiles


def _continues(old: int, before: bytes, new: int, root: bytes, proof: Any) -> None:  # noqa: ANN401 - as the prover gives it
    verify_consistency(old=old, old_root=before, new=new, new_root=root, proof=proof)
