"""Two copies of one link's log pair message by message, or the first that differs is named (X9)."""

from dataclasses import replace

import pytest

from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.commitments import leaf
from cotejo.proof.pairing import Copy, pair_copies
from cotejo.proof.refusals import ProofError, Reason


def copy(size: int, *, origin: str = "alba/link/boreal") -> Copy:
    """Give a copy of a direction with so many messages."""
    leaves = tuple(leaf(bytes([number]) * 32) for number in range(size))
    return Copy(checkpoint=Checkpoint(origin=origin, size=size, root=bytes(32)), leaves=leaves)


def test_x9_each_disclosure_pairs_with_its_arrival_and_what_is_newer_is_counted():
    found = pair_copies(copy(5), copy(3))
    assert (found.pairs, found.only_told, found.only_heard) == (3, 2, 0)
    assert pair_copies(copy(2), copy(6)).only_heard == 4


def test_x9_the_first_message_that_differs_is_named():
    other = replace(copy(4), leaves=(*copy(2).leaves, leaf(b"\xff" * 32), copy(4).leaves[3]))
    with pytest.raises(ProofError, match="message 3") as refused:
        pair_copies(copy(4), other)
    assert refused.value.reason is Reason.LOG_TWO_FACES


def test_two_directions_are_not_paired_with_each_other():
    with pytest.raises(ProofError) as refused:
        pair_copies(copy(1), copy(1, origin="boreal/link/alba"))
    assert refused.value.reason is Reason.OTHER_LOG


def test_one_arrival_never_stands_for_two_disclosures():
    twice = Copy(checkpoint=copy(2).checkpoint, leaves=copy(1).leaves * 2)
    with pytest.raises(ProofError):
        pair_copies(twice, twice)
