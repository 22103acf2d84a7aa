"""What a corrected field said and says, in words: a code of a closed list is told as its list tells it (F53).

A change names its field by its place in the package (`claims[ID].grade.scale`). What kind of value stands there is read
from the package's own types, so that a new field needs no entry here.
"""

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, get_args, get_type_hints

from cotejo.rules.package import Package
from cotejo.rules.vocabulary import WORDS
from cotejo.rules.words import Text

_NUMBER: Final = re.compile(r"\[[^]]*\]")
_YES_NO: Final = {"True": Text("yes", "sí"), "False": Text("no", "no")}
NOTHING: Final = Text("–", "–")


def words_of_change(field: str, value: str) -> Text:
    """Return what stands in a field of a package, in words; what is no code stands as it is."""
    if not value:
        return NOTHING
    kind = _kind_of(_NUMBER.sub("", field))
    if kind is bool:
        return _YES_NO.get(value, Text(value, value))
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind in WORDS and value in set(kind):
        return WORDS[kind][kind(value)]
    return Text(value, value)


@lru_cache(maxsize=512)
def _kind_of(path: str) -> Any:  # noqa: ANN401 - a type, or nothing
    kind: Any = Package
    for name in path.split("."):
        held = next((each for each in _within(kind) if is_dataclass(each)), None)
        if held is None or name not in {each.name for each in fields(held)}:
            return None
        kind = get_type_hints(held)[name]
    return next((each for each in _within(kind) if each is not type(None)), None)


def _within(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type
    """Return the types a field may hold: of a tuple its members', of a choice each."""
    parts = get_args(kind)
    return tuple(each for part in parts if part is not Ellipsis for each in _within(part)) if parts else (kind,)
