"""Scenario 11, audit and tampering, over two real processes (I9, I10, F55).

Who saw a case and who holds it can be listed; the log's files verify without a node; a row changed with a database
shell, and a byte changed in a copied file, are named. That a restored backup is seen, and what the partner's signature
then shows, is in `test_restored`.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode
from tests.node.wire.scenes import Scene, scene

pytestmark = pytest.mark.node

AGREES = "all agree with the signed checkpoint"
FILES = ("told/checkpoint", "heard/checkpoint")


@pytest.fixture
def two(folder: Path) -> Iterator[Scene]:
    """Give two nodes."""
    with scene(folder, grave="12s") as made:
        yield made


def test_reads_and_holders_are_listed_files_verify_and_what_was_altered_is_named(two: Scene) -> None:
    request = two.send("audited")
    two.until_dossier("audited", outcomes=["taken"])
    read = two.boreal.ask("read_case", request=request)
    seen = two.boreal.ask("who_saw", case=read["case"])["lines"]
    assert [who for kind, _, who, *_ in seen if kind == "read"] == read["readers"][::-1]
    assert [code for _, code, who, *_ in seen if who == "partner:alba"] == ["review.taken"]
    assert all(purpose for *_, purpose in seen)

    two.boreal.cli("log", "now", str(two.boreal.home))
    two.alba.cli("log", "now", str(two.alba.home))
    links = [node.home / "logs/links" / other for node, other in ((two.alba, "boreal"), (two.boreal, "alba"))]
    assert until(lambda: all((each / way).exists() for each in links for way in FILES), SECONDS)
    assert until(lambda: pairs(two, links), SECONDS), "the two copies of the link do not pair"

    house = two.boreal.home / "logs/house"
    assert until((house / "checkpoint").exists, SECONDS)
    copy = two.folder / "auditor-house"
    assert until(lambda: AGREES in verified(two.boreal, copied(copy, house)), SECONDS), verified(two.boreal, copy)
    for tile in filter(Path.is_file, (copy / "tile/entries").rglob("*")):  # one of them is under the checkpoint
        content = tile.read_bytes()
        tile.write_bytes(content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])
    assert AGREES not in verified(two.boreal, copy)

    assert "everything belongs together" in two.boreal.cli("fsck", str(two.boreal.home))
    kind, _, id_ = read["case"].partition(":")
    where = f"WHERE stream_kind = '{kind}' AND stream_id = '{id_}' AND version = 1"
    assert two.boreal.ask("alter", line=f"UPDATE store_act SET by = 'nobody' {where}") == {"rows": 1}
    found = two.boreal.ask("cli", words=["fsck", str(two.boreal.home)], language="es_SV.UTF-8")
    assert found["status"] == 1
    assert id_ in found["err"], found
    assert two.boreal.ask("alter", line=f"UPDATE store_act SET by = 'partner:alba' {where}") == {"rows": 1}
    assert "everything belongs together" in two.boreal.cli("fsck", str(two.boreal.home))


def copied(to: Path, folder: Path) -> Path:
    """Copy a folder, as an auditor takes it away; a node that writes meanwhile makes the copy worth nothing."""
    shutil.rmtree(to, ignore_errors=True)
    with suppress(shutil.Error):
        shutil.copytree(folder, to)
    return to


def pairs(two: Scene, links: list[Path]) -> bool:
    """Take both agencies' copies of the link away; say whether each message pairs with its arrival, both ways."""
    copies = [copied(two.folder / f"auditor-{each.name}", each) for each in links]
    done = two.alba.ask("cli", words=["log", "pair", *map(str, copies)])
    return str(done["out"]).count("messages are in both copies") == len(links)


def verified(node: RealNode, folder: Path) -> str:
    """Return what `cotejo log verify` says of a copied log, with the node's key document alone."""
    key = str(node.home.parent / f"{node.name}.keys")
    done = node.ask("cli", words=["log", "verify", str(folder), "--key", key])
    return str(done["out"]) + str(done["err"])
