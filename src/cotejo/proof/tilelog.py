"""An append-only log as a tree of hashes (RFC 6962, section 2.1): appending, proofs and their verification.

1. A leaf is hashed with 0x00 before it, a pair with 0x01: a pair can never pass for a leaf.
2. Appending needs only the frontier (the roots of the complete subtrees, largest first), not the log.
3. Proofs read the roots of complete subtrees through a `Subtrees` function, so a database, tiles in files and memory
   all serve: `subtrees(level, index)` is the root over leaves `index * 2**level` up to `(index + 1) * 2**level`.
4. Verifiers take what the prover says as hostile: a proof with one hash too many or too few is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.refusals import ProofError, Reason

Subtrees = Callable[[int, int], bytes]
LeafHashes = Callable[[int, int], Sequence[bytes]]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash under which a leaf enters the tree."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Everything needed to append: the size and the roots of the complete subtrees, largest (oldest) first."""

    size: int = 0
    roots: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.roots) != self.size.bit_count() or any(len(r) != DIGEST_SIZE for r in self.roots):
            raise ProofError(Reason.LOG_REWRITTEN, f"a frontier of {self.size} leaves with {len(self.roots)} roots")

    def append(self, *hashes: bytes) -> Self:
        """Return the frontier after these leaf hashes; about one hashing per leaf."""
        size, roots = self.size, list(self.roots)
        for new in hashes:
            carried, bits = new, size
            while bits & 1:
                carried = node_hash(roots.pop(), carried)
                bits >>= 1
            roots.append(carried)
            size += 1
        return type(self)(size=size, roots=tuple(roots))

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.roots:
            return EMPTY_ROOT
        root = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            root = node_hash(left, root)
        return root


def frontier_at(size: int, subtrees: Subtrees) -> Frontier:
    """Return the frontier of the first `size` leaves."""
    roots, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            roots.append(subtrees(level, start >> level))
            start += 1 << level
    return Frontier(size=size, roots=tuple(roots))


def root_at(size: int, subtrees: Subtrees) -> bytes:
    """Return the root over the first `size` leaves."""
    return frontier_at(size, subtrees).root()


def subtrees_of(leaves: LeafHashes) -> Subtrees:
    """Serve subtrees by hashing the leaf hashes `leaves(start, end)` gives: for small logs and for checking."""

    def read(level: int, index: int) -> bytes:
        row = list(leaves(index << level, (index + 1) << level))
        if len(row) != 1 << level:
            raise ProofError(Reason.NOT_IN_LOG, f"{len(row)} of {1 << level} leaves could be read")
        while len(row) > 1:
            row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
        return row[0]

    return read


def inclusion_proof(index: int, size: int, subtrees: Subtrees) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` to the root over `size` leaves (RFC 6962, section 2.1.1)."""
    if not 0 <= index < size:
        raise ProofError(Reason.NOT_IN_LOG, f"leaf {index} of {size}")
    low, high, proof = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range_root(middle, high, subtrees))
            high = middle
        else:
            proof.append(_range_root(low, middle, subtrees))
            low = middle
    return tuple(reversed(proof))


def consistency_proof(old: int, new: int, subtrees: Subtrees) -> tuple[bytes, ...]:
    """Return the hashes that show the tree of `new` leaves to begin with that of `old` (RFC 6962, section 2.1.2)."""
    if not 0 <= old <= new:
        raise ProofError(Reason.LOG_REWRITTEN, f"from {old} to {new} leaves")
    if old in {0, new}:
        return ()
    low, high, whole, proof = 0, new, True, []
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_range_root(middle, high, subtrees))
            high = middle
        else:
            proof.append(_range_root(low, middle, subtrees))
            low, whole = middle, False
    if not whole:
        proof.append(_range_root(low, high, subtrees))
    return tuple(reversed(proof))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Return when the leaf hash is at `index` under `root` (RFC 9162, 2.1.3.2), else raise `ProofError(NOT_IN_LOG)`."""
    refused = ProofError(Reason.NOT_IN_LOG, f"leaf {index} of {size}")
    if not 0 <= index < size or any(len(step) != DIGEST_SIZE for step in proof):
        raise refused
    node, last, computed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise refused
        if node & 1 or node == last:
            computed = node_hash(step, computed)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, step)
        node, last = node >> 1, last >> 1
    if last != 0 or computed != root:
        raise refused


def verify_consistency(*, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Return when the newer tree begins with the older one (RFC 9162, 2.1.4.2), else raise LOG_REWRITTEN."""
    refused = ProofError(Reason.LOG_REWRITTEN, f"from {old} to {new} leaves")
    if not 0 <= old <= new or any(len(step) != DIGEST_SIZE for step in proof):
        raise refused
    if old in {0, new}:
        expected = old_root == (EMPTY_ROOT if old == 0 else new_root)
        if proof or not expected or (new == 0 and new_root != EMPTY_ROOT):
            raise refused
        return
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        raise refused
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    from_old = from_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise refused
        if node & 1 or node == last:
            from_old, from_new = node_hash(step, from_old), node_hash(step, from_new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            from_new = node_hash(from_new, step)
        node, last = node >> 1, last >> 1
    if last != 0 or from_old != old_root or from_new != new_root:
        raise refused


def _split(width: int) -> int:
    """Return the largest power of two smaller than `width` (at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(low: int, high: int, subtrees: Subtrees) -> bytes:
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return subtrees(level, low >> level)
    middle = low + _split(width)
    return node_hash(_range_root(low, middle, subtrees), _range_root(middle, high, subtrees))
