"""Grades as they were given: what each means, and which may open a gate.

1. A grade stays in its own scale; nothing converts, adds or compares grades (failures.md 2.6).
2. Counting: 4x4 A or B with 1, 2 or 3; 3x5x2 1 with A or B; 5x5x5 A or B with 1, 2 or 3; Admiralty A or B with 1 or 2.
3. A court's own act counts without a grade. Everything else is kept and shown but opens nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cotejo.rules.facts import Grade, Scale
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A scale's name and what its codes mean."""

    name: Text
    source: Mapping[str, Text]
    information: Mapping[str, Text]


_KNOWN_TO_SOURCE: Final = Text(
    "known personally to the source, not to the official passing it on",
    "conocida personalmente por la fuente, no por quien la transmite",
)
_CORROBORATED: Final = Text(
    "not known personally to the source but corroborated by other recorded information",
    "no conocida personalmente por la fuente pero corroborada por otra información registrada",
)

MEANINGS: Final[Mapping[Scale, Meaning]] = {
    Scale.EUROPOL_4X4: Meaning(
        name=Text("Europol 4x4 (Regulation (EU) 2016/794, Art. 29)", "Europol 4x4 (Reglamento (UE) 2016/794, art. 29)"),
        source={
            "A": Text("no doubt about the source", "sin duda sobre la fuente"),
            "B": Text("reliable in most instances", "fiable en la mayoría de los casos"),
            "C": Text("unreliable in most instances", "no fiable en la mayoría de los casos"),
            "X": Text("cannot be assessed", "no puede evaluarse"),
        },
        information={
            "1": Text("accuracy not in doubt", "exactitud fuera de duda"),
            "2": _KNOWN_TO_SOURCE,
            "3": _CORROBORATED,
            "4": Text(
                "not known personally to the source and cannot be corroborated",
                "no conocida personalmente por la fuente y no puede corroborarse",
            ),
        },
    ),
    Scale.UK_3X5X2: Meaning(
        name=Text("UK 3x5x2", "Reino Unido 3x5x2"),
        source={
            "1": Text("reliable", "fiable"),
            "2": Text("untested", "no probada"),
            "3": Text("not reliable", "no fiable"),
        },
        information={
            "A": Text("known directly to the source", "conocida directamente por la fuente"),
            "B": Text("known indirectly but corroborated", "conocida indirectamente pero corroborada"),
            "C": Text("known indirectly", "conocida indirectamente"),
            "D": Text("not known", "no conocida"),
            "E": Text("suspected to be false", "se sospecha que es falsa"),
        },
    ),
    Scale.UK_5X5X5: Meaning(
        name=Text("UK 5x5x5 (historic)", "Reino Unido 5x5x5 (histórica)"),
        source={
            "A": Text("always reliable", "siempre fiable"),
            "B": Text("mostly reliable", "generalmente fiable"),
            "C": Text("sometimes reliable", "a veces fiable"),
            "D": Text("unreliable", "no fiable"),
            "E": Text("untested", "no probada"),
        },
        information={
            "1": Text("known true without reservation", "cierta sin reservas"),
            "2": _KNOWN_TO_SOURCE,
            "3": _CORROBORATED,
            "4": Text("cannot be judged", "no puede juzgarse"),
            "5": Text("suspected false", "se sospecha que es falsa"),
        },
    ),
    Scale.ADMIRALTY: Meaning(
        name=Text("Admiralty 6x6", "Almirantazgo 6x6"),
        source={
            "A": Text("completely reliable", "completamente fiable"),
            "B": Text("usually reliable", "generalmente fiable"),
            "C": Text("fairly reliable", "bastante fiable"),
            "D": Text("not usually reliable", "generalmente no fiable"),
            "E": Text("unreliable", "no fiable"),
            "F": Text("cannot be judged", "no puede juzgarse"),
        },
        information={
            "1": Text("confirmed by other sources", "confirmada por otras fuentes"),
            "2": Text("probably true", "probablemente cierta"),
            "3": Text("possibly true", "posiblemente cierta"),
            "4": Text("doubtful", "dudosa"),
            "5": Text("improbable", "improbable"),
            "6": Text("cannot be judged", "no puede juzgarse"),
        },
    ),
    Scale.NONE: Meaning(name=Text("not graded", "sin calificación"), source={}, information={}),
}

_COUNTING: Final[Mapping[Scale, tuple[str, str]]] = {
    Scale.EUROPOL_4X4: ("AB", "123"),
    Scale.UK_3X5X2: ("1", "AB"),
    Scale.UK_5X5X5: ("AB", "123"),
    Scale.ADMIRALTY: ("AB", "12"),
}


def is_grade(grade: Grade) -> bool:
    """Say whether both codes exist in the grade's own scale; ungraded has none."""
    meaning = MEANINGS[grade.scale]
    if grade.scale is Scale.NONE:
        return not grade.source and not grade.information
    return grade.source in meaning.source and grade.information in meaning.information


def grade_counts(grade: Grade) -> bool:
    """Say whether a grade may open a gate, in its own scale."""
    if grade.scale is Scale.NONE or not is_grade(grade):
        return False
    sources, information = _COUNTING[grade.scale]
    return grade.source in sources and grade.information in information


def meaning_of(grade: Grade) -> Text:
    """Return the meaning of both codes, to be shown beside them."""
    meaning = MEANINGS[grade.scale]
    if grade.scale is Scale.NONE or not is_grade(grade):
        return MEANINGS[Scale.NONE].name
    source, information = meaning.source[grade.source], meaning.information[grade.information]
    return Text(f"{source.en}; {information.en}", f"{source.es}; {information.es}")
