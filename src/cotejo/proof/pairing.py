"""Two copies of the log of one link, from two agencies, set side by side without a word of what was said.

1. Each copy holds both directions as that agency keeps them: what it told, what it heard. Every copy is verified first:
   every leaf, every tile, the sender's signature, the addressee's confirmation.
2. The same message has the same leaf on both sides, so a disclosure at one agency is paired with its arrival at the
   other. Places are numbers of the line: number n there is number n here.
3. A leaf without its pair is named. One side may simply be newer; what both checkpoints cover must be the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.commitments import read_leaf
from cotejo.proof.refusals import ProofError, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One agency's copy of one direction: the checkpoint both signed, and its leaves in order."""

    checkpoint: Checkpoint
    leaves: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """One direction compared: how many messages are in both copies, and how many only one of them has yet."""

    origin: str
    pairs: int
    only_told: int
    only_heard: int


def pair_copies(told: Copy, heard: Copy) -> Paired:
    """Pair what a sender's copy says it told with what the addressee's copy says it heard (rules 2 and 3).

    Raises `ProofError`: OTHER_LOG for two different directions, LOG_TWO_FACES naming the first number that differs.
    """
    if told.checkpoint.origin != heard.checkpoint.origin:
        raise ProofError(Reason.OTHER_LOG, f"{told.checkpoint.origin} and {heard.checkpoint.origin}")
    both = min(len(told.leaves), len(heard.leaves))
    for number, (ours, theirs) in enumerate(zip(told.leaves, heard.leaves, strict=False), start=1):
        if read_leaf(ours) != read_leaf(theirs):
            raise ProofError(Reason.LOG_TWO_FACES, f"{told.checkpoint.origin}: message {number}")
    _require_no_repeat(told.leaves)
    return Paired(
        origin=told.checkpoint.origin,
        pairs=both,
        only_told=len(told.leaves) - both,
        only_heard=len(heard.leaves) - both,
    )


def _require_no_repeat(leaves: Sequence[bytes]) -> None:
    """Refuse a leaf that stands twice: one arrival would stand for two disclosures."""
    if len(set(leaves)) != len(leaves):
        raise ProofError(Reason.LOG_TWO_FACES, "one leaf stands at two numbers")
