"""What a record's documented name is read as."""

from functools import lru_cache

from cotejo.identity.names import Name, fold, parse_name
from cotejo.identity.record import PersonRecord


@lru_cache(maxsize=256)
def name_of(record: PersonRecord) -> Name:
    """Return the parsed name of a record."""
    return parse_name(record.full_name, given=record.given, surname=record.surname, alias=record.alias)


def folded_name(record: PersonRecord) -> str:
    """Return first given name and surnames, folded, by which a register counts how many bear a name; else empty."""
    reading = name_of(record).readings[0]
    if not (reading.given and reading.first_surname):
        return ""
    parts = (reading.given[0], reading.first_surname, reading.second_surname)
    return " ".join(fold(part).replace(" ", "") for part in parts if part)
