"""A disk that fills up: before the node is made, before it starts, and while it serves. A small disk of its own.

Needs the right to mount one; elsewhere these tests skip and say so.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from cotejo.node.database.place import known
from cotejo.node.home import Home, NodeError, write_private
from cotejo.store.disk import write_new, write_over
from tests.node.nodes import SECONDS, STOPS_WITHIN, RealNode, ending

pytestmark = pytest.mark.node

SMALL, ENOUGH = "24m", "400m"
MEBIBYTE = bytes(2**20)


class Disk:
    """A disk of its own at `folder`; `fill` leaves it no room, `empty` gives that room back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def mount(self, size: str) -> bool:
        """Mount it; say whether this account may."""
        words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", str(self.folder)]
        try:
            return subprocess.run(words, check=False, capture_output=True).returncode == 0
        except FileNotFoundError:
            return False

    def grow(self, size: str) -> None:
        """Give it more room."""
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.folder)], check=True)

    def fill(self) -> None:
        """Use every byte of it."""
        with self._filler.open("ab", buffering=0) as file:
            for piece in (MEBIBYTE, MEBIBYTE[:4096]):
                try:
                    while True:
                        file.write(piece)
                except OSError:
                    continue

    def empty(self) -> None:
        """Give the room back."""
        self._filler.unlink()

    def unmount(self) -> None:
        """Take it away."""
        subprocess.run(["umount", "-l", str(self.folder)], check=True)


@pytest.fixture
def disk(folder: Path) -> Iterator[Disk]:
    """Make a small disk; take it away whatever happens."""
    made = Disk(folder / "disk")
    made.folder.mkdir(mode=0o711)
    if os.geteuid() != 0 or not made.mount(SMALL):
        pytest.skip("this account cannot mount a small disk")
    yield made
    made.unmount()


@pytest.fixture
def node(disk: Disk) -> Iterator[RealNode]:
    """Have a node on the small disk, not yet made; end it whatever happens."""
    made = RealNode(disk.folder, "alba", profile="sv", hand="tests.node.wire.hand", journal=disk.folder.parent / "said")
    with ending(made):
        yield made


def test_a_full_disk_is_said_before_anything_runs_and_while_serving_no_act_is_lost_and_work_goes_on_with_room(
    disk: Disk, node: RealNode
) -> None:
    node.begin_init()
    made = node.answer()
    assert made["status"] == 1
    assert made["err"].startswith("The disk that holds"), made
    assert len(made["err"].splitlines()) == 1
    assert node.processes() == []
    disk.grow(ENOUGH)
    node.begin_init()
    assert node.answer()["status"] == 0

    disk.fill()
    refused = node.ask("cli", words=["serve", str(node.home), "--throwaway"], language="es_SV.UTF-8")
    assert refused["status"] == 1
    assert refused["err"].startswith("El disco que contiene"), refused
    assert node.processes() == []
    disk.empty()

    node.serve()
    told = node.ask("record", seed="before")
    assert told == {"acts": told["acts"]}, told
    disk.fill()
    assert until(lambda: "the disk is nearly full" in said(node), SECONDS), said(node)
    lost = node.ask("record", seed="while it is full")
    assert "error" in lost, lost
    version, aside = _version_of_data(node), disk.folder / "aside"
    version.rename(aside)
    node.kill("database")
    assert until(lambda: "the node cannot start again; it is tried until it can" in said(node), SECONDS), said(node)
    aside.rename(version)
    disk.empty()
    assert until(lambda: node.ask("connect") == {} and "error" not in node.ask("record", seed="after"), SECONDS)
    assert until(lambda: "there is room on the disk again" in said(node), SECONDS), said(node)
    held = {(kind, id_): count for kind, id_, count, _ in node.ask("acts")["acts"]}
    assert all(held[kind, id_] == count for kind, id_, count in told["acts"])
    node.cli("fsck", str(node.home))
    assert node.stop() < STOPS_WITHIN


@pytest.mark.parametrize("write", [write_new, write_over, write_private])
def test_a_write_that_finds_no_room_leaves_nothing_behind(disk: Disk, write: Callable[[Path, bytes], None]) -> None:
    disk.fill()
    before = sorted(disk.folder.iterdir())
    with pytest.raises((OSError, NodeError)):
        write(disk.folder / "document", MEBIBYTE)
    assert sorted(disk.folder.iterdir()) == before


def _version_of_data(node: RealNode) -> Path:
    """Return the file without which a database does not start."""
    return known(Home(folder=node.home)).data / "PG_VERSION"


def said(node: RealNode) -> str:
    """Return the node's journal."""
    lines = (node.home.parents[1] / "said").read_text().splitlines()
    return "\n".join(json.loads(line)["message"] for line in lines if line.startswith("{"))
