"""What `node.toml` says of a node beside its world: its names, its law, its language, and where it is reached.

1. `node` is its name in the exchange and never changes; `name` is what screens print.
2. `pages` and `exchange` are where the node listens (`address:port`); `url` is where partners reach its exchange.
3. `witnesses` are the programs that cosign the house log, each an address and a key; none is a partner (design
   section 9).
4. `redress` is where people reach the redress office, as copies for the person print it; `cotejo redress init` writes
   it. Without it no copy is printed: a copy that does not say where to complain is none (F64).
5. `[register]` names a view of the agency's own database in which its person register is read (`agency_register`):
   `view`, `changed` (its column that grows when a row changes), and `mapping`, a file of column names in the home.
6. Whatever is wrong in it is said at once, all of it, before anything starts.
"""

import ipaddress
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Self

from cotejo.node.facts import LANGUAGES, LOOPBACK
from cotejo.node.home import Home, NodeError, World, write_private
from cotejo.rules.profiles import PROFILES

NODE_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")
URL: Final = re.compile(r"https://[a-z0-9.\[\]:-]+(/[A-Za-z0-9._~/-]*)?")
PUBLIC_URL: Final = re.compile(r"https?://[a-z0-9.\[\]:-]+(/[A-Za-z0-9._~/-]*)?")
LARGEST_PORT: Final = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a server listens. Its text is `address:port`."""

    address: str
    port: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read `address:port`. Raises `ValueError`."""
        address, _, port = text.rpartition(":")
        ipaddress.ip_address(address.strip("[]"))
        if not 0 < int(port) <= LARGEST_PORT:
            raise ValueError(text)
        return cls(address=address.strip("[]"), port=int(port))

    def __str__(self) -> str:
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessAt:
    """A witness: the address of its program, and its name and public key as one verifier line (C2SP signed-note)."""

    url: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAt:
    """A view of the agency's own database: its name, the column that says what changed, and a file of column names."""

    view: str
    changed: str
    mapping: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFile:
    """The content of `node.toml`."""

    world: World
    node: str
    name: str
    profile: str
    language: str
    url: str
    pages: str
    exchange: str
    hosts: tuple[str, ...] = LOOPBACK
    witnesses: tuple[WitnessAt, ...] = field(default=())
    redress: str = ""
    register: RegisterAt | None = None

    @property
    def pages_at(self) -> Place:
        """Where the officers' pages listen."""
        return Place.of(self.pages)

    @property
    def exchange_at(self) -> Place:
        """Where the exchange listens."""
        return Place.of(self.exchange)

    def problems(self) -> list[NodeError]:
        """Return everything that is wrong, each as a sentence of its own."""
        return [NodeError(en=f"{name}: {en}", es=f"{name}: {es}") for name, wrong, en, es in self._checks() if wrong]

    def _checks(self) -> Iterator[tuple[str, bool, str, str]]:
        yield (
            "node",
            not NODE_NAME.fullmatch(self.node),
            "use lower-case letters, digits, dots and hyphens, at most 63.",
            "use minúsculas, cifras, puntos y guiones, como máximo 63.",
        )
        yield ("name", not self.name.strip(), "write the name screens show.", "escriba el nombre que verá la gente.")
        known = ", ".join(sorted(PROFILES))
        yield ("profile", self.profile not in PROFILES, f"choose one of {known}.", f"elija uno de {known}.")
        listed = ", ".join(LANGUAGES)
        yield ("language", self.language not in LANGUAGES, f"choose one of {listed}.", f"elija uno de {listed}.")
        yield (
            "url",
            not URL.fullmatch(self.url),
            "write the https:// address at which partners reach this node's exchange.",
            "escriba la dirección https:// donde las contrapartes alcanzan el intercambio de este nodo.",
        )
        for name, text in (("pages", self.pages), ("exchange", self.exchange)):
            yield (
                name,
                not _is_place(text),
                "write an IP address and a port, such as 127.0.0.1:8000.",
                "escriba una dirección IP y un puerto, por ejemplo 127.0.0.1:8000.",
            )
        yield (
            "exchange",
            self.exchange == self.pages,
            "the exchange needs a port of its own.",
            "el intercambio necesita un puerto propio.",
        )
        yield (
            "redress",
            bool(self.redress) and not PUBLIC_URL.fullmatch(self.redress),
            "write the http:// or https:// address at which people reach the redress office.",
            "escriba la dirección http:// o https:// donde la gente alcanza la oficina de reparación.",
        )
        yield (
            "register",
            self.register is not None and not (self.register.view and self.register.changed),
            "name the view, and its column that grows whenever a row changes.",
            "nombre la vista, y su columna que crece cada vez que cambia una fila.",
        )
        for each in self.witnesses:
            yield (
                "witnesses",
                not each.url.startswith(("http://", "https://")) or not each.key,
                "each has a url (http or https) and a key.",
                "cada uno tiene url (http o https) y key.",
            )


def read_node_file(home: Home) -> NodeFile:
    """Read `node.toml`. Raises `NodeError` saying everything that is wrong or missing."""
    world = home.world
    written = tomllib.loads(home.settings.read_text(encoding="utf-8"))
    fields = ("node", "name", "profile", "language", "url", "pages", "exchange")
    missing = [name for name in fields if not isinstance(written.get(name), str)]
    if missing:
        listed = ", ".join(missing)
        raise NodeError(
            en=f"{home.settings} does not say: {listed}. Run `cotejo init` on this folder again to complete it.",
            es=f"{home.settings} no indica: {listed}. Ejecute `cotejo init` de nuevo en esta carpeta y se completará.",
        )
    found = NodeFile(
        world=world,
        **{name: written[name] for name in fields},
        hosts=_texts(written.get("hosts", list(LOOPBACK))),
        witnesses=tuple(
            WitnessAt(url=str(each.get("url", "")), key=str(each.get("key", "")))
            for each in written.get("witnesses", ())
            if isinstance(each, dict)
        ),
        redress=str(written.get("redress", "")),
        register=_register(written.get("register")),
    )
    raise_together(found.problems())
    return found


def is_complete(home: Home) -> bool:
    """Say whether `node.toml` already names the node, not its world alone."""
    return "node" in tomllib.loads(home.settings.read_text(encoding="utf-8"))


def write_node_file(home: Home, wanted: NodeFile) -> None:
    """Write `node.toml` whole. Raises `NodeError`."""
    raise_together(wanted.problems())
    lines = [
        f"{name} = {_toml(getattr(wanted, name))}"
        for name in ("world", "node", "name", "profile", "language", "url", "pages", "exchange", "hosts")
    ]
    lines += [f"redress = {_toml(wanted.redress)}"] if wanted.redress else []
    if wanted.register is not None:
        lines += ["", "[register]", f"view = {_toml(wanted.register.view)}"]
        lines += [f"changed = {_toml(wanted.register.changed)}"]
        lines += [f"mapping = {_toml(wanted.register.mapping)}"] if wanted.register.mapping else []
    for witness in wanted.witnesses:
        lines += ["", "[[witnesses]]", f"url = {_toml(witness.url)}", f"key = {_toml(witness.key)}"]
    write_private(home.settings, ("\n".join(lines) + "\n").encode(), replace=True)


def raise_together(problems: list[NodeError]) -> None:
    """Raise all problems as one, each on a line of its own; return when there is none."""
    if problems:
        raise NodeError(en="\n".join(each.en for each in problems), es="\n".join(each.es for each in problems))


def _toml(value: str | tuple[str, ...]) -> str:
    """Return a TOML value; its strings are written like JSON's."""
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - what a file holds is checked here
    return tuple(map(str, value)) if isinstance(value, list) else LOOPBACK


def _register(value: Any) -> RegisterAt | None:  # noqa: ANN401 - what a file holds is checked here
    if not isinstance(value, dict):
        return None
    return RegisterAt(**{name: str(value.get(name, "")) for name in ("view", "changed", "mapping")})


def _is_place(text: str) -> bool:
    try:
        Place.of(text)
    except ValueError:
        return False
    return True
