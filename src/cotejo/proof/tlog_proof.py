"""One entry's place in a log as a text of its own (c2sp.org/tlog-proof): index, hashes, the signed checkpoint.

1. `c2sp.org/tlog-proof@v1`, `index N`, at most 63 hashes in base64 (a line each), an empty line, the checkpoint.
2. One spelling only. Whoever has the entry, this text and the log's key needs nothing else.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from cotejo.proof.checkpoint import Checkpoint, open_checkpoint
from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.notes import LARGEST_NOTE, NoteKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tilelog import leaf_hash, verify_inclusion

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
MOST_STEPS: Final = 63
LARGEST_PROOF: Final = LARGEST_NOTE + 4096
_LONGEST_INDEX: Final = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class TlogProof:
    """Where an entry stands, the hashes that lead to the root, and the signed checkpoint with that root."""

    index: int
    steps: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """Return the text."""
        lines = [FIRST_LINE, f"index {self.index}", *(base64.b64encode(step).decode() for step in self.steps), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the text. Raises `ProofError`: TOO_LARGE, NOT_IN_LOG for any other spelling."""
        if len(data) > LARGEST_PROOF:
            raise ProofError(Reason.TOO_LARGE, f"{len(data)} bytes, at most {LARGEST_PROOF}")
        head, _, checkpoint = data.partition(b"\n\n")
        lines = _lines(head)
        if lines[0] != FIRST_LINE or len(lines) < 2:  # noqa: PLR2004 - name and index
            raise ProofError(Reason.NOT_IN_LOG, "no proof of one entry")
        word, _, digits = lines[1].partition(" ")
        if word != "index" or not (digits.isascii() and digits.isdecimal()) or len(digits) > _LONGEST_INDEX:
            raise ProofError(Reason.NOT_IN_LOG, "no index")
        proof = cls(index=int(digits), steps=_steps(lines[2:]), checkpoint=checkpoint)
        if proof.to_bytes() != data:
            raise ProofError(Reason.NOT_IN_LOG, "another spelling of a proof")
        return proof

    def verify(self, entry: bytes, log: NoteKey) -> Checkpoint:
        """Return the checkpoint this entry stands under. Raises NOT_IN_LOG and what `open_checkpoint` raises."""
        checkpoint = open_checkpoint(self.checkpoint, log)
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.size, self.steps, checkpoint.root)
        return checkpoint


def _lines(head: bytes) -> list[str]:
    try:
        return head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise ProofError(Reason.NOT_IN_LOG, "a proof is ASCII") from error


def _steps(lines: Sequence[str]) -> tuple[bytes, ...]:
    try:
        steps = tuple(base64.b64decode(line, validate=True) for line in lines)
    except ValueError as error:
        raise ProofError(Reason.NOT_IN_LOG, "a hash that is not base64") from error
    if len(steps) > MOST_STEPS or any(len(step) != DIGEST_SIZE for step in steps):
        raise ProofError(Reason.NOT_IN_LOG, f"{len(steps)} hashes, or one of another length")
    return steps
