"""A register row sealed, and opened again."""

from cotejo.identity import PersonRecord
from cotejo.proof import records
from cotejo.store.models import RegisterIncoming, RegisterRow
from cotejo.store.vault import OpenKey, open_sealed, seal


def sealed_row(person: bytes, id_: str, key: OpenKey) -> bytes:
    """Seal the exact bytes of a person, bound to the row's id."""
    return seal(key.key, person, about=_about(id_))


def open_row(row: RegisterRow | RegisterIncoming, opened: dict[str, OpenKey]) -> PersonRecord:
    """Return the person in a row whose key is among the opened. Raises `NotOpened` when it was altered."""
    plain = open_sealed(opened[row.key].key, bytes(row.sealed), about=_about(row.id))
    return records.decode(plain, PersonRecord)


def _about(row_id: str) -> str:
    return f"register:{row_id}"
