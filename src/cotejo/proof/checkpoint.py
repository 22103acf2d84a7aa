"""Checkpoints (c2sp.org/tlog-checkpoint): what a log stands for at one size, signed by it and confirmed by witnesses.

1. The text is three lines: the log's name (origin), its size, the root in base64. No extension lines.
2. A checkpoint counts only under the log's own signature.
3. A policy "n of these witnesses" counts each witness once, by its key, and none that is not listed.
"""

import base64
from dataclasses import dataclass
from typing import Self

from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import Note, NoteKey, SignatureLine, cosign_note, cosigned_seconds, read_note, sign_note
from cotejo.proof.refusals import ProofError, Reason

_LINES = 3
LARGEST_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A log's name, its number of leaves and its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the signed text."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the signed text. Raises `ProofError(BAD_CHECKPOINT)` for any other spelling."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) != _LINES:
            raise ProofError(Reason.BAD_CHECKPOINT, f"{len(lines)} lines instead of {_LINES}")
        origin, size, root = lines
        if not origin or not (size.isascii() and size.isdecimal()) or len(size) > len(str(LARGEST_SIZE)):
            raise ProofError(Reason.BAD_CHECKPOINT, "no origin or no size")
        try:
            checkpoint = cls(origin=origin, size=int(size), root=base64.b64decode(root, validate=True))
        except ValueError as error:
            raise ProofError(Reason.BAD_CHECKPOINT, "the root is not base64") from error
        if checkpoint.text() != text or len(checkpoint.root) != DIGEST_SIZE or checkpoint.size > LARGEST_SIZE:
            raise ProofError(Reason.BAD_CHECKPOINT, "another spelling, a short root or an impossible size")
        return checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A witness confirmed the checkpoint at this time (seconds UTC, by the witness's clock)."""

    witness: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessPolicy:
    """At least `quorum` of these witnesses must have cosigned; each key is listed once."""

    witnesses: tuple[NoteKey, ...]
    quorum: int

    def __post_init__(self) -> None:
        keys = {witness.key.public for witness in self.witnesses}
        if any(witness.key.purpose is not Purpose.WITNESS for witness in self.witnesses):
            raise ProofError(Reason.WRONG_PURPOSE, "a policy lists witness keys only")
        if len(keys) != len(self.witnesses) or not 1 <= self.quorum <= len(keys):
            raise ProofError(Reason.BAD_KEY, f"{self.quorum} of {len(keys)} different witnesses")

    @classmethod
    def asked(cls, witnesses: tuple[NoteKey, ...], quorum: int) -> Self | None:
        """Return what was asked for: all of these where `quorum` is 0, nothing where neither was said.

        Raises `ProofError`: as above, also for a number of witnesses without any named.
        """
        return cls(witnesses=witnesses, quorum=quorum or len(witnesses)) if witnesses or quorum else None

    def check(self, note: Note) -> tuple[Cosignature, ...]:
        """Who cosigned. Raises `ProofError`: NOT_ENOUGH_WITNESSES, BAD_SIGNATURE."""
        lines = [(witness.name, note.signed_by(witness)) for witness in self.witnesses]
        found = tuple(Cosignature(witness=name, seconds=cosigned_seconds(line)) for name, line in lines if line)
        if len(found) < self.quorum:
            raise ProofError(Reason.NOT_ENOUGH_WITNESSES, f"{len(found)} of {self.quorum} needed")
        return found


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """Return the checkpoint as a note signed by the log (signer name = origin)."""
    text = checkpoint.text()
    Checkpoint.from_text(text)
    return Note(text=text, lines=(sign_note(text, name=checkpoint.origin, key=key),)).to_bytes()


def open_checkpoint(data: bytes, log: NoteKey) -> Checkpoint:
    """Return the checkpoint of this log, under the log's signature.

    Raises `ProofError`: TOO_LARGE, BAD_CHECKPOINT, OTHER_LOG, BAD_SIGNATURE.
    """
    note = read_note(data)
    checkpoint = Checkpoint.from_text(note.text)
    if checkpoint.origin != log.name or log.key.purpose is not Purpose.LOG:
        raise ProofError(Reason.OTHER_LOG, f"{checkpoint.origin[:100]} instead of {log.name}")
    if note.signed_by(log) is None:
        raise ProofError(Reason.BAD_SIGNATURE, f"no signature by {log.name}")
    return checkpoint


def witnessed_checkpoint(
    data: bytes, log: NoteKey, policy: WitnessPolicy
) -> tuple[Checkpoint, tuple[Cosignature, ...]]:
    """Return the checkpoint and who confirmed it; raises what `open_checkpoint` and `WitnessPolicy.check` raise."""
    return open_checkpoint(data, log), policy.check(read_note(data))


def cosign(data: bytes, *, log: NoteKey, name: str, key: SigningKey, now: int) -> SignatureLine:
    """Return a witness's signature line for a checkpoint of this log; the witness has checked consistency before."""
    open_checkpoint(data, log)
    return cosign_note(read_note(data).text, name=name, key=key, now=now)


def with_cosignatures(data: bytes, *lines: SignatureLine) -> bytes:
    """Return the signed checkpoint with these lines added."""
    return read_note(data).with_lines(*lines).to_bytes()
