"""What a planted fault is, and how it is planted: another function in the place of the right one while a run lasts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Patch = tuple[Any, str, Any]
"""Where, under which name, what stands there instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault: its name, what is wrong, the invariants that fall, and how it is planted."""

    name: str
    words: str
    rows: tuple[str, ...]
    patches: Callable[[], tuple[Patch, ...]]
    more: tuple[str, ...] = ()
    lies: tuple[str, ...] = ()
    unseen: bool = False


@contextmanager
def planted(mutant: Mutant | None) -> Iterator[None]:
    """Plant a fault for the length of a block."""
    patches = mutant.patches() if mutant else ()
    right = [(where, name, vars(where)[name]) for where, name, _ in patches]
    for where, name, wrong in patches:
        setattr(where, name, wrong)
    try:
        yield
    finally:
        for where, name, was in right:
            setattr(where, name, was)
