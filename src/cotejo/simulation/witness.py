"""The outside witness of a simulated world: confirms each node's house log as a real one does, and never forgets."""

from typing import TYPE_CHECKING, Final

from cotejo.proof.checkpoint import Checkpoint, sign_checkpoint
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import EMPTY_ROOT, consistency_proof, leaf_hash, root_at, subtrees_of
from cotejo.proof.witnessing import AddCheckpoint
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import World

EVERY: Final[Millis] = HOUR


class Witness:
    """Holds the newest confirmed checkpoint of each log, and what its leaves were, for the checks."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._held: dict[str, Checkpoint] = {}
        self._leaves: dict[str, tuple[bytes, ...]] = {}
        self._asked_at: dict[str, Millis] = {}
        self._faces: list[tuple[str, str]] = []

    def is_asked(self, node: SimulatedNode) -> None:
        """Let a node ask for confirmation of its log, once an hour; a log that was rewritten gets none."""
        if self._world.now < self._asked_at.get(node.name, 0) + EVERY:
            return
        self._asked_at[node.name] = self._world.now
        key = NoteKey(name=f"{node.name}/house", key=node.log_key.verifying)
        held = self._held.get(node.name, Checkpoint(origin=key.name, size=0, root=EMPTY_ROOT))
        leaves = node.unit.leaves
        hashes = tuple(map(leaf_hash, leaves))
        subtrees = subtrees_of(lambda start, end: hashes[start:end])
        new = Checkpoint(origin=key.name, size=len(leaves), root=root_at(len(leaves), subtrees))
        proof = consistency_proof(min(held.size, new.size), new.size, subtrees)
        asked = AddCheckpoint(old=held.size, proof=proof, checkpoint=sign_checkpoint(new, node.log_key))
        try:
            confirmed = AddCheckpoint.from_bytes(asked.to_bytes()).continuing(held, key)
        except ProofError as alarm:
            self._world.say("witness", f"confirms nothing of {node.name}: {alarm}")
            self._world.happened["log not confirmed"] += 1
            return
        before = self._leaves.get(node.name, ())
        if leaves[: len(before)] != before:
            self._faces.append(
                (node.name, f"a log of {len(leaves)} leaves was confirmed after another of {len(before)}")
            )
        self._held[node.name], self._leaves[node.name] = confirmed, leaves
        self._world.happened["log confirmed"] += 1

    def two_faces(self, node: SimulatedNode) -> tuple[str, ...]:
        """Return every time two confirmed checkpoints of a node did not belong together."""
        return tuple(found for name, found in self._faces if name == node.name)
