"""The documents of the project, as tests read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def documents() -> list[Path]:
    """Return every Markdown document people are meant to read."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "mutants/README.md"]
    return [*found, *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(path: Path) -> str:
    """Return a document's path in the project."""
    return path.relative_to(ROOT).as_posix()
