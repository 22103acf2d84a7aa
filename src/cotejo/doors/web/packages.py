"""Finds the task packages of the officers' pages, so that a new one joins without editing another.

A package is a folder beside this file. Each may hold `urls.py` (mounted under `<package>/`), `rail.py` (`ENTRIES`),
`desk.py` (`waiting_for`), `templates/`, `templatetags/` and `locale/`.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent
PREFIX: Final = "cotejo.doors.web"


def names() -> list[str]:
    """Return the packages' names in alphabetical order."""
    return sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))


def holding(module: str) -> list[str]:
    """Return the dotted names of `module` in the packages that have it."""
    dotted = [f"{PREFIX}.{name}.{module}" for name in names()]
    return [name for name in dotted if find_spec(name) is not None]


def brought(module: str, attribute: str) -> list[object]:
    """Return `attribute` of `module` from each package that has that module. Raises `AttributeError`."""
    return [getattr(import_module(name), attribute) for name in holding(module)]
