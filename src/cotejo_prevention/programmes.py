"""The public directory of programmes: one TOML file the coordinator edits, checked as a whole when it is read.

Each `[[programme]]` has a `code` (lower-case letters, digits, hyphens), `name`, `offers`, `place`, `contact` and
`hours` as `{ es = "…", en = "…" }`, `ages`, `languages` (list), `places` (how many people it can take) and `free`
(true or false).
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from cotejo_prevention.problems import CannotContinue

LANGUAGES = ("es", "en")
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_IN_BOTH = ("name", "offers", "place", "contact", "hours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A place that helps, as the public sees it; texts by language code."""

    code: str
    name: dict[str, str]
    offers: dict[str, str]
    place: dict[str, str]
    contact: dict[str, str]
    hours: dict[str, str]
    ages: str
    languages: tuple[str, ...]
    places: int
    free: bool


def read(path: Path) -> tuple[Programme, ...]:
    """Every programme in the file's order. Raises `CannotContinue` naming every problem with its entry."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CannotContinue(f"{path} cannot be read: {error}") from error
    entries = content.get("programme", [])
    problems = [f"programme {at}: {what}" for at, entry in enumerate(entries, 1) for what in _problems(entry)]
    codes = [entry.get("code") for entry in entries]
    problems += [f"the code “{code}” is used twice" for code in sorted({str(c) for c in codes if codes.count(c) > 1})]
    if problems:
        raise CannotContinue(f"{path}:\n  " + "\n  ".join(problems))
    return tuple(
        Programme(
            code=entry["code"],
            **{field: entry[field] for field in _IN_BOTH},
            ages=entry["ages"],
            languages=tuple(entry["languages"]),
            places=entry["places"],
            free=entry["free"],
        )
        for entry in entries
    )


def starting_list(world: str) -> str:
    """Give the file a new installation of this world begins with."""
    return files("cotejo_prevention").joinpath("starting", f"{world}.toml").read_text("utf-8")


def _problems(entry: dict[str, object]) -> list[str]:
    code, languages, places = entry.get("code"), entry.get("languages"), entry.get("places")
    right = {
        "“code” must be lower-case letters, digits and hyphens": isinstance(code, str) and _CODE.fullmatch(code),
        "“ages” must be a text such as 14-25": isinstance(entry.get("ages"), str),
        "“languages” must be a list of texts": isinstance(languages, list)
        and all(isinstance(each, str) for each in languages),
        "“places” must be a whole number, 0 or more": type(places) is int and places >= 0,
        "“free” must be true or false": isinstance(entry.get("free"), bool),
    }
    missing = [field for field in _IN_BOTH if not _in_both(entry.get(field))]
    return [f"“{field}” needs a text in es and in en" for field in missing] + [
        what for what, ok in right.items() if not ok
    ]


def _in_both(texts: object) -> bool:
    return isinstance(texts, dict) and all(isinstance(texts.get(each), str) and texts[each] for each in LANGUAGES)
