"""Which columns of a delivery hold what: our column by theirs, for files and views with names of their own.

    {"id": "NUM_EXPEDIENTE", "full_name": "NOMBRE", "dob": "FECHA_NAC"}

1. A mapping is a JSON object; its keys are columns of `record.COLUMNS`, its values the delivery's own names.
2. Columns that already have our names need no line. Upper and lower case are the same.
"""

import json
from collections.abc import Iterable

from cotejo.identity.record import COLUMNS
from cotejo.rules.words import Text


class MappingError(ValueError):
    """The mapping cannot be used; `texts` says all that is wrong, in both languages."""

    def __init__(self, *texts: Text) -> None:
        self.texts = texts
        super().__init__(" ".join(text.en for text in texts))


def read_mapping(text: str) -> dict[str, str]:
    """Read a mapping. Raises `MappingError`."""
    try:
        told = json.loads(text)
    except ValueError as problem:
        raise MappingError(
            Text("The mapping is not JSON.", "La correspondencia no es JSON."),
        ) from problem
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise MappingError(
            Text(
                "The mapping must be an object of texts, our column names to the file's.",
                "La correspondencia debe ser un objeto de textos: nuestros nombres de columna y los del archivo.",
            )
        )
    return checked(told.items())


def checked(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a mapping of these pairs. Raises `MappingError` naming every one that is wrong."""
    mapping = dict(pairs)
    texts = [
        Text(
            f"There is no column {name} to map; there are: {', '.join(COLUMNS)}.",
            f"No hay una columna {name}; las que hay son: {', '.join(COLUMNS)}.",
        )
        for name in mapping
        if name not in COLUMNS
    ]
    texts += [
        Text(f"The mapping names no column for {name}.", f"La correspondencia no nombra una columna para {name}.")
        for name, theirs in mapping.items()
        if not theirs.strip()
    ]
    twice = {theirs for theirs in mapping.values() if list(mapping.values()).count(theirs) > 1}
    texts += [
        Text(f"Two columns are mapped to {theirs}.", f"Dos columnas corresponden a {theirs}.")
        for theirs in sorted(twice)
    ]
    if texts:
        raise MappingError(*texts)
    return mapping
