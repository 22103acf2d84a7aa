"""The vendored design system is exactly what was downloaded, and complete."""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "src/cotejo/doors/web/static/uswds"


def recorded() -> dict[str, str]:
    lines = (FOLDER / "HASHES").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines if not line.startswith("#"))}


def test_nobody_edited_added_or_removed_a_file_of_the_copy() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.name != "HASHES"]
    assert {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    } == recorded()


def test_every_file_the_stylesheet_names_is_there() -> None:
    css = (FOLDER / "css/uswds.min.css").read_text()
    assert {name for name in re.findall(r"url\(\.\./([^)]+)\)", css) if not (FOLDER / name).is_file()} == set()


def test_the_copy_brings_no_script_no_flag_and_no_address_of_a_third_party() -> None:
    assert not [name for name in recorded() if name.endswith(".js") or "flag" in name]
    assert not re.findall(r"url\([\"']?(?:https?:)?//", (FOLDER / "css/uswds.min.css").read_text())
