"""Whether the disks a node writes to have room left: its home's, and its database's where that stands elsewhere."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cotejo.node.database.place import known
from cotejo.node.home import Home

LEAST_FREE: Final = 500 * 2**20
LEAST_FREE_SHARE: Final = 0.05
MEBIBYTE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A folder whose disk is short of room, and how many MiB it has left."""

    folder: Path
    mebibytes: int


def short_of_room(home: Home) -> Iterator[Short]:
    """Yield each of the node's disks that has less than 500 MiB, and less than a twentieth, left."""
    disks = {folder.stat().st_dev: folder for folder in (known(home).folder, home.folder)}
    for folder in disks.values():
        free = shutil.disk_usage(folder)
        if free.free < min(LEAST_FREE, free.total * LEAST_FREE_SHARE):
            yield Short(folder=folder, mebibytes=free.free // MEBIBYTE)
