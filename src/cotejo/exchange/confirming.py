"""Checkpoints of a link's directions: what the sender signs about its own messages, what the partner confirms.

1. One log a direction: `<sender>/link/<addressee>`, the tree over the leaves of the sender's messages in the order of
   their numbers. Both sides can compute it at every size, so nothing but equality is ever confirmed.
2. The sender signs with its log key; the partner adds its own line with its witness key (C2SP cosignature) after it has
   compared the root with the leaves it took in itself.
3. A signed checkpoint that is not what was taken in shows two faces of one log: evidence, and never confirmed.
"""

from collections.abc import Iterable, Mapping

from cotejo.exchange.directions import Direction, leaf_of
from cotejo.proof.checkpoint import Checkpoint, cosign, open_checkpoint, sign_checkpoint, with_cosignatures
from cotejo.proof.keys import SigningKey, VerifyingKey
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Millis
from cotejo.rules.line import LineHeld, LineMessage


def log_name(sender: str, addressee: str) -> str:
    """Return the name of the log of one direction."""
    return f"{sender}/link/{addressee}"


def leaves_of(messages: Iterable[LineMessage]) -> tuple[bytes, ...]:
    """Return the leaves of these messages, in order."""
    return tuple(map(leaf_of, messages))


def checkpoint_of(held: LineHeld, *, sender: str, addressee: str) -> Checkpoint:
    """Return what a direction stands for that has come so far."""
    return Checkpoint(origin=log_name(sender, addressee), size=held.count, root=bytes.fromhex(held.root))


def sign_line(held: LineHeld, *, sender: str, addressee: str, key: SigningKey) -> bytes:
    """Return the sender's signed checkpoint over its own messages."""
    return sign_checkpoint(checkpoint_of(held, sender=sender, addressee=addressee), key)


def signer_of(note: bytes, keys: Mapping[str, VerifyingKey], *, sender: str, addressee: str) -> NoteKey:
    """Return under which of the sender's log keys a direction's checkpoint is signed. Raises `ProofError`."""
    read, name = read_note(note), log_name(sender, addressee)
    for key in keys.values():
        log = NoteKey(name=name, key=key)
        if read.signed_by(log) is not None:
            return log
    raise ProofError(Reason.BAD_SIGNATURE, f"no signature by {name}")


def open_line(note: bytes, keys: Mapping[str, VerifyingKey], *, sender: str, addressee: str) -> Checkpoint:
    """Return the checkpoint of a direction under one of the sender's log keys. Raises `ProofError`."""
    return open_checkpoint(note, signer_of(note, keys, sender=sender, addressee=addressee))


def same_line(checkpoint: Checkpoint, messages: Direction, *, sender: str, addressee: str) -> bool:
    """Say whether a checkpoint is what these messages stand for at its size (rule 1)."""
    if checkpoint.size > len(messages):
        return False
    held = messages.digest(checkpoint.size).held()
    return checkpoint_of(held, sender=sender, addressee=addressee) == checkpoint


def confirm(note: bytes, log: NoteKey, *, addressee: str, key: SigningKey, now: Millis) -> bytes:
    """Return the note with the addressee's line on it; the caller has seen that it is the same line (rule 2)."""
    return with_cosignatures(note, cosign(note, log=log, name=addressee, key=key, now=now))


def confirmed_by(note: bytes, keys: Mapping[str, VerifyingKey], *, addressee: str) -> bool:
    """Say whether the addressee's witness key has confirmed a note. Raises `ProofError` for a false line."""
    return any(read_note(note).signed_by(NoteKey(name=addressee, key=key)) is not None for key in keys.values())
