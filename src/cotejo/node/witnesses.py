"""Asking outside witnesses to confirm a log (c2sp.org/tlog-witness).

1. Each witness gets the proof that the log only grew since it last looked; how far it had come is kept beside the log.
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
from cotejo.proof.notes import LARGEST_NOTE, NoteKey, read_note
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import consistency_proof
from cotejo.proof.tiles import subtrees_from
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
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


def _cosigned(witness: WitnessAt, folder: Path, note: bytes, size: int) -> bytes:
    key = NoteKey.from_text(witness.key)
    seen = folder / "witnessed" / key.key_hash.hex()
    old = int(seen.read_text(encoding="ascii")) if seen.exists() else 0
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        answer = _ask(client, witness, folder, note, old, size)
        if answer.status_code == CONFLICT:
            answer = _ask(client, witness, folder, note, int(answer.text.strip()), size)
        if answer.status_code == NOT_FOLLOWED:
            return note
        answer.raise_for_status()
    signed = with_cosignatures(note, *read_cosignatures(answer.content[:LARGEST_NOTE]))
    if read_note(signed).signed_by(key) is None:
        raise ValueError("the witness's answer is not its signature")
    make_folder(seen.parent)
    write_over(seen, str(size).encode())
    return signed


def _ask(client: httpx.Client, witness: WitnessAt, folder: Path, note: bytes, old: int, size: int) -> httpx.Response:
    subtrees = subtrees_from(lambda tile: (folder / tile.path()).read_bytes(), size)
    asked = AddCheckpoint(old=old, proof=consistency_proof(old, size, subtrees), checkpoint=note)
    return client.post(f"{witness.url.rstrip('/')}/add-checkpoint", content=asked.to_bytes())
