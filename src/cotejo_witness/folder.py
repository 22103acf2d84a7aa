"""A log verified from files alone: no network, no node, nobody's word but the log's key and the witnesses' keys.

1. The folder holds `checkpoint` and the tiles and entries of c2sp.org/tlog-tiles.
2. Every entry is hashed again; the tiles and the root must follow from the entries and from nothing else.
3. When the witness remembers this log, the folder must also continue what it confirmed.
4. What this shows: these entries are what the log and its witnesses signed. It does not show that what an entry stands
   for is true.
"""

from dataclasses import dataclass
from pathlib import Path

from cotejo.proof.checkpoint import Checkpoint, Cosignature, WitnessPolicy, open_checkpoint
from cotejo.proof.exact import DIGEST_SIZE
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tilelog import Frontier, leaf_hash, subtrees_of
from cotejo.proof.tiles import WIDTH, Tile, leaves_of, tile_bytes, tiles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A folder in which everything agrees."""

    checkpoint: Checkpoint
    cosignatures: tuple[Cosignature, ...]
    files: int


def verify_folder(
    folder: Path, log: NoteKey, *, policy: WitnessPolicy | None = None, held: Checkpoint | None = None
) -> Verified:
    """Verify the log in a folder (rules 1 to 3).

    Raises `ProofError` whose detail names the file and, where it can be told, the entry that does not agree.
    """
    signed = _read(folder, "checkpoint")
    checkpoint = open_checkpoint(signed, log)
    cosignatures = policy.check(read_note(signed)) if policy else ()
    hashes: list[bytes] = []
    for tile in (tile for tile in tiles_of(checkpoint.size) if tile.level == 0):
        hashes += _entry_hashes(folder, tile)
    files = 1 + _check_upper_tiles(folder, checkpoint.size, hashes) + 2 * -(-checkpoint.size // WIDTH)
    if Frontier().append(*hashes).root() != checkpoint.root:
        raise ProofError(Reason.LOG_REWRITTEN, "entries and tiles agree with each other, but not with the checkpoint")
    if held is not None:
        _check_held(hashes, held)
    return Verified(checkpoint=checkpoint, cosignatures=cosignatures, files=files)


def _entry_hashes(folder: Path, tile: Tile) -> list[bytes]:
    stored, bundle = _read(folder, tile.path()), leaves_of(_read(folder, tile.bundle_path()))
    first = tile.number * WIDTH
    hashes = [leaf_hash(leaf) for leaf in bundle]
    if len(hashes) != tile.width:
        raise ProofError(Reason.LOG_REWRITTEN, f"{tile.bundle_path()} holds {len(hashes)} entries, not {tile.width}")
    for place, computed in enumerate(hashes):
        if stored[DIGEST_SIZE * place : DIGEST_SIZE * (place + 1)] != computed:
            raise ProofError(Reason.LOG_REWRITTEN, f"entry {first + place} in {tile.bundle_path()} was altered")
    if len(stored) != DIGEST_SIZE * tile.width:
        raise ProofError(Reason.LOG_REWRITTEN, f"{tile.path()} has another length")
    return hashes


def _check_upper_tiles(folder: Path, size: int, hashes: list[bytes]) -> int:
    subtrees = subtrees_of(lambda start, end: hashes[start:end])
    upper = [tile for tile in tiles_of(size) if tile.level]
    for tile in upper:
        if _read(folder, tile.path()) != tile_bytes(tile, subtrees):
            raise ProofError(Reason.LOG_REWRITTEN, f"{tile.path()} does not follow from the entries")
    return len(upper)


def _check_held(hashes: list[bytes], held: Checkpoint) -> None:
    if len(hashes) < held.size:
        raise ProofError(Reason.LOG_REWRITTEN, f"{len(hashes)} entries, but {held.size} were confirmed before")
    if Frontier().append(*hashes[: held.size]).root() != held.root:
        raise ProofError(Reason.LOG_REWRITTEN, f"the first {held.size} entries are not those confirmed before")


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise ProofError(Reason.NOT_IN_LOG, f"{path} cannot be read") from error
