"""What a command is given of a node. The room above puts it together; no command looks for a key itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cotejo.doors.cli.speaking import argument
from cotejo.proof.key_document import KeyDocument
from cotejo.proof.keys import SigningKey
from cotejo.rules.acts import Millis
from cotejo.store.disk import Places

if TYPE_CHECKING:
    from cotejo.store.unit import PgUnit

HomeArgument = Annotated[Path, argument("The node's folder.", "La carpeta del nodo.", show_default=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A node's root key and the key document it publishes; no database is needed for them."""

    root: SigningKey
    document: KeyDocument
    signed_document: bytes
    now: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A node whose database answers. `pages` is the address of its pages, `witnesses` the keys of its own list."""

    unit: "PgUnit"
    places: Places
    signer: Signer
    pages: str
    now: Millis
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """How commands get at a node: its keys alone, or all of it, for as long as the `with` block lasts."""

    keys: Callable[[Path], Signer]
    node: Callable[[Path], AbstractContextManager[Opened]]
