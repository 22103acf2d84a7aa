"""Any value of a record's type: structure valid, content arbitrary. What a partner's patched software might send."""

import types
import typing
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

ODD_TEXTS = (
    "",
    " ",
    "0000",
    "0001-01-01",
    "9999",
    "9999-12-31",
    "9998-01",
    "2024-02-30",
    "２０２４-０１-０１",
    "2024-01-01",
    "1990-04-02",
    "court:",
    "court:archive 7",
    "person",
    "dui",
    "es",
    "en",
    "convicted",
    "in_force",
    "extortion",
    "membership",
    "CP 345",
    "marero",
    'said "marero" of him',
    "vinculado a",
    "tattoo",
    "a" * 64,
    "1" * 32,
    "victim-1 was robbed",
    "\u202e\u0301\ufdfa" * 40,
    "\x00\x07\x1b",
    "x" * 5000,
)
TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=12))
NUMBERS = st.one_of(
    st.sampled_from((-1, 0, 1, 2**31 - 2, 2**31, 2**53 - 1, -(2**53) + 1)), st.integers(-(2**53) + 1, 2**53 - 1)
)


@lru_cache(maxsize=512)
def anything(kind: Any, *, longest: int = 3) -> st.SearchStrategy[Any]:
    """Return a strategy for any value of a record's field type; tuples have at most `longest` items."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(anything(each, longest=longest) for each in typing.get_args(kind)))
    if origin is tuple:
        return _tuples(typing.get_args(kind), longest)
    if kind is type(None):
        return st.none()
    if kind is str:
        return TEXTS
    if kind is bool:
        return st.booleans()
    if kind is int:
        return NUMBERS
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{each.name: anything(hints[each.name], longest=longest) for each in fields(kind)})
    raise TypeError(kind)


def _tuples(args: tuple[Any, ...], longest: int) -> st.SearchStrategy[Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        return st.lists(anything(args[0], longest=longest), max_size=longest).map(tuple)
    return st.tuples(*(anything(each, longest=longest) for each in args))


@st.composite
def altered(draw: st.DrawFn, record: Any, *, times: int = 4) -> Any:
    """Return a record of which a few fields, however deep, hold anything of their type."""
    for _ in range(draw(st.integers(1, times))):
        record = _altered_once(draw, record)
    return record


def _altered_once(draw: st.DrawFn, record: Any) -> Any:
    hints = typing.get_type_hints(type(record))
    name = draw(st.sampled_from([each.name for each in fields(record)]))
    value = getattr(record, name)
    if is_dataclass(value) and draw(st.booleans()):
        return replace(record, **{name: _altered_once(draw, value)})
    if isinstance(value, tuple) and value and is_dataclass(value[0]) and draw(st.booleans()):
        at = draw(st.integers(0, len(value) - 1))
        return replace(record, **{name: (*value[:at], _altered_once(draw, value[at]), *value[at + 1 :])})
    return replace(record, **{name: draw(anything(hints[name]))})
