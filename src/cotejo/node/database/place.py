"""Where the data folder stands.

Rules of this module:

1. It stands in the home, `database/data`, whenever the database's account can get there.
2. As root, when a folder above the home is closed to that account, it stands under `/var/lib/cotejo/databases`, and
   `database/place` in the home says where. Parent folders are never opened.
3. Data found in a place its account can no longer reach is never quietly replaced by an empty database.
4. Only data of an invented world whose home is gone is ever removed, and only by the next invented world.
"""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from cotejo.node.database import trouble
from cotejo.node.database.account import Account
from cotejo.node.database.leftover import users_of
from cotejo.node.database.programs import STATE
from cotejo.node.home import FOLDER_MODE, Home, write_private

LONGEST_SOCKET_FOLDER = 85
"""Bytes. The shortest limit on a socket's path is 104 (macOS, BSD), and `/.s.PGSQL.65535` is added to the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The folder that holds the data folder and the socket folder of one database."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path | None:
        """The folder of the Unix socket, or nothing when its path would be too long."""
        folder = self.folder / "socket"
        return folder if len(str(folder).encode()) <= LONGEST_SOCKET_FOLDER else None


def known(home: Home) -> Place:
    """Where the data of `home` stands by what the home says, without looking further."""
    pointer = home.database / "place"
    return Place(folder=Path(pointer.read_text(encoding="utf-8").strip()) if pointer.exists() else home.database)


def prepared(home: Home, who: Account) -> Place:
    """Make the place of `home`, reachable for `who`. Raises `NodeError` when there is none."""
    place = known(home)
    if who.changes and place.folder == home.database and not _opened(home, who):
        if place.data.exists():
            raise trouble.unreachable(home.folder, who.name)
        place = _elsewhere(home, who)
    if not who.can("-x", place.folder):
        raise trouble.unreachable(place.folder, who.name)
    if place.socket is not None:
        place.socket.mkdir(mode=FOLDER_MODE, exist_ok=True)
        who.give(place.socket, FOLDER_MODE)
    return place


def _opened(home: Home, who: Account) -> bool:
    """Let the account through the home, when the folders above it already do."""
    if not who.can("-x", home.folder.parent):
        return False
    who.let_through(home.folder)
    who.let_through(home.database)
    return who.can("-x", home.database)


def _elsewhere(home: Home, who: Account) -> Place:
    databases = STATE / "databases"
    try:
        databases.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as problem:
        raise trouble.unreachable(databases, who.name) from problem
    invented = home.world == "invented"
    if invented:
        _sweep(databases)
    folder = databases / secrets.token_hex(8)
    folder.mkdir(mode=FOLDER_MODE)
    (folder / "home").write_text(f"{home.folder}\n", encoding="utf-8")
    if invented:
        (folder / "invented").touch()
    who.let_through(folder)
    write_private(home.database / "place", f"{folder}\n".encode())
    return Place(folder=folder)


def _sweep(databases: Path) -> None:
    """Remove the data of invented worlds that no home points to and no process uses."""
    for marker in databases.glob("*/invented"):
        folder = marker.parent
        home = Home(folder=Path((folder / "home").read_text(encoding="utf-8").strip()))
        if known(home).folder != folder and not users_of(folder / "data"):
            shutil.rmtree(folder, ignore_errors=True)
