"""Acts to exact bytes and back.

1. An act is named by its code beside its bytes; the code chooses the type it is read as.
2. Reading accepts only what writing would have made: a field no act has, or one it lacks, is refused.
3. Acts of every module of the law are known before the first is read.
"""

import importlib
import pkgutil
from functools import cache

import cotejo.rules
from cotejo.proof import records
from cotejo.rules.acts import ACTS, Act


class UnknownAct(LookupError):  # noqa: N818 - says what was found
    """A stored code that no module of the law declares: the program is older than the data."""


@cache
def load_law() -> None:
    """Import every module of the law, so that each act type and each fold is declared."""
    for module in pkgutil.walk_packages(cotejo.rules.__path__, "cotejo.rules."):
        importlib.import_module(module.name)


def encode(act: Act) -> bytes:
    """Return the exact bytes of an act."""
    return records.encode(act)


def decode(code: str, body: bytes) -> Act:
    """Read an act back. Raises `UnknownAct`, or `NotThisRecord` when `encode` would not have written these bytes."""
    kind = ACTS.get(code)
    if kind is None:
        load_law()
        kind = ACTS.get(code)
    if kind is None:
        raise UnknownAct(f"no act has the code {code}; this program is older than the data")
    return records.decode(body, kind)
