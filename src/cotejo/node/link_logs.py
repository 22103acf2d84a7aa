"""The logs of the links as files: both directions of each, with the newest checkpoint both sides signed.

1. Both key documents lie there from the first look on. A confirmed checkpoint is there with its tiles as soon as it is
   kept (`store.linkfiles`); within a minute outside witnesses are asked to confirm ours.
2. The files are derived: they can be written again from the database and the signed notes at any time.
"""

from typing import Final

from cotejo.node.assembly import Node
from cotejo.node.witnesses import ask_witnesses
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.notes import read_note
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import MINUTE
from cotejo.store import linkfiles

LOOK_EVERY: Final[Millis] = MINUTE


class LinkLogs:
    """Keeps the files of every link of one node."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._written: dict[str, tuple[bytes, bytes]] = {}
        self._look_at: Millis = 0

    def keep(self, now: Millis) -> None:
        """Write what is newer than what was written; looks once a minute."""
        if now < self._look_at:
            return
        self._look_at = now + LOOK_EVERY
        for partner in self._node.unit.partners():
            notes = self._notes(partner.name)
            if notes == self._written.get(partner.name):
                continue
            self._write(partner.name, partner.key_document)
            self._written[partner.name] = self._notes(partner.name)

    def hurry(self) -> None:
        """Look at the next occasion."""
        self._look_at = 0

    def _notes(self, partner: str) -> tuple[bytes, bytes]:
        unit = self._node.unit
        return unit.checkpoint_held(partner, outgoing=True), unit.checkpoint_held(partner, outgoing=False)

    def _write(self, partner: str, key_document: str) -> None:
        node = self._node
        held = node.unit.line_held(partner)
        own = node.keys.signed_document
        linkfiles.write_files(node.home, partner, held, own=own, theirs=key_document.encode())
        note = node.unit.checkpoint_held(partner, outgoing=True)
        if note and node.file.witnesses:
            size = Checkpoint.from_text(read_note(note).text).size
            folder = linkfiles.folder_of(node.home, partner) / linkfiles.TOLD
            witnessed, _whole = ask_witnesses(node.file.witnesses, folder, note, size)
            node.unit.keep_checkpoint(partner, outgoing=True, note=witnessed)
