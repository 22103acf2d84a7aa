"""The house log as files anybody can check: tiles, a signed checkpoint, and the cosignatures of outside witnesses.

1. Tiles follow the log within a minute of an entry.
2. A checkpoint is signed at least hourly, even when nothing happened, so that silence is seen; at once when told.
3. Each witness is asked over C2SP tlog-witness `add-checkpoint`, with the proof that the log only grew since it last
   looked. Its answer counts only under its own key; a witness that does not answer is asked again in a few minutes.
4. Checkpoints of the house log never travel to partners.
"""

import logging
from pathlib import Path
from typing import Final

import httpx

from cotejo.node.assembly import Node
from cotejo.node.node_file import WitnessAt
from cotejo.proof.checkpoint import Checkpoint, sign_checkpoint, with_cosignatures
from cotejo.proof.notes import LARGEST_NOTE, NoteKey, read_note
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import consistency_proof
from cotejo.proof.tiles import subtrees_from
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR, MINUTE
from cotejo.store import log
from cotejo.store.disk import make_folder, write_over

LOG: Final = logging.getLogger("cotejo.log")
HOUSE: Final = "house"
CHECKPOINT: Final = "checkpoint"
TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
ASK_AGAIN: Final[Millis] = 5 * MINUTE
CONFLICT: Final = 409


class HouseLog:
    """Keeps the files of one node's house log."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._folder = log.tiles_folder(node.home)
        self._tiles_at: Millis = 0
        self._checkpoint_at: Millis = 0
        self.asked_for = True

    @property
    def next_at(self) -> Millis:
        """When there is something to do next."""
        return 0 if self.asked_for else min(self._tiles_at, self._checkpoint_at)

    def hurry(self) -> None:
        """Have everything made at once."""
        self.asked_for = True

    def keep(self, now: Millis) -> None:
        """Make what is due."""
        if now < self.next_at:
            return
        signs = self.asked_for or now >= self._checkpoint_at
        self.asked_for, self._tiles_at = False, now + MINUTE
        if signs:
            self._checkpoint_at = now + ASK_AGAIN
        size = self._node.unit.write_tiles()
        if size and signs and self._sign(size, now):
            self._checkpoint_at = now + HOUR

    def _sign(self, size: int, now: Millis) -> bool:
        """Sign a checkpoint, have it cosigned, write it. Say whether every witness cosigned."""
        name = self._node.keys.document.log_key(HOUSE, now=now).name
        root = log.root_at(size, using="default")
        if root is None:
            raise LookupError(f"the house log has no root at {size}")
        note = sign_checkpoint(Checkpoint(origin=name, size=size, root=root), self._node.keys.log)
        whole = True
        for witness in self._node.file.witnesses:
            try:
                note = self._cosigned(witness, note, size)
            except (httpx.HTTPError, ProofError, OSError, ValueError) as error:
                whole = False
                facts = {"witness": witness.url, "why": type(error).__name__}
                LOG.warning("a witness did not cosign; it is asked again", extra={"facts": facts})
        make_folder(self._folder)
        write_over(self._folder / CHECKPOINT, note)
        return whole

    def _cosigned(self, witness: WitnessAt, note: bytes, size: int) -> bytes:
        key = NoteKey.from_text(witness.key)
        seen = self._folder / "witnessed" / key.key_hash.hex()
        old = int(seen.read_text(encoding="ascii")) if seen.exists() else 0
        with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
            answer = self._ask(client, witness, note, old, size)
            if answer.status_code == CONFLICT:
                answer = self._ask(client, witness, note, int(answer.text.strip()), size)
            answer.raise_for_status()
        signed = with_cosignatures(note, *read_cosignatures(answer.content[:LARGEST_NOTE]))
        if read_note(signed).signed_by(key) is None:
            raise ValueError("the witness's answer is not its signature")
        make_folder(seen.parent)
        write_over(seen, str(size).encode())
        return signed

    def _ask(self, client: httpx.Client, witness: WitnessAt, note: bytes, old: int, size: int) -> httpx.Response:
        subtrees = subtrees_from(lambda tile: Path(self._folder / tile.path()).read_bytes(), size)
        asked = AddCheckpoint(old=old, proof=consistency_proof(old, size, subtrees), checkpoint=note)
        return client.post(f"{witness.url.rstrip('/')}/add-checkpoint", content=asked.to_bytes())
