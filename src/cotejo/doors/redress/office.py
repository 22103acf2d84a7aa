"""What the redress office knows of itself: a folder of its own with its names, its key and its pages' secret (I13).

1. `redress.toml` names the house whose requests it hears about, its world and language, and where its pages are.
2. `office.key` wraps the key of every complaint. It is in no other folder, and the house has no use for it.
3. Nothing of the house is read here: the office runs as well under an account, or on a machine, of its own.
"""

import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cotejo.proof.exact import digest_for
from cotejo.rules.words import LANGUAGES, Text

SETTINGS: Final = "redress.toml"
OFFICE_KEY: Final = "office.key"
PAGES_KEY: Final = "pages.key"
KEY_BYTES: Final = 32
OTHERS: Final = 0o077
FOLDER_VARIABLE: Final = "COTEJO_REDRESS_FOLDER"
DSN_VARIABLE: Final = "COTEJO_REDRESS_DSN"


class OfficeError(Exception):
    """The office cannot be opened; `text` says what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Office:
    """An opened office. `listens` is `address:port`, `url` where people reach it. Does not print itself."""

    folder: Path
    name: str
    world: str
    language: str
    listens: str
    url: str
    hosts: tuple[str, ...]
    key: bytes
    pages_secret: str

    def key_for(self, purpose: str) -> bytes:
        """Return the office key for one purpose, so that no key serves two."""
        return digest_for("cotejo/redress/v1", purpose.encode(), self.key)


def open_office(folder: Path) -> Office:
    """Read an office's folder. Raises `OfficeError` naming the first thing that is missing or open to others."""
    try:
        written = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise OfficeError(
            Text(
                f"There is no redress office in {folder}. Make one with `cotejo redress init`.",
                f"No hay oficina de reparación en {folder}. Créela con `cotejo redress init`.",
            )
        ) from problem
    key = _private(folder / OFFICE_KEY)
    if len(key) != KEY_BYTES:
        raise _unreadable(folder / OFFICE_KEY)
    return Office(
        folder=folder,
        name=_word(written, "name"),
        world=_word(written, "world"),
        language=_word(written, "language") if written.get("language") in LANGUAGES else LANGUAGES[0],
        listens=_word(written, "listens"),
        url=_word(written, "url"),
        hosts=tuple(str(each) for each in written.get("hosts", ())),
        key=key,
        pages_secret=_private(folder / PAGES_KEY).hex(),
    )


def _word(written: Mapping[str, object], name: str) -> str:
    value = written.get(name)
    if not isinstance(value, str) or not value:
        raise OfficeError(
            Text(f"{SETTINGS} does not say `{name}`.", f"{SETTINGS} no indica `{name}`."),
        )
    return value


def _private(path: Path) -> bytes:
    try:
        if stat.S_IMODE(path.stat().st_mode) & OTHERS:
            raise _unreadable(path)
        return path.read_bytes()
    except OSError as problem:
        raise _unreadable(path) from problem


def _unreadable(path: Path) -> OfficeError:
    return OfficeError(
        Text(
            f"{path} is missing, damaged or open to others. Bring it back from the office's backup (mode 600); "
            "no other is made in its place.",
            f"{path} falta, está dañado o abierto a otras cuentas. Recupérelo del respaldo de la oficina (modo 600); "
            "no se crea otro en su lugar.",
        )
    )
