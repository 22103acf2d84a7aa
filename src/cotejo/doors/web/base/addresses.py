"""What stands for a thing in an address: an id or a document's hash, and never a name or a number of a document."""

from django.urls import register_converter


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


register_converter(Hex, "hex")
register_converter(Hash, "hash")
