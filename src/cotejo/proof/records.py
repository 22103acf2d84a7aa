"""Typed records to exact bytes and back.

1. Encoding is one way only: sorted keys, every field present, UTF-8, no spaces.
2. Decoding accepts exactly the bytes encoding would make: unknown fields, other orders and extra spaces are refused,
   so two nodes can never read one signed text differently (exchange.md D1).
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(order="sorted")


class NotThisRecord(ValueError):  # noqa: N818 - says what was found
    """The bytes are not exactly one record of the expected type; the message says where."""


def encode(record: object) -> bytes:
    """Return the exact bytes of a frozen record (dataclass, enum, tuple, str, int, bool)."""
    return _ENCODER.encode(record)


@lru_cache(maxsize=512)
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":  # noqa: ANN401 - a type, which is its own key
    return msgspec.json.Decoder(kind, strict=True)


def decode(data: bytes, kind: type[T]) -> T:
    """Read one record back. Raises `NotThisRecord` for anything that `encode` would not have written."""
    try:
        record: T = _decoder(cast("Hashable", kind)).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotThisRecord(str(error)) from error
    if encode(record) != data:
        raise NotThisRecord("the bytes hold fields or an order that this record does not have")
    return record
