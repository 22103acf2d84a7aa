"""The log of each link as files an auditor can take away: both directions, their leaves, tiles and signed checkpoints.

1. `logs/links/PARTNER/told` and `.../heard` are C2SP logs of one direction each: `checkpoint`, `tile/...`. They hold
   leaves and signatures, nothing of what was said.
2. A checkpoint here carries the sender's signature and the addressee's confirmation. Every tile under it is on the disk
   before it takes its place, at once: whoever copies the checkpoint first and the tiles then has a copy that verifies.
3. Both key documents lie beside them, so that `cotejo log pair` needs nothing else.
"""

from pathlib import Path
from typing import Final

from cotejo.exchange.confirming import same_line
from cotejo.exchange.directions import Direction, leaf_of
from cotejo.exchange.reconciling import Held
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.notes import read_note
from cotejo.proof.tilelog import leaf_hash
from cotejo.proof.tiles import WIDTH, bundle_bytes, tile_above, tiles_of
from cotejo.store.disk import Places, make_folder, write_over
from cotejo.store.log import CHECKPOINT, SIZE, tiles_size
from cotejo.store.log import put_aside as put_folder_aside

OWN_KEYS: Final = "key-document"
PARTNER_KEYS: Final = "partner-key-document"
TOLD: Final = "told"
HEARD: Final = "heard"


def folder_of(places: Places, partner: str) -> Path:
    """Return where the log of a link is kept."""
    return places.logs / "links" / partner


def keep_checkpoint(places: Places, partner: str, messages: Direction, *, outgoing: bool, note: bytes) -> None:
    """Keep the newest checkpoint of a direction, after the tiles under it; an older or smaller one is left out.

    Raises `ValueError` for one over more messages than are kept here.
    """
    held, size = checkpoint_held(places, partner, outgoing=outgoing), _size(note)
    if held and _size(held) > size:
        return
    if size > len(messages):
        raise ValueError(f"a checkpoint over {size} messages, and {len(messages)} are kept")
    folder = _direction(places, partner, outgoing=outgoing)
    make_folder(folder)
    _tiles(folder, messages, size)
    write_over(folder / CHECKPOINT, note)


def checkpoint_held(places: Places, partner: str, *, outgoing: bool) -> bytes:
    """Return the newest checkpoint of a direction; empty when there is none."""
    path = _direction(places, partner, outgoing=outgoing) / CHECKPOINT
    return path.read_bytes() if path.exists() else b""


def write_files(places: Places, partner: str, held: Held, *, own: bytes, theirs: bytes) -> int:
    """Write key documents and the tiles under the checkpoints that are not there yet. Return how many files."""
    folder = folder_of(places, partner)
    make_folder(folder)
    written = sum(_write(folder / name, content) for name, content in ((OWN_KEYS, own), (PARTNER_KEYS, theirs)))
    for outgoing, messages in ((True, held.told), (False, held.heard)):
        note = checkpoint_held(places, partner, outgoing=outgoing)
        if note and _size(note) <= len(messages):
            written += _tiles(_direction(places, partner, outgoing=outgoing), messages, _size(note))
    return written


def put_aside(places: Places, partner: str, held: Held, *, as_name: str) -> None:
    """Put the files of a direction aside, for auditors, whose end was lost in a restore on both sides."""
    for outgoing, messages in ((True, held.told), (False, held.heard)):
        note = checkpoint_held(places, partner, outgoing=outgoing)
        signed = Checkpoint.from_text(read_note(note).text) if note else None
        if signed is None:
            continue
        sender, _, addressee = signed.origin.partition("/link/")
        if not same_line(signed, messages, sender=sender, addressee=addressee):
            put_folder_aside(_direction(places, partner, outgoing=outgoing), as_name=as_name)


def _tiles(folder: Path, messages: Direction, size: int) -> int:
    """Write the tiles that are not there yet, reading no leaf of a tile that is whole already."""
    written = 0
    for tile in tiles_of(size, since=tiles_size(folder)):
        if tile.level:
            written += _write(
                folder / tile.path(), tile_above(tile, lambda below: (folder / below.path()).read_bytes())
            )
            continue
        first = tile.number * WIDTH
        leaves = [leaf_of(each) for each in messages[first : first + tile.width]]
        written += _write(folder / tile.bundle_path(), bundle_bytes(leaves))
        written += _write(folder / tile.path(), b"".join(map(leaf_hash, leaves)))
    _write(folder / SIZE, str(size).encode())
    return written


def _write(path: Path, content: bytes) -> int:
    if path.exists() and path.read_bytes() == content:
        return 0
    make_folder(path.parent)
    write_over(path, content)
    return 1


def _direction(places: Places, partner: str, *, outgoing: bool) -> Path:
    return folder_of(places, partner) / (TOLD if outgoing else HEARD)


def _size(note: bytes) -> int:
    return Checkpoint.from_text(read_note(note).text).size
