"""A log of ours read by `aics-tlog`, which is run in a Python and an environment of its own: it knows nothing of ours.

`python other_log.py FOLDER`: FOLDER holds `expect.json` and, for each log named in it, a folder as an auditor gets it.
Prints a JSON object: for each check, what the other implementation says. Imports nothing else of anybody's.
"""

import json
import sys
from pathlib import Path

from aics_tlog import (
    FileSystemTileReader,
    TileMissingError,
    TileVerificationError,
    VerifiedTileReader,
    WitnessPolicy,
    audit_tiles,
    consistency_proof_from_tiles,
    inclusion_proof_from_tiles,
    leaf_hash,
    parse_note,
    parse_vkey,
    read_entry,
    verify_checkpoint,
    verify_consistency,
    verify_inclusion,
)


def checkpoint(folder, asked, expect):
    """Verify the signed checkpoint and its cosignature."""
    policy = WitnessPolicy(quorum=1, witnesses=(parse_vkey(expect["witness"]),))
    try:
        note = parse_note((folder / "checkpoint").read_bytes())
        found = verify_checkpoint(note, parse_vkey(expect["log"]), expected_origin=asked["origin"], policy=policy)
    except ValueError as error:
        return {"checkpoint": f"{type(error).__name__}: {error}"}, None
    said = {"checkpoint": found.error or "accepted", "witnesses": found.witnesses, "size": found.size}
    return said, found if found.ok else None


def tiles(folder, asked, found):
    """Compute the root from the entries, every tile, every inclusion proof asked for, every consistency proof."""
    reader = FileSystemTileReader(folder)
    try:
        report = audit_tiles(reader, found.size, found.root)
        verified = VerifiedTileReader(reader, found.size, found.root)
        included = [
            verify_inclusion(
                leaf_hash(read_entry(verified, at, found.size)),
                at,
                found.size,
                inclusion_proof_from_tiles(verified, at, found.size),
                found.root,
            )
            for at in asked["inclusion"]
        ]
        same = [
            [step.hex() for step in consistency_proof_from_tiles(verified, old, found.size)] == proof
            for old, proof in asked["consistency_steps"]
        ]
    except (TileVerificationError, TileMissingError, ValueError) as error:
        return {"tiles": f"{type(error).__name__}: {error}"}
    return {"tiles": "accepted", "included": all(included), "same_steps": all(same), "audited": str(report)}


def proofs(asked, found):
    """Verify proofs our code made."""
    return {
        "inclusion": [
            verify_inclusion(bytes.fromhex(leaf), at, found.size, [bytes.fromhex(step) for step in steps], found.root)
            for leaf, at, steps in asked["proofs"]
        ],
        "consistency": [
            verify_consistency(
                old, found.size, bytes.fromhex(root), found.root, [bytes.fromhex(step) for step in steps]
            )
            for old, root, steps in asked["consistency"]
        ],
    }


def main():
    """Look at every log."""
    folder = Path(sys.argv[1])
    expect = json.loads((folder / "expect.json").read_text())
    said = {}
    for asked in expect["logs"]:
        here = folder / asked["folder"]
        said[asked["folder"]], found = checkpoint(here, asked, expect)
        if found:
            said[asked["folder"]] |= tiles(here, asked, found) | proofs(asked, found)
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
