"""Asking outside witnesses to confirm a log (c2sp.org/tlog-witness).

1. Each witness gets the proof that the log only grew since it last looked; how far it had come, and when it said so by
   its own clock, is kept beside the log.
2. An answer counts only under the witness's own key.
3. A witness that does not follow a log (404) is not asked to; one that cannot be reached is asked again later.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import httpx

from cotejo.node.node_file import WitnessAt
from cotejo.proof.checkpoint import with_cosignatures
from cotejo.proof.notes import LARGEST_NOTE, NoteKey, cosigned_seconds, read_note
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import consistency_proof
from cotejo.proof.tiles import subtrees_from
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import SECOND
from cotejo.store.disk import make_folder, write_over

LOG: Final = logging.getLogger("cotejo.log")
TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
CONFLICT: Final = 409
NOT_FOLLOWED: Final = 404


def ask_witnesses(witnesses: Iterable[WitnessAt], folder: Path, note: bytes, size: int) -> tuple[bytes, bool]:
    """Return the note with what the witnesses confirmed, and whether every one that follows this log did.

    `folder` holds the log's tiles.
    """
    whole = True
    for witness in witnesses:
        try:
            note = _cosigned(witness, folder, note, size)
        except (httpx.HTTPError, ProofError, OSError, ValueError) as error:
            whole = False
            facts = {"witness": witness.url, "why": type(error).__name__}
            LOG.warning("a witness did not cosign; it is asked again", extra={"facts": facts})
    return note, whole


def last_confirmed(witnesses: Iterable[WitnessAt], folder: Path) -> Millis:
    """Return when any of these witnesses last confirmed the log of this folder; 0 when none did."""
    return max((_read(_seen(each, folder))[1] for each in witnesses), default=0) * SECOND


def _seen(witness: WitnessAt, folder: Path) -> Path:
    return folder / "witnessed" / NoteKey.from_text(witness.key).key_hash.hex()


def _read(seen: Path) -> tuple[int, int]:
    """Return how far a witness had come and when, in seconds UTC; an earlier program wrote no time."""
    size, _, seconds = (seen.read_text(encoding="ascii") if seen.exists() else "0").partition(" ")
    return int(size), int(seconds or 0)


def _cosigned(witness: WitnessAt, folder: Path, note: bytes, size: int) -> bytes:
    key = NoteKey.from_text(witness.key)
    seen = _seen(witness, folder)
    old, _ = _read(seen)
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        answer = _ask(client, witness, folder, note, old, size)
        if answer.status_code == CONFLICT:
            answer = _ask(client, witness, folder, note, int(answer.text.strip()), size)
        if answer.status_code == NOT_FOLLOWED:
            return note
        answer.raise_for_status()
    signed = with_cosignatures(note, *read_cosignatures(answer.content[:LARGEST_NOTE]))
    line = read_note(signed).signed_by(key)
    if line is None:
        raise ValueError("the witness's answer is not its signature")
    make_folder(seen.parent)
    write_over(seen, f"{size} {cosigned_seconds(line)}".encode())
    return signed


def _ask(client: httpx.Client, witness: WitnessAt, folder: Path, note: bytes, old: int, size: int) -> httpx.Response:
    subtrees = subtrees_from(lambda tile: (folder / tile.path()).read_bytes(), size)
    asked = AddCheckpoint(old=old, proof=consistency_proof(old, size, subtrees), checkpoint=note)
    return client.post(f"{witness.url.rstrip('/')}/add-checkpoint", content=asked.to_bytes())
