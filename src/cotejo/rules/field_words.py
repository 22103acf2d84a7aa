"""What the fields of the law are called when a sentence names one, so that no reader meets a name of the program (F17).

1. A field may be a list (`group, grade`), a part (`interval.report`) or a numbered thing of a package (`claim 2`).
2. The law's own sentences use these words; pages name a field by where they say it.
"""

import re
from collections.abc import Mapping
from typing import Final

from cotejo.rules.words import Text

FIELD_WORDS: Final[Mapping[str, Text]] = {
    "accused_count": Text("number of accused", "número de imputados"),
    "birth": Text("birth date", "fecha de nacimiento"),
    "category_since": Text("day from which the category holds", "día desde el que rige la calidad"),
    "code": Text("code of the group", "código del grupo"),
    "count": Text("count", "cantidad"),
    "date": Text("date", "fecha"),
    "description": Text("description of the act", "descripción del hecho"),
    "document": Text("document", "documento"),
    "documents": Text("documents", "documentos"),
    "end": Text("last day", "último día"),
    "evidence": Text("evidence", "prueba"),
    "grade": Text("grade", "grado"),
    "group": Text("group", "grupo"),
    "group_code": Text("code of the group", "código del grupo"),
    "how_obtained": Text("how it was obtained", "cómo se obtuvo"),
    "id": Text("number of the bulletin", "número del boletín"),
    "identifiers": Text("document numbers", "números de documento"),
    "interval": Text("period", "período"),
    "interval.report": Text("day of the record that reports it", "fecha del registro que lo informa"),
    "kind": Text("kind", "clase"),
    "kind_code": Text("kind of incident", "clase de incidente"),
    "language": Text("language", "idioma"),
    "month": Text("month", "mes"),
    "names": Text("name", "nombre"),
    "offence_class": Text("offence", "delito"),
    "origin": Text("where it comes from", "procedencia"),
    "outcome": Text("outcome", "resultado"),
    "parent_code": Text("code of the other group", "código del otro grupo"),
    "passage": Text("passage about the person", "pasaje sobre la persona"),
    "penalty": Text("penalty", "pena"),
    "pending_confirmed_on": Text("day on which it was confirmed as pending", "día en que se confirmó pendiente"),
    "place": Text("place", "lugar"),
    "place_code": Text("place code", "código de lugar"),
    "role_in_source": Text("role in the source's words", "papel según la fuente"),
    "source": Text("source", "fuente"),
    "speaks_to": Text("acts it speaks to", "hechos a los que se refiere"),
    "start": Text("first day", "primer día"),
    "statement": Text("statement", "afirmación"),
    "trend_code": Text("trend", "tendencia"),
    "whereabouts": Text("record of where the person was", "registro de dónde estuvo la persona"),
}
_THINGS: Final[Mapping[str, Text]] = {
    "claim": Text("statement {n}", "afirmación {n}"),
    "act": Text("alleged act {n}", "hecho atribuido {n}"),
    "court act": Text("court act {n}", "acto judicial {n}"),
    "evidence": Text("evidence {n}", "prueba {n}"),
    "affiliation": Text("affiliation {n}", "afiliación {n}"),
    "name": Text("name {n}", "nombre {n}"),
}
_NUMBERED: Final = re.compile(r"([a-z ]+) (\d+)")


def words_of_field(field: str) -> Text:
    """Return what a field is called. Raises `KeyError` for one this house has no words for."""
    parts = [_one(each.strip()) for each in field.split(",")]
    return Text(", ".join(each.en for each in parts), ", ".join(each.es for each in parts))


def _one(field: str) -> Text:
    found = _NUMBERED.fullmatch(field)
    return _THINGS[found[1]].say(n=found[2]) if found else FIELD_WORDS[field]
