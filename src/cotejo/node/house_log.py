"""The house log as files anybody can check: tiles, a signed checkpoint, and the cosignatures of outside witnesses.

1. Tiles follow the log within a minute of an entry.
2. A checkpoint is signed at least hourly, even when nothing happened, so that silence is seen; at once when told.
3. Witnesses are asked to confirm it (`node.witnesses`); one that does not answer is asked again in a few minutes.
4. Checkpoints of the house log never travel to partners.
"""

from typing import Final

from cotejo.node.assembly import Node
from cotejo.node.witnesses import ask_witnesses
from cotejo.proof.checkpoint import Checkpoint, sign_checkpoint
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR, MINUTE
from cotejo.store import log
from cotejo.store.disk import make_folder, write_over

HOUSE: Final = "house"
ASK_AGAIN: Final[Millis] = 5 * MINUTE


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
        note, whole = ask_witnesses(self._node.file.witnesses, self._folder, note, size)
        make_folder(self._folder)
        write_over(self._folder / log.CHECKPOINT, note)
        return whole
