#!/usr/bin/env python3
"""Brings the U.S. Web Design System's stylesheet, and the files it names, into the officers' pages.

1. The version and the registry's sha512 are pinned here; with another digest nothing is written.
2. Kept: the minified stylesheet, the fonts and images it names, the licence. Left out: the flag banner, Sass sources
   and all JavaScript. Its scripts speak English to Spanish screen readers, and our pages work without any.
3. `HASHES` in the folder records the sha256 of every file; a test compares them, so nobody edits the copy by hand.

Run it with `npm` at hand (the registry's ordinary client): `python tools/refresh_uswds.py`.
"""

import argparse
import base64
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

PACKAGE = "@uswds/uswds"
VERSION = "3.14.0"
INTEGRITY = "sha512-kwZ50TqGszxj3+MQhm+c84hI0y8rIKoc7ZLKbuHg+8rTkFisp9lXOMRD2wclyyuYZahpADxMvaPong7bwL7cew=="
STYLESHEET = PurePosixPath("css/uswds.min.css")
FOLDER = Path(__file__).parents[1] / "src/cotejo/doors/web/static/uswds"


def download(into: Path) -> bytes:
    """Return the package as the registry serves it; raises `SystemExit` when npm fails or the digest differs."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to download the package. Install it, or keep the copy that is in the repository.")
    subprocess.run(  # noqa: S603 - a fixed command and a pinned package
        [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", str(into)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    packed = next(into.glob("*.tgz")).read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(packed).digest()).decode()
    if found != INTEGRITY:
        sys.exit(f"{PACKAGE} {VERSION} has digest {found}, expected {INTEGRITY}. Nothing was written.")
    return packed


def files_of(packed: bytes) -> dict[str, bytes]:
    """Return what is kept, by its path in the folder."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as package:

        def read(name: str) -> bytes:
            member = package.extractfile(f"package/{name}")
            if member is None:
                sys.exit(f"{PACKAGE} {VERSION} holds no {name}. Nothing was written.")
            return member.read()

        css = read(f"dist/{STYLESHEET}").decode()
        css = re.sub(r"\s*/\*# sourceMappingURL=.*?\*/", "", css)
        named = sorted(set(re.findall(r"url\(\.\./([^)]+)\)", css)))
        kept = {str(STYLESHEET): css.encode(), "LICENSE.md": read("LICENSE.md")}
        kept.update({name: read(f"dist/{name}") for name in named})
    return kept


def hashes_of(kept: dict[str, bytes]) -> str:
    """Return the text of `HASHES`: the version, then one line a file as `sha256sum` prints it."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(kept.items())]
    return "\n".join([f"# {PACKAGE} {VERSION}", *lines]) + "\n"


def main() -> None:
    """Replace the folder by a fresh copy of the pinned version."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as into:
        kept = files_of(download(Path(into)))
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, content in kept.items():
        target = FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (FOLDER / "HASHES").write_text(hashes_of(kept))
    total = sum(map(len, kept.values()))
    sys.stdout.write(f"{PACKAGE} {VERSION}: {len(kept)} files, {total / 1e6:.2f} MB in {FOLDER}\n")


if __name__ == "__main__":
    main()
