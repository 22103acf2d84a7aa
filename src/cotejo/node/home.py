"""A node's home: the one folder that holds everything a node keeps on disk, and how private files in it are written.

Rules of this module:

1. The home and every folder in it are created for their owner only (0700). The database may later let its own account
   pass through (0710), never read.
2. A private file (key, password) is written for its owner only (0600), reaches the disk before it has its name, and is
   never silently written over.
3. Whether a node's world is real or invented is written once and never changed (design.md section 7).
4. Whatever is wrong is said to the operator in one sentence, in Spanish and in English, with what to do.
"""

import errno
import os
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

World = Literal["real", "invented"]

FOLDER_MODE = 0o700
FILE_MODE = 0o600
OTHERS_MAY = 0o067
"""What nobody but the owner may do with a home: all but passing through, which the database's account may need."""


class NodeError(Exception):
    """Something only the operator can mend. `str` is English; `sentence("es")` Spanish; `detail` is for the log."""

    def __init__(self, *, en: str, es: str, detail: str = "") -> None:
        super().__init__(en)
        self.en = en
        self.es = es
        self.detail = detail

    def sentence(self, language: str) -> str:
        """Say it in `language`: Spanish for `es` and its regions (`es-SV`), otherwise English."""
        return self.es if language.partition("-")[0] == "es" else self.en


def disk_full(place: Path, detail: str = "") -> NodeError:
    """Say that there is no room left where `place` stands."""
    return NodeError(
        en=f"The disk that holds {place} is full. Make room on it and start the node again; nothing was half written.",
        es=f"El disco que contiene {place} está lleno. Libere espacio e inicie el nodo de nuevo; "
        "nada quedó escrito a medias.",
        detail=detail,
    )


def wrong_owner(place: Path, detail: str = "") -> NodeError:
    """`place` belongs to another account, or others may read it."""
    return NodeError(
        en=f"{place} belongs to another account or is open to others. Give it to the account that runs the node and "
        "close it to the rest (chown, then chmod 700 for a folder or 600 for a file).",
        es=f"{place} pertenece a otra cuenta o está abierto a otras. Entréguelo a la cuenta que ejecuta el nodo y "
        "ciérrelo a las demás (chown y luego chmod 700 para una carpeta o 600 para un archivo).",
        detail=detail,
    )


def missing_file(path: Path) -> NodeError:
    """Say that a key or password file the node cannot do without is not there."""
    return NodeError(
        en=f"The file {path} is missing. Bring it back from the backup of the node's keys; the node does not start "
        "without it and does not make a new one in its place.",
        es=f"Falta el archivo {path}. Recupérelo del respaldo de las claves del nodo; sin él el nodo no inicia, "
        "y no crea otro en su lugar.",
    )


def broken_file(path: Path, detail: str = "") -> NodeError:
    """Say that a file of the node is there and does not say what it should."""
    return NodeError(
        en=f"{path} is damaged or was changed by mistake. Mend it, or bring it back from the backup; nothing was done.",
        es=f"{path} está dañado o fue cambiado por error. Corríjalo o recupérelo del respaldo; no se hizo nada.",
        detail=detail,
    )


def no_node_here(folder: Path, detail: str = "") -> NodeError:
    """`folder` is not a node's home."""
    return NodeError(
        en=f"There is no node in {folder}. Create one there first, or name the folder of an existing node.",
        es=f"No hay un nodo en {folder}. Créelo primero, o indique la carpeta de un nodo existente.",
        detail=detail,
    )


def folder_in_use(folder: Path) -> NodeError:
    """Say that a new node cannot be made in `folder`: something else is in it, or a node of the other world."""
    return NodeError(
        en=f"{folder} already holds something else, or a node of the other world. Choose an empty folder.",
        es=f"{folder} ya contiene otra cosa, o un nodo del otro mundo. Elija una carpeta vacía.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The paths of one node. Made by `create` or `open`, which check what they find."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "database"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def documents(self) -> Path:
        return self.folder / "documents"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def highwater(self) -> Path:
        """Tree sizes and roots this node has reached, outside the database (design.md section 8)."""
        return self.folder / "highwater"

    @property
    def withdrawal_marks(self) -> Path:
        """Withdrawal marks, append-only, outside the database (I7)."""
        return self.folder / "withdrawal-marks"

    @property
    def sealed_copies(self) -> Path:
        """Copies of what was erased, which the oversight body alone can open (I11)."""
        return self.folder / "sealed-copies"

    @property
    def for_oversight(self) -> Path:
        """The oversight body's private key, until it is handed over and this file removed; never read here."""
        return self.folder / "for-oversight" / "opening-key"

    @property
    def index(self) -> Path:
        """The register's index: made again from the database whenever it is missing; never in a backup."""
        return self.folder / "index"

    @property
    def settings(self) -> Path:
        return self.folder / "node.toml"

    @property
    def world(self) -> World:
        """The world written when the home was created. Raises `NodeError` when it cannot be read."""
        try:
            world = tomllib.loads(self.settings.read_text(encoding="utf-8")).get("world")
        except FileNotFoundError as problem:
            raise no_node_here(self.folder) from problem
        except PermissionError as problem:
            raise wrong_owner(self.settings, str(problem)) from problem
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise broken_file(self.settings, str(problem)) from problem
        if world == "invented":
            return "invented"
        if world == "real":
            return "real"
        raise no_node_here(self.folder, f"node.toml names no world: {world!r}")

    @classmethod
    def create(cls, folder: Path, *, world: World) -> Self:
        """Make a home in `folder`, or complete one of the same world. Raises `NodeError`."""
        home = cls(folder=folder.absolute())
        try:
            known = home.settings.exists()
            if known and cls.open(folder).world != world:
                raise folder_in_use(home.folder)
            if not known and home.folder.exists() and any(home.folder.iterdir()):
                raise folder_in_use(home.folder)
            home.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            if not known:
                home.folder.chmod(FOLDER_MODE)
            for room in (home.database, home.keys, home.documents, home.logs):
                room.mkdir(mode=FOLDER_MODE, exist_ok=True)
        except PermissionError as problem:
            raise wrong_owner(home.folder, str(problem)) from problem
        except OSError as problem:
            raise _no_room_or(problem, home.folder) from problem
        if not known:
            write_private(home.settings, f'world = "{world}"\n'.encode())
        return home

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the home in `folder`. Raises `NodeError` when there is none or it is not this account's alone."""
        home = cls(folder=folder.absolute())
        try:
            if not home.settings.is_file():
                raise no_node_here(home.folder)
        except PermissionError as problem:
            raise wrong_owner(home.folder, str(problem)) from problem
        must_be_private(home.folder, OTHERS_MAY)
        return home


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write `content` for this account only, as rule 2 says. Raises `NodeError`, `FileExistsError`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            os.link(draft, path)
            draft.unlink()
        _reach_disk(path.parent)
    except FileExistsError:
        draft.unlink(missing_ok=True)
        raise
    except PermissionError as problem:
        raise wrong_owner(path.parent, str(problem)) from problem
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise _no_room_or(problem, path.parent) from problem


def read_private(path: Path) -> bytes:
    """Read a key or password file. Raises `NodeError` when it is missing or open to other accounts."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise missing_file(path) from problem
    except PermissionError as problem:
        raise wrong_owner(path, str(problem)) from problem
    must_be_private(path, 0o077)
    return content


def must_be_private(path: Path, forbidden: int) -> None:
    """Raise `NodeError` unless `path` is this account's and grants nothing of `forbidden` to others."""
    found = path.stat()
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & forbidden:
        raise wrong_owner(path, f"owner {found.st_uid}, mode {stat.S_IMODE(found.st_mode):04o}")


def _reach_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_disk_full(problem: OSError) -> bool:
    """Tell a full disk, or a used-up quota, from any other problem."""
    return problem.errno in (errno.ENOSPC, errno.EDQUOT)


def _no_room_or(problem: OSError, place: Path) -> Exception:
    return disk_full(place, str(problem)) if is_disk_full(problem) else problem
