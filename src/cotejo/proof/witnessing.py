"""What a log and a witness say to each other (c2sp.org/tlog-witness): one request, signature lines as the answer.

1. Request: `old SIZE`, at most 63 proof hashes in base64 (a line each), an empty line, the signed checkpoint.
2. A witness confirms only what continues the checkpoint it confirmed last; it keeps the new one before it answers.
3. Same size, other root, both signed by the log: the log showed two faces. That is evidence, not an error.
"""

import base64
from dataclasses import dataclass
from typing import Self

from cotejo.proof.checkpoint import Checkpoint, open_checkpoint
from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.notes import LARGEST_NOTE, NoteKey, SignatureLine, read_line
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tilelog import verify_consistency

MOST_STEPS = 63
LARGEST_REQUEST = LARGEST_NOTE + 4096
_LONGEST_SIZE = 19  # digits of 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCheckpoint:
    """A log asks for confirmation of a checkpoint that continues the one of `old` leaves."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """Return the body of the request."""
        lines = [f"old {self.old}", *(base64.b64encode(step).decode() for step in self.proof), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Read a request. Raises `ProofError`: TOO_LARGE, BAD_CHECKPOINT."""
        if len(body) > LARGEST_REQUEST:
            raise ProofError(Reason.TOO_LARGE, f"{len(body)} bytes, at most {LARGEST_REQUEST}")
        head, gap, checkpoint = body.partition(b"\n\n")
        try:
            first, *steps = head.decode("ascii").split("\n")
            proof = tuple(base64.b64decode(step, validate=True) for step in steps)
        except ValueError as error:
            raise ProofError(Reason.BAD_CHECKPOINT, "the proof is not base64") from error
        word, _, digits = first.partition(" ")
        if not gap or word != "old" or not digits.isdecimal() or len(digits) > _LONGEST_SIZE:
            raise ProofError(Reason.BAD_CHECKPOINT, "no line `old SIZE`, or no empty line after the proof")
        request = cls(old=int(digits), proof=proof, checkpoint=checkpoint)
        if len(proof) > MOST_STEPS or any(len(step) != DIGEST_SIZE for step in proof) or request.to_bytes() != body:
            raise ProofError(Reason.BAD_CHECKPOINT, "too many proof lines, or another spelling")
        return request

    def continuing(self, held: Checkpoint, log: NoteKey) -> Checkpoint:
        """Return the new checkpoint when it is signed by the log and continues the one held (rule 2).

        Raises `ProofError`: OTHER_LOG, BAD_CHECKPOINT, BAD_SIGNATURE, LOG_TWO_FACES, LOG_REWRITTEN.
        """
        new = open_checkpoint(self.checkpoint, log)
        if new.size == held.size and new.root != held.root:
            raise ProofError(Reason.LOG_TWO_FACES, f"{log.name} at {new.size} entries")
        if new.size < held.size:
            raise ProofError(Reason.LOG_REWRITTEN, f"{log.name} shrank from {held.size} to {new.size} entries")
        verify_consistency(old=held.size, old_root=held.root, new=new.size, new_root=new.root, proof=self.proof)
        return new


def read_cosignatures(body: bytes) -> tuple[SignatureLine, ...]:
    """Read a witness's answer; each line must still be verified. Raises `ProofError(BAD_CHECKPOINT)`."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProofError(Reason.BAD_CHECKPOINT, "not UTF-8") from error
    if len(body) > LARGEST_NOTE or not text.endswith("\n"):
        raise ProofError(Reason.BAD_CHECKPOINT, "no signature line")
    return tuple(map(read_line, text[:-1].split("\n")))
