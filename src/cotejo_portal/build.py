"""Puts the folder together beside its place and moves it there whole."""

import shutil
import tempfile
from pathlib import Path

from cotejo_portal.files import flat_files, require_equal, sums
from cotejo_portal.page import STYLE, STYLE_NAME
from cotejo_portal.pages import every_page
from cotejo_portal.prevention import read_counts
from cotejo_portal.problems import Unfit
from cotejo_portal.release import Release

SUMS = "SHA256SUMS"


def everything(release: Release, counts_file: bytes) -> dict[str, bytes]:
    """Return every file of the folder by its path; equal inputs give equal bytes. Raises `Unfit`."""
    counts = read_counts(counts_file, world=release.payload.world)
    files = flat_files(release, counts, counts_file)
    require_equal(files, release)
    files |= dict(every_page(release, counts, counts_file))
    files[STYLE_NAME] = STYLE
    files[SUMS] = sums(files)
    return files


def write(files: dict[str, bytes], out: Path) -> None:
    """Write the folder, replacing one built before and nothing else. Raises `Unfit`; nothing is left half made."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / SUMS).exists())):
        raise Unfit(
            f"{out} holds something else than a portal. Name a new folder.",
            f"{out} contiene otra cosa que un portal. Indique una carpeta nueva.",
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        made.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        made.rename(out)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
