"""Invented people for these tests."""

from dataclasses import replace

from hypothesis import strategies as st

from cotejo.identity import PersonRecord
from cotejo.identity.invented import invented_dui

JOSE = PersonRecord(
    id="Q",
    given="José Antonio",
    surname="Hernández López",
    dob="1990-05-12",
    sex="M",
    pob="Santa Ana",
    dui=invented_dui(1),
    passport="A90000001",
    father="Juan Hernández Gil",
    mother="Ana López Ruiz",
)


def like_jose(row: str = "R1", **changes: str) -> PersonRecord:
    """Return a row that agrees with `JOSE` but for the changes; an empty value is not told."""
    return replace(JOSE, id=row, **changes)


def told(record: PersonRecord, *fields: str) -> PersonRecord:
    """Return the record telling only these fields."""
    return PersonRecord(id=record.id, **{field: getattr(record, field) for field in fields})


VALUES = {
    "given": ("José Antonio", "José Manuel", "José", "Jose A.", "Luis", "Antonio"),
    "surname": ("Hernández López", "Hernandez", "López Hernández", "Hernández Gómez", "Núñez Cruz"),
    "dob": ("1990-05-12", "1990-12-05", "1990", "1991-07-13", "1962-08-30", "1990-02-30"),
    "sex": ("M", "F"),
    "pob": ("Santa Ana", "La Unión"),
    "dui": (invented_dui(1), invented_dui(2), "90000000-0"),
    "passport": ("A90000001", "A90000002"),
    "father": ("Juan Hernández Gil", "Juan Hernández", "Pedro Cruz Díaz"),
    "mother": ("Ana López Ruiz", "Ana López", "Rosa Gómez Paz"),
}
# A value of each field that contradicts every other value of it.
CONTRADICTING = {
    "dob": "1941-03-29",
    "sex": "F",
    "dui": invented_dui(777),
    "passport": "B98765432",
    "father": "Wilfredo Zavaleta Ulloa",
    "mother": "Xiomara Quijano Velis",
}


@st.composite
def records(draw: st.DrawFn, row: str = "R1") -> PersonRecord:
    """Return a record that often agrees with, and often differs from, another one drawn so."""
    values = {field: draw(st.sampled_from(("", values[0], *values))) for field, values in VALUES.items()}
    return PersonRecord(id=row, **values)
