"""What stands for a thing in an address: an id or a document's hash, and never a name or a number of a document."""

from typing import Final

from django.urls import register_converter

LONGEST_NUMBER: Final = 9


class Hex:
    """An id: 32 lower-case hex digits."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Hash(Hex):
    """A document's SHA-256: 64 lower-case hex digits."""

    regex = "[0-9a-f]{64}"


def whole_number(typed: str) -> int:
    """Return the local number somebody typed into a filter; -1, which nothing has, when it is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else -1


register_converter(Hex, "hex")
register_converter(Hash, "hash")
