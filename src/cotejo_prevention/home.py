"""The folder of one installation: what lies where, and how it comes into being.

    installation.json   which world (real or invented) and the format's version
    web.secret          signs sessions and forms
    rounding.secret     fixes the rounding of published counts
    keys/               one key per referral; destroying the file is what erasing means
    withdrawn           ids whose consent was withdrawn; a restored backup is cleaned by it
    referrals.sqlite3   ciphertext, accounts and tallies
    programmes.toml     the public directory, edited by the installation's coordinator

Back up `keys/` and the database to different places, or a stolen backup opens itself.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cotejo_prevention.problems import CannotContinue

VERSION = 1
WORLDS = ("real", "invented")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where one installation keeps its things."""

    root: Path
    world: str

    @property
    def database(self) -> Path:
        return self.root / "referrals.sqlite3"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def withdrawn(self) -> Path:
        return self.root / "withdrawn"

    @property
    def programmes(self) -> Path:
        return self.root / "programmes.toml"

    @property
    def invented(self) -> bool:
        return self.world == "invented"

    def secret(self, name: str) -> bytes:
        """Read the 32 secret bytes of this name. Raises `CannotContinue` when the file is missing."""
        path = self.root / f"{name}.secret"
        try:
            return bytes.fromhex(path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise CannotContinue(
                f"The key file {path} is missing or damaged. Restore it from its own backup."
            ) from error


def create(root: Path, *, world: str) -> Home:
    """Make a new installation in an empty or absent folder. Raises `CannotContinue`; nothing is left half made."""
    if world not in WORLDS:
        raise CannotContinue(f"The world is either {' or '.join(WORLDS)}, not “{world}”.")
    if root.exists() and any(root.iterdir()):
        raise CannotContinue(f"{root} is not empty. Name a new folder; an installation is never made over another.")
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.chmod(0o700)
    home = Home(root=root, world=world)
    home.keys.mkdir(mode=0o700)
    for name in ("web", "rounding"):
        write_private(root / f"{name}.secret", secrets.token_hex(32).encode("ascii"))
    write_private(home.withdrawn, b"")
    write_private(root / "installation.json", json.dumps({"version": VERSION, "world": world}).encode("ascii"))
    return home


def open_home(root: Path) -> Home:
    """Open the installation in this folder. Raises `CannotContinue` when there is none."""
    try:
        found = json.loads((root / "installation.json").read_text("ascii"))
    except (OSError, ValueError) as error:
        raise CannotContinue(f"No installation in {root}. Make one with: cotejo-prevention init {root}") from error
    if found.get("version") != VERSION or found.get("world") not in WORLDS:
        raise CannotContinue(f"The installation in {root} was made by another version of this program.")
    return Home(root=root, world=found["world"])


def write_private(path: Path, content: bytes) -> None:
    """Write a new file only its owner may read, safely on the disk before returning."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names added to or taken from a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
