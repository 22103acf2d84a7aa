"""`cotejo bench ledger`: how fast the log is here, each figure beside the hashing nobody can do without.

1. Leaves are drawn from a fixed seed: two runs measure the same work. One process, one core; seconds are the
   processor's own, so that other work on the machine shows less.
2. Ratios are of one run on one machine: `floor` is the bare loop of as many SHA-256 as the tree needs for its leaves.
3. Nothing is written but the JSON asked for.
4. With `--peers` another implementation does the same work on the same leaves, operation by operation beside ours; its
   roots must be ours (`bench_peers`).
"""

import hashlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cotejo.doors.cli.bench_figures import machine
from cotejo.doors.cli.bench_peers import measure_pymerkle
from cotejo.doors.cli.speaking import both, option, say
from cotejo.proof.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from cotejo.proof.commitments import leaf
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.tilelog import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from cotejo.proof.tiles import WIDTH, Tile, bundle_bytes, leaves_of, subtrees_from, tile_above, tiles_of

SEED: Final = "cotejo/bench/ledger/1"
PROOFS: Final = 1_000
SIGNATURES: Final = 2_000

bench_app = typer.Typer(
    help=both("Figures of this machine, with their ratios.", "Cifras de esta máquina, con sus proporciones."),
    no_args_is_help=True,
)


@bench_app.callback()
def _group() -> None:
    """Group the commands, also while there is one."""


@bench_app.command("ledger")
def ledger_command(
    leaves: Annotated[
        int,
        option("How many leaves the log has.", "Cuántas hojas tiene el registro.", min=1_000, max=10_000_000),
    ] = 1_000_000,
    peers: Annotated[bool, option("Measure pymerkle as well.", "Mide también pymerkle.", "--peers/--no-peers")] = False,
    out: Annotated[
        Path | None, option("Where to write the figures.", "Dónde se escriben las cifras.", "--json")
    ] = None,
) -> None:
    """Measure appending, tiles, proofs, verification and reading a whole log again.

    Mide cuánto se tarda en añadir, formar mosaicos, probar, verificar y leer de nuevo un registro entero.
    """
    where = machine()
    found = measure_ledger(leaves)
    beside = measure_pymerkle(invented_leaves(leaves)) if peers else None
    if out is not None:
        whole = {"machine": where, **found, **({"pymerkle": beside} if peers else {})}
        out.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    for name, figure in (found | {f"pymerkle.{name}": each for name, each in (beside or {}).items()}).items():
        shown = f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}"
        say(f"{name}: {shown}", f"{name}: {shown}")


def invented_leaves(count: int) -> list[bytes]:
    """Return so many leaves, the same in every run."""
    chance = random.Random(SEED)  # noqa: S311 - the same work every run
    return [leaf(chance.randbytes(32)) for _ in range(count)]


def measure_ledger(count: int) -> dict[str, int | float]:
    """Return the figures of a log of so many leaves: per second, and ratios to the bare hashing."""
    entries = invented_leaves(count)
    chance = random.Random(f"{SEED}/places")  # noqa: S311 - the same work every run
    floor = _per_second(count, lambda: _bare(entries))
    hashes: list[bytes] = []
    appended = _per_second(count, lambda: hashes.extend(_appended(entries)))
    root = Frontier().append(*hashes).root()
    tiles: dict[str, bytes] = {}
    written = _per_second(count, lambda: _write(entries, hashes, tiles))
    reread = _per_second(count, lambda: _read_again(tiles, count, root))
    read = subtrees_from(lambda tile: tiles[tile.path()], count)
    places = [chance.randrange(count) for _ in range(min(PROOFS, count))]
    sizes = [chance.randrange(1, count) for _ in places]
    proofs: list[Any] = []
    grown: list[Any] = []
    proved = _per_second(len(places), lambda: proofs.extend(inclusion_proof(at, count, read) for at in places))
    shown = _per_second(len(sizes), lambda: grown.extend(consistency_proof(old, count, read) for old in sizes))
    roots = [Frontier().append(*hashes[:old]).root() for old in sizes[:20]]
    included = _per_second(len(places), lambda: _include(places, hashes, proofs, count, root))
    consistent = _per_second(len(roots), lambda: _continue(sizes, roots, grown, count, root))
    signed, opened = _notes(Checkpoint(origin="alba/house", size=count, root=root))
    return {
        "leaves": count,
        "floor_per_s": floor,
        "append_per_s": appended,
        "append_of_floor": appended / floor,
        "tiles_per_s": written,
        "whole_log_read_again_per_s": reread,
        "whole_log_of_floor": reread / floor,
        "seconds_to_read_a_million_again": 1_000_000 / reread,
        "inclusion_proof_per_s": proved,
        "inclusion_verified_per_s": included,
        "consistency_proof_per_s": shown,
        "consistency_verified_per_s": consistent,
        "checkpoint_signed_per_s": signed,
        "checkpoint_opened_per_s": opened,
    }


def _bare(entries: list[bytes]) -> None:
    """Hash as often as the tree must: every leaf once, and one pair a leaf."""
    sha256, before = hashlib.sha256, bytes(32)
    for each in entries:
        before = sha256(b"\x01" + before + sha256(b"\x00" + each).digest()).digest()


def _appended(entries: list[bytes]) -> list[bytes]:
    hashes = [leaf_hash(each) for each in entries]
    Frontier().append(*hashes)
    return hashes


def _write(entries: list[bytes], hashes: list[bytes], tiles: dict[str, bytes]) -> None:
    for tile in tiles_of(len(entries)):
        first = tile.number * WIDTH
        if tile.level:
            tiles[tile.path()] = tile_above(tile, lambda below: tiles[below.path()])
            continue
        tiles[tile.bundle_path()] = bundle_bytes(entries[first : first + tile.width])
        tiles[tile.path()] = b"".join(hashes[first : first + tile.width])


def _read_again(tiles: dict[str, bytes], count: int, root: bytes) -> None:
    """Do what an auditor does: hash every entry again and compare tiles and root."""
    frontier = Frontier()
    for tile in tiles_of(count):
        if tile.level == 0:
            frontier = frontier.append(*_checked(tile, tiles))
    if frontier.root() != root:
        raise ValueError("the log read again has another root")


def _checked(tile: Tile, tiles: dict[str, bytes]) -> list[bytes]:
    hashes = [leaf_hash(each) for each in leaves_of(tiles[tile.bundle_path()])]
    if b"".join(hashes) != tiles[tile.path()]:
        raise ValueError(f"{tile.path()} does not follow from its entries")
    return hashes


def _include(places: list[int], hashes: list[bytes], proofs: list[Any], count: int, root: bytes) -> None:
    for at, proof in zip(places, proofs, strict=True):
        verify_inclusion(hashes[at], at, count, proof, root)


def _continue(sizes: list[int], roots: list[bytes], proofs: list[Any], count: int, root: bytes) -> None:
    for old, before, proof in zip(sizes, roots, proofs, strict=False):
        verify_consistency(old=old, old_root=before, new=count, new_root=root, proof=proof)


def _notes(checkpoint: Checkpoint) -> tuple[float, float]:
    key = SigningKey.from_seed(hashlib.sha256(SEED.encode()).digest(), Purpose.LOG)
    log = NoteKey(name=checkpoint.origin, key=key.verifying)
    notes: list[bytes] = []
    signed = _per_second(SIGNATURES, lambda: notes.extend(sign_checkpoint(checkpoint, key) for _ in range(SIGNATURES)))
    return signed, _per_second(SIGNATURES, lambda: [open_checkpoint(each, log) for each in notes])


def _per_second(count: int, work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return count / max(time.process_time() - began, 1e-9)
