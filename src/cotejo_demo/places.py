"""The folder of a demo world, and what is written in it: ports, seed, whether it is whole and whether it was played."""

import json
import socket
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

FORMAT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where everything listens on 127.0.0.1. A cable's port is the one partners are told."""

    alba_pages: int
    alba_exchange: int
    alba_cable: int
    alba_redress: int
    boreal_pages: int
    boreal_exchange: int
    boreal_cable: int
    boreal_redress: int
    witness: int
    portal: int
    prevention: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldFile:
    """What `world.json` says. `whole`: everything was made; `played`: the story was played to its end."""

    seed: int
    persons: int
    ports: Ports
    whole: bool = False
    played: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The paths of a demo world."""

    folder: Path

    @property
    def file(self) -> Path:
        """What the world says of itself."""
        return self.folder / "world.json"

    @property
    def witness(self) -> Path:
        """The witness's home."""
        return self.folder / "witness"

    @property
    def portal(self) -> Path:
        """The folder of the public pages."""
        return self.folder / "portal"

    @property
    def release(self) -> Path:
        """The signed release and what an auditor is given."""
        return self.folder / "release"

    @property
    def prevention(self) -> Path:
        """The prevention installation."""
        return self.folder / "prevention"

    @property
    def papers(self) -> Path:
        """Papers the story printed."""
        return self.folder / "papers"

    @property
    def speech(self) -> Path:
        """Where programs' own lines go."""
        return self.folder / "lines"

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Name the paths in a folder."""
        return cls(folder=folder.absolute())

    def node(self, name: str) -> Path:
        """Return a node's home."""
        return self.folder / name

    def read(self) -> WorldFile | None:
        """Return what the world says of itself; nothing when there is none that can be read."""
        try:
            written = json.loads(self.file.read_text(encoding="utf-8"))
            if written.pop("format") != FORMAT:
                return None
            return WorldFile(**{**written, "ports": Ports(**written["ports"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, world: WorldFile) -> None:
        """Write it down, whole or not at all."""
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps({"format": FORMAT, **asdict(world)}, indent=1) + "\n", encoding="utf-8")
        draft.replace(self.file)

    def mark(self, *, whole: bool | None = None, played: bool | None = None) -> None:
        """Write down that the world is whole, or was played."""
        world = self.read()
        if world is not None:
            whole = world.whole if whole is None else whole
            played = world.played if played is None else played
            self.write(replace(world, whole=whole, played=played))


def free_ports() -> Ports:
    """Choose ports nobody listens on; all are held until all are chosen, so that they differ."""
    names = list(Ports.__dataclass_fields__)
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    chosen = {name: listener.getsockname()[1] for name, listener in zip(names, listeners, strict=True)}
    for listener in listeners:
        with closing(listener):
            pass
    return Ports(**chosen)


def taken(ports: Ports) -> list[str]:
    """Return the names of ports somebody listens on."""
    found = []
    for name, port in asdict(ports).items():
        with closing(socket.socket()) as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                found.append(f"{name} {port}")
    return found
