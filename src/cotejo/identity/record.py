"""What the engine knows of a person: a register row, or the subject of a request.

1. Every field is text exactly as documented; empty means unknown.
2. Words such as `desconocido` or `N/D` are kept as documented and compared as unknown.
"""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """One person as one source documents them.

    `surname` holds one or two surnames; `dob` is `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, possibly impossible; `sex` is
    `M` or `F` (Spanish and English words are understood); `pob` is a free place; `dui` has its hyphen or not.
    """

    id: str = ""
    full_name: str = ""
    given: str = ""
    surname: str = ""
    alias: str = ""
    dob: str = ""
    sex: str = ""
    pob: str = ""
    dui: str = ""
    passport: str = ""
    father: str = ""
    mother: str = ""


COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(PersonRecord))
