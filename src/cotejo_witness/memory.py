"""What a witness keeps: its key, and for each log the last checkpoint it confirmed. Plain files, nothing else.

1. A change is written to a new file, forced to disk, renamed over the old one, and the folder forced to disk, before
   anybody learns of it. A crash leaves the old state or the new one, never a mixture.
2. Reading, checking and writing happen under one lock of the folder, so two processes cannot confirm two histories.
3. Nothing here forgets: a log is never removed and its key never changes. If the folder is lost or comes from a backup,
   the key must be retired and a new witness made, because the old one can no longer keep its promise.
4. Two checkpoints that show two faces of a log are kept as evidence for ever.
5. `heads` has a line for each log and day, only ever added to; `signed` a copy of every appointment and revocation.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cotejo.proof.checkpoint import Checkpoint, open_checkpoint
from cotejo.proof.exact import from_hex, sha256
from cotejo.proof.keys import SEED_SIZE, Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import EMPTY_ROOT

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_PARTS_OF_A_HEAD = 5  # day, log, size, root, signature


class MemoryFault(Exception):  # noqa: N818 - names what is wrong with the folder
    """The witness's folder is missing, damaged or would have to forget something; both sentences say what to do."""

    def __init__(self, en: str, es: str) -> None:
        super().__init__(en)
        self.en = en
        self.es = es


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A log the witness follows: its key, the last checkpoint confirmed, and that checkpoint as it was signed."""

    log: NoteKey
    held: Checkpoint
    signed: str = ""
    confirmed: int = 0
    """When, in ms UTC; 0 before the first."""
    added: int = 0
    """When the witness began to follow it, in ms UTC; 0 when that was not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """An open folder of a witness."""

    folder: Path
    name: str
    key: SigningKey

    @classmethod
    def create(cls, folder: Path, *, name: str, seed: bytes) -> Self:
        """Make the folder of a new witness. Raises `MemoryFault` when it is not empty or the name cannot be used."""
        key = SigningKey.from_seed(seed, Purpose.WITNESS)
        try:
            NoteKey(name=name, key=key.verifying)
        except ProofError as error:
            raise MemoryFault(
                f"{name!r} cannot be a witness's name: use letters, digits, dots, hyphens.",
                f"{name!r} no puede ser el nombre de un testigo: use letras, cifras, puntos, guiones.",
            ) from error
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise MemoryFault(
                f"{folder} is not empty: a witness starts in a new folder.",
                f"{folder} no está vacía: un testigo comienza en una carpeta nueva.",
            )
        (folder / "logs").mkdir(mode=_PRIVATE_FOLDER)
        (folder / "evidence").mkdir(mode=_PRIVATE_FOLDER)
        _write(folder / "witness.json", json.dumps({"name": name, "seed": seed.hex()}))
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a witness's folder. Raises `MemoryFault`."""
        try:
            fields = json.loads((folder / "witness.json").read_text(encoding="utf-8"))
            seed = from_hex(fields["seed"], size=SEED_SIZE)
            memory = cls(folder=folder, name=fields["name"], key=SigningKey.from_seed(seed, Purpose.WITNESS))
        except FileNotFoundError as error:
            raise MemoryFault(
                f"{folder} holds no witness: make one with `cotejo-witness init {folder}`.",
                f"En {folder} no hay un testigo: créelo con `cotejo-witness init {folder}`.",
            ) from error
        except (ValueError, KeyError, TypeError, ProofError) as error:
            raise MemoryFault(
                f"{folder}/witness.json is damaged: retire this witness and make a new one.",
                f"{folder}/witness.json está dañado: retire este testigo y cree uno nuevo.",
            ) from error
        memory.watched()
        return memory

    @property
    def note_key(self) -> NoteKey:
        """Name and public key, as logs and verifiers want it."""
        return NoteKey(name=self.name, key=self.key.verifying)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder alone, across threads and processes (rule 2)."""
        with (self.folder / "lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def watched(self) -> tuple[Watched, ...]:
        """Return every log followed, by name. Raises `MemoryFault` for a damaged file."""
        found = [_read(path) for path in (self.folder / "logs").glob("*.json")]
        return tuple(sorted(found, key=lambda watched: watched.log.name))

    def find(self, origin: str) -> Watched | None:
        """Return the log of this name, or nothing when the witness does not follow it."""
        path = self._path(origin)
        return _read(path) if path.exists() else None

    def add(self, log: NoteKey, *, now: int = 0) -> bool:
        """Follow a log from its beginning, from `now` (ms UTC) on; say whether it is new.

        Raises `MemoryFault` for a changed key (rule 3).
        """
        if log.key.purpose is not Purpose.LOG:
            raise MemoryFault(
                f"{log.name} is the key of a witness, not of a log.",
                f"{log.name} es la clave de un testigo, no de un registro.",
            )
        with self.locked():
            known = self.find(log.name)
            if known is None:
                empty = Checkpoint(origin=log.name, size=0, root=EMPTY_ROOT)
                self.keep(Watched(log=log, held=empty, added=now))
            elif known.log != log:
                raise MemoryFault(
                    f"{log.name} is followed under another key, and a log's key never changes here.",
                    f"{log.name} se sigue con otra clave, y aquí la clave de un registro no cambia nunca.",
                )
        return known is None

    def keep(self, watched: Watched) -> None:
        """Write the state of a log to disk for good (rule 1); call it under `locked`."""
        fields = {
            "log": watched.log.text(),
            "signed": watched.signed,
            "confirmed": watched.confirmed,
            "added": watched.added,
        }
        _write(self._path(watched.log.name), json.dumps(fields, ensure_ascii=False))

    def keep_head(self, line: str) -> None:
        """Add the line of a day to disk for good (rule 5); call it under `locked`, before the state it stands for."""
        with (self.folder / "heads").open("a+b") as file:
            file.seek(max(0, file.tell() - 1))
            torn = file.read(1) not in {b"", b"\n"}
            file.write((b"\n" if torn else b"") + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def heads(self) -> tuple[str, ...]:
        """Return the lines of all days, oldest first; one written twice or torn by a crash is told once and whole."""
        path = self.folder / "heads"
        if not path.exists():
            return ()
        lines = path.read_text(encoding="utf-8").split("\n")
        whole = [line for line in lines if len(line.split(" ")) == _PARTS_OF_A_HEAD]
        return tuple({tuple(line.split(" ")[:2]): line for line in reversed(whole)}.values())[::-1]

    def keep_signed(self, name: str, content: bytes) -> Path:
        """Keep a copy of a text the witness signed (rule 5)."""
        folder = self.folder / "signed"
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        path = folder / f"{name}.txt"
        _write(path, content.decode("utf-8"))
        return path

    def keep_evidence(self, watched: Watched, other: bytes) -> Path:
        """Keep two checkpoints of one size that differ (rule 4); the same pair is kept once."""
        path = self.folder / "evidence" / f"{sha256(watched.signed.encode() + other).hex()}.txt"
        both = f"{watched.log.text()}\n\n{watched.signed}\n----\n\n{other.decode('utf-8')}"
        _write(path, both)
        return path

    def evidence(self) -> tuple[Path, ...]:
        """Return the files of evidence."""
        return tuple(sorted((self.folder / "evidence").glob("*.txt")))

    def _path(self, origin: str) -> Path:
        return self.folder / "logs" / f"{sha256(origin.encode()).hex()}.json"


def _read(path: Path) -> Watched:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        log, signed = NoteKey.from_text(fields["log"]), fields["signed"]
        held = Checkpoint(origin=log.name, size=0, root=EMPTY_ROOT)
        if signed:
            held = open_checkpoint(signed.encode(), log)
        confirmed, added = int(fields["confirmed"]), int(fields.get("added", 0))
        return Watched(log=log, held=held, signed=signed, confirmed=confirmed, added=added)
    except (ValueError, KeyError, TypeError, AttributeError, ProofError) as error:
        raise MemoryFault(
            f"{path} is damaged: retire this witness's key and make a new witness.",
            f"{path} está dañado: retire la clave de este testigo y cree un testigo nuevo.",
        ) from error


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
